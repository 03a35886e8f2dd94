import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import { coarserGrid } from "./coarser-grid.ts";
import type { Grid } from "./grid.ts";
import { snap } from "./grid.ts";
import { learnNumericBins, loadNumericBins } from "./numeric-bins.ts";

const whole: Grid = { type: "decimals", decimals: 0 };
const tenths: Grid = { type: "decimals", decimals: 1 };

const list = (rows: number, make: (i: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => make(i));

const drawnFrom = (values: Float64Array, grid: Grid, rng: Rng): Float64Array => {
  const learned = learnNumericBins(values, grid, { bins: 20 });
  const loaded = loadNumericBins(JSON.parse(JSON.stringify(learned.save())));
  return list(4000, () => loaded.valueAt(rng.uniform(), rng));
};

const shareOf = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

describe("numbers on a coarser grid come out on it", () => {
  test.each([150, 1000, 5000])("%i rows", (rows) => {
    const rng = createRng(rows);
    const even = list(rows, () => 2 * Math.round(65 + 9 * rng.normal()));
    expect(shareOf(drawnFrom(even, whole, rng), (value) => value % 2 === 0)).toBe(1);
    const odd = even.map((value) => value + 1);
    expect(shareOf(drawnFrom(odd, whole, rng), (value) => value % 2 === 0)).toBe(0);
    const halves = list(rows, () => Math.round(2 * (80 + 9 * rng.normal())) / 2);
    const drawn = drawnFrom(halves, tenths, rng);
    expect(shareOf(drawn, (value) => Number.isInteger(2 * value))).toBe(1);
    expect(Math.abs(shareOf(drawn, Number.isInteger) - 0.5)).toBeLessThan(0.12);
    const thousands = list(rows, (i) =>
      i % 12 === 0 ? 263_358 : 1000 * Math.round(260 + 60 * rng.normal()),
    );
    const platelets = drawnFrom(thousands, whole, rng);
    expect(shareOf(platelets, (value) => value % 1000 === 0 || value === 263_358)).toBe(1);
    expect(new Set(platelets).size).toBeGreaterThan(40);
  });
});

test("two values off a grid do not undo it, ten in a hundred do", () => {
  const rng = createRng(2);
  const fives = list(400, () => 5 * rng.integer(60));
  fives[7] = 13;
  fives[9] = 222;
  expect(coarserGrid(fives, whole)).toEqual({ type: "multiple", of: 5, offset: 0, decimals: 0 });
  const mixed = fives.map((value, i) => (i % 10 === 0 ? value + 1 : value));
  expect(coarserGrid(mixed, whole)).toEqual(whole);
});

test("whole numbers with some halves keep their shares", () => {
  const rng = createRng(3);
  const values = list(3000, () => Math.round(300 + 90 * rng.normal()) + (rng.uniform() < 0.1 ? 0.5 : 0));
  const drawn = drawnFrom(values, tenths, rng);
  expect(shareOf(drawn, (value) => Number.isInteger(2 * value))).toBe(1);
  expect(Math.abs(shareOf(drawn, Number.isInteger) - 0.9)).toBeLessThan(0.04);
});

test("a column that one fine number made look fine has the decimals of its step", () => {
  const rng = createRng(8);
  const halves = list(800, (i) => (i === 5 ? 41.273 : Math.round(2 * (80 + 30 * rng.normal())) / 2));
  const grid = coarserGrid(halves, { type: "decimals", decimals: 3 });
  expect(grid).toEqual({ type: "multiple", of: 0.5, offset: 0, decimals: 1 });
  const drawn = drawnFrom(halves, { type: "decimals", decimals: 3 }, rng);
  expect(shareOf(drawn, (value) => Number.isInteger(2 * value))).toBe(1);
});

test("a step that a few patients alone show is none", () => {
  const values = list(300, (i) => (i < 4 ? 777_123 * (i + 1) : 0));
  expect(coarserGrid(values, whole)).toEqual(whole);
  const learned = learnNumericBins(values, whole, { bins: 20 });
  expect(JSON.stringify(learned.save())).not.toMatch(/777123|1554246/);
});

test("numbers far beyond zero lie on their grid too, and what cannot be counted is left alone", () => {
  const grid = coarserGrid(
    list(60, (i) => -40 + 4 * i),
    whole,
  );
  expect(snap(-41.2, grid)).toBe(-40);
  expect(snap(-42.1, grid)).toBe(-44);
  expect(
    coarserGrid(
      list(60, (i) => 1e300 * (i + 1)),
      whole,
    ),
  ).toEqual(whole);
  expect(coarserGrid(new Float64Array(0), whole)).toEqual(whole);
});

test("a damaged grid is refused", () => {
  const rng = createRng(4);
  const saved = learnNumericBins(
    list(300, () => 2 * Math.round(70 + 20 * rng.normal())),
    whole,
    { bins: 20 },
  ).save() as {
    grid: Record<string, unknown>;
  };
  expect(saved.grid["type"]).toBe("multiple");
  for (const hurt of [{ of: 0 }, { of: -2 }, { of: "2" }, { offset: null }, { decimals: 99 }])
    expect(() => loadNumericBins({ ...saved, grid: { ...saved.grid, ...hurt } })).toThrow(
      /model file cannot be opened/,
    );
});

/** Values that five rows or more share. */
function sharedIn(values: Float64Array): Set<number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Set([...counts].flatMap(([value, rows]) => (rows >= 5 ? [value] : [])));
}

describe("codes that are stored as numbers", () => {
  test.each([400, 1000, 5000])("are codes of the source that five rows share, in %i rows", (rows) => {
    const rng = createRng(rows);
    const codes = list(51, () => 1000 + rng.integer(90_000));
    const weights = codes.map((_, k) => 1 / (k + 4));
    const values = list(rows, () => codes[rng.weighted(weights)] as number);
    const shared = sharedIn(values);
    const drawn = drawnFrom(values, whole, rng);
    expect(shareOf(drawn, (value) => shared.has(value))).toBe(1);
    expect(new Set(drawn).size).toBe(shared.size);
  });

  test("a code of fewer than five rows falls to the nearest kept one and stands nowhere", () => {
    const rng = createRng(6);
    const codes = [1102, 2307, 2309, 4410, 5871, 7702, 8815, 9120, 9933];
    const values = list(300, (i) => (i < 4 ? 6655 : (codes[rng.integer(9)] as number)));
    const learned = learnNumericBins(values, whole, { bins: 20 });
    expect(JSON.stringify(learned.save())).not.toContain("6655");
    expect(learned.cellOf(learned.tokenOf(6655), rng)).toBe(5871);
  });

  test("what the visits of one patient repeat is none: its rows are not five patients", () => {
    const rng = createRng(8);
    const days = list(120, () => 1000 + rng.integer(9000));
    const values = list(840, (i) => days[Math.floor(i / 7)] as number);
    const own = new Set(days);
    expect(shareOf(drawnFrom(values, whole, rng), (value) => own.has(value))).toBeLessThan(0.2);
    const mixed = values.map((_, i, all) => all[(i * 11) % 840] as number);
    expect(shareOf(drawnFrom(mixed, whole, rng), (value) => own.has(value))).toBe(1);
  });

  test.each([300, 1000, 5000])("ages, counts, laboratory values and doses are none, in %i rows", (rows) => {
    const rng = createRng(rows + 1);
    const columns: [Float64Array, Grid][] = [
      [list(rows, () => Math.round(60 + 15 * rng.normal())), whole],
      [list(rows, () => Math.floor(-6 * Math.log(rng.uniform()))), whole],
      [list(rows, () => Math.round(Math.exp(5 + 0.9 * rng.normal()))), whole],
      [list(rows, () => Math.round(10 * Math.exp(0.3 * rng.normal())) / 10), tenths],
      [list(rows, () => Math.round(Math.exp(8 + rng.normal()))), whole],
      [
        list(rows, () => Number(Math.exp(0.5 + 1.3 * rng.normal()).toPrecision(2))),
        { type: "decimals", decimals: 3 },
      ],
    ];
    for (const [values, grid] of columns) {
      const shared = sharedIn(values);
      const rare = shareOf(values, (value) => !shared.has(value));
      const drawn = shareOf(drawnFrom(values, grid, rng), (value) => !shared.has(value));
      if (rare > 0.03) expect(drawn).toBeGreaterThan(rare / 4);
    }
  });
});

test.each([
  [
    "one decimal below 10, none above",
    tenths,
    (x: number) => (x < 10 ? Math.round(10 * x) / 10 : Math.round(x)),
    10,
    1,
  ],
  [
    "tens from 100 on",
    whole,
    (x: number) => (10 * x < 100 ? Math.round(10 * x) : 10 * Math.round(x)),
    100,
    10,
  ],
  ["quarters", { type: "decimals", decimals: 2 } as const, (x: number) => Math.round(4 * x) / 4, 0, 0.25],
])("greater numbers that are written more coarsely stay so: %s", (_what, grid, written, from, step) => {
  const rng = createRng(8);
  const values = list(600, () => written(Math.exp(2.6 + 0.9 * rng.normal())));
  const drawn = drawnFrom(values, grid, rng);
  expect(
    shareOf(drawn, (value) => value < from || Math.abs(value / step - Math.round(value / step)) < 1e-9),
  ).toBe(1);
  const fine = (some: Float64Array): number => shareOf(some, (value) => value < from);
  expect(Math.abs(fine(drawn) - fine(values))).toBeLessThan(0.03);
});
