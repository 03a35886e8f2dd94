import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitByCoins } from "./coin-split.ts";
import { madeTable, numbers, texts } from "./fixtures/made-table.ts";
import type { Table } from "./table.ts";

interface Row {
  readonly id?: string | null;
  readonly age: number;
  readonly died: string | null;
}

const tableOf = (rows: readonly Row[]): Table =>
  madeTable([
    ...(rows.some(({ id }) => id !== undefined)
      ? [
          texts(
            "id",
            rows.map(({ id }) => id ?? null),
            { kind: "identifier" as const, role: "identifier" as const },
          ),
        ]
      : []),
    numbers(
      "age",
      Float64Array.from(rows, ({ age }) => age),
      { decimals: 0 },
    ),
    texts(
      "died",
      rows.map(({ died }) => died),
      { role: "target" },
    ),
  ]);

const people = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ age: i, died: i % 9 === 0 ? "yes" : "no" }));

const trained = (rows: readonly Row[], how: { share: number; seed: number }): string[] =>
  Array.from(splitByCoins(tableOf(rows), how).train, (row) => JSON.stringify(rows[row])).sort();

/** What is in one list and not in the other, each as often as it is. */
function difference(more: readonly string[], fewer: readonly string[]): string[] {
  const left = [...more];
  for (const one of fewer) {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

const row = fc.record({
  age: fc.integer({ min: 0, max: 3 }),
  died: fc.constantFrom("yes", "no", null),
});
const how = fc.record({ share: fc.double({ min: 0.05, max: 0.5, noNaN: true }), seed: fc.nat() });

describe("with one more or fewer, whoever knows the seed sees the others on the side where they were", () => {
  test("of rows, wherever the one stood, also where rows are alike", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.nat(), how, (rows, at, given) => {
        const gone = at % rows.length;
        const [all, fewer] = [trained(rows, given), trained(rows.toSpliced(gone, 1), given)];
        expect(difference(fewer, all)).toEqual([]);
        expect(difference(all, fewer)).toHaveLength(all.length - fewer.length);
        expect(all.length - fewer.length).toBeLessThanOrEqual(1);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("of patients with several rows, and of rows of nobody", () => {
    const ofPatient = fc.record({
      id: fc.constantFrom("A", "B", "C", "D", null),
      age: fc.nat(5),
      died: row.map(({ died }) => died),
    });
    fc.assert(
      fc.property(
        fc.array(ofPatient, { minLength: 1, maxLength: 30 }),
        fc.constantFrom("A", "B", null),
        how,
        (rows, gone, given) => {
          const left = rows.filter(({ id }) => id !== gone);
          const [all, fewer] = [trained(rows, given), trained(left, given)];
          expect(all.filter((one) => (JSON.parse(one) as Row).id !== gone)).toEqual(fewer);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });
});

test("goes by the seed, and not by the order of rows or of levels", () => {
  const rows = people(300);
  const given = { share: 0.3, seed: 4 };
  expect(trained(rows.toReversed(), given)).toEqual(trained(rows, given));
  expect(trained(rows, { ...given, seed: 5 })).not.toEqual(trained(rows, given));
});

test("holds out about the share, each row once", () => {
  const { train, holdout } = splitByCoins(tableOf(people(4000)), { share: 0.2, seed: 1 });
  expect([...train, ...holdout].sort((a, b) => a - b)).toEqual(Array.from({ length: 4000 }, (_, i) => i));
  // Four standard deviations of a binomial.
  expect(Math.abs(holdout.length - 800)).toBeLessThan(4 * Math.sqrt(4000 * 0.2 * 0.8));
  const alike = Array.from({ length: 4000 }, (): Row => ({ age: 1, died: "no" }));
  expect(Math.abs(splitByCoins(tableOf(alike), { share: 0.2, seed: 1 }).holdout.length - 800)).toBeLessThan(
    4 * Math.sqrt(4000 * 0.2 * 0.8),
  );
  const sizes = [1, 2, 3, 4, 5].map(
    (seed) => splitByCoins(tableOf(people(400)), { share: 0.2, seed }).holdout.length,
  );
  expect(new Set(sizes).size).toBeGreaterThan(1);
});

test("rows of one patient stay together, and so do those of nobody", () => {
  const ids = Array.from({ length: 300 }, (_, i) => (i % 50 === 0 ? null : `P${i % 60}`));
  const table = madeTable([texts("id", ids, { kind: "identifier", role: "identifier" })]);
  const { holdout } = splitByCoins(table, { share: 0.4, seed: 2 });
  const held = new Set(holdout);
  const sides = new Map<string | null, Set<boolean>>();
  ids.forEach((id, at) => sides.set(id, (sides.get(id) ?? new Set()).add(held.has(at))));
  expect([...sides.values()].every(({ size }) => size === 1)).toBe(true);
  expect(holdout.length).toBeGreaterThan(0);
});
