import { breathe } from "../../../../math/breathe.ts";
import type { PrivateRows } from "../../../../private/rows/private-rows.ts";
import type { TokenTable } from "../growing.ts";
import { queryOf } from "../growing.ts";
import type { Clique } from "../tree/clique.ts";
import type { Candidate } from "./candidates.ts";

/** Tables without noise of candidates, counted once: for the scores of `choose` alone. Asked by the candidates' own arrays. */
export interface ExactTables {
  of(clique: Clique): Float32Array;
}

export async function exactTables(
  rows: PrivateRows,
  data: TokenTable,
  candidates: readonly Candidate[],
): Promise<ExactTables> {
  const found = new Map<Clique, Float32Array>();
  for (const { clique } of candidates) {
    found.set(clique, Float32Array.from(rows.exact(queryOf(data, clique))));
    await breathe();
  }
  return { of: (clique) => found.get(clique) as Float32Array };
}

/** L1 distance of exact counts from `total` rows of a model's shares. */
export function distance(exact: Float32Array, model: Float64Array, total: number): number {
  let sum = 0;
  for (let i = 0; i < exact.length; i++) sum += Math.abs((exact[i] as number) - total * (model[i] as number));
  return sum;
}
