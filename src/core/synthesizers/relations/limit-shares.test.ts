import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type NumericColumn, type Table } from "../../table/table.ts";
import {
  limitShares,
  loadLimitShares,
  savedLimitShares,
  withLimitShares,
  withLimitSharesOfVisits,
} from "./limit-shares.ts";

const limits = [{ text: "<5", value: 4.9, side: "below" }] as const;
const table = (share: number, rows: number, seed: number): Table => {
  const rng = createRng(seed);
  const values = Float64Array.from({ length: rows }, () =>
    rng.uniform() < share ? 4.9 : Math.round(10 * (5.1 + 20 * rng.uniform())) / 10,
  );
  return madeTable([numbers("crp", values, { decimals: 1, limits })]);
};
const limited = ({ columns: [column], rows }: Table): number =>
  (column as NumericColumn).values.filter((value) => value === 4.9).length / rows;

test.each([0.3, 0.42, 0.58])(
  "limits that a model draws in %f of the rows come in 45%%, as they should",
  (share) => {
    const train = table(0.45, 1000, 1);
    const shares = loadLimitShares(
      JSON.parse(JSON.stringify(savedLimitShares(limitShares(train, table(share, 6000, 2))))),
    );
    const right = withLimitShares(table(share, 4000, 3), shares, false);
    expect(Math.abs(limited(right) - limited(train))).toBeLessThan(0.025);
    const between = (right.columns[0] as NumericColumn).values.filter((value) => value !== 4.9 && value < 5);
    expect(between).toHaveLength(0);
  },
);

test("every few rows have their share of limits where rows of all kinds are drawn", () => {
  const train = table(0.45, 1000, 1);
  const same = table(0.45, 60_000, 5);
  const shares = limitShares(train, same);
  for (let seed = 10; seed < 30; seed++) {
    const few = withLimitShares(table(0.45, 150, seed), shares, true);
    expect(Math.abs(limited(few) - limited(train))).toBeLessThan(0.021);
    const lowest = (few.columns[0] as NumericColumn).values.filter((value) => value !== 4.9);
    expect(Math.min(...lowest)).toBeGreaterThanOrEqual(5);
  }
});

test("limits of visits are put right cell by cell, and what a patient has again stays the same", () => {
  const train = table(0.45, 1000, 1);
  const drawn = table(0.58, 4000, 3);
  const visits = { ...drawn, patients: Int32Array.from({ length: 4000 }, (_, row) => row >> 2) };
  const shares = limitShares(train, table(0.58, 6000, 2));
  const right = withLimitSharesOfVisits(visits, shares);
  expect(Math.abs(limited(right) - limited(train))).toBeLessThan(0.03);
  const values = (one: Table): Float64Array => (one.columns[0] as NumericColumn).values;
  const some = [8, 9, 10, 1000, 3999];
  expect([...values(withLimitSharesOfVisits(takeRows(visits, some), shares))]).toEqual(
    some.map((row) => values(right)[row]),
  );
  const seen = new Map<string, number>();
  values(visits).forEach((value, row) => {
    const key = `${row >> 2} ${value}`;
    expect(seen.get(key) ?? values(right)[row]).toBe(values(right)[row]);
    seen.set(key, values(right)[row] as number);
  });
});
