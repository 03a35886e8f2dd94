import { createRng } from "../math/rng.ts";
import { patientUnits } from "./patient-units.ts";
import type { Split } from "./split.ts";
import type { Column, Table } from "./table.ts";

/**
 * Splits by a coin of each patient's own (each row's, where no identifier is marked). The coin goes by `seed`, which anybody may
 * know, and by what stands in the patient's identifier (in the row's cells; of rows that are alike, the first, the second ...): with one
 * patient more or less every other one is on the same side as before, wherever rows stand in the file, so that a method with a
 * guarantee need not pay for it. Neither side has a fixed size, and the shares of a target may differ.
 */
export function splitByCoins(table: Table, { share, seed }: { share: number; seed: number }): Split {
  const { ids, groups } = patientUnits(table);
  const held = new Uint8Array(table.rows);
  const alike = new Map<number, number>();
  for (const rows of groups) {
    const row = rows[0] as number;
    const mark = ids === undefined ? markOf(table.columns, row) : markOf([ids], row);
    const place = alike.get(mark) ?? 0;
    alike.set(mark, place + 1);
    const coin = createRng(seed).fork(`coin of ${mark}, ${place}`).uniform();
    if (coin < share) for (const own of rows) held[own] = 1;
  }
  const side = (wanted: 0 | 1): Int32Array =>
    Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => held[row] === wanted);
  return { train: side(0), holdout: side(1) };
}

/** A hash of 53 bits of what stands in the cells of `row`: of their texts and numbers, never of codes, which go by other rows. */
function markOf(columns: readonly Column[], row: number): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  const add = (text: string): void => {
    for (let i = 0; i <= text.length; i++) {
      const unit = i < text.length ? text.charCodeAt(i) : 0x10000;
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
    }
  };
  for (const column of columns)
    add(
      column.type === "numeric"
        ? String(column.values[row])
        : (column.levels[column.codes[row] as number] ?? ""),
    );
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
