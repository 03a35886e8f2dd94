import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";

/** Rows that a network is trained on at most: its steps see each of so many 15 to 25 times. */
export const MOST_TRAINING_ROWS = 100_000;

const STRATA = 50;

/**
 * `most` rows of a larger table, in their order: as large a share of every level of the target (or of each of ten
 * pieces of a numeric one) as of the table, at least one of each. All rows of a smaller table: undefined.
 */
export function trainingRows(table: Table, most: number, rng: Rng): Int32Array | undefined {
  if (table.rows <= most) return undefined;
  const strata = strataOf(table);
  const order = rng.permutation(table.rows);
  const sizes = new Map<number, number>();
  for (const stratum of strata) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1);
  const left = new Map(
    [...sizes].map(([s, size]) => [s, Math.max(1, Math.round((size * most) / table.rows))]),
  );
  const taken: number[] = [];
  for (const row of order) {
    const room = left.get(strata[row] as number) ?? 0;
    if (room === 0) continue;
    left.set(strata[row] as number, room - 1);
    taken.push(row);
  }
  return Int32Array.from(taken.slice(0, most)).sort();
}

/** What is said to the person when rows were left out of training. */
export const trainingRowsNotice = (used: number, all: number): string =>
  `The networks learn from ${used.toLocaleString("en")} of ${all.toLocaleString("en")} rows, drawn with the target's ` +
  `own shares; more would only be seen less often. Columns by themselves are learned from all rows.`;

/** A small number for each row: its target's level or tenth; 0 everywhere without a target. */
function strataOf({ rows, schema, columns }: Table): Int32Array {
  const target = columns[schema.columns.findIndex(({ role }) => role === "target")];
  if (!target) return new Int32Array(rows);
  if (target.type === "coded") return target.codes.map((code) => Math.min(code, STRATA));
  return tenthsOf(target);
}

function tenthsOf({ values }: Column & { type: "numeric" }): Int32Array {
  const sorted = values.filter(Number.isFinite).sort();
  const cuts = Array.from({ length: 9 }, (_, i) => sorted[Math.floor((sorted.length * (i + 1)) / 10)] ?? 0);
  return Int32Array.from(values, (value) =>
    Number.isFinite(value) ? cuts.filter((cut) => value >= cut).length : -1,
  );
}
