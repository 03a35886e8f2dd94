import type { Rng } from "../../../math/rng.ts";
import { wilson, Z90, Z95 } from "../../../math/intervals.ts";
import type { Table } from "../../../table/table.ts";
import { takeRows } from "../../../table/table.ts";
import { rowsInRandomOrder } from "../../../table/whole-patients.ts";
import { alignColumns, type AlignedColumn } from "../../measuring/align.ts";
import { columnNames } from "../../measuring/bounds.ts";
import { besideReal } from "../../measuring/verdict.ts";
import type { Interval, Tables } from "../../metric.ts";
import { combinations, countEach, quasiIdentifiers, type KeyColumn } from "./quasi-identifiers.ts";

export const MOST_ROWS = 20_000;
const LEAST_ROWS = 20;
const MOST_KNOWN = 5;
export const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/** The three tables as somebody sees them who knows a few columns of every patient. */
export interface KnownTables {
  /** train, holdout, synthetic: at most 20,000 rows each, in random order, rows of a patient beside each other */
  readonly drawn: readonly [Table, Table, Table];
  readonly columns: readonly AlignedColumn[];
  /** the quasi-identifiers */
  readonly known: readonly KeyColumn[];
  /** one number for each row's combination of them, equal for equal ones in all tables */
  readonly keys: readonly [Int32Array, Int32Array, Int32Array];
}

/** The tables, or why nobody can be attacked. */
export function knownTables({ train, holdout, synthetic }: Tables, rng: Rng): KnownTables | string {
  if (holdout.rows < LEAST_ROWS) return `Fewer than ${LEAST_ROWS} rows were held out to compare with.`;
  if (train.rows < LEAST_ROWS) return `Fewer than ${LEAST_ROWS} rows were trained on.`;
  if (synthetic.rows === 0) return "There are no synthetic rows.";
  const drawn = [train, holdout, synthetic].map((table, i) =>
    takeRows(
      table,
      rowsInRandomOrder(table.rows, rng.fork(`rows ${i}`), table.patients).subarray(0, MOST_ROWS),
    ),
  ) as [Table, Table, Table];
  const columns = alignColumns(drawn, columnNames(train));
  const known = quasiIdentifiers(columns, MOST_KNOWN);
  if (known.length === 0) return "No column looks like something an outsider could know.";
  return { drawn, columns, known, keys: combinations(known, 3) as [Int32Array, Int32Array, Int32Array] };
}

/** Rows `from` to `to` of a table that is attacked, with how many of its patients have each combination. */
export interface Originals {
  readonly side: typeof TRAIN | typeof HOLDOUT;
  readonly from: number;
  readonly to: number;
  /** patients by combination, among these rows */
  readonly patients: ReadonlyMap<number, number>;
}

/**
 * Train cut into blocks as large as the smaller real table, and one such block of the holdout. Who is unique depends on how
 * many others there are, so both are asked among equally many.
 */
export function originalsOf({ drawn, keys }: KnownTables): { train: Originals[]; holdout: Originals[] } {
  const size = Math.min(drawn[TRAIN].rows, drawn[HOLDOUT].rows);
  const cut = (side: typeof TRAIN | typeof HOLDOUT): Originals[] =>
    Array.from({ length: Math.floor(drawn[side].rows / size) }, (_, block) => {
      const [from, to] = [block * size, (block + 1) * size];
      const patients = countEach(keys[side].subarray(from, to), drawn[side].patients?.subarray(from, to));
      return { side, from, to, patients };
    });
  return { train: cut(TRAIN), holdout: cut(HOLDOUT) };
}

/** A mean over rows with what its interval needs. */
export interface MeanShare {
  readonly value: number;
  interval(z: number): Interval;
}

/**
 * Mean of per-row shares in [0, 1] with Wilson's interval of as many trials as have the same variance (patients, where some
 * have several rows; Korn and Graubard 1998).
 * @param whose the patient of each share
 */
export function meanShare(shares: Float64Array, whose?: Int32Array): MeanShare {
  const rows = shares.length;
  const value = shares.reduce((a, b) => a + b, 0) / rows;
  const apart = new Map<number, number>();
  shares.forEach((share, row) => {
    const patient = whose?.[row] ?? row;
    apart.set(patient, (apart.get(patient) ?? 0) + share - value);
  });
  const patients = apart.size;
  const variance = [...apart.values()].reduce((sum, d) => sum + d * d, 0) / rows ** 2;
  const trials = variance > 0 ? (value * (1 - value)) / variance : patients;
  return { value, interval: (z) => wilson(value * trials, trials, z) };
}

/** The share of train's patients beside that of the holdout's, as a metric's figures. */
export const besideHeldOut = (own: MeanShare, usual: MeanShare): ReturnType<typeof besideReal> =>
  besideReal(
    "lower",
    own.value,
    own.interval(Z95),
    { value: usual.value, interval: usual.interval(Z90) },
    (value) => 100 - 100 * Math.max(0, value - usual.value),
  );

/** The patients of the rows of all `originals`, in their order. */
export function patientsOfOriginals(
  { drawn }: KnownTables,
  originals: readonly Originals[],
): Int32Array | undefined {
  const [first] = originals;
  return first && drawn[first.side].patients?.subarray(first.from, originals.at(-1)?.to);
}
