import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import { takeRows } from "../../../table/table.ts";
import { invalid } from "../../requests/check.ts";
import type { PatientRequest } from "../../synthesizer.ts";
import { contextInputs, follow, runCourses, TOGETHER } from "./course-run.ts";
import type { Slots } from "./course-run.ts";
import type { Known } from "../network/course-state.ts";
import type { CourseSource } from "./draw-patients.ts";
import { emptyVisits, joined, MOST_AT_ONCE, refusing, slotsOf } from "./draw-patients.ts";
import type { GivenCourses } from "./given-courses.ts";
import { completedPatients, givenCells, givenCourses, givenPatients, PhaseBounds } from "./given-courses.ts";
import { asGivenVisit } from "./given-visit.ts";
import { visitsTable } from "./to-visits.ts";
import { GOES_ON, roomForVisits } from "./visit-drawer.ts";

/**
 * `futures` continuations of every given course; see `CourseModel.goOn`. Of the request, `visits.most` counts the visits that
 * follow; `where` and `visits.least` ask nothing here. A course that ended with its last visit has no future, and
 * one whose next visit is refused time after time ends before it.
 */
export async function goOn(
  source: CourseSource,
  given: Table,
  futures: number,
  rng: Rng,
  request: PatientRequest = {},
): Promise<Table> {
  if (!Number.isInteger(futures) || futures < 1)
    throw invalid("futures", "The futures of a patient must be a whole number from 1.");
  const courses = givenCourses(source.design, given);
  if (courses.rows.some((own) => own.some((row) => Number.isNaN(courses.times[row]))))
    throw invalid(
      source.design.like.schema.columns[source.design.like.time]?.name ?? "",
      "A visit that is continued has no time. Fill it in, or leave the row out.",
    );
  const tables: Table[] = [];
  const each = Math.max(1, Math.floor(MOST_AT_ONCE / futures));
  for (let from = 0; from < courses.rows.length; from += each) {
    const own = { ...courses, rows: courses.rows.slice(from, from + each) };
    const table = await continueSome(source, own, futures, rng, request);
    const patients = (table.patients as Int32Array).map((future) => future + from * futures);
    tables.push({ ...table, patients });
  }
  if (tables.length === 0) return { ...emptyVisits(source.design), patients: new Int32Array(0) };
  return tables.length === 1 ? (tables[0] as Table) : joined(tables);
}

async function continueSome(
  { design, drawing, patients }: CourseSource,
  courses: GivenCourses,
  futures: number,
  rng: Rng,
  request: PatientRequest,
): Promise<Table> {
  const people = await completedPatients(patients, givenPatients(design, courses), design, rng, true);
  const past = slotsOf(design, people, rng);
  const bounds = new PhaseBounds(design, past.known.length);
  runPast(design, courses, past, bounds);
  const owner = Int32Array.from({ length: people.rows * futures }, (_, slot) => Math.floor(slot / futures));
  const table = takeRows(people, owner);
  const slots = slotsOf(design, table, rng);
  owner.forEach((patient, slot) => {
    slots.state.copy(slot, past.state, patient);
    const width = design.parts.numbers.length;
    slots.origin.values.set(
      past.origin.values.subarray(patient * width, (patient + 1) * width),
      slot * width,
    );
    slots.origin.phase[slot] = bounds.draw(patient, rng);
  });
  const alive = await lastGiven(drawing, design, courses, slots, owner, rng);
  const { clock } = design.parts;
  const until =
    request.until === undefined
      ? undefined
      : Float64Array.from(slots.state.elapsed, (elapsed) => elapsed + (request.until as number) * clock.unit);
  const limits = {
    most: Math.min(request.visits?.most ?? clock.most, clock.most),
    until,
    refuses: refusing(design, table, request),
  };
  const { rounds } = await runCourses(
    design.parts,
    drawing.drawer,
    drawing.weights,
    slots,
    limits,
    rng,
    alive,
  );
  return visitsTable(design.parts, design.like, table, rounds, Int32Array.from(owner.keys()));
}

/** All visits of each patient but the last. */
function runPast(
  design: CourseSource["design"],
  courses: GivenCourses,
  past: Slots,
  bounds: PhaseBounds,
): void {
  const { parts } = design;
  courses.rows.forEach((rows, slot) => {
    const cells = givenCells(design, courses, rows);
    const visits = roomForVisits(parts, 1);
    for (let k = 0; k < rows.length; k++) {
      asGivenVisit(design, past, slot, cells, k, visits, 0);
      const elapsed = (past.state.elapsed[slot] as number) + (visits.gaps[0] as number);
      if (k === 0) past.origin.values.set(visits.values, slot * parts.numbers.length);
      bounds.see(past, slot, visits.values, 0, elapsed);
      if (k < rows.length - 1) follow(parts, past, slot, visits, 0);
    }
  });
}

/** Brings every future past the last visit given; returns those that go on after it. */
async function lastGiven(
  { drawer, weights }: CourseSource["drawing"],
  design: CourseSource["design"],
  courses: GivenCourses,
  slots: Slots,
  owner: Int32Array,
  rng: Rng,
): Promise<Int32Array> {
  const { parts } = design;
  const alive: number[] = [];
  const lasts = Int32Array.from(courses.rows, (own) => own.at(-1) as number);
  const cells = givenCells(design, courses, lasts);
  for (let from = 0; from < owner.length; from += TOGETHER) {
    const own = Int32Array.from({ length: Math.min(TOGETHER, owner.length - from) }, (_, i) => from + i);
    const context = weights.context(contextInputs(slots, own), own.length);
    const visits = roomForVisits(parts, own.length);
    for (let i = 0; i < own.length; i++) {
      const slot = own[i] as number;
      const known = slots.known[slot] as Known;
      asGivenVisit(design, slots, slot, cells, owner[slot] as number, visits, i);
      drawer.setGiven(context, i, { state: slots.state, slot, known, origin: slots.origin }, visits, rng);
      follow(parts, slots, slot, visits, i);
      if (visits.fate[i] === GOES_ON) alive.push(slot);
    }
    await breathe();
  }
  return Int32Array.from(alive);
}
