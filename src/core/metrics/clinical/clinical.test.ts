import { describe, expect, it } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createRng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { Column, Table } from "../../table/table.ts";
import { comorbidityLift, logLift } from "./comorbidity-lift.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric } from "../metric.ts";
import { plausibilityRules } from "./plausibility-rules.ts";
import { rareCategories } from "./rare-categories.ts";
import { referenceRanges } from "./reference-ranges.ts";
import { tails } from "./tails.ts";

const cohort = simulateCohort("heart-failure", 1);
const other = simulateCohort("heart-failure", 2);
const first = (table: Table, n: number, from = 0): Table =>
  takeRows(
    table,
    Int32Array.from({ length: n }, (_, i) => from + i),
  );
const train = first(cohort, 1400);
const holdout = first(cohort, 600, 1400);
const fresh = first(other, 1400);

async function measured(metric: Metric, synthetic: Table, real = { train, holdout }) {
  const result = await metric.compute({ ...real, synthetic }, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return judgedMeasure(metric, result, 1);
}

function change(table: Table, name: string, of: (value: number, row: number) => number): Table {
  const at = table.schema.columns.findIndex((column) => column.name === name);
  const column = table.columns[at];
  if (column === undefined) throw new Error(name);
  const changed: Column =
    column.type === "numeric"
      ? { ...column, values: column.values.map(of) }
      : { ...column, codes: column.codes.map(of) };
  return { ...table, columns: table.columns.with(at, changed) };
}
function shuffled(table: Table): Table {
  const rng = createRng(9);
  const columns = table.columns.map(
    (_, i) => takeRows(table, rng.permutation(table.rows)).columns[i] as Column,
  );
  return { ...table, columns };
}
const reasonOf = async (metric: Metric, table: Table): Promise<string> => {
  const result = await metric.compute({ train: table, holdout: table, synthetic: table }, createRng(1));
  return result.status === "skipped" ? result.reason : result.sentence;
};

describe("what cannot be", () => {
  it("is silent on fresh patients and finds planted pressures", async () => {
    expect((await measured(plausibilityRules, fresh)).verdict).toBe("good");
    const planted = change(fresh, "sbp", (value, row) => (row % 20 === 0 ? 45 : value));
    const result = await measured(plausibilityRules, planted);
    expect(result.verdict).toBe("much-worse");
    expect(result.value).toBeCloseTo(0.05, 1);
    expect(result.sentence).toMatch(/Broken most beyond the real rows: dbp is below sbp/);
    if (result.detail?.type !== "rules") throw new Error("no rules");
    expect(result.detail.rules[0]).toMatchObject({ verdict: "much-worse", real: 0 });
  });

  it("does not tell how many of 1 to 4 real patients break a rule", async () => {
    const odd = change(train, "sodium", (value, row) => (row < 3 ? 500 : value));
    const result = await measured(plausibilityRules, fresh, { train: odd, holdout });
    if (result.detail?.type !== "rules") throw new Error("no rules");
    expect(result.detail.rules.find(({ rule }) => rule.includes("sodium"))).toMatchObject({
      rule: "sodium is 90 to 205 mmol/L (<5 real patients break it)",
      real: 0,
    });
    expect(result.baseline.value).toBe(0);
    expect(result.sentence).toContain("of real rows those of fewer than 5 patients do");
  });

  it("says why nothing is asked", async () => {
    const table = tableOf({ a: { kind: "decimal", cells: Array.from({ length: 50 }, (_, i) => i) } });
    expect(await reasonOf(plausibilityRules, table)).toBe(
      "No column has a name the lab knows a clinical range for.",
    );
    expect(await reasonOf(referenceRanges, table)).toBe(
      "No column has a name the lab knows a reference range for.",
    );
  });
});

describe("reference ranges", () => {
  it("are kept by fresh patients, not by ones whose sodium has lost its spread, and less by ones who all lack it", async () => {
    expect((await measured(referenceRanges, fresh)).verdict).toBe("good");
    const narrow = change(fresh, "sodium", () => 140);
    const result = await measured(referenceRanges, narrow);
    expect(result.sentence).toMatch(/Furthest off: sodium, within in 100\.0% of synthetic/);
    if (result.detail?.type !== "groups") throw new Error("no groups");
    expect(result.detail.groups[0]).toMatchObject({
      name: "sodium: Sodium 135 to 145 mmol/L",
      verdict: "worse",
    });
    const low = await measured(
      referenceRanges,
      change(fresh, "sodium", (value) => value - 12),
    );
    if (low.detail?.type !== "groups") throw new Error("no groups");
    expect(low.detail.groups[0]).toMatchObject({
      name: "sodium: Sodium 135 to 145 mmol/L",
      verdict: "much-worse",
    });
  });
});

describe("extreme values", () => {
  it("are there in fresh patients, and lost where values are cut off at the real 2% and 98%", async () => {
    const right = await measured(tails, fresh);
    expect(right.verdict).toBe("good");
    expect(right.value).toBeGreaterThan(0.97);
    const cut = (name: string, table: Table): Table => {
      const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
      if (column?.type !== "numeric") throw new Error(name);
      const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
      const [low, high] = [
        sorted[Math.floor(sorted.length * 0.02)],
        sorted[Math.floor(sorted.length * 0.98)],
      ];
      return change(table, name, (value) => Math.max(low as number, Math.min(high as number, value)));
    };
    const names = fresh.schema.columns.filter(({ kind }) => kind === "integer" || kind === "decimal");
    const narrow = names.reduce((table, { name }) => cut(name, table), fresh);
    const result = await measured(tails, narrow);
    expect(result.verdict).toBe("much-worse");
    expect(result.value).toBeLessThan(0.5);
    expect(result.sentence).toMatch(/too rare: 0\.00% of synthetic/);
  });
});

describe("rare categories", () => {
  const letters = (seed: number, weights: number[]): Table => {
    const rng = createRng(seed);
    const cells = Array.from({ length: 4000 }, () => "ABCDEF"[rng.weighted(weights)] as string);
    return tableOf({ origin: { kind: "category", cells } });
  };
  const real = {
    train: letters(1, [50, 46, 1.5, 1.2, 1.3, 0]),
    holdout: letters(2, [50, 46, 1.5, 1.2, 1.3, 0]),
  };

  it("come back in fresh rows, and are named when they do not", async () => {
    expect(
      (await measured(rareCategories, letters(3, [50, 46, 1.5, 1.2, 1.3, 0]), real)).value,
    ).toBeGreaterThan(0.97);
    const result = await measured(rareCategories, letters(3, [50, 46, 1.5, 1.2, 0, 0]), real);
    expect(result.sentence).toMatch(/^2 of 3 rare categories come back \(3 in held-out real rows\)/);
    expect(result.verdict).toBe("much-worse");
    if (result.detail?.type !== "groups") throw new Error("no groups");
    expect(result.detail.groups[0]).toMatchObject({ name: "origin: E", verdict: "much-worse" });
  });
});

describe("conditions that come together", () => {
  const treated = (seed: number): Table => {
    const rng = createRng(seed);
    const diabetes = Array.from({ length: 1500 }, () => rng.uniform() < 0.3);
    const insulin = diabetes.map((ill) => rng.uniform() < (ill ? 0.4 : 0.03));
    const words = (cells: boolean[]) => cells.map((cell) => (cell ? "yes" : "no"));
    return tableOf({
      diabetes: { kind: "boolean", cells: words(diabetes) },
      insulin: { kind: "boolean", cells: words(insulin) },
    });
  };

  it("agree in fresh patients and not where columns are independent", async () => {
    expect((await measured(comorbidityLift, fresh)).value).toBeGreaterThan(0.97);
    const real = { train: treated(1), holdout: treated(2) };
    expect((await measured(comorbidityLift, treated(3), real)).verdict).toBe("good");
    const apart = await measured(comorbidityLift, shuffled(treated(3)), real);
    expect(apart.verdict).toBe("much-worse");
    expect(apart.sentence).toMatch(
      /Furthest off: diabetes \+ insulin, (0\.9|1\.0)\d times as often as by chance, 2\.\d\d/,
    );
  });

  it("has the spread that resampling gives", () => {
    const cells = [300, 120, 90, 60] as const;
    const { value, error } = logLift(cells);
    const n = cells.reduce((a, b) => a + b, 0);
    const rng = createRng(4);
    const drawn = Array.from({ length: 3000 }, () => {
      const counts = [0, 0, 0, 0];
      for (let i = 0; i < n; i++) {
        const at = rng.weighted(cells);
        counts[at] = (counts[at] as number) + 1;
      }
      const [, b, a, both] = counts as [number, number, number, number];
      return Math.log((both * n) / ((a + both) * (b + both)));
    });
    const mean = drawn.reduce((a, b) => a + b, 0) / drawn.length;
    const spread = Math.sqrt(drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length);
    expect(value).toBeCloseTo(Math.log((60 * n) / (150 * 180)), 1);
    expect(Math.abs(error / spread - 1)).toBeLessThan(0.05);
  });
});
