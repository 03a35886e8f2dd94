import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { writeRule } from "../write-rule.ts";
import { findRules } from "./find-rules.ts";

/** Numbers that go together closely, and a sum of the first two. */
function series(columns: number, rows: number, seed: number): Table {
  const rng = createRng(seed);
  const level = Array.from({ length: rows }, () => 100 + 10 * rng.normal());
  const tenths = (value: number): number => Math.round(10 * value) / 10;
  const all = Array.from({ length: columns }, () => level.map((own) => tenths(own + 3 * rng.normal())));
  const sum = (all[0] as number[]).map((a, i) => tenths(a + ((all[1] as number[])[i] as number)));
  return madeTable([...all, sum].map((values, j) => numbers(`day${j}`, values, { decimals: 1 })));
}

test("a search stops at the next pulse, and one that was stopped is begun again", async () => {
  const table = series(60, 300, 1);
  let pulses = 0;
  const stopping = async (): Promise<void> => {
    if (++pulses === 200) throw new Error("stopped");
    await Promise.resolve();
  };
  await expect(findRules(table, stopping)).rejects.toThrow("stopped");
  expect(pulses).toBe(200);
  const found = await findRules(table);
  expect(found.map(({ constraint }) => constraint.kind)).toContain("formula");
});

test("the share that is told never falls, in steps that a person can follow", async () => {
  const shares: number[] = [];
  await findRules(series(60, 300, 2), (share) => {
    if (share !== undefined) shares.push(share);
    return Promise.resolve();
  });
  let most = 0;
  for (const share of shares) {
    expect(share).toBeGreaterThanOrEqual(most);
    expect(share).toBeLessThan(most + 0.25);
    most = Math.max(most, share);
  }
  expect(most).toBeGreaterThan(0.8);
  expect(most).toBeLessThanOrEqual(1);
});

test("rows that were just searched are not searched again, whatever object holds them", async () => {
  const found = await findRules(series(40, 300, 3));
  let pulses = 0;
  const again = await findRules(series(40, 300, 3), () => Promise.resolve(void pulses++));
  expect(again).toEqual(found);
  expect(pulses).toBe(0);
});

test("280 columns that go together are searched in processor seconds, with no block of half a second", async () => {
  const table = series(279, 300, 4);
  const worked = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
  const began = worked();
  let [last, longest] = [began, 0];
  await findRules(table, (share) => {
    if (share === undefined) return Promise.resolve();
    const now = worked();
    longest = Math.max(longest, now - last);
    last = now;
    return Promise.resolve();
  });
  expect(worked() - began).toBeLessThan(12);
  expect(longest).toBeLessThan(0.5);
});

test("a rule that is asked of no row, as of levels that fewer than five patients share, is not found", async () => {
  const rng = createRng(6);
  const codes = Array.from({ length: 400 }, () => rng.integer(4));
  const names = ["1", "2", "3", "4"];
  const table = madeTable([levels("eyes", codes, names), levels("again", codes, names)]);
  const kinds = async (train: Table): Promise<string[]> =>
    (await findRules(train)).map(({ constraint }) => constraint.kind);
  expect(await kinds(table)).not.toEqual([]);
  const patients = Int32Array.from(codes, (_, i) => i % 4);
  for (const { support } of await findRules({ ...table, patients })) expect(support.rows).toBeGreaterThan(0);
});

test("a formula is told of the column that was worked out, times between days in days", async () => {
  const rng = createRng(9);
  const rows = 500;
  const made = (of: (i: number) => number): number[] => Array.from({ length: rows }, (_, i) => of(i));
  const height = made(() => 150 + rng.integer(46));
  const weight = height.map((cm) => Math.round(10 * (22 + 3 * rng.normal()) * (cm / 100) ** 2) / 10);
  const bmi = weight.map((kg, i) => Math.round((10 * kg) / ((height[i] as number) / 100) ** 2) / 10);
  const admitted = made(() => (20_000 + rng.integer(300)) * 86_400_000);
  const stay = made(() => rng.integer(15));
  const left = admitted.map((ms, i) => ms + (stay[i] as number) * 86_400_000);
  const day = made(() => rng.integer(400));
  const table = madeTable([
    numbers("height", height, { decimals: 0 }),
    numbers("weight", weight, { decimals: 1 }),
    numbers("bmi", bmi, { decimals: 1 }),
    numbers("admitted", admitted, { pattern: "YYYY-MM-DD" }),
    numbers("discharged", left, { pattern: "YYYY-MM-DD" }),
    numbers("stay", stay, { decimals: 0 }),
    numbers("study_day", day, { decimals: 0 }),
    numbers(
      "visit",
      day.map((days) => (21_000 + days) * 86_400_000),
      { pattern: "YYYY-MM-DD" },
    ),
  ]);
  const found = await findRules(table);
  const texts = found.map(({ constraint }) => writeRule(constraint, table.schema.columns));
  expect(texts).toContain("stay = days(discharged - admitted)");
  expect(texts.filter((text) => text.startsWith("bmi = "))).toHaveLength(1);
  expect(texts.filter((text) => /sqrt|\d{4,}000 \*/.test(text.replace("86400000 *", "")))).toEqual([]);
  expect(texts.filter((text) => text.includes("study_day"))).not.toEqual([]);
});
