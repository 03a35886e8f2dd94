import { describe, expect, it } from "vitest";
import { createRng } from "../../../../math/rng.ts";
import { quietRows } from "../fixtures/quiet-rows.ts";
import type { Line } from "../fixtures/quiet-rows.ts";
import { alone, queryOf } from "../growing.ts";
import type { Growing, TokenTable } from "../growing.ts";
import type { Clique } from "../tree/clique.ts";
import { heldMarginal } from "../tree/held.ts";
import { junctionTree, treeCells } from "../tree/junction-tree.ts";
import type { JunctionTree } from "../tree/junction-tree.ts";
import { aim } from "./aim.ts";
import { createLimits, workload } from "./candidates.ts";
import type { Choosing } from "./choosing.ts";
import { mst } from "./mst.ts";

/** Column 1 is column 0 but for one row in ten; the others by themselves, all combinations equally often. */
function planted(rows: number, tokens: number, columns: number): TokenTable {
  const made = Array.from({ length: columns }, () => new Int32Array(rows));
  for (let i = 0; i < rows; i++) {
    let rest = i;
    for (const [j, own] of made.entries()) {
      if (j === 1) continue;
      own[i] = rest % tokens;
      rest = Math.floor(rest / tokens);
    }
    (made[1] as Int32Array)[i] = ((made[0]?.[i] as number) + Number(rest % 10 === 0)) % tokens;
  }
  return { counts: made.map(() => tokens), tokens: made };
}

async function run(
  method: typeof aim,
  data: TokenTable,
  said: Partial<Choosing>,
): Promise<{ growing: Growing; lines: Line[] }> {
  const lines: Line[] = [];
  const rows = quietRows(data, lines);
  const singles = data.counts.map((_, column) => ({
    clique: [column],
    counts: rows.exact(queryOf(data, [column])),
    sigma: 1,
  }));
  const axes = data.counts.map((count) => ({ count, ordered: true, missing: -1 }));
  const from = await alone(axes, singles, data.tokens[0]?.length ?? 0);
  const choosing: Choosing = {
    rows,
    data,
    rho: 1.2,
    target: undefined,
    mostCells: 1e6,
    largest: 1e5,
    enough: () => false,
    ...said,
  };
  const work = method(choosing, from);
  for (;;) {
    const next = await work.next();
    if (next.done === true) return { growing: next.value, lines };
  }
}

const asked = ({ asked: all }: Growing): string[] =>
  all.flatMap(({ table: { clique } }) => (clique.length > 1 ? [clique.join()] : []));
const sum = (lines: readonly Line[]): number => lines.reduce((total, { rho }) => total + rho, 0);

describe("AIM", () => {
  it("spends by hand: two rounds of a twelfth, four times as much once nothing is learned, then the rest", async () => {
    const { growing, lines } = await run(aim, planted(800, 2, 3), {});
    expect(asked(growing)[0]).toBe("0,1");
    const spent = lines.map(({ rho }) => Number(rho.toFixed(9)));
    expect(spent).toEqual([0.01, 0.09, 0.01, 0.09, 0.04, 0.36, 0.06, 0.54]);
    expect(lines.map(({ what }) => what).join()).toBe(
      lines.map((_, i) => (i % 2 ? "counts" : "choose")).join(),
    );
  });

  it("learns the pair that was planted", async () => {
    const data = planted(800, 2, 3);
    const { growing } = await run(aim, data, {});
    const exact = quietRows(data, []).exact(queryOf(data, [0, 1]));
    heldMarginal(growing.fitted.beliefs, [0, 1]).forEach((share, i) =>
      expect(Math.abs(share - (exact[i] as number) / 800)).toBeLessThan(2e-3),
    );
  });

  it("keeps the model within its cells, and spends all the same", async () => {
    const { growing, lines } = await run(aim, planted(1000, 10, 3), { mostCells: 150 });
    expect(asked(growing)).toEqual(["0,1"]);
    expect(treeCells(growing.fitted.tree)).toBe(110);
    expect(sum(lines)).toBeCloseTo(1.2, 12);
  });

  it("spends what is left on single columns where no table fits", async () => {
    for (const method of [aim, mst]) {
      const { growing, lines } = await run(method, planted(1000, 10, 3), { mostCells: 50, largest: 50 });
      expect(asked(growing)).toEqual([]);
      expect(lines).toEqual([{ what: "counts", rho: 1.2 }]);
    }
  });

  it("spends the rest at once when it is enough", async () => {
    const { lines } = await run(aim, planted(800, 2, 3), { enough: () => true });
    expect(lines).toHaveLength(2);
    expect(sum(lines)).toBeCloseTo(1.2, 12);
  });

  it("asks three columns together where the target depends on both of two at once", async () => {
    const rng = createRng(2);
    const rows = 2000;
    const [a, b, c] = Array.from({ length: 3 }, () =>
      Int32Array.from({ length: rows }, () => rng.integer(2)),
    );
    const target = (a as Int32Array).map((own, i) => own ^ (b?.[i] as number));
    const data = { counts: [2, 2, 2, 2], tokens: [a, b, c, target] as Int32Array[] };
    const { growing } = await run(aim, data, { target: 3 });
    expect(asked(growing)).toContain("0,1,3");
  });
});

describe("MST", () => {
  it("asks a spanning tree at once, half of the budget for choosing it", async () => {
    const { growing, lines } = await run(mst, planted(800, 2, 4), {});
    expect(asked(growing)).toHaveLength(3);
    expect(asked(growing)).toContain("0,1");
    expect(growing.fitted.tree.nodes.every(({ columns }) => columns.length === 2)).toBe(true);
    expect(lines.map(({ what }) => what)).toEqual(["choose", "choose", "choose", "counts"]);
    expect(lines.map(({ rho }) => Number(rho.toFixed(9)))).toEqual([0.2, 0.2, 0.2, 0.6]);
  });
});

describe("what may be asked", () => {
  it("weighs tables by what they share with the workload", () => {
    const pairs = workload([2, 2, 2, 2], undefined, 100);
    expect(pairs.map(({ weight }) => weight)).toEqual([6, 6, 6, 6, 6, 6]);
    const triples = workload([2, 2, 2, 2], 0, 100);
    const weight = (clique: Clique): number | undefined =>
      triples.find((one) => one.clique.join() === clique.join())?.weight;
    expect(weight([0, 1])).toBe(3 + 2);
    expect(weight([1, 2])).toBe(2 + 2);
    expect(weight([0, 1, 2])).toBe(3 + 2 + 2);
    expect(weight([1, 2, 3])).toBeUndefined();
  });

  it("leaves out tables that are too large", () => {
    expect(workload([30, 30, 2], undefined, 100).map(({ clique }) => clique)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("counts the cells that a table would bring as the tree with it does", () => {
    const counts = [4, 3, 5, 2, 6];
    const measured: Clique[] = [[0], [1], [2], [3], [4], [0, 1], [1, 2]];
    const tree = junctionTree(measured, counts) as JunctionTree;
    for (const clique of [
      [0, 2],
      [0, 3],
      [3, 4],
      [2, 4],
      [0, 1],
      [0, 1, 2],
      [2, 3, 4],
    ]) {
      const wanted = treeCells(junctionTree([...measured, clique], counts) as JunctionTree);
      const limits = createLimits(counts);
      expect(limits.allows(clique, tree, measured, wanted)).toBe(true);
      if (wanted > treeCells(tree)) expect(limits.allows(clique, tree, measured, wanted - 1)).toBe(false);
    }
  });

  it("never allows four columns that would stand together", () => {
    const counts = [2, 2, 2, 2];
    const measured: Clique[] = [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ];
    const tree = junctionTree(measured, counts) as JunctionTree;
    expect(createLimits(counts).allows([2, 3], tree, measured, 1e9)).toBe(false);
  });
});
