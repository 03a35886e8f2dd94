import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { chooseParents } from "./parents.ts";
import type { CountedTokens } from "./parents.ts";

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
