import { breathe } from "../../../../math/breathe.ts";
import { grown, queryOf } from "../growing.ts";
import type { Growing } from "../growing.ts";
import type { Clique } from "../tree/clique.ts";
import { outer } from "../tree/pairs.ts";
import type { Candidate } from "./candidates.ts";
import { workload } from "./candidates.ts";
import type { Choosing } from "./choosing.ts";
import { columnsAgain, LAST_ITERATIONS } from "./choosing.ts";
import { distance, exactTables } from "./exact-tables.ts";
import { heldMarginal } from "../tree/held.ts";

/**
 * MST (McKenna, Miklau & Sheldon 2021): half of the budget chooses a spanning tree of pairs, edge by edge among those that
 * join two parts, each by the exponential mechanism with score |M(D) - n p q|_1; the other half asks them with noise, all as
 * one Gaussian mechanism. n, p and q are noisy already, so that one row changes a score by 1 at most.
 */
export async function* mst(choosing: Choosing, from: Growing): AsyncGenerator<number, Growing, void> {
  const { rows, data, rho } = choosing;
  const candidates = workload(data.counts, undefined, Math.min(choosing.largest, choosing.mostCells));
  const exact = await exactTables(rows, data, candidates);
  const singles = data.counts.map((_, column) => heldMarginal(from.fitted.beliefs, [column]));
  const product = ([a, b]: Clique): Float64Array =>
    outer(singles[a as number] as Float64Array, singles[b as number] as Float64Array);
  const scores = candidates.map(({ clique }) => distance(exact.of(clique), product(clique), from.total));
  const parts = data.counts.map((_, column) => column);
  const edges = spanningEdges(candidates, data.counts.length);
  if (edges === 0) return columnsAgain(choosing, from, rho);
  const taken: Clique[] = [];
  while (taken.length < edges) {
    const open = candidates.flatMap(({ clique }, i) => (parts[clique[0]!] === parts[clique[1]!] ? [] : [i]));
    const at = rows.choose(
      open.map((i) => scores[i] as number),
      1,
      rho / 2 / edges,
      { what: "Choosing a pair of columns", columns: String(open.length) },
    );
    const { clique } = candidates[open[at] as number] as Candidate;
    taken.push(clique);
    joined(parts, clique);
    yield (0.5 * taken.length) / edges;
    await breathe();
  }
  const purpose = { what: "Pairs of columns", columns: String(taken.length) };
  const answers = await rows.counts(
    taken.map((clique) => queryOf(data, clique)),
    rho / 2,
    purpose,
  );
  const sigma = rows.rowsPerPatient / Math.sqrt(rho / taken.length);
  const more = taken.map((clique, i) => ({
    table: { clique, counts: answers[i] as Float64Array, sigma },
    was: product(clique),
  }));
  return grown(from, more, LAST_ITERATIONS);
}

/** Edges of a spanning forest of all candidates: parts that no candidate joins stay apart. */
function spanningEdges(candidates: readonly Candidate[], columns: number): number {
  const parts = Array.from({ length: columns }, (_, column) => column);
  let edges = 0;
  for (const { clique } of candidates) {
    if (parts[clique[0]!] === parts[clique[1]!]) continue;
    joined(parts, clique);
    edges++;
  }
  return edges;
}

function joined(parts: number[], clique: Clique): void {
  const [kept, gone] = [parts[clique[0]!], parts[clique[1]!]];
  for (let column = 0; column < parts.length; column++)
    if (parts[column] === gone) parts[column] = kept as number;
}
