import { describe, expect, it } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { judge } from "../measuring/judge.ts";
import type { Metric } from "../metric.ts";
import { amongReal } from "./among-real.ts";
import { dcrShare } from "./dcr-share.ts";
import { exactCopies } from "./exact-copies.ts";
import { nearCopies } from "./near-copies.ts";
import { nndr } from "./nndr.ts";

/** About as many measures as a report judges together. */
const TOGETHER = 25;
const range = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

/** Correlated numbers of unit variance. */
function patients(rows: number, columns: number, rng: Rng): Table {
  const hidden = Float64Array.from({ length: rows }, () => rng.normal());
  return madeTable(
    Array.from({ length: columns }, (_, i) =>
      numbers(
        `c${i}`,
        hidden.map((h) => 0.6 * h + 0.8 * rng.normal()),
      ),
    ),
  );
}

/** Train, holdout (a fifth of `rows`) and fresh rows, of which a share are different training rows with noise. */
function tablesOf(rows: number, columns: number, copied: number, noise: number, seed: number) {
  const rng = createRng(seed);
  const size = Math.round(0.8 * rows);
  const all = patients(rows + size, columns, rng.fork("rows"));
  const [train, holdout] = [takeRows(all, range(0, size)), takeRows(all, range(size, rows))];
  const from = rng.choose(size, Math.round(copied * size));
  const moved = all.columns.map((column): Column => {
    if (column.type !== "numeric") return column;
    const values = column.values.slice(rows);
    from.forEach((row, k) => (values[k] = (column.values[row] as number) + noise * rng.normal()));
    return { ...column, values };
  });
  return { train, holdout, synthetic: { ...all, rows: size, columns: moved } };
}

async function judged(metric: Metric, tables: ReturnType<typeof tablesOf>) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return { ...result, ...judge(result.loss, metric.margin, TOGETHER) };
}

async function worseOf(metric: Metric, draws: number, of: (seed: number) => ReturnType<typeof tablesOf>) {
  let worse = 0;
  for (let seed = 1; seed <= draws; seed++)
    if (/worse/u.test((await judged(metric, of(seed))).verdict)) worse++;
  return worse;
}

describe("near and exact copies", () => {
  it.each([600, 2000])(
    "a twentieth of %d patients comes back: caught in nine draws of ten, no fresh table is",
    async (rows) => {
      const draws = rows > 1000 ? 6 : 10;
      const least = Math.floor(0.9 * draws);
      const near = (noise: number) =>
        worseOf(nearCopies, draws, (seed) => tablesOf(rows, 8, 0.05, noise, seed));
      expect(await near(0.01)).toBeGreaterThanOrEqual(least);
      expect(await near(0.02)).toBeGreaterThanOrEqual(least);
      expect(
        await worseOf(exactCopies, draws, (seed) => tablesOf(rows, 8, 0.05, 0, seed)),
      ).toBeGreaterThanOrEqual(least);
      for (const metric of [nearCopies, exactCopies, nndr])
        expect(await worseOf(metric, draws, (seed) => tablesOf(rows, 8, 0, 0, seed))).toBe(0);
    },
    120_000,
  );

  it("are measured without a holdout, and alike with one", async () => {
    const tables = tablesOf(600, 8, 0.3, 0.02, 3);
    const blind = { ...tables, holdout: takeRows(tables.holdout, []) };
    for (const metric of [nearCopies, exactCopies, nndr])
      expect(await metric.compute(blind, createRng(1))).toEqual(await metric.compute(tables, createRng(1)));
  });

  it("counts a patient's other rows neither as copies nor as neighbours", async () => {
    const { train, holdout, synthetic } = tablesOf(200, 4, 0, 0, 1);
    const twice = takeRows(
      train,
      Int32Array.from({ length: 2 * train.rows }, (_, row) => row >> 1),
    );
    const whose = { ...twice, patients: Int32Array.from({ length: twice.rows }, (_, row) => row >> 1) };
    const own = await judged(exactCopies, { train: whose, holdout, synthetic });
    expect(own.baseline.value).toBe(0);
    expect((await judged(exactCopies, { train: twice, holdout, synthetic })).baseline.value).toBe(1);
    const near = await judged(nearCopies, { train: whose, holdout, synthetic });
    expect(near.baseline.value).toBeLessThan(0.03);
  });
});

describe("the share of one more real row that repeats another", () => {
  it("has the error that draws show (Esty 1983), which a binomial's would be too narrow for", async () => {
    const [rows, cells] = [300, 900];
    const found: number[] = [];
    const errors: number[] = [];
    for (let seed = 1; seed <= 400; seed++) {
      const rng = createRng(seed);
      const counts = new Float64Array(cells);
      for (let i = 0; i < rows; i++) {
        const cell = rng.integer(cells);
        counts[cell] = (counts[cell] as number) + 1;
      }
      const alone = counts.filter((n) => n === 1).length;
      const paired = 2 * counts.filter((n) => n === 2).length;
      const table = madeTable([levels("a", new Int32Array(rows), ["x"])]);
      const { share, error } = amongReal(rows, alone, paired, table);
      found.push(share - counts.filter((n) => n > 0).length / cells);
      errors.push(error);
    }
    const spread = standardDeviation(Float64Array.from(found));
    expect(Math.abs(mean(found))).toBeLessThan(0.005);
    expect(mean(errors) / spread).toBeGreaterThan(0.9);
    expect(mean(errors) / spread).toBeLessThan(1.15);
    expect(Math.sqrt((0.28 * 0.72) / rows)).toBeLessThan(0.85 * spread);
  });
});

describe("the distance share", () => {
  const line = (places: readonly number[]): Table => madeTable([numbers("x", Float64Array.from(places))]);
  const steps = (from: number, many: number): number[] =>
    Array.from({ length: many }, (_, i) => from + 2 * i);

  it("worked by hand: seven of ten rows beside training rows, as many held out or half as many, and a tie", async () => {
    const made = [...steps(0.1, 7), ...steps(1000.1, 3)];
    const shareOf = async (train: Table, holdout: Table, synthetic: Table): Promise<number> => {
      const result = await dcrShare.compute({ train, holdout, synthetic }, createRng(1));
      return result.status === "ok" ? result.value : NaN;
    };
    const [few, many, held] = [line(steps(0, 20)), line(steps(0, 40)), line(steps(1000, 20))];
    expect(await shareOf(few, held, line(made))).toBeCloseTo(0.7, 9);
    // 40 of 60 real rows are training rows: 1/2 + (0.7 - 2/3) / (2 (1 - 2/3))
    expect(await shareOf(many, held, line(made))).toBeCloseTo(0.55, 9);
    const [right, left] = [line(steps(2, 20)), line(steps(-40, 20))];
    expect(await shareOf(right, left, line([0]))).toBe(0.5);
    expect(await shareOf(few, held, few)).toBe(1);
  });

  it("fails 30% exact copies of 2,000 patients, and stays at one half for fresh ones", async () => {
    expect(await worseOf(dcrShare, 6, (seed) => tablesOf(2000, 8, 0.3, 0, seed))).toBeGreaterThanOrEqual(5);
    expect(await worseOf(dcrShare, 6, (seed) => tablesOf(2000, 8, 0, 0, seed))).toBe(0);
  }, 120_000);

  it.each([0, 0.3])(
    "has an interval as wide as its draws spread, with %d copied, and lies in it",
    async (copied) => {
      const values: number[] = [];
      const widths: number[] = [];
      let covered = 0;
      for (let seed = 1; seed <= 80; seed++) {
        const { value, interval } = await judged(dcrShare, tablesOf(600, 5, copied, 0, seed));
        expect(value).toBeGreaterThanOrEqual(interval.low);
        expect(value).toBeLessThanOrEqual(interval.high);
        values.push(value);
        widths.push((interval.high - interval.low) / 2 / 1.96);
        if (interval.low <= 0.5 + copied / 2 && 0.5 + copied / 2 <= interval.high) covered++;
      }
      const spread = standardDeviation(Float64Array.from(values));
      expect(Math.abs(mean(values) - (0.5 + copied / 2))).toBeLessThan(0.02);
      expect(mean(widths) / spread).toBeGreaterThan(0.8);
      expect(mean(widths) / spread).toBeLessThan(1.25);
      expect(covered / 80).toBeGreaterThan(0.87);
    },
    120_000,
  );
});
