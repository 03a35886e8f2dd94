import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Detail, Metric, Tables } from "../metric.ts";
import { NO_SURVIVAL } from "./survival-columns.ts";
import { survivalCurves } from "./survival-curves.ts";
import { survivalModel } from "./survival-model.ts";

type Side = "train" | "holdout" | "synthetic";
/** Made by fixtures/survival.py with lifelines. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/survival.json", import.meta.url), "utf8"),
) as Record<Side, Record<string, number[]>> & {
  expected: {
    distance: Record<"holdout" | "synthetic", number>;
    mean: Record<Side, number>;
    index: Record<"synthetic" | "real", number>;
    logrank: Record<"holdout" | "synthetic", [number, number]>;
  };
};

function referenceTable(side: Side): Table {
  const of = (name: string): number[] => reference[side][name] as number[];
  return tableOf({
    age: { kind: "decimal", cells: of("age") },
    stage: { kind: "category", cells: of("stage").map((stage) => (stage === 1 ? "II" : "I")) },
    noise: { kind: "decimal", cells: of("noise") },
    futime: { kind: "integer", survival: "time", cells: of("futime") },
    dead: { kind: "boolean", survival: "event", cells: of("dead").map(String) },
  });
}
const given: Tables = {
  train: referenceTable("train"),
  holdout: referenceTable("holdout"),
  synthetic: referenceTable("synthetic"),
};

async function measured<Type extends Detail["type"]>(metric: Metric, tables: Tables, type: Type) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  if (result.detail?.type !== type) throw new Error(`no ${type}`);
  return { ...judgedMeasure(metric, result, 1), detail: result.detail as Extract<Detail, { type: Type }> };
}
const reasonOf = async (metric: Metric, tables: Tables) => {
  const result = await metric.compute(tables, createRng(1));
  return result.status === "skipped" ? [result.reason, result.wants] : [result.sentence, undefined];
};

describe("against lifelines, to 1e-8", () => {
  const { expected } = reference;

  it("how far curves are apart, and mean times", async () => {
    const { value, baseline, verdict, sentence } = await measured(survivalCurves, given, "curves");
    expect(value).toBeCloseTo(expected.distance.synthetic, 8);
    expect(baseline.value).toBeCloseTo(expected.distance.holdout, 8);
    expect(verdict).toMatch(/worse/);
    expect(sentence).toContain(
      `is ${expected.mean.synthetic.toPrecision(3)} in synthetic rows, ${expected.mean.train.toPrecision(3)} in training rows`,
    );
  });

  it("a Cox model of synthetic rows on held-out patients, the log-rank test and mean times", async () => {
    const { value, baseline, detail } = await measured(survivalModel, given, "figures");
    expect(value).toBeCloseTo(expected.index.synthetic, 8);
    expect(baseline.value).toBeCloseTo(expected.index.real, 8);
    const row = (start: string) => detail.rows.find(({ name }) => name.startsWith(start));
    expect(row("Mean futime without dead (1)")?.synthetic.value).toBeCloseTo(expected.mean.synthetic, 8);
    expect(row("Mean futime without dead (1)")?.baseline?.value).toBeCloseTo(expected.mean.holdout, 8);
    const test = row("Log-rank");
    expect(test?.synthetic.value).toBeCloseTo(expected.logrank.synthetic[0], 8);
    expect(test?.baseline?.value).toBeCloseTo(expected.logrank.holdout[0], 8);
    expect(test?.note).toContain(`p = ${expected.logrank.holdout[1].toFixed(3)} from 250 held-out ones`);
  });
});

/** Deaths over five years that severity brings on; `pace` 2: twice as late; `until`: how long anybody is followed. */
function cohort(rows: number, seed: number, { strength = 0.8, pace = 1 } = {}): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const severity = rng.normal();
    const time = (-900 * pace * Math.log(1 - rng.uniform())) / Math.exp(strength * severity);
    const lost = 300 + 1500 * rng.uniform();
    return {
      severity,
      noise: rng.normal(),
      days: Math.ceil(Math.min(time, lost)),
      dead: time <= lost ? "yes" : "no",
    };
  });
  return tableOf({
    severity: { kind: "decimal", cells: people.map((p) => p.severity) },
    noise: { kind: "decimal", cells: people.map((p) => p.noise) },
    days: { kind: "integer", survival: "time", cells: people.map((p) => p.days) },
    dead: { kind: "boolean", role: "target", survival: "event", cells: people.map((p) => p.dead) },
  });
}

describe("survival", () => {
  const [train, holdout] = [cohort(800, 1), cohort(400, 2)];

  it("fresh patients are good or cannot be told, and dead ones who live twice as long are worse", async () => {
    const fresh = await measured(survivalCurves, { train, holdout, synthetic: cohort(800, 3) }, "curves");
    expect(fresh.verdict).not.toMatch(/worse/);
    const late = await measured(
      survivalCurves,
      { train, holdout, synthetic: cohort(800, 3, { pace: 2 }) },
      "curves",
    );
    expect(late.verdict).toMatch(/worse/);
    expect(late.value).toBeGreaterThan(0.1);
  });

  it("calls fresh patients worse in few of twenty reports", async () => {
    let alarms = 0;
    for (let seed = 10; seed < 30; seed++) {
      const tables = {
        train: cohort(300, seed),
        holdout: cohort(120, 100 + seed),
        synthetic: cohort(300, 200 + seed),
      };
      const { verdict } = await measured(survivalCurves, tables, "curves");
      if (/worse/.test(verdict)) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });

  it("no step of a real curve is of fewer than five patients", async () => {
    const { detail } = await measured(
      survivalCurves,
      { train, holdout, synthetic: cohort(800, 3) },
      "curves",
    );
    const real = detail.curves.find(({ of }) => of === "real")?.points ?? [];
    expect(real.length).toBeGreaterThan(10);
    expect(real.length).toBeLessThanOrEqual(21);
    real.forEach(({ rows, y }, i) => {
      if (i === 0) return;
      expect((real[i - 1]?.rows as number) - rows).toBeGreaterThanOrEqual(5);
      expect(y).toBeLessThan(real[i - 1]?.y as number);
    });
    expect(detail.diagonal).toBe(false);
  });

  it("an effect that is turned round costs the model its C-index", async () => {
    const kept = await measured(survivalModel, { train, holdout, synthetic: cohort(800, 3) }, "figures");
    expect(kept.value).toBeGreaterThan(kept.baseline.value - 0.02);
    const turned = await measured(
      survivalModel,
      { train, holdout, synthetic: cohort(800, 3, { strength: -0.8 }) },
      "figures",
    );
    expect(turned.value).toBeLessThan(0.4);
    expect(turned.verdict).toBe("much-worse");
  });

  it("says what changes with time: an effect that turns round after a year, in the rows that have it", async () => {
    const turning = (table: Table): Table => {
      const [severity, , days] = table.columns;
      if (severity?.type !== "numeric" || days?.type !== "numeric") throw new Error("numbers");
      const rng = createRng(9);
      const values = severity.values.map(
        (_, row) => ((days.values[row] as number) < 365 ? 1 : -1) * 0.8 + rng.normal(),
      );
      return { ...table, columns: table.columns.with(0, { type: "numeric", values }) };
    };
    const { sentence, detail } = await measured(
      survivalModel,
      { train, holdout, synthetic: turning(cohort(800, 3)) },
      "figures",
    );
    expect(sentence).toContain("in one coefficient from synthetic rows and in no coefficient from real rows");
    expect(detail.rows.at(-1)?.note).toMatch(
      /^from synthetic rows: severity, per SD .*baseline, from training rows: none$/,
    );
  });

  it("says why it has nothing to say", async () => {
    const synthetic = cohort(800, 3);
    const unmarked = (table: Table): Table => ({
      ...table,
      schema: {
        ...table.schema,
        columns: table.schema.columns.map(({ survival: _mark, ...column }) => column),
      },
    });
    for (const metric of [survivalCurves, survivalModel]) {
      expect(await reasonOf(metric, { train: unmarked(train), holdout, synthetic })).toEqual([
        NO_SURVIVAL,
        undefined,
      ]);
      const few = takeRows(
        holdout,
        Int32Array.from({ length: 12 }, (_, i) => i),
      );
      expect(await reasonOf(metric, { train, holdout: few, synthetic })).toEqual([
        "Fewer than 10 held-out rows have the event dead.",
        "patients",
      ]);
      const none = takeRows(holdout, new Int32Array(0));
      expect((await reasonOf(metric, { train, holdout: none, synthetic }))[0]).toBe(
        "No rows were held out to compare with.",
      );
    }
  });
});
