import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { Column, Table } from "../../table/table.ts";
import { augmentation } from "./augmentation.ts";
import { featureImportance } from "./feature-importance.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric, Tables } from "../metric.ts";
import { predictorRanking } from "./predictor-ranking.ts";

/** Columns `first` to `fifth`, weighed in the outcome by `weights`; one patient in ten has the event. */
function patients(rows: number, seed: number, weights: readonly number[] = [2, 1.2, 0.7, 0.3, 0]): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const x = weights.map(() => rng.normal());
    const score = x.reduce((sum, value, i) => sum + value * (weights[i] as number), -3.2);
    return { x, event: rng.uniform() < 1 / (1 + Math.exp(-score)) ? "yes" : "no" };
  });
  const names = ["first", "second", "third", "fourth", "fifth"];
  return tableOf({
    ...Object.fromEntries(
      names.map((name, i) => [
        name,
        { kind: "decimal" as const, cells: people.map(({ x }) => x[i] as number) },
      ]),
    ),
    event: { kind: "boolean", role: "target", cells: people.map(({ event }) => event) },
  });
}

function shuffled(table: Table, seed: number): Table {
  const rng = createRng(seed);
  const columns = table.columns.map(
    (_, i) => takeRows(table, rng.permutation(table.rows)).columns[i] as Column,
  );
  return { ...table, columns };
}

async function measured(metric: Metric, given: Tables) {
  const result = await metric.compute(given, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return judgedMeasure(metric, result, 1);
}

const train = patients(1600, 1);
const holdout = patients(900, 2);
const fresh = patients(1600, 3);

describe("augmentation", () => {
  it("other patients of the same kind do not harm; the sentence counts what was added", async () => {
    const { value, baseline, sentence, verdict } = await measured(augmentation, {
      train,
      holdout,
      synthetic: fresh,
    });
    expect(verdict).toBe("good");
    expect(Math.abs(value - baseline.value)).toBeLessThan(0.02);
    expect(sentence).toMatch(/^Added to 800 real rows, \d+ synthetic rows with event yes /);
  });

  it("events that look like the opposite lower the score", async () => {
    const opposite = patients(1600, 3, [-2, -1.2, -0.7, 0, 0]);
    const { value, sentence, verdict } = await measured(augmentation, {
      train,
      holdout,
      synthetic: opposite,
    });
    expect(value).toBeLessThan(-0.01);
    expect(sentence).toContain("lower AUROC");
    expect(verdict).not.toBe("good");
  });

  it("says so where the synthetic table lacks the scarce class", async () => {
    const at = fresh.schema.columns.findIndex(({ name }) => name === "event");
    const event = fresh.columns[at];
    if (event?.type !== "coded") throw new Error("event");
    const none = { ...event, codes: event.codes.map(() => event.levels.indexOf("no")) };
    const synthetic = { ...fresh, columns: fresh.columns.with(at, none) };
    expect(await augmentation.compute({ train, holdout, synthetic }, createRng(1))).toEqual({
      status: "skipped",
      reason: "Fewer than 5 rows with event yes could be added.",
    });
  });
});

describe("feature-importance", () => {
  it("ranks the planted order, on both sides", async () => {
    const { value, detail } = await measured(featureImportance, { train, holdout, synthetic: fresh });
    if (detail?.type !== "figures") throw new Error("no figures");
    expect(detail.rows.slice(0, 3).map(({ name }) => name)).toEqual(["first", "second", "third"]);
    expect(value).toBeGreaterThan(0.6);
    expect(detail.rows[0]?.synthetic.value).toBeGreaterThan(0.1);
    expect(detail.rows.at(-1)?.synthetic.value).toBeLessThan(0.02);
  });

  it("falls where the synthetic outcome hangs on the other end of the columns", async () => {
    const turned = patients(1600, 3, [0, 0.3, 0.7, 1.2, 2]);
    const { value, verdict, sentence } = await measured(featureImportance, {
      train,
      holdout,
      synthetic: turned,
    });
    expect(value).toBeLessThan(0);
    expect(verdict).not.toBe("good");
    expect(sentence).toMatch(/the one of real rows uses \S+ most, the one of synthetic rows \S+\.$/);
  });
});

describe("predictor-ranking", () => {
  it("agrees for other real patients, and not for shuffled columns", async () => {
    const kept = await measured(predictorRanking, { train, holdout, synthetic: fresh });
    expect(kept.detail?.type === "models" && kept.detail.rows.length).toBe(12);
    expect(kept.value).toBeGreaterThan(0.5);
    const lost = await measured(predictorRanking, { train, holdout, synthetic: shuffled(fresh, 4) });
    expect(lost.value).toBeLessThan(kept.value - 0.3);
    expect(lost.verdict).toBe("much-worse");
  });
});
