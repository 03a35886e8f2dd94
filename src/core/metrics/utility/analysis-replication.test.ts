import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { selectColumns } from "../../table/table.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Table } from "../../table/table.ts";
import { analysisReplication } from "./analysis-replication.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { tableOf } from "../fixtures/table-of.ts";
import type { Tables } from "../metric.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;

const tables = read<ReferenceTables>("reference.json");
/** Made by fixtures/utility.py with statsmodels. */
const reference = read<{
  replication: Record<string, { synthetic: number; holdout: number; real: Record<string, [number, number]> }>;
}>("utility.json").replication;

async function measured(given: Tables) {
  const result = await analysisReplication.compute(given, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  if (result.detail?.type !== "coefficients") throw new Error("no coefficients");
  return { ...judgedMeasure(analysisReplication, result, 1), models: result.detail.models };
}

describe("against statsmodels, to 1e-4", () => {
  it.each(["died", "sbp"])("coefficients of %s and the overlap of their intervals", async (target) => {
    const all = referenceTables(tables, target);
    const pick = (table: Table): Table =>
      selectColumns(
        table,
        ["age", "sbp", "nyha", "died"].map((name) => table.schema.columns.findIndex((c) => c.name === name)),
      );
    const { value, baseline, models } = await measured({
      train: pick(all.train),
      holdout: pick(all.holdout),
      synthetic: pick(all.synthetic),
    });
    const theirs = reference[target];
    const rows = models[0]?.rows ?? [];
    const overlap = rows.reduce((sum, row) => sum + Math.max(0, row.overlap), 0) / rows.length;
    expect(overlap).toBeCloseTo(theirs?.synthetic as number, 4);
    expect(baseline.value).toBeCloseTo(theirs?.holdout as number, 4);
    // as many synthetic rows as were held out overlap about as far
    expect(Math.abs(value - overlap)).toBeLessThan(0.25);
    expect(rows.length).toBe(Object.keys(theirs?.real ?? {}).length);
    for (const [term, [coefficient, error]] of Object.entries(theirs?.real ?? {})) {
      const own = rows.find((row) =>
        [`${term},`, `${term} against`].some((start) => row.term.startsWith(start)),
      );
      expect(own?.real.value).toBeCloseTo(coefficient, 4);
      expect(own?.real.interval?.low).toBeCloseTo(coefficient - 1.959964 * error, 3);
    }
  });
});

/** Follow-up whose hazard rises with severity; `strength` 0: with nothing. */
function cohort(rows: number, seed: number, strength: number): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const severity = rng.normal();
    const centre = rng.integer(3);
    const time = Math.ceil((-300 * Math.log(1 - rng.uniform())) / Math.exp(strength * severity));
    return {
      severity,
      centre,
      twin: 2 * severity + 1,
      futime: Math.min(time, 365),
      status: time <= 365 ? 1 : 0,
    };
  });
  return tableOf({
    severity: { kind: "decimal", cells: people.map((p) => p.severity) },
    twin: { kind: "decimal", cells: people.map((p) => p.twin) },
    centre: { kind: "category", cells: people.map((p) => ["A", "B", "C"][p.centre] as string) },
    rare: { kind: "category", cells: people.map((_, i) => (i < 4 ? "rare one" : i % 2 === 0 ? "a" : "b")) },
    futime: { kind: "integer", survival: "time", cells: people.map((p) => p.futime) },
    status: {
      kind: "boolean",
      role: "target",
      survival: "event",
      cells: people.map((p) => String(p.status)),
    },
  });
}

describe("what it takes and what it says", () => {
  const train = cohort(800, 1, 0.7);
  const holdout = cohort(400, 2, 0.7);

  it("finds follow-up and event, leaves out what is determined by others, and pools a level of four patients", async () => {
    const { models, sentence, verdict } = await measured({ train, holdout, synthetic: cohort(800, 3, 0.7) });
    expect(models.map(({ name }) => name)).toEqual([
      "Logistic regression of status (1)",
      "Cox regression of futime until status (1)",
    ]);
    expect(sentence).toContain("Cox regression of futime until status (1)");
    for (const { rows } of models) {
      const terms = rows.map(({ term }) => term).join();
      expect(terms).not.toMatch(/futime|status|rare one/);
      expect(rows.filter(({ term }) => /severity|twin/.test(term)).length).toBe(1);
    }
    const hazard = models[1]?.rows.find(({ term }) => /severity|twin/.test(term));
    expect(hazard?.real.value).toBeGreaterThan(0.55);
    expect(hazard?.real.value).toBeLessThan(0.85);
    expect(verdict).not.toMatch(/worse/);
  });

  it("takes no other indicator of the event as a covariate, and says so", async () => {
    const withFlag = (table: Table): Table => {
      const at = table.schema.columns.findIndex(({ name }) => name === "status");
      const [status, schema] = [table.columns[at], table.schema.columns[at]];
      if (status?.type !== "coded" || !schema) throw new Error("status");
      const { survival: _, ...rest } = schema;
      const flag = {
        ...status,
        levels: status.levels.map((level) => (level === "1" ? "deceased" : "alive")),
      };
      return {
        ...table,
        columns: [...table.columns, flag],
        schema: {
          ...table.schema,
          columns: [...table.schema.columns, { ...rest, name: "vital", role: "feature" }],
        },
      };
    };
    const { models, note } = await measured({
      train: withFlag(train),
      holdout: withFlag(holdout),
      synthetic: withFlag(cohort(800, 3, 0.7)),
    });
    for (const { rows } of models) expect(rows.map(({ term }) => term).join()).not.toContain("vital");
    expect(note).toContain("vital tells status by itself and is no covariate of it.");
    expect((await measured({ train, holdout, synthetic: cohort(800, 3, 0.7) })).note).not.toContain(
      "by itself",
    );
  });

  it("an effect that is lost in the synthetic table lowers the overlap", async () => {
    const kept = await measured({ train, holdout, synthetic: cohort(800, 3, 0.7) });
    const lost = await measured({ train, holdout, synthetic: cohort(800, 3, 0) });
    const worst = lost.models[1]?.rows.find(({ term }) => /severity|twin/.test(term));
    expect(worst?.overlap).toBeLessThan(0);
    expect(lost.value).toBeLessThan(kept.value - 0.05);
  });

  it("a level that the synthetic table lacks counts as no overlap, and the note says so", async () => {
    const synthetic = cohort(800, 3, 0.7);
    const at = synthetic.schema.columns.findIndex(({ name }) => name === "centre");
    const centre = synthetic.columns[at];
    if (centre?.type !== "coded") throw new Error("centre");
    const only = { ...centre, codes: centre.codes.map(() => 0) };
    const { note, value } = await measured({
      train,
      holdout,
      synthetic: { ...synthetic, columns: synthetic.columns.with(at, only) },
    });
    expect(note).toMatch(/determine no estimate of [2-4] coefficients/);
    expect(value).toBeLessThan(0.7);
  });
});
