import type { Rng } from "../../math/rng.ts";
import { rowsInRandomOrder } from "../../table/whole-patients.ts";

export interface ValidationRows {
  /** rows that are learned from, in random order, a patient's beside each other */
  readonly train: Int32Array;
  /** rows that say when to stop, in the same order */
  readonly validation: Int32Array;
}

/**
 * A tenth of the rows, at least 30 and at most a quarter, is kept to say when training is to stop. Rows of one patient
 * (`patients`, where they are known) are on one side, at most a third of all rows on this: a network that knows a
 * patient's other visits looks better on the ones it has not seen, and would train until it knows its patients by heart.
 */
export function holdOutTenth(rows: number, rng: Rng, patients?: Int32Array): ValidationRows {
  const order = rowsInRandomOrder(rows, rng, patients);
  const count = Math.max(1, Math.min(Math.max(30, Math.round(rows / 10)), Math.floor(rows / 4)));
  const last = order[count - 1] as number;
  let end = count;
  while (patients && end < rows / 3 && patients[order[end] as number] === patients[last]) end++;
  return { train: order.slice(end), validation: order.slice(0, end) };
}
