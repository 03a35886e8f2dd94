import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { Tables } from "../metric.ts";
import { patientsOf } from "./patients.ts";

/** Draws that a measure is averaged over where each is cheap. */
export const DRAWS = 10;

/** Samples of one table, all of one size: rows, or patients where a sample holds several rows of one. */
export interface Draws {
  readonly tables: readonly Table[];
  /** the variance of a measure's mean over these samples, in parts of its variance on one of them */
  readonly variance: number;
}

export interface EqualSizes {
  /** rows of every sample; its patients where it holds several rows of one */
  readonly rows: number;
  readonly holdout: Draws;
  readonly synthetic: Draws;
}

interface Size {
  readonly draws?: number;
  /** rows of a sample, at most */
  readonly most?: number;
  /** rows of a patient in a sample, at most; 1 unless said. Of more a sample knows whose they are, and `most` counts patients. */
  readonly each?: number;
}

/**
 * Held-out and synthetic rows cut to one size, since a smaller sample lies further from train by chance alone: the number of
 * patients of the smaller table. The larger one is cut several times, so that the mean over its samples loses little of it.
 * Where patients have several rows, a sample holds one of each, since rows of a patient say less than as many of different
 * ones.
 */
export function equalSizes(
  { holdout, synthetic }: Pick<Tables, "holdout" | "synthetic">,
  rng: Rng,
  { draws = DRAWS, most = Infinity, each = 1 }: Size = {},
): EqualSizes {
  const rows = Math.min(patientsOf(holdout), patientsOf(synthetic), most);
  return {
    rows,
    holdout: samplesOf(holdout, rows, draws, rng.fork("held-out samples"), each),
    synthetic: samplesOf(synthetic, rows, draws, rng.fork("synthetic samples"), each),
  };
}

/**
 * `draws` samples of `size` different patients, one row of each or up to `each`, without a patient in common as far as
 * there are enough; the table itself where that is all there is to draw.
 */
export function samplesOf(table: Table, size: number, draws: number, rng: Rng, each = 1): Draws {
  if (table.patients === undefined && table.rows <= size) return { tables: [table], variance: 1 };
  const patients = rowsByPatient(table);
  const { patients: _, ...rows } = table;
  const source = each > 1 ? table : rows;
  const tables: Table[] = [];
  let order = rng.permutation(patients.length);
  let next = 0;
  for (let i = 0; i < draws; i++) {
    if (next + size > order.length) {
      order = rng.permutation(patients.length);
      next = 0;
    }
    const drawn = Array.from(order.subarray(next, next + size)).flatMap((patient) =>
      someOf(patients[patient] as readonly number[], each, rng),
    );
    tables.push(takeRows(source, Int32Array.from(drawn).sort()));
    next += size;
  }
  return { tables, variance: Math.max(1 / draws, Math.min(1, size / patients.length)) };
}

/** Up to `each` of a patient's rows. */
function someOf(own: readonly number[], each: number, rng: Rng): number[] {
  if (each > 1) return Array.from(rng.choose(own.length, each), (at) => own[at] as number);
  return [own[own.length > 1 ? rng.integer(own.length) : 0] as number];
}

function rowsByPatient({ rows, patients }: Table): (readonly number[])[] {
  if (patients === undefined) return Array.from({ length: rows }, (_, row) => [row]);
  const of = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const own = of.get(patients[row] as number);
    if (own) own.push(row);
    else of.set(patients[row] as number, [row]);
  }
  return [...of.values()];
}

/** Where samples stand among a list of tables. */
export interface Sides {
  readonly sides: readonly number[];
  readonly variance: number;
}

/** Train, holdout and synthetic, then held-out and synthetic samples of one size, as tables to be aligned together. */
export interface Samples {
  readonly tables: readonly Table[];
  /** rows of every sample */
  readonly rows: number;
  readonly held: Sides;
  readonly made: Sides;
}

/** `given` (train, holdout, synthetic) with samples of the last two behind: see `equalSizes`. */
export function withSamples(given: readonly [Table, Table, Table], rng: Rng, size: Size = {}): Samples {
  const [, holdout, synthetic] = given;
  const { rows, holdout: held, synthetic: made } = equalSizes({ holdout, synthetic }, rng, size);
  const first = given.length + held.tables.length;
  return {
    tables: [...given, ...held.tables, ...made.tables],
    rows,
    held: { sides: held.tables.map((_, i) => given.length + i), variance: held.variance },
    made: { sides: made.tables.map((_, i) => first + i), variance: made.variance },
  };
}
