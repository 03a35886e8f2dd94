import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { nestedOrder } from "./split-source.ts";

/** The first `most` rows of a random order, patients whole (at least one): same `rng`, nested subsets. */
export function nestedRows(table: Table, most: number, rng: Rng): Table {
  const order = nestedOrder(table, (count) => rng.permutation(count));
  return takeRows(table, order.subarray(0, wholePatients(table, order, most)));
}

/** How many of the first `most` rows end with a patient's last. */
function wholePatients({ patients }: Table, order: Int32Array, most: number): number {
  if (patients === undefined || most >= order.length) return Math.min(most, order.length);
  const at = (i: number): number => patients[order[i] as number] as number;
  let end = most;
  while (end > 0 && at(end) === at(end - 1)) end--;
  if (end > 0) return end;
  end = most;
  while (end < order.length && at(end) === at(end - 1)) end++;
  return end;
}
