import type { Rng } from "../../../math/rng.ts";
import { stepOf } from "../../../codec/columns/grid.ts";
import type { Column, Table } from "../../../table/table.ts";
import { isMissingCell, takeRows } from "../../../table/table.ts";
import { alignGiven } from "../../requests/complete.ts";
import { invalid } from "../../requests/check.ts";
import type { Model } from "../../synthesizer.ts";
import { rounded } from "../columns/clock.ts";
import type { Slots } from "./course-run.ts";
import { emptyVisits } from "./draw-patients.ts";
import { staticSchemas } from "../columns/statics.ts";
import type { Design } from "../network/visits-design.ts";

/** Courses that are given, in the model's columns and levels: patients by first row, each in the order of time. */
export interface GivenCourses {
  /** in the levels of the model; a level that it does not know is a code beyond them */
  readonly table: Table;
  /** rows of each patient; those without a time last */
  readonly rows: readonly Int32Array[];
  readonly times: Float64Array;
}

/** Throws FaultError `columns-differ` and `condition-invalid`. */
export function givenCourses(design: Design, given: Table): GivenCourses {
  if (given.patients === undefined)
    throw invalid(
      "given",
      "It is not known whose rows these are: choose the column that names the patients.",
    );
  const like = emptyVisits(design);
  const table = alignGiven(given, like, given.rows);
  const time = table.columns[design.like.time] as Column & { type: "numeric" };
  const byPatient = new Map<number, number[]>();
  given.patients.forEach((patient, row) => {
    const own = byPatient.get(patient);
    if (own === undefined) byPatient.set(patient, [row]);
    else own.push(row);
  });
  const at = (row: number): number => {
    const moment = time.values[row] as number;
    return Number.isNaN(moment) ? Infinity : moment;
  };
  const rows = Array.from(byPatient.values(), (own) =>
    Int32Array.from(own.sort((a, b) => (at(a) === at(b) ? a - b : at(a) - at(b)))),
  );
  return { table, rows, times: time.values };
}

/** The table of patients of given courses: of each column the first cell that is not missing. */
export function givenPatients({ like, parts }: Design, { table, rows, times }: GivenCourses): Table {
  const { columns, left, first, count } = like.statics;
  const firstTimes = Float64Array.from(rows, (own) => times[own[0] as number] as number);
  const made = columns.map((i, place): Column => {
    const column = table.columns[i] as Column;
    const known = rows.map((own) => own.find((row) => !isMissingCell(column, row)) ?? (own[0] as number));
    const [cells] = takeRows({ ...table, columns: [column] }, known).columns as [Column];
    if (place !== left || cells.type !== "numeric") return cells;
    const values = cells.values.map((end, p) =>
      rounded((end - (firstTimes[p] as number)) / parts.clock.tick),
    );
    return { type: "numeric", values };
  });
  if (first >= 0) made.push({ type: "numeric", values: firstTimes });
  if (count >= 0) made.push({ type: "numeric", values: new Float64Array(rows.length).fill(NaN) });
  return {
    name: like.name,
    rows: rows.length,
    columns: made,
    schema: { ...like.schema, columns: staticSchemas(like.schema.columns, like.statics, like.time) },
  };
}

/** Fills the missing cells of a table of patients; of a continued course only the number of visits. */
export async function completedPatients(
  patients: Model | undefined,
  given: Table,
  { like }: Design,
  rng: Rng,
  countOnly: boolean,
): Promise<Table> {
  const { count } = like.statics;
  if (patients === undefined || given.rows === 0 || (countOnly && count < 0)) return given;
  const full = await patients.sample(given.rows, rng, { complete: given });
  return countOnly ? { ...given, columns: given.columns.with(count, full.columns[count] as Column) } : full;
}

/** The cells of the k-th visits of some patients. */
export interface GivenCells {
  /** NaN = missing */
  readonly times: Float64Array;
  /** visits x numbers, dates as written; NaN = missing */
  readonly values: Float64Array;
  /** visits x categories; -1 = missing */
  readonly tokens: Int32Array;
  readonly levels: Int32Array;
}

export function givenCells({ parts }: Design, { table, times }: GivenCourses, rows: Int32Array): GivenCells {
  const { numbers, categories } = parts;
  const cells: GivenCells = {
    times: Float64Array.from(rows, (row) => times[row] as number),
    values: new Float64Array(rows.length * numbers.length),
    tokens: new Int32Array(rows.length * categories.length),
    levels: new Int32Array(rows.length * categories.length),
  };
  rows.forEach((row, i) => {
    numbers.forEach(({ column }, j) => {
      const own = table.columns[column] as Column;
      cells.values[i * numbers.length + j] = own.type === "numeric" ? (own.values[row] as number) : NaN;
    });
    categories.forEach(({ column, code }, j) => {
      const own = table.columns[column] as Column;
      const level = own.type === "coded" ? (own.codes[row] as number) : -1;
      cells.levels[i * categories.length + j] = level;
      cells.tokens[i * categories.length + j] = level < 0 ? -1 : code.tokenOf(level);
    });
  });
  return cells;
}

/**
 * Draws of the share of a step at which each course stands when it begins, so that columns which follow from the time agree
 * with the values given.
 */
export class PhaseBounds {
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly design: Design;

  constructor(design: Design, slots: number) {
    this.design = design;
    this.low = new Float64Array(slots);
    this.high = new Float64Array(slots).fill(1);
  }

  /** `values` of visit `i`, `elapsed` ticks after the first. */
  see({ origin }: Slots, slot: number, values: Float64Array, i: number, elapsed: number): void {
    const { numbers } = this.design.parts;
    numbers.forEach(({ rate, code }, j) => {
      if (rate === undefined) return;
      const from = origin.values[slot * numbers.length + j] as number;
      const value = values[i * numbers.length + j] as number;
      if (Number.isNaN(from) || Number.isNaN(value)) return;
      const least = (value - from - rate * elapsed) / stepOf(code.grid);
      this.low[slot] = Math.max(this.low[slot] as number, least);
      this.high[slot] = Math.min(this.high[slot] as number, least + 1);
    });
  }

  draw(slot: number, rng: Rng): number {
    const low = this.low[slot] as number;
    const high = Math.max(low, this.high[slot] as number);
    return Math.min(1 - 1e-6, Math.max(0, low + rng.uniform() * (high - low)));
  }
}
