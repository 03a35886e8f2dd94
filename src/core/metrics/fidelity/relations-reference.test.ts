import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { mean } from "../../math/statistics.ts";
import { tableOf } from "../fixtures/table-of.ts";
import type { Cells } from "../fixtures/table-of.ts";
import { alignColumns } from "../measuring/align.ts";
import { columnNames } from "../measuring/bounds.ts";
import type { Metric, Tables } from "../metric.ts";
import { c2stRelations } from "./c2st-relations.ts";
import { c2st } from "./c2st.ts";
import { ordersAndTies } from "./orders-and-ties.ts";
import { comparablePairs, differenceOf, relationFeatures } from "./relation-features.ts";
import { unseenPairs } from "./unseen-pairs.ts";

type Side = "train" | "holdout" | "synthetic";
type Shares = Record<string, { real: number; made: number }>;
type Auc = Record<"synthetic" | "train", { mean: number; sd: number }>;

/** Made by fixtures/relations.py with pandas and scikit-learn. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/relations.json", import.meta.url), "utf8"),
) as Record<Side, Record<string, (number | string | null)[]>> & {
  numeric: string[];
  pairs: [string, string][];
  differences: Record<string, (number | null)[]>;
  c2st: Auc;
  relations: Auc;
  unseen: Record<"holdout" | "synthetic", number>;
  orders: Shares;
  ties: Shares;
};

function read(side: Side) {
  const cells: Record<string, Cells> = {};
  for (const [name, values] of Object.entries(reference[side])) {
    const kind = reference.numeric.includes(name) ? "decimal" : "category";
    cells[name] = { kind, cells: values };
  }
  return tableOf(cells);
}

const tables: Tables = { train: read("train"), holdout: read("holdout"), synthetic: read("synthetic") };

async function measure(metric: Metric, seed = 1) {
  const result = await metric.compute(tables, createRng(seed));
  if (result.status !== "ok") throw new Error(result.reason);
  return result;
}

async function figures(metric: Metric) {
  const { detail } = await measure(metric);
  if (detail?.type !== "figures") throw new Error("no figures");
  return new Map(detail.rows.map((row) => [row.name, row]));
}

describe("differences between columns, against pandas", () => {
  it("takes the pairs on comparable scales, and no other", () => {
    const found = comparablePairs(tables.train).map(({ a, b }) => `${a} - ${b}`);
    expect(found.toSorted()).toEqual(reference.pairs.map(([a, b]) => `${a} - ${b}`).toSorted());
  });

  it("subtracts row by row, with the sign beside it and missing where one is missing", () => {
    const columns = alignColumns([tables.train], columnNames(tables.train));
    const pairs = comparablePairs(tables.train);
    const features = relationFeatures(columns, pairs, 0);
    expect(features).toHaveLength(2 * pairs.length);
    pairs.forEach(({ a, b }, p) => {
      const [difference, sign] = [features[2 * p], features[2 * p + 1]];
      if (difference?.type !== "numeric" || sign?.type !== "numeric") throw new Error("no numbers");
      reference.differences[`${a} - ${b}`]?.forEach((expected, row) => {
        if (expected === null) expect(difference.values[row]).toBeNaN();
        else expect(difference.values[row]).toBeCloseTo(expected, 6);
        if (expected === null) expect(sign.values[row]).toBeNaN();
        else expect(sign.values[row]).toBe(Math.sign(expected) || 0);
      });
    });
  });

  it("calls equal what differs by the last digits of subtracting only", () => {
    expect(differenceOf(0.1 + 0.2, 0.3)).toBe(0);
    expect(differenceOf(0.31, 0.3)).toBeGreaterThan(0);
    expect(differenceOf(-1.7e308, 1.7e308)).toBe(-Number.MAX_VALUE);
    expect(differenceOf(NaN, 1)).toBeNaN();
  });

  it("takes 60 pairs of many, those closest in scale and dates before all", () => {
    const rng = createRng(4);
    const cells = Object.fromEntries(
      Array.from({ length: 14 }, (_, i) => [
        `x${i}`,
        { kind: "decimal", cells: Array.from({ length: 50 }, () => 100 + 20 * i + 10 * rng.normal()) },
      ]),
    ) as Record<string, Cells>;
    const days = (): Cells => ({
      kind: "datetime",
      cells: Array.from({ length: 50 }, () => 1e12 + 864e5 * rng.integer(500)),
    });
    const pairs = comparablePairs(tableOf({ ...cells, start: days(), end: days() }));
    expect(pairs).toHaveLength(60);
    expect(pairs[0]).toEqual({ a: "start", b: "end", date: true });
    const names = pairs.map(({ a, b }) => `${a} ${b}`);
    expect(names).toContain("x12 x13");
    expect(names).not.toContain("x0 x12");
  });
});

describe("told apart by differences, against scikit-learn", () => {
  it("is the mean over seeds within what the folds make of it, and far above the plain one", async () => {
    const runs = [await measure(c2stRelations, 1), await measure(c2stRelations, 2)];
    const plain = await measure(c2st, 1);
    const { synthetic, train } = reference.relations;
    expect(synthetic.mean - reference.c2st.synthetic.mean).toBeGreaterThan(0.2);
    expect(Math.abs(mean(runs.map(({ value }) => value)) - synthetic.mean)).toBeLessThan(0.03);
    expect(Math.abs(mean(runs.map(({ baseline }) => baseline.value)) - train.mean)).toBeLessThan(0.04);
    expect(Math.abs(plain.value - reference.c2st.synthetic.mean)).toBeLessThan(0.05);
    expect(runs[0]?.sentence).toMatch(
      /It relies most on relapse and death: relapse equals death in \d+\.\d% of synthetic rows and in \d+\.\d% of real ones\.$/,
    );
  }, 240_000);
});

describe("orders and equal values, against pandas", () => {
  it("finds the same ones, with the same shares in real and synthetic rows", async () => {
    const rows = await figures(ordersAndTies);
    const [orders, ties] = [Object.entries(reference.orders), Object.entries(reference.ties)];
    expect(rows.size).toBe(orders.length + ties.length + 2);
    for (const [name, { real, made }] of [...orders, ...ties]) {
      expect(rows.get(name)?.synthetic.value, name).toBeCloseTo(made, 9);
      expect(rows.get(name)?.baseline?.value, name).toBeCloseTo(real, 9);
    }
    const average = (shares: readonly number[]): number => mean(shares);
    expect(rows.get("Rows in order, mean of all orders")?.synthetic.value).toBeCloseTo(
      average(orders.map(([, { made }]) => made)),
      9,
    );
    expect(rows.get("Difference of equal rows, mean of all pairs")?.synthetic.value).toBeCloseTo(
      average(ties.map(([, { real, made }]) => Math.abs(real - made))),
      9,
    );
  });
});

describe("pairs nobody has, against pandas", () => {
  it("counts the same rows of synthetic and held-out patients", async () => {
    const levels = Object.keys(reference.train).filter((name) => !reference.numeric.includes(name));
    const only = (side: Side) =>
      tableOf(
        Object.fromEntries(
          levels.map((name) => [name, { kind: "category", cells: reference[side][name] ?? [] } as const]),
        ),
      );
    const given = { train: only("train"), holdout: only("holdout"), synthetic: only("synthetic") };
    const result = await unseenPairs.compute(given, createRng(1));
    if (result.status !== "ok") throw new Error(result.reason);
    expect(result.value).toBeCloseTo(reference.unseen.synthetic, 12);
    expect(result.baseline.value).toBeCloseTo(reference.unseen.holdout, 12);
    expect(result.sentence).toMatch(/Most of them by smoker with years\.$/);
  });
});
