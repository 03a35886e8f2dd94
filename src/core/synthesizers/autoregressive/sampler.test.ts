import { expect, test } from "vitest";
import type { Rng } from "../../math/rng.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice } from "../../nn/device.ts";
import { predict } from "../../nn/predict.ts";
import { blockParts, partSize, planBlock } from "./blocks.ts";
import type { BlockPart, BlockPlan, BlockWeights } from "./blocks.ts";
import { completeTokens } from "../token-rows/complete.ts";
import { drawAllowed } from "../token-rows/conditions.ts";
import type { Places } from "../token-rows/places.ts";
import { blockLogLikelihoods, blockNetwork, blockOf, weightsOf } from "./network.ts";
import { createSampler } from "./sampler.ts";
import type { Sampler } from "../token-rows/sampler.ts";

interface Random {
  readonly places: Places;
  readonly plans: readonly BlockPlan[];
  readonly blocks: readonly BlockWeights[];
}

/** Random networks on columns of `counts` one-hot tokens, each reading its last `most` columns. */
function randomNetworks(
  counts: readonly number[],
  { members, units, most, scale }: { members: number; units: number; most: number; scale: number },
): Random {
  const rng = createRng(11);
  const features = counts.map((count) => ({ width: count, data: oneHots(count) }));
  const starts = [0];
  for (const count of counts) starts.push((starts.at(-1) as number) + count);
  const places: Places = { columns: counts.map((_, i) => i), counts, features, starts };
  const plans = counts.map((count, place) => {
    const first = Math.max(0, place - most);
    const parents = Int32Array.from({ length: place - first }, (_, i) => first + i);
    const offset = Float32Array.from({ length: count }, () => 0.3 * rng.normal());
    return planBlock(places, parents, { classes: count, coefficients: count, offset }, { members, units });
  });
  return { places, plans, blocks: plans.map((plan) => randomBlock(plan, scale, rng)) };
}

const samplerOf = ({ places, plans, blocks }: Random): Sampler => createSampler(places, plans, blocks);

function oneHots(count: number): Float32Array {
  const data = new Float32Array(count * count);
  for (let i = 0; i < count; i++) data[i * count + i] = 1;
  return data;
}

const oneHotOf = (token: number, count = 0): number[] =>
  Array.from({ length: count }, (_, k) => (k === token ? 1 : 0));

function randomBlock(plan: BlockPlan, scale: number, rng: Rng): BlockWeights {
  return Object.fromEntries(
    blockParts.map((part) => [
      part,
      Float32Array.from({ length: partSize(plan, part) }, () => scale * rng.normal()),
    ]),
  ) as Record<BlockPart, Float32Array>;
}

const smallNetworks = (): Random =>
  randomNetworks([3, 4, 2, 3], { members: 3, units: 4, most: 4, scale: 0.9 });
const small = (): Sampler => samplerOf(smallNetworks());

/** Every row of tokens with its probability: the product over places of the mean over members. */
function everyRow(sampler: Sampler): { tokens: number[]; p: number }[] {
  const weights = sampler.room();
  let rows: { tokens: number[]; p: number }[] = [{ tokens: [], p: 1 }];
  sampler.counts.forEach((count, place) => {
    rows = rows.flatMap(({ tokens, p }) => {
      const chance = new Float64Array(count);
      for (let member = 0; member < sampler.members; member++) {
        const total = sampler.weigh(Int32Array.from(tokens), 0, place, member, weights);
        for (let k = 0; k < count; k++)
          chance[k] = (chance[k] as number) + (weights[k] as number) / total / sampler.members;
      }
      return Array.from(chance, (share, k) => ({ tokens: [...tokens, k], p: p * share }));
    });
  });
  return rows;
}

/** Half the summed difference between the shares of drawn rows and `expected` (made to sum to 1). */
function distance(drawn: Int32Array, places: number, expected: { tokens: number[]; p: number }[]): number {
  const rows = drawn.length / places;
  const counts = new Map<string, number>();
  for (let i = 0; i < rows; i++) {
    const key = drawn.subarray(i * places, (i + 1) * places).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const total = expected.reduce((sum, { p }) => sum + p, 0);
  let sum = 0;
  for (const { tokens, p } of expected) {
    sum += Math.abs((counts.get(tokens.join()) ?? 0) / rows - p / total);
    counts.delete(tokens.join());
  }
  for (const count of counts.values()) sum += count / rows;
  return sum / 2;
}

test("probabilities are those of the network that is trained", async () => {
  const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: wasmPaths.pathname });
  const { places, plans, blocks } = smallNetworks();
  const sampler = createSampler(places, plans, blocks);
  const rates = [0.3, 0.3, 0.1, 0.3].map((rate) => ({ inputs: rate, hidden: rate }));
  const net = blockNetwork(places, plans, rates);
  const rows = everyRow(sampler).map(({ tokens }) => tokens);
  const x = rows.flatMap((tokens) => tokens.flatMap((token, place) => oneHotOf(token, places.counts[place])));
  const inputs = {
    x: { rows: rows.length, width: 12, data: Float32Array.from(x) },
    tokens: { rows: rows.length, width: 4, data: Float32Array.from(rows.flat()) },
  };
  const logs = predict(weightsOf(net, blocks), inputs, blockLogLikelihoods(net));
  const weights = sampler.room();
  let most = 0;
  rows.forEach((tokens, i) =>
    net.trained.forEach((place, k) => {
      for (let member = 0; member < 3; member++) {
        const total = sampler.weigh(Int32Array.from(tokens), 0, place, member, weights);
        const own = Math.log((weights[tokens[place] as number] as number) / total);
        most = Math.max(most, Math.abs(own - (logs[(i * net.trained.length + k) * 3 + member] as number)));
      }
    }),
  );
  expect(net.trained).toEqual([1, 3, 2]);
  expect(most).toBeLessThan(1e-4);
  expect(blockOf(net, weightsOf(net, blocks), 2)).toEqual(blocks[2]);
});

test("rows come with the mean of the members' probabilities", async () => {
  const sampler = small();
  const drawn = await sampler.draw(40_000, createRng(1));
  expect(distance(drawn, 4, everyRow(sampler))).toBeLessThan(0.015);
});

test("rows under conditions come as from brute-force rejection, and no more are kept than meet them", async () => {
  const sampler = small();
  const allowed = [undefined, Uint8Array.of(0, 1, 0, 1), undefined, Uint8Array.of(1, 0, 1)];
  const meets = (tokens: readonly number[]): boolean =>
    allowed.every((mask, place) => mask === undefined || mask[tokens[place] as number] === 1);
  const expected = everyRow(sampler).filter(({ tokens }) => meets(tokens));
  const { tokens, rows } = await drawAllowed(sampler, allowed, 60_000, createRng(2));
  expect(tokens.length).toBe(rows * 4);
  expect(distance(tokens, 4, expected)).toBeLessThan(0.02);
  const share = expected.reduce((sum, { p }) => sum + p, 0);
  expect(Math.abs(rows / 60_000 - share)).toBeLessThan(0.01);
  const brute = await sampler.draw(60_000, createRng(3));
  const kept = Array.from({ length: 60_000 }, (_, i) => [...brute.subarray(4 * i, 4 * i + 4)]).filter(meets);
  expect(distance(Int32Array.from(kept.flat()), 4, expected)).toBeLessThan(0.02);
});

test("empty cells are drawn given the cells after them too, and never as missing", async () => {
  const sampler = small();
  const rows = 6000;
  const tokens = new Int32Array(rows * 4);
  const empty = new Uint8Array(rows * 4);
  for (let i = 0; i < rows; i++) {
    tokens.set([0, 3, 1, 2], 4 * i);
    empty.set([0, 1, 1, 0], 4 * i);
  }
  const given = { rows, tokens, empty, missing: [-1, 3, -1, -1] };
  const made = await completeTokens(sampler, given, createRng(4));
  const expected = everyRow(sampler).filter(({ tokens: [a, b, , d] }) => a === 0 && b !== 3 && d === 2);
  expect(distance(made, 4, expected)).toBeLessThan(0.03);
});

test("a table of four times the columns takes about four times as long, not sixteen", async () => {
  const seconds = async (columns: number): Promise<number> => {
    const counts = Array.from({ length: columns }, (_, i) => (i % 3 === 0 ? 20 : 3));
    const sampler = samplerOf(randomNetworks(counts, { members: 1, units: 16, most: 12, scale: 0.2 }));
    await sampler.draw(256, createRng(1));
    const before = process.cpuUsage();
    await sampler.draw(1500, createRng(2));
    const { user } = process.cpuUsage(before);
    return user / 1e6;
  };
  await seconds(25);
  const one = await seconds(25);
  expect(await seconds(100)).toBeLessThan(9 * one);
});
