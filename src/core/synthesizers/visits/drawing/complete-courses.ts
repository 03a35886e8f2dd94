import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Column, Table } from "../../../table/table.ts";
import { snap } from "../../../codec/columns/grid.ts";
import { mergeCompleted } from "../../requests/complete.ts";
import { contextInputs, follow, TOGETHER } from "./course-run.ts";
import type { Slots } from "./course-run.ts";
import type { Known } from "../network/course-state.ts";
import type { CourseSource } from "./draw-patients.ts";
import { slotsOf } from "./draw-patients.ts";
import type { GivenCourses } from "./given-courses.ts";
import { completedPatients, givenCells, givenCourses, givenPatients } from "./given-courses.ts";
import { knownOf, visitCells } from "../columns/statics.ts";
import { roomForVisits } from "./visit-drawer.ts";
import type { DrawnVisits } from "./visit-drawer.ts";
import type { Design } from "../network/visits-design.ts";

/**
 * The courses of `given` with their missing cells filled in. What stays the same is filled first. Then, visit after visit,
 * each missing cell is drawn given the visits before, as completed, and the cells that stand before it in the order of
 * drawing (time, numbers, levels, each as in the table), given or drawn; the cells behind it and later visits do not count.
 * Cells stay missing where the model knows no value of their column. Throws FaultError `columns-differ`, `condition-invalid`.
 */
export async function completeCourses(source: CourseSource, given: Table, rng: Rng): Promise<Table> {
  const { design, patients } = source;
  const courses = givenCourses(design, given);
  const people = afterVisits(
    await completedPatients(patients, givenPatients(design, courses), design, rng, false),
    design,
    courses,
  );
  const slots = slotsOf(design, people, rng);
  const columns = courses.table.columns.map((column): Column =>
    column.type === "numeric"
      ? { ...column, values: column.values.slice() }
      : { ...column, codes: column.codes.slice() },
  );
  const filled = { ...courses.table, columns };
  fillStatics(design, people, courses, columns);
  const longest = courses.rows.reduce((most, own) => Math.max(most, own.length), 0);
  for (let k = 0; k < longest; k++) {
    const there = Int32Array.from(courses.rows.keys()).filter(
      (p) => (courses.rows[p] as Int32Array).length > k,
    );
    for (let from = 0; from < there.length; from += TOGETHER)
      await fillVisits(source, courses, slots, there.subarray(from, from + TOGETHER), k, columns, rng);
  }
  return mergeCompleted(given, filled);
}

/** `people` whose end of follow-up, where it was filled in, leaves room for their visits, those without a time too. */
function afterVisits(people: Table, { like, parts }: Design, { rows, times, table }: GivenCourses): Table {
  const { left, columns } = like.statics;
  const ends = people.columns[left];
  const given = table.columns[columns[left] as number];
  if (ends?.type !== "numeric" || given?.type !== "numeric") return people;
  const { first } = knownOf(people, like.statics, parts.clock);
  const { tick, usualGap } = parts.clock;
  const values = ends.values.map((value, p) => {
    const own = rows[p] as Int32Array;
    if (own.some((row) => Number.isFinite(given.values[row]))) return value;
    const known = Array.from(own, (row) => times[row] as number).filter(Number.isFinite);
    const last = known.length > 0 ? (Math.max(...known) - (first[p] as number)) / tick : 0;
    return Math.max(value, last + (own.length - known.length) * 2 * usualGap);
  });
  return { ...people, columns: people.columns.with(left, { type: "numeric", values }) };
}

function fillStatics(
  { like, parts }: Design,
  people: Table,
  { rows }: GivenCourses,
  columns: Column[],
): void {
  const known = knownOf(people, like.statics, parts.clock);
  like.statics.columns.forEach((i, place) => {
    const schema = like.schema.columns[i];
    const column = columns[i];
    if (schema === undefined || column === undefined) return;
    const cells = visitCells(people, like.statics, known, place, schema, parts.clock);
    const target =
      cells.type === "coded" && column.type === "coded" ? levelsAs(cells.levels, column.levels) : [];
    rows.forEach((own, p) => {
      for (const row of own) {
        if (column.type === "numeric" && cells.type === "numeric" && Number.isNaN(column.values[row]))
          column.values[row] = cells.values[p] as number;
        if (column.type === "coded" && cells.type === "coded" && (column.codes[row] as number) < 0)
          column.codes[row] = target[cells.codes[p] as number] ?? -1;
      }
    });
  });
}

const levelsAs = (from: readonly string[], to: readonly string[]): number[] =>
  from.map((level) => to.indexOf(level));

async function fillVisits(
  { design, drawing }: CourseSource,
  courses: GivenCourses,
  slots: Slots,
  own: Int32Array,
  k: number,
  columns: readonly Column[],
  rng: Rng,
): Promise<void> {
  const { parts } = design;
  const rows = Int32Array.from(own, (p) => courses.rows[p]?.[k] as number);
  const cells = givenCells(design, courses, rows);
  const context = drawing.weights.context(contextInputs(slots, own), own.length);
  const visits = roomForVisits(parts, own.length);
  for (let i = 0; i < own.length; i++) {
    const slot = own[i] as number;
    const at = { state: slots.state, slot, known: slots.known[slot] as Known, origin: slots.origin };
    drawing.drawer.draw(context, i, at, visits, rng, {
      ...cells,
      time: cells.times[i] as number,
      at: i,
    });
    follow(parts, slots, slot, visits, i);
    write(design, rows[i] as number, visits, i, columns);
    if (i % 100 === 99) await breathe();
  }
}

/** Writes the visit at place `i` into `row` of the columns that change. */
function write(
  { like, parts }: Design,
  row: number,
  visits: DrawnVisits,
  i: number,
  columns: readonly Column[],
): void {
  const { numbers, categories, clock } = parts;
  const time = columns[like.time] as Column & { type: "numeric" };
  const moment = visits.times[i] as number;
  time.values[row] = moment;
  numbers.forEach(({ column, dated, grid }, j) => {
    const own = columns[column] as Column & { type: "numeric" };
    const value = visits.values[i * numbers.length + j] as number;
    if (Number.isNaN(own.values[row]))
      own.values[row] = dated ? snap(moment + value * clock.tick, grid) : value;
  });
  categories.forEach(({ column }, j) => {
    const own = columns[column] as Column & { type: "coded" };
    if ((own.codes[row] as number) < 0) own.codes[row] = visits.levels[i * categories.length + j] as number;
  });
}
