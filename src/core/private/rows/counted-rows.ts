import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";

/** Rows of which no patient has more than `most`, by chance, ascending; every row where each is a patient of its own. */
export function countedRows({ rows, patients }: Table, most: number, rng: Rng): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  if (patients === undefined) return all;
  const seen = new Map<number, number>();
  const taken: number[] = [];
  for (const row of rng.permutation(rows)) {
    const whose = patients[row] as number;
    const had = seen.get(whose) ?? 0;
    if (had >= most) continue;
    seen.set(whose, had + 1);
    taken.push(row);
  }
  return Int32Array.from(taken).sort();
}

/** `rows`, those of a patient together. */
export function unitsOf({ patients }: Pick<Table, "patients">, rows: Int32Array): Int32Array[] {
  if (patients === undefined) return Array.from(rows, (row) => Int32Array.of(row));
  const units = new Map<number, number[]>();
  for (const row of rows) {
    const whose = patients[row] as number;
    const own = units.get(whose);
    if (own === undefined) units.set(whose, [row]);
    else own.push(row);
  }
  return [...units.values()].map((own) => Int32Array.from(own));
}
