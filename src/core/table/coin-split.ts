import { createRng } from "../math/rng.ts";
import { groupRows, type Split } from "./split.ts";
import type { Table } from "./table.ts";

/**
 * Splits by a coin of each patient's own (each row's, where no identifier is marked): by nothing but `seed` and the place
 * of the patient's first row in the file. Whether others are there, and what anybody's cells say, changes nothing of it, so that
 * a method with a guarantee need not pay for it. Neither side has a fixed size, and the shares of a target may differ.
 */
export function splitByCoins(table: Table, { share, seed }: { share: number; seed: number }): Split {
  const { known, unknown } = groupRows(table);
  const held = new Uint8Array(table.rows);
  for (const rows of unknown.length > 0 ? [...known, unknown] : known) {
    const coin = createRng(seed).fork(`coin of row ${rows[0]}`).uniform();
    if (coin < share) for (const row of rows) held[row] = 1;
  }
  const side = (wanted: 0 | 1): Int32Array =>
    Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => held[row] === wanted);
  return { train: side(0), holdout: side(1) };
}
