import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Cells } from "../../metrics/fixtures/table-of.ts";
import type { Table } from "../../table/table.ts";
import { compareColumns } from "./compare-columns.ts";
import type { BarsComparison, HistogramComparison } from "../../report/report.ts";

const draw = (n: number, f: (rng: ReturnType<typeof createRng>) => number | null, seed = 1) => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => f(rng));
};
const one = (real: Cells, synthetic: Cells, holdout?: Cells) => {
  const wrap = (cells: Cells): Table => tableOf({ x: cells });
  const [comparison] = compareColumns(wrap(real), holdout && wrap(holdout), wrap(synthetic));
  if (!comparison) throw new Error("no comparison");
  return comparison;
};
const sum = (shares: readonly number[]): number => shares.reduce((a, b) => a + b, 0);
const repeat = (value: string, n: number): string[] => Array<string>(n).fill(value);

describe("compareColumns, numbers", () => {
  it("draws 12 to 30 integer-aligned bins whose shares and missing share sum to 1", () => {
    const age = (seed: number): Cells => ({
      kind: "integer",
      cells: draw(1000, (rng) => (rng.uniform() < 0.1 ? null : Math.round(60 + 12 * rng.normal())), seed),
    });
    const { chart, missing, verdict, noise } = one(age(1), age(2), age(3));
    const { edges, real, synthetic, holdout } = chart as HistogramComparison;
    expect(edges.length - 1).toBeGreaterThanOrEqual(9);
    expect(edges.length - 1).toBeLessThanOrEqual(30);
    for (const edge of edges) expect(Math.abs(edge % 1)).toBe(0.5);
    expect(sum(real) + missing.real).toBeCloseTo(1, 9);
    expect(sum(synthetic) + missing.synthetic).toBeCloseTo(1, 9);
    expect(sum(holdout) + missing.holdout).toBeCloseTo(1, 9);
    expect(verdict).toBe("good");
    expect(noise).toBeLessThan(1.5);
  });

  it("has no patient's number for an edge, also half a step beside it", () => {
    const values = draw(200, (rng) => Math.round(1e4 * Math.exp(rng.normal())) / 1e4);
    for (const decimals of [4, undefined]) {
      const cells = { kind: "decimal", cells: values, ...(decimals && { decimals }) } as const;
      const { edges, log } = one(cells, cells).chart as HistogramComparison;
      const near = values.filter((value) =>
        [edges[0], edges.at(-1), log?.edges[0], log?.edges.at(-1)].some(
          (edge) => edge !== undefined && Math.abs(edge - Number(value)) < 6e-5,
        ),
      );
      expect(near).toEqual([]);
    }
  });

  it("shows no bin with 1 to 4 patients, nor a range that ends at one patient", () => {
    const values = [...draw(300, (rng) => Math.exp(rng.normal())), 5000, 9000, 9500];
    const skewed: Cells = { kind: "decimal", cells: values };
    const { chart } = one(skewed, { kind: "decimal", cells: draw(300, (rng) => Math.exp(rng.normal()), 2) });
    const histogram = chart as HistogramComparison;
    for (const shares of [histogram.real, histogram.log?.real ?? []]) {
      expect(shares.length).toBeGreaterThan(0);
      for (const share of shares) {
        const patients = Math.round(share * 303);
        expect(patients === 0 || patients >= 5).toBe(true);
      }
    }
    expect(histogram.log).toBeDefined();
    expect(histogram.edges.at(-1)).toBeLessThan(5000);
  });

  it("says which end is too rare", () => {
    const real = draw(2000, (rng) => 10 * Math.round(100 * Math.exp(rng.normal())));
    const cut = real.filter((v) => Number(v) < 4000);
    const { remark, verdict } = one({ kind: "integer", cells: real }, { kind: "integer", cells: cut });
    expect(verdict).not.toBe("good");
    expect(remark).toMatch(/^Values over [34],?[0-9]+ are too rare$/);
  });

  it("counts missing as a value of its own and names it when that is what is off", () => {
    const cells = (share: number, seed: number): Cells => ({
      kind: "decimal",
      cells: draw(1000, (rng) => (rng.uniform() < share ? null : rng.normal()), seed),
    });
    const { distance, remark, missing } = one(cells(0.4, 1), cells(0.02, 2));
    expect(distance).toBeGreaterThanOrEqual(Math.abs(missing.real - missing.synthetic) - 1e-12);
    expect(remark).toBe("Missing values are too rare");
  });

  it("hides a missing share of 1 to 4 patients", () => {
    const values = [...draw(100, (rng) => rng.normal()), null, null];
    const { missing } = one({ kind: "decimal", cells: values }, { kind: "decimal", cells: values });
    expect(missing).toMatchObject({ real: 0, few: true });
  });

  it.each([
    ["constant", Array<number>(50).fill(3)],
    ["all missing", Array<null>(50).fill(null)],
    ["3 values", [1, 2, 3]],
    ["huge", draw(50, (rng) => 1e300 * rng.normal())],
  ])("does not crash on a column that is %s", (_, values) => {
    const other = draw(50, (rng) => rng.normal());
    for (const [a, b] of [
      [values, other],
      [other, values],
      [values, values],
    ] as const) {
      const { distance, noise } = one({ kind: "decimal", cells: [...a] }, { kind: "decimal", cells: [...b] });
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(Number.isFinite(noise)).toBe(true);
    }
  });
});

describe("compareColumns, categories", () => {
  it("orders bars by the real share and gathers levels beyond 8 and small ones", () => {
    const values = "abcdefghijkl".split("").flatMap((level, i) => repeat(level, 60 - 5 * i));
    const { chart } = one(
      { kind: "category", cells: values },
      { kind: "category", cells: [...values, "new"] },
    );
    const bars = chart as BarsComparison;
    expect(bars.levels).toEqual(["a", "b", "c", "d", "e", "f", "g", "Other (6 levels)"]);
    expect(bars.others?.map(({ level }) => level)).toEqual(["h", "i", "j", "k", "l"]);
    expect(bars.others?.[0]?.real).toBeCloseTo(25 / values.length, 9);
    expect(sum(bars.real)).toBeCloseTo(1, 9);
    expect(sum(bars.synthetic)).toBeCloseTo(1, 9);
  });

  it("does not name a level that only 1 to 4 held-out patients have", () => {
    const often = [...repeat("a", 60), ...repeat("b", 50)];
    const levels = { kind: "category" as const, cells: often };
    const { chart } = one(levels, levels, { kind: "category", cells: [...often, ...repeat("rare", 2)] });
    expect((chart as BarsComparison).levels).toEqual(["a", "b", "Other (1 level)"]);
    const many = one(levels, levels, { kind: "category", cells: [...often, ...repeat("seen", 6)] });
    expect((many.chart as BarsComparison).levels).toEqual(["a", "b", "seen"]);
  });

  it("hides no level of few that patients have, and gives a rest of 1 to 4 patients away by no total", () => {
    const values = [...repeat("a", 90), ...repeat("b", 40), ...repeat("c", 2), ...repeat("d", 1)];
    const { chart } = one({ kind: "category", cells: values }, { kind: "category", cells: values });
    const bars = chart as BarsComparison;
    expect(bars.levels).toEqual(["a", "b", "Other (2 levels, <5)"]);
    expect(bars.real.map((share) => Math.round(share * values.length))).toEqual([93, 40, 0]);
    expect(bars.others).toBeUndefined();
  });

  it("shows all of eight levels, however rare the last is", () => {
    const values = "abcdefgh"
      .split("")
      .flatMap((level, i) => repeat(level, 100 - 12 * i - (i === 7 ? 11 : 0)));
    const { chart } = one({ kind: "category", cells: values }, { kind: "category", cells: values });
    expect((chart as BarsComparison).levels).toEqual("abcdefgh".split(""));
  });

  it("names no level of the rest whose total would give 1 to 4 patients away", () => {
    const often = "abcdefg".split("").flatMap((level, i) => repeat(level, 60 - 5 * i));
    const values = [...often, ...repeat("h", 20), ...repeat("i", 10), ...repeat("j", 3)];
    const { chart } = one({ kind: "category", cells: values }, { kind: "category", cells: values });
    expect((chart as BarsComparison).levels.at(-1)).toBe("Other (3 levels)");
    expect((chart as BarsComparison).others?.map(({ level }) => level)).toEqual(["h"]);
  });

  it("matches levels by their text when the tables list them in another order", () => {
    const real = [...repeat("x", 50), ...repeat("y", 50)];
    expect(
      one({ kind: "category", cells: real }, { kind: "category", cells: real.toReversed() }).distance,
    ).toBe(0);
  });

  it("names the level that is furthest off", () => {
    const real = [...repeat("No", 900), ...repeat("Yes", 100)];
    const synthetic = [...repeat("No", 990), ...repeat("Yes", 10)];
    const { remark, distance } = one({ kind: "boolean", cells: real }, { kind: "boolean", cells: synthetic });
    expect(distance).toBeCloseTo(0.09, 9);
    expect(remark).toMatch(/^“(Yes|No)” is too (rare|frequent)$/);
  });
});

it("puts the worst column first", () => {
  const columns = (seed: number, shift: number): Table =>
    tableOf(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, c) => [
          `c${c}`,
          {
            kind: "decimal" as const,
            cells: draw(1000, (rng) => rng.normal() + (c === 7 ? shift : 0), seed + 20 * c),
          },
        ]),
      ),
    );
  const [real, synthetic] = [columns(1, 0), columns(5000, 0.5)];
  expect(compareColumns(real, undefined, synthetic)[0]?.name).toBe("c7");
});
