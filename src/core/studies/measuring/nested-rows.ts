import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";

/** A random order of the rows, rows of a patient together: its beginnings are nested subsets. */
export function nestedOrder(table: Table, rng: Rng): Int32Array {
  if (table.patients === undefined) return rng.permutation(table.rows);
  const groups = new Map<number, number[]>();
  table.patients.forEach((patient, row) => {
    const own = groups.get(patient);
    if (own === undefined) groups.set(patient, [row]);
    else own.push(row);
  });
  const members = [...groups.values()];
  return Int32Array.from([...rng.permutation(members.length)].flatMap((at) => members[at] as number[]));
}

/** The first `most` rows of a random order, patients whole (at least one): same `rng`, nested subsets. */
export function nestedRows(table: Table, most: number, rng: Rng): Table {
  return takeRows(table, wholePatients(table, nestedOrder(table, rng), most));
}

/** The first `most` of `order`, less what would part the last patient; that patient whole where there is no other. */
export function wholePatients({ patients }: Table, order: Int32Array, most: number): Int32Array {
  if (patients === undefined || most >= order.length) return order.subarray(0, most);
  const at = (i: number): number => patients[order[i] as number] as number;
  let end = most;
  while (end > 0 && at(end) === at(end - 1)) end--;
  if (end > 0 || most === 0) return order.subarray(0, end);
  end = most;
  while (end < order.length && at(end) === at(end - 1)) end++;
  return order.subarray(0, end);
}
