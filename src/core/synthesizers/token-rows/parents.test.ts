import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { chooseParents } from "./parents.ts";
import type { CountedTokens } from "./counted-tokens.ts";
import { halvesOf, strongPairs } from "./strong-pairs.ts";

/** Twelve coins, then a copy of the fourth that errs in a tenth of the rows. */
function coins(rows: number): CountedTokens {
  const rng = createRng(7);
  const tokens = Int32Array.from({ length: rows * 13 }, () => rng.integer(2));
  for (let i = 0; i < rows; i++) if (rng.uniform() < 0.9) tokens[i * 13 + 12] = tokens[i * 13 + 3] as number;
  return { rows, counts: Array.from({ length: 13 }, () => 2), tokens };
}

async function parentsOf(
  table: CountedTokens,
  most: number,
  whole?: ReadonlySet<number>,
): Promise<number[][]> {
  const run = chooseParents(table, most, whole);
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value.map((places) => [...places]);
  }
}

test("reads the earlier places that tell most", async () => {
  const parents = await parentsOf(coins(500), 2);
  expect(parents[1]).toEqual([0]);
  expect(parents[12]).toHaveLength(2);
  expect(parents[12]).toContain(3);
});

test("a place that is to see everything reads all places before it, the others as few as ever", async () => {
  const bare = await parentsOf(coins(500), 2);
  const parents = await parentsOf(coins(500), 2, new Set([12]));
  expect(parents[12]).toEqual(Array.from({ length: 12 }, (_, i) => i));
  expect(parents.slice(0, 12)).toEqual(bare.slice(0, 12));
});

/** Thirty coins, then whether the fifth and the eighteenth differ, wrong in a tenth of the rows. */
function exclusive(rows: number, seed: number, chance = 0.9): CountedTokens {
  const rng = createRng(seed);
  const tokens = Int32Array.from({ length: rows * 31 }, () => rng.integer(2));
  for (let i = 0; i < rows; i++)
    if (rng.uniform() < chance)
      tokens[i * 31 + 30] = (tokens[i * 31 + 4] as number) ^ (tokens[i * 31 + 17] as number);
  return { rows, counts: Array.from({ length: 31 }, () => 2), tokens };
}

test("reads two places that tell a third together, though neither does alone", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const table = exclusive(200, seed);
    expect(strongPairs(halvesOf(table), 30)).toContainEqual([4, 17]);
    expect((await parentsOf(table, 4))[30]).toEqual(expect.arrayContaining([4, 17]));
  }
});

test("finds no pair among unrelated places, nor where each tells by itself", () => {
  const pairs = Array.from({ length: 40 }, (_, seed) => strongPairs(halvesOf(exclusive(200, seed, 0)), 30));
  expect(pairs.flat().length).toBeLessThan(4);
  const both = exclusive(500, 1, 0);
  const rng = createRng(9);
  for (let i = 0; i < 500; i++) {
    const sum = (both.tokens[i * 31 + 4] as number) + (both.tokens[i * 31 + 17] as number);
    both.tokens[i * 31 + 30] = rng.uniform() < 0.1 + 0.4 * sum ? 1 : 0;
  }
  expect(strongPairs(halvesOf(both), 30)).toEqual([]);
});
