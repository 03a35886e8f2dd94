import { describe, expect, it } from "vitest";
import { createRng } from "../../../../math/rng.ts";
import { jointOf, marginalOf } from "../fixtures/brute-force.ts";
import { createInference } from "./beliefs.ts";
import type { Clique } from "./clique.ts";
import { cellsOf } from "./clique.ts";
import { createCompletion } from "./completion.ts";
import { createDrawing } from "./draw.ts";
import { heldMarginal } from "./held.ts";
import { junctionTree } from "./junction-tree.ts";
import type { JunctionTree } from "./junction-tree.ts";
import { pairMarginals } from "./pairs.ts";

const counts = [2, 3, 4, 2, 3, 2];
/** A ring of four with a tail and one column alone. */
const cliques: Clique[] = [[0], [0, 1], [1, 2], [2, 3], [0, 3], [3, 4], [5]];
const rng = createRng(3);
const logs = cliques.map((clique) =>
  Float64Array.from({ length: cellsOf(clique, counts) }, () => 1.5 * rng.normal()),
);
const tree = junctionTree(cliques, counts) as JunctionTree;
const joint = jointOf(cliques, logs, counts);

const close = (found: Float64Array, wanted: Float64Array): void => {
  expect(found.length).toBe(wanted.length);
  found.forEach((share, i) => expect(share).toBeCloseTo(wanted[i] as number, 12));
};

describe("belief propagation", () => {
  it("gives the marginals that counting all cells gives", () => {
    const inference = createInference(tree, cliques);
    const beliefs = inference.beliefs(logs);
    for (const [k, clique] of cliques.entries()) {
      close(heldMarginal(beliefs, clique), marginalOf(joint, clique, counts));
      const own = new Float64Array(cellsOf(clique, counts));
      inference.marginal(k, own);
      close(own, marginalOf(joint, clique, counts));
    }
  });

  it("gives every pair, far apart or in different parts", async () => {
    const pairs = await pairMarginals(createInference(tree, cliques).beliefs(logs));
    for (let a = 0; a < 6; a++)
      for (let b = a + 1; b < 6; b++) close(pairs.of(a, b), marginalOf(joint, [a, b], counts));
  });

  it("takes a log of minus infinity as what cannot be", async () => {
    const only = Float64Array.of(-Infinity, 0);
    const given = jointOf([...cliques, [3]], [...logs, only], counts);
    const pairs = await pairMarginals(createInference(tree, [...cliques, [3]]).beliefs([...logs, only]));
    close(pairs.of(0, 4), marginalOf(given, [0, 4], counts));
    expect(pairs.singles[3]).toEqual(Float64Array.of(0, 1));
  });

  it("stays finite where potentials are thousands apart", () => {
    const far = logs.map((table) => table.map((log, i) => (i === 0 ? -5000 : log + 3000)));
    const beliefs = createInference(tree, cliques).beliefs(far);
    expect(beliefs.cliques.every((table) => table.every(Number.isFinite))).toBe(true);
  });
});

describe("drawing", () => {
  it("draws rows as often as they are likely, and the same from the same seed", async () => {
    const drawing = createDrawing(createInference(tree, cliques).beliefs(logs));
    const rows = 40_000;
    const drawn = await drawing.draw(rows, createRng(1));
    const wanted = marginalOf(joint, [0, 2, 4], counts);
    const found = new Float64Array(wanted.length);
    for (let i = 0; i < rows; i++) {
      const [a, b, c] = [drawn[i * 6], drawn[i * 6 + 2], drawn[i * 6 + 4]] as [number, number, number];
      found[(a * 4 + b) * 3 + c] = (found[(a * 4 + b) * 3 + c] as number) + 1;
    }
    const chi = wanted.reduce(
      (sum, share, i) => sum + ((found[i] as number) - share * rows) ** 2 / (share * rows),
      0,
    );
    expect(chi).toBeLessThan(52);
    expect(await drawing.draw(50, createRng(1))).toEqual(drawn.slice(0, 300));
  });

  it("completes a row from what is known of it, exactly, and never with what is barred", async () => {
    const completion = createCompletion(createInference(tree, cliques).beliefs(logs));
    const rows = 30_000;
    const tokens = new Int32Array(rows * 6);
    for (let i = 0; i < rows; i++) tokens.set([1, -1, -1, -1, 2, 0], i * 6);
    await completion.complete(tokens, rows, [-1, 2, -1, -1, -1, -1], createRng(2));
    const whole = new Float64Array(3 * 4 * 2);
    const all = jointOf(cliques, logs, counts);
    for (let b = 0; b < 2; b++)
      for (let c = 0; c < 4; c++)
        for (let d = 0; d < 2; d++)
          whole[(b * 4 + c) * 2 + d] = all[((((3 + b) * 4 + c) * 2 + d) * 3 + 2) * 2] as number;
    const sum = whole.reduce((a, b) => a + b, 0);
    const found = new Float64Array(whole.length);
    for (let i = 0; i < rows; i++) {
      const [a, b, c, d, e, f] = tokens.subarray(i * 6, i * 6 + 6) as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      expect([a, e, f]).toEqual([1, 2, 0]);
      found[(b * 4 + c) * 2 + d] = (found[(b * 4 + c) * 2 + d] as number) + 1;
    }
    expect(found.slice(16)).toEqual(new Float64Array(8));
    found.slice(0, 16).forEach((count, i) => {
      const share = (whole[i] as number) / sum;
      expect(Math.abs(count / rows - share)).toBeLessThan(4.5 * Math.sqrt(share / rows) + 1e-9);
    });
  });
});
