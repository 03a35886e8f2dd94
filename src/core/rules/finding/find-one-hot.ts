import type { Column, Table } from "../../table/table.ts";
import type { FoundRule } from "../constraint.ts";

/** Rows in which a column is 1, and in which it is 0, at least. */
const LEAST_EITHER = 10;
const LEAST_ROWS = 50;
/** Columns of one set: of two, one is just the other's opposite. */
const LEAST_IN_SET = 3;

const nameOf = (table: Table, j: number): string => table.schema.columns[j]?.name ?? "";

/** Sets of columns of zeros and ones of which exactly one is 1 in every row. */
export function findOneHot(table: Table): FoundRule[] {
  if (table.rows < LEAST_ROWS) return [];
  const ones = new Map<number, Uint8Array>();
  table.columns.forEach((column, j) => {
    const own = onesOf(column);
    if (own) ones.set(j, own);
  });
  const found: FoundRule[] = [];
  for (const first of ones.keys()) {
    const union = ones.get(first)?.slice();
    if (!union) continue;
    const set = [first];
    for (const [j, own] of ones) {
      if (j <= first || own.some((is, row) => is === 1 && union[row] === 1)) continue;
      own.forEach((is, row) => (union[row] = (union[row] as number) + is));
      set.push(j);
    }
    if (set.length < LEAST_IN_SET || union.includes(0)) continue;
    for (const j of set) ones.delete(j);
    found.push({
      constraint: { kind: "one-hot", columns: set.map((j) => nameOf(table, j)) },
      support: { rows: table.rows, broken: 0 },
      nearly: false,
    });
  }
  return found;
}

/** 1 where a column of nothing but zeros and ones is 1, both of them ten times at least; undefined for others. */
function onesOf(column: Column): Uint8Array | undefined {
  const of =
    column.type === "numeric"
      ? column.values
      : column.codes.map((code) => Number(column.levels[code] ?? NaN));
  let count = 0;
  for (const value of of) {
    if (value !== 0 && value !== 1) return undefined;
    count += value;
  }
  const both = count >= LEAST_EITHER && of.length - count >= LEAST_EITHER;
  return both ? Uint8Array.from(of) : undefined;
}
