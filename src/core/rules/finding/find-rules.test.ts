import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
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
