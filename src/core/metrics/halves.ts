import type { Rng } from "../math/rng.ts";
import { takeRows } from "../table/table.ts";
import type { Table } from "../table/table.ts";

/** Two tables of as many different rows of `table`, drawn at random, at most `most` each. */
export function halvesOf(table: Table, most: number, rng: Rng): [Table, Table] {
  const size = Math.min(most, Math.floor(table.rows / 2));
  const drawn = rng.choose(table.rows, 2 * size);
  return [takeRows(table, drawn.slice(0, size)), takeRows(table, drawn.slice(size))];
}
