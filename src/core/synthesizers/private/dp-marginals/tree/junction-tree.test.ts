import { describe, expect, it } from "vitest";
import { createRng } from "../../../../math/rng.ts";
import { within } from "./clique.ts";
import type { Clique } from "./clique.ts";
import { junctionTree, treeCells } from "./junction-tree.ts";
import type { JunctionTree } from "./junction-tree.ts";

const six = [2, 3, 4, 5, 2, 3];

/** Nodes that hold a column hang together, by parents that hold it too. */
function runsThrough({ nodes, counts }: JunctionTree): boolean {
  return [...counts.keys()].every((column) => {
    const holding = nodes.filter(({ columns }) => columns.includes(column));
    const roots = holding.filter(({ separator }) => !separator.includes(column));
    return roots.length === 1;
  });
}

describe("the junction tree", () => {
  it("leaves columns alone that stand in no table with others", () => {
    const tree = junctionTree([[0], [1]], [2, 3]) as JunctionTree;
    expect(tree.nodes.map(({ columns }) => columns)).toEqual([[0], [1]]);
    expect(tree.nodes.every(({ parent }) => parent === -1)).toBe(true);
    expect(treeCells(tree)).toBe(5);
  });

  it("cuts a ring of four into two triangles, over the diagonal of fewer cells", () => {
    const ring: Clique[] = [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
    ];
    const tree = junctionTree(ring, [2, 9, 2, 9]) as JunctionTree;
    const cliques = tree.nodes.map(({ columns }) => columns.join());
    expect(cliques.sort()).toEqual(["0,1,2", "0,2,3"]);
    expect(treeCells(tree)).toBe(72);
    expect(tree.nodes[1]?.separator).toEqual([0, 2]);
  });

  it("has none where four columns would have to stand together", () => {
    const all: Clique[] = [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ];
    expect(junctionTree(all, six)).toBeUndefined();
    expect(junctionTree(all.slice(1), six)).toBeDefined();
  });

  it("holds every table and keeps the running intersection, whatever random tables of width two", () => {
    const rng = createRng(5);
    for (let trial = 0; trial < 200; trial++) {
      const cliques: Clique[] = [];
      for (let i = 0; i < 7; i++) {
        const clique = [...rng.choose(6, 1 + rng.integer(3))].sort((a, b) => a - b);
        if (junctionTree([...cliques, clique], six) !== undefined) cliques.push(clique);
      }
      const tree = junctionTree(cliques, six) as JunctionTree;
      expect(runsThrough(tree)).toBe(true);
      expect(cliques.every((clique) => tree.nodes.some(({ columns }) => within(clique, columns)))).toBe(true);
      expect(tree.nodes.every(({ columns }) => columns.length <= 3)).toBe(true);
      expect(tree.nodes.every(({ parent }, at) => parent < at)).toBe(true);
    }
  });
});
