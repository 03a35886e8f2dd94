import { createInference } from "./tree/beliefs.ts";
import type { Fitted } from "./fitted.ts";
import type { Clique } from "./tree/clique.ts";
import { cellMap } from "./tree/clique.ts";
import { pairMarginals } from "./tree/pairs.ts";
import type { Pairs } from "./tree/pairs.ts";

/** The marginals of a model that scores are made of: all pairs, and all triples with the target. */
export interface Modelled {
  of(clique: Clique): Float64Array;
}

/** `target`: the column whose triples are asked for; left out: pairs only. */
export async function modelled(fitted: Fitted, target?: number): Promise<Modelled> {
  const { beliefs } = fitted;
  const given = target === undefined ? [] : await givenEach(fitted, target);
  const pairs = await pairMarginals(beliefs);
  return {
    of: (clique) => {
      const [a = 0, b, c] = clique;
      if (b === undefined) return pairs.singles[a] as Float64Array;
      return c === undefined ? pairs.of(a, b) : triple(clique, target as number, given);
    },
  };
}

/** For each token of the target its share, and the pairs given it. */
interface Given {
  readonly share: number;
  readonly pairs: Pairs;
}

async function givenEach({ tree, potentials, beliefs }: Fitted, target: number): Promise<Given[]> {
  const { singles } = await pairMarginals(beliefs);
  const inference = createInference(tree, [...potentials.cliques, [target]]);
  const given: Given[] = [];
  for (const [token, share] of (singles[target] as Float64Array).entries()) {
    const only = new Float64Array(tree.counts[target] as number).fill(-Infinity);
    only[token] = 0;
    const pairs = await pairMarginals(inference.beliefs([...potentials.logs, only]));
    given.push({ share, pairs });
  }
  return given;
}

/** The marginal of a target triple, in its own order of columns. */
function triple(clique: Clique, target: number, given: readonly Given[]): Float64Array {
  const [a, b] = clique.filter((column) => column !== target) as [number, number];
  const tables = given.map(({ share, pairs }) => pairs.of(a, b).map((pair) => pair * share));
  const [first] = tables as [Float64Array];
  const counts: number[] = [];
  counts[target] = given.length;
  counts[b] = given[0]?.pairs.singles[b]?.length ?? 1;
  counts[a] = first.length / (counts[b] as number);
  const made = new Float64Array(first.length * given.length);
  const targets = cellMap(clique, [target], counts);
  const others = cellMap(clique, [a, b], counts);
  for (let i = 0; i < made.length; i++)
    made[i] = tables[targets[i] as number]?.[others[i] as number] as number;
  return made;
}
