import { damaged } from "../../../../codec/saved-state.ts";
import type { Beliefs } from "./beliefs.ts";
import type { Clique } from "./clique.ts";
import { cellMap, cellsOf, within } from "./clique.ts";

/** The marginal of a clique that one clique of the tree holds. */
export function heldMarginal({ cliques, tree }: Beliefs, clique: Clique): Float64Array {
  const home = tree.nodes.findIndex(({ columns }) => within(clique, columns));
  if (home < 0) return damaged("cliques");
  const table = cliques[home] as Float64Array;
  const map = cellMap(tree.nodes[home]?.columns ?? [], clique, tree.counts);
  const made = new Float64Array(cellsOf(clique, tree.counts));
  for (let i = 0; i < table.length; i++)
    made[map[i] as number] = (made[map[i] as number] as number) + (table[i] as number);
  return made;
}
