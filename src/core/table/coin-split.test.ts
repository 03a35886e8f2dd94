import { expect, test } from "vitest";
import { splitByCoins } from "./coin-split.ts";
import { madeTable, numbers, texts } from "./fixtures/made-table.ts";
import type { Table } from "./table.ts";

const outcome = (rows: number, of: (row: number) => string): Table =>
  madeTable([
    numbers(
      "age",
      Float64Array.from({ length: rows }, (_, i) => i),
      { decimals: 0 },
    ),
    texts(
      "died",
      Array.from({ length: rows }, (_, i) => of(i)),
      { role: "target" },
    ),
  ]);

test("goes by the seed and a row's place alone: other rows and cells change nothing of it", () => {
  const how = { share: 0.3, seed: 4 };
  const split = splitByCoins(
    outcome(400, (i) => (i % 9 === 0 ? "yes" : "no")),
    how,
  );
  expect(
    splitByCoins(
      outcome(400, () => "no"),
      how,
    ),
  ).toEqual(split);
  const longer = splitByCoins(
    outcome(500, (i) => (i < 3 ? "yes" : "no")),
    how,
  );
  expect([...longer.train].filter((row) => row < 400)).toEqual([...split.train]);
  expect([
    ...splitByCoins(
      outcome(400, () => "no"),
      { ...how, seed: 5 },
    ).train,
  ]).not.toEqual([...split.train]);
});

test("holds out about the share, each row once", () => {
  const { train, holdout } = splitByCoins(
    outcome(4000, () => "no"),
    { share: 0.2, seed: 1 },
  );
  expect([...train, ...holdout].sort((a, b) => a - b)).toEqual(Array.from({ length: 4000 }, (_, i) => i));
  // Four standard deviations of a binomial.
  expect(Math.abs(holdout.length - 800)).toBeLessThan(4 * Math.sqrt(4000 * 0.2 * 0.8));
  const sizes = [1, 2, 3, 4, 5].map(
    (seed) =>
      splitByCoins(
        outcome(400, () => "no"),
        { share: 0.2, seed },
      ).holdout.length,
  );
  expect(new Set(sizes).size).toBeGreaterThan(1);
});

test("rows of one patient stay together, and so do those of nobody", () => {
  const ids = Array.from({ length: 300 }, (_, i) => (i % 50 === 0 ? null : `P${i % 60}`));
  const table = madeTable([texts("id", ids, { kind: "identifier", role: "identifier" })]);
  const { holdout } = splitByCoins(table, { share: 0.4, seed: 2 });
  const held = new Set(holdout);
  const sides = new Map<string | null, Set<boolean>>();
  ids.forEach((id, row) => sides.set(id, (sides.get(id) ?? new Set()).add(held.has(row))));
  expect([...sides.values()].every(({ size }) => size === 1)).toBe(true);
  expect(holdout.length).toBeGreaterThan(0);
});
