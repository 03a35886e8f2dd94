import { expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { learnNumericBins, loadNumericBins, type NumericBins } from "./numeric-bins.ts";
import type { Grid } from "./grid.ts";
import { learnWeekdays } from "./weekdays.ts";

const DAY = 86_400_000;
const MONDAY = Date.parse("2023-01-02");
const days: Grid = { type: "interval", milliseconds: DAY };
const minutes: Grid = { type: "interval", milliseconds: 60_000 };

/** Dates over `weeks` weeks, those of a weekday as often as `weights` say. */
function dates(rows: number, weights: readonly number[], weeks = 150, seed = 1, step = DAY): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from(
    { length: rows },
    () =>
      MONDAY +
      DAY * (7 * rng.integer(weeks) + rng.weighted(weights)) +
      Math.floor((rng.uniform() * DAY) / step) * step,
  );
}

const sharesOf = (values: Float64Array): number[] => {
  const counts = new Array<number>(7).fill(0);
  for (const value of values) {
    const day = Math.floor((value - MONDAY) / DAY);
    counts[((day % 7) + 7) % 7]! += 1 / values.length;
  }
  return counts;
};
const drawn = (bins: NumericBins, rows: number, seed: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length: rows }, () => bins.valueAt(rng.uniform(), rng));
};
const even = [1, 1, 1, 1, 1, 1, 1];
const office = [3, 3, 3, 3, 2, 1, 0];

it.each([
  ["days", days, DAY],
  ["times", minutes, 60_000],
] as const)("%s come on weekdays as often as they did, and in the weeks that they did", (_, grid, step) => {
  const values = dates(4000, office, 150, 2, step);
  const bins = learnNumericBins(values, grid, { bins: 40 });
  const made = drawn(bins, 20_000, 3);
  const [real, own] = [sharesOf(values), sharesOf(made)];
  real.forEach((share, day) => expect(Math.abs(share - (own[day] as number))).toBeLessThan(0.02));
  // An interval shorter than its week may hold no other day.
  expect(own[6]).toBeLessThan(0.01);
  expect(made.every((value) => value % step === 0)).toBe(true);
  const [least, most] = [values, made].map((of) => [
    of.reduce((a, b) => Math.min(a, b)),
    of.reduce((a, b) => Math.max(a, b)),
  ]);
  expect((most as number[])[0]).toBeGreaterThanOrEqual((least as number[])[0] as number);
  expect((most as number[])[1]).toBeLessThanOrEqual((least as number[])[1] as number);
  const saved = JSON.parse(JSON.stringify(bins.save())) as unknown;
  expect(drawn(loadNumericBins(saved), 500, 4)).toEqual(drawn(bins, 500, 4));
});

it("dates whose weekdays come alike stay as they are, and so do numbers, months and few or close dates", () => {
  expect(learnWeekdays(dates(4000, even).sort(), days)).toBeUndefined();
  expect(learnWeekdays(dates(150, office).sort(), days)).toBeUndefined();
  expect(learnWeekdays(dates(4000, office, 7).sort(), days)).toBeUndefined();
  const sorted = dates(4000, office).sort();
  expect(learnWeekdays(sorted, { type: "decimals", decimals: 0 })).toBeUndefined();
  expect(learnWeekdays(sorted, { type: "month" })).toBeUndefined();
  expect(learnWeekdays(sorted, { ...minutes, within: [0, DAY] })).toBeUndefined();
  expect(learnWeekdays(sorted, { type: "interval", milliseconds: 7 * DAY })).toBeUndefined();
  expect(learnWeekdays(sorted, days)?.[6]).toBe(0);
});

it("does not tell a weekday's count of fewer than five", () => {
  const rare = dates(2000, [1, 1, 1, 1, 1, 0.002, 0.002]).sort();
  const counts = sharesOf(rare).map((share) => Math.round(share * rare.length));
  expect(counts.some((count) => count > 0 && count < 5)).toBe(true);
  const told = learnWeekdays(rare, days) ?? [];
  expect(told.every((count) => count === 0 || count === 2.5 || count >= 5)).toBe(true);
});

it("refuses a saved state without a weekday", () => {
  const bins = learnNumericBins(dates(4000, office), days, { bins: 20 });
  const saved = bins.save() as Record<string, unknown>;
  for (const weekdays of [
    [1, 2, 3],
    [0, 0, 0, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 1, -1],
  ])
    expect(() => loadNumericBins({ ...saved, weekdays })).toThrow();
});
