import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { correlationRatio, cramersV, pearson } from "../math/scores/association.ts";
import { kolmogorovSmirnov } from "../math/space/distances.ts";
import { wilson } from "../math/intervals.ts";
import { MomentSums } from "../math/moment-sums.ts";
import { createRng } from "../math/rng.ts";
import { rocAuc } from "../math/scores/roc-auc.ts";
import { mean, quantileSorted, skewness, sortedPresent, standardDeviation } from "../math/statistics.ts";
import type { Table } from "../table/table.ts";
import { c2st } from "./fidelity/c2st.ts";
import { columnShapes } from "./fidelity/column-shapes.ts";
import { dcrShare } from "./privacy/dcr-share.ts";
import { exactCopies } from "./privacy/exact-copies.ts";
import type { Metric, Measurement } from "./metric.ts";
import { pairTrends } from "./fidelity/pair-trends.ts";
import { tableOf } from "./fixtures/table-of.ts";
import type { Cells } from "./fixtures/table-of.ts";
import { tstr } from "./utility/tstr.ts";

/** Made by fixtures/reference.py with scipy, scikit-learn and SDMetrics. */
interface Reference {
  numeric: string[];
  train: Record<string, (number | string | null)[]>;
  holdout: Record<string, (number | string | null)[]>;
  synthetic: Record<string, (number | string | null)[]>;
  statistics: { skew: number; quantiles: number[]; ks: number; sd: number; mean: number };
  auc: { scores: number[]; labels: number[]; value: number };
  wilson: { k: number; n: number; low: number; high: number }[];
  associations: { a: string; b: string; measure: string; value: number }[];
  shapes: Record<"holdout" | "synthetic", Record<string, number>>;
  trends: Record<"holdout" | "synthetic", Record<string, number>>;
  c2st: Record<"synthetic" | "train", { mean: number; sd: number }>;
  tstr: Record<string, { real: number; synthetic: number }>;
  dcr_share: number;
  copies: { synthetic: number; holdout: number };
}

const reference = JSON.parse(
  readFileSync(new URL("fixtures/reference.json", import.meta.url), "utf8"),
) as Reference;

function read(side: "train" | "holdout" | "synthetic", target?: string): Table {
  const cells: Record<string, Cells> = {};
  for (const [name, values] of Object.entries(reference[side])) {
    const kind = reference.numeric.includes(name) ? "decimal" : "category";
    cells[name] = { kind, role: name === target ? "target" : "feature", cells: values };
  }
  return tableOf(cells);
}

const tables = (target?: string) => ({
  train: read("train", target),
  holdout: read("holdout", target),
  synthetic: read("synthetic", target),
});

async function measure(metric: Metric, target?: string, seed = 1) {
  const result: Measurement = await metric.compute(tables(target), createRng(seed));
  if (result.status !== "ok") throw new Error(result.reason);
  return result;
}

const average = (values: Record<string, number>): number => mean(Object.values(values));
const numbers = (table: Table, name: string): Float64Array => {
  const column = table.columns[table.schema.columns.findIndex((c) => c.name === name)];
  if (column?.type !== "numeric") throw new Error(name);
  return column.values;
};
const coded = (table: Table, name: string) => {
  const column = table.columns[table.schema.columns.findIndex((c) => c.name === name)];
  if (column?.type !== "coded") throw new Error(name);
  return column;
};

describe("statistics against scipy and numpy", () => {
  const bnp = sortedPresent(numbers(read("train"), "bnp"));

  it("moments, quantiles and the KS statistic", () => {
    const { statistics } = reference;
    expect(mean(bnp)).toBeCloseTo(statistics.mean, 8);
    expect(standardDeviation(bnp)).toBeCloseTo(statistics.sd, 8);
    expect(skewness(bnp)).toBeCloseTo(statistics.skew, 10);
    [0, 0.1, 0.5, 0.77, 1].forEach((q, i) => {
      expect(quantileSorted(bnp, q)).toBeCloseTo(statistics.quantiles[i] as number, 8);
    });
    const other = sortedPresent(numbers(read("synthetic"), "bnp"));
    expect(kolmogorovSmirnov(bnp, other)).toBeCloseTo(statistics.ks, 12);
  });

  it("the area under the ROC curve, with ties", () => {
    const { scores, labels, value } = reference.auc;
    expect(rocAuc(scores, labels)).toBeCloseTo(value, 12);
    expect(
      rocAuc(
        scores,
        labels,
        scores.map(() => 3),
      ),
    ).toBeCloseTo(value, 12);
  });

  it("is none where a score is none", () => {
    expect(rocAuc([0.1, NaN, 0.3], [0, 1, 1])).toBeNaN();
  });

  it.each(reference.wilson)("Wilson's interval of $k in $n", ({ k, n, low, high }) => {
    expect(wilson(k, n).low).toBeCloseTo(low, 6);
    expect(wilson(k, n).high).toBeCloseTo(high, 6);
  });

  it.each(reference.associations)("$measure of $a and $b", ({ a, b, measure: kind, value }) => {
    const train = read("train");
    if (kind === "pearson") {
      expect(pearson(numbers(train, a), numbers(train, b))).toBeCloseTo(value, 10);
      expect(MomentSums.of(numbers(train, a), numbers(train, b)).correlation()).toBeCloseTo(value, 10);
    } else if (kind === "cramers-v") {
      const [x, y] = [coded(train, a), coded(train, b)];
      expect(cramersV(x.codes, x.levels.length, y.codes, y.levels.length)).toBeCloseTo(value, 8);
    } else {
      const [category, number] = reference.numeric.includes(a) ? [b, a] : [a, b];
      const x = coded(train, category);
      expect(correlationRatio(x.codes, x.levels.length, numbers(train, number))).toBeCloseTo(value, 8);
    }
  });
});

/** Means are of as many synthetic rows as were held out, which lie further from train than all of them. */
const SMALLER = 0.04;

describe("metrics against SDMetrics and scikit-learn", () => {
  it("column shapes, each column and the mean", async () => {
    const { value, baseline, detail } = await measure(columnShapes);
    expect(Math.abs(value - average(reference.shapes.synthetic))).toBeLessThan(SMALLER);
    expect(baseline.value).toBeCloseTo(average(reference.shapes.holdout), 6);
    if (detail?.type !== "per-column") throw new Error("no detail");
    for (const { name, value: own } of detail.columns) {
      expect(own).toBeCloseTo(reference.shapes.synthetic[name] as number, 6);
    }
  });

  it("pair trends, each pair and the mean", async () => {
    const { value, baseline, detail } = await measure(pairTrends);
    expect(Math.abs(value - average(reference.trends.synthetic))).toBeLessThan(SMALLER);
    expect(baseline.value).toBeCloseTo(average(reference.trends.holdout), 8);
    if (detail?.type !== "per-column") throw new Error("no detail");
    for (const { name, value: own } of detail.columns) {
      expect(own).toBeCloseTo(reference.trends.synthetic[name] as number, 8);
    }
  });

  it("C2ST: the mean over seeds, within what the folds make of it", async () => {
    const runs = [
      await measure(c2st, undefined, 1),
      await measure(c2st, undefined, 2),
      await measure(c2st, undefined, 3),
    ];
    expect(Math.abs(mean(runs.map(({ value }) => value)) - reference.c2st.synthetic.mean)).toBeLessThan(0.03);
    expect(
      Math.abs(mean(runs.map(({ baseline }) => baseline.value)) - reference.c2st.train.mean),
    ).toBeLessThan(0.03);
  }, 240_000);

  it.each(["died", "nyha", "sbp"])(
    "TSTR and TRTR of %s: two classes, four, a number",
    async (target) => {
      const { value, baseline } = await measure(tstr, target);
      expect(Math.abs(value - (reference.tstr[target]?.synthetic as number))).toBeLessThan(0.03);
      expect(Math.abs(baseline.value - (reference.tstr[target]?.real as number))).toBeLessThan(0.03);
    },
    120_000,
  );

  it("DCR share", async () => {
    const { value, interval } = await measure(dcrShare);
    // as many rows of both there, all of them here: the same expectation, another draw
    expect(Math.abs(value - reference.dcr_share)).toBeLessThan(0.05);
    expect(interval.low).toBeLessThan(value);
    expect(interval.high).toBeGreaterThan(value);
  });

  it("exact copies", async () => {
    const { value, baseline } = await measure(exactCopies);
    expect(value).toBeCloseTo(reference.copies.synthetic, 12);
    expect(baseline.value).toBe(reference.copies.holdout);
  });
});
