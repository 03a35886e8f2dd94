import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { begun } from "./begun.ts";
import { jointOf, marginalOf } from "./fixtures/brute-force.ts";
import { fittedTo } from "./fitted.ts";
import { alone, grown } from "./growing.ts";
import type { Measured } from "./measured.ts";
import { combined, estimatedTotal } from "./measured.ts";
import type { Clique } from "./tree/clique.ts";
import { cellsOf } from "./tree/clique.ts";
import { heldMarginal } from "./tree/held.ts";
import { junctionTree } from "./tree/junction-tree.ts";
import type { JunctionTree } from "./tree/junction-tree.ts";
import { outer, pairMarginals } from "./tree/pairs.ts";

const counts = [3, 4, 2, 5];
const rows = 1000;
const axes = counts.map((count) => ({ count, ordered: true, missing: -1 }));

/** A distribution in which everything hangs together. */
function randomJoint(seed: number): Float64Array {
  const rng = createRng(seed);
  const all = [0, 1, 2, 3];
  const logs = Float64Array.from({ length: cellsOf(all, counts) }, () => rng.normal());
  return jointOf([all], [logs], counts);
}

const exactly = (joint: Float64Array, clique: Clique): Measured => ({
  clique,
  counts: marginalOf(joint, clique, counts).map((share) => share * rows),
  sigma: 0,
});

describe("the model fitted to tables without noise", () => {
  const joint = randomJoint(1);
  const singles = counts.map((_, column) => exactly(joint, [column]));

  it("has the exact marginals of a tree, and of what lies along it", async () => {
    const from = await alone(axes, singles, rows);
    const single = (column: number): Float64Array => marginalOf(joint, [column], counts);
    const edges: [number, number][] = [
      [0, 1],
      [1, 2],
      [1, 3],
    ];
    const more = edges.map(([a, b]) => ({ table: exactly(joint, [a, b]), was: outer(single(a), single(b)) }));
    const { fitted } = await grown(from, more, 300);
    for (const edge of edges)
      heldMarginal(fitted.beliefs, edge).forEach((share, i) =>
        expect(Math.abs(share - (marginalOf(joint, edge, counts)[i] as number))).toBeLessThan(1e-6),
      );
    const [p01, p13, p1] = [[0, 1], [1, 3], [1]].map((clique) => marginalOf(joint, clique, counts));
    const far = (await pairMarginals(fitted.beliefs)).of(0, 3);
    for (let a = 0; a < 3; a++)
      for (let d = 0; d < 5; d++) {
        let wanted = 0;
        for (let b = 0; b < 4; b++)
          wanted += ((p01?.[a * 4 + b] as number) * (p13?.[b * 5 + d] as number)) / (p1?.[b] as number);
        expect(Math.abs((far[a * 5 + d] as number) - wanted)).toBeLessThan(1e-6);
      }
  });

  it("comes to the marginals of a ring, which no product of them gives", async () => {
    const ring: Clique[] = [
      [0, 1],
      [1, 2],
      [0, 2],
    ];
    const measured = ring.map((clique) => ({ ...exactly(joint, clique), sigma: 1 }));
    const tree = junctionTree(ring, counts) as JunctionTree;
    const logs = measured.map((table) => new Float64Array(table.counts.length));
    const fitted = await fittedTo({ tree, measured, total: rows, logs, iterations: 500 });
    for (const clique of ring)
      heldMarginal(fitted.beliefs, clique).forEach((share, i) =>
        expect(Math.abs(share - (marginalOf(joint, clique, counts)[i] as number))).toBeLessThan(1e-4),
      );
  });
});

describe("the model fitted to noisy tables", () => {
  it("lies between tables that contradict each other, nearer to the surer one", async () => {
    const measured: Measured[] = [
      { clique: [0], counts: Float64Array.of(500, 500), sigma: 10 },
      { clique: [0, 1], counts: Float64Array.of(300, 300, 200, 200), sigma: 10 },
    ];
    const tree = junctionTree([[0, 1]], [2, 2]) as JunctionTree;
    const logs = measured.map((table) => new Float64Array(table.counts.length));
    const { beliefs } = await fittedTo({ tree, measured, total: rows, logs, iterations: 500 });
    const [share = 0] = heldMarginal(beliefs, [0]);
    expect(share * rows).toBeCloseTo((2 * 500 + 600) / 3, 1);
  });

  it("loses nothing to the best model by brute force where noise makes counts negative", async () => {
    const measured: Measured[] = [{ clique: [0], counts: Float64Array.of(-40, 340, 700), sigma: 20 }];
    const tree = junctionTree([], [3]) as JunctionTree;
    const logs = [new Float64Array(3)];
    const { beliefs } = await fittedTo({ tree, measured, total: rows, logs, iterations: 500 });
    const shares = heldMarginal(beliefs, [0]);
    expect(shares[0]).toBeLessThan(1e-3);
    expect((shares[1] as number) * rows).toBeCloseTo(320, 0);
  });

  it("never ends worse than it began", async () => {
    const rng = createRng(4);
    const joint = randomJoint(2);
    const measured = [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
    ].map((clique): Measured => ({
      clique,
      counts: marginalOf(joint, clique, counts).map((share) => share * rows + 30 * rng.normal()),
      sigma: 30,
    }));
    const tree = junctionTree(
      measured.map(({ clique }) => clique),
      counts,
    ) as JunctionTree;
    const flat = measured.map((table) => new Float64Array(table.counts.length).fill(1 / table.counts.length));
    const logs = measured.map((table, k) => begun(table, flat[k] as Float64Array, rows));
    const after = async (iterations: number): Promise<number> =>
      (await fittedTo({ tree, measured, total: rows, logs, iterations })).loss;
    const losses = [await after(0), await after(20), await after(200), await after(500)];
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses[2]).toBeLessThan(1.02 * (losses[3] as number));
  });
});

describe("noisy tables", () => {
  it("measured twice weigh by their precision", () => {
    const table = (count: number, sigma: number): Measured => ({
      clique: [0],
      counts: Float64Array.of(count),
      sigma,
    });
    const made = combined(table(10, 1), table(20, 2));
    expect(made.counts[0]).toBeCloseTo(12);
    expect(made.sigma).toBeCloseTo(Math.sqrt(0.8));
  });

  it("estimate the rows by their sums", () => {
    expect(
      estimatedTotal([
        { sum: 100, variance: 1 },
        { sum: 110, variance: 4 },
      ]),
    ).toBeCloseTo(102);
    expect(estimatedTotal([{ sum: -5, variance: 1 }])).toBe(1);
  });
});
