import { beforeAll, describe, expect, it } from "vitest";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { c2st } from "../../metrics/fidelity/c2st.ts";
import { columnShapes } from "../../metrics/fidelity/column-shapes.ts";
import { pairTrends } from "../../metrics/fidelity/pair-trends.ts";
import { tstr } from "../../metrics/utility/tstr.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import { metrics } from "../../metrics/registry.ts";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { splitRows } from "../../table/split.ts";
import { learnedColumns, selectColumns, takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { comparePairs } from "./compare-pairs.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { evaluate } from "./evaluate.ts";
import { reportShape } from "../../report/report-shape.ts";

const run: RunFacts = {
  table: "example",
  synthesizer: "independent",
  synthesizerName: "Independent columns",
  params: {},
  seed: 1,
  device: "none",
  seconds: 0,
  finishedAt: "2026-01-01T00:00:00.000Z",
};

function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const severity = Array.from({ length: rows }, () => rng.normal());
  return tableOf({
    id: { kind: "identifier", role: "identifier", cells: severity.map((_, i) => `P${i + 1000 * seed}`) },
    age: { kind: "integer", cells: severity.map((s) => Math.round(60 + 6 * s + 9 * rng.normal())) },
    bnp: { kind: "decimal", cells: severity.map((s) => Math.exp(5 + s + 0.2 * rng.normal())) },
    class: { kind: "category", cells: severity.map((s) => (s > 0.8 ? "III" : s > -0.3 ? "II" : "I")) },
    died: {
      kind: "boolean",
      role: "target",
      cells: severity.map((s) => (s + rng.normal() > 1 ? "yes" : "no")),
    },
  });
}

const tables = { train: patients(400, 1), holdout: patients(150, 2), synthetic: patients(400, 3) };

describe("evaluate", () => {
  const seen: number[] = [];
  let report: Report;
  beforeAll(async () => {
    report = await evaluate(tables, run, createRng(1), { onProgress: (_, share) => seen.push(share) });
  }, 180_000);

  it("reports every metric, the learned columns and pairs, worst first, and repeats from its seed", async () => {
    const ids = report.metrics.map(({ info }) => info.id);
    const ofRows = metrics.filter(({ about }) => about === undefined);
    expect(ids.toSorted()).toEqual(ofRows.map(({ id }) => id).toSorted());
    expect(report.shape).toEqual({ train: 400, holdout: 150, synthetic: 400, columns: 4 });
    expect(report.target).toBe("died");
    expect(report.columns.map(({ name }) => name)).not.toContain("id");
    const noises = report.columns.map(({ noise }) => noise);
    expect(noises).toEqual(noises.toSorted((a, b) => b - a));
    expect(report.headline).toMatch(/^Use for software tests/);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    const apart = report.metrics.find(({ info }) => info.id === "exact-copies")?.result;
    expect(apart).toMatchObject({ extremes: { bootstrap: 1 } });
    expect(report.axes.map(({ family }) => family).toSorted()).toEqual([
      "clinical",
      "fairness",
      "fidelity",
      "privacy",
      "utility",
    ]);
    const again = await evaluate(tables, run, createRng(1));
    expect(again.metrics.map(({ result }) => result)).toEqual(report.metrics.map(({ result }) => result));
  });

  it("holds no patient's identifier and survives JSON", () => {
    const text = JSON.stringify(report);
    expect(text).not.toMatch(/P1\d{3}/);
    expect(JSON.parse(text)).toEqual(report);
    expect(reportShape.parse(JSON.parse(text))).toEqual(report);
    expect(report.map?.maps.map(({ method }) => method)).toEqual(["pca", "umap"]);
  });

  it("puts privacy before all else when the training rows come back", async () => {
    const { headline, caveat } = await evaluate({ ...tables, synthetic: tables.train }, run, createRng(1));
    expect(headline).toBe(
      "Do not use this table or pass it on: 400 of its 400 rows are copies of real patients.",
    );
    expect(caveat).toContain("copies always fit");
  });

  it("offers first models of the target only where the synthetic rows predict it", async () => {
    const { bears } = tstr;
    const own = report.metrics.find(({ info }) => info.id === "tstr")?.result;
    if (own?.status !== "ok") throw new Error("it is measured");
    expect(bears?.holds({ ...own, verdict: "good" })).toBe(true);
    for (const verdict of ["cannot-tell", "much-worse"] as const)
      expect(bears?.holds({ ...own, verdict })).toBe(false);
    expect(report.headline.includes("first models that predict died")).toBe(
      /^(good|worse)$/.test(own.verdict),
    );
    const rng = createRng(5);
    const shuffled = tables.synthetic.columns.map((column) => {
      const { columns } = takeRows({ ...tables.synthetic, columns: [column] }, rng.permutation(400));
      return columns[0] as Table["columns"][number];
    });
    const few = {
      ...tables,
      holdout: patients(40, 2),
      synthetic: { ...tables.synthetic, columns: shuffled },
    };
    expect((await evaluate(few, run, createRng(1))).headline).not.toContain("first models");
  });

  it("shuffled columns of the sample cohort are good for neither methods nor models", async () => {
    const cohort = simulateCohort("heart-failure", 1);
    const { train, holdout } = splitRows(cohort, { share: 0.2, seed: 1 });
    const real = selectColumns(takeRows(cohort, train.slice(0, 800)), learnedColumns(cohort.schema));
    const held = selectColumns(takeRows(cohort, holdout.slice(0, 200)), learnedColumns(cohort.schema));
    for (const seed of [1, 2]) {
      const rng = createRng(seed);
      const columns = real.columns.map(
        (column) =>
          takeRows({ ...real, columns: [column] }, rng.permutation(real.rows)).columns[0] as typeof column,
      );
      const { headline } = await evaluate(
        { train: real, holdout: held, synthetic: { ...real, columns } },
        run,
        rng,
        { metrics: [columnShapes, pairTrends, c2st, tstr] },
      );
      expect(headline).toMatch(/^Use for software tests and teaching(\.| among)/);
    }
  }, 180_000);

  it("says of how many patients the rows are, where some have several", async () => {
    const cohort = simulateCohort("diabetes", 1);
    const { train, holdout } = splitRows(cohort, { share: 0.2, seed: 1 });
    const [real, held] = [takeRows(cohort, train), takeRows(cohort, holdout)];
    const { notes } = await evaluate({ train: real, holdout: held, synthetic: real }, run, createRng(1), {
      metrics: [columnShapes],
    });
    const ids = new Set(
      (cohort.columns[0]?.type === "coded" ? cohort.columns[0].codes : []).filter((_, row) =>
        holdout.includes(row),
      ),
    );
    expect(notes.join()).toContain(`${held.rows} held out of ${ids.size} patients`);
    const few = takeRows(held, [0, 1, 2, 3, 4, 5, 6]);
    const scarce = await evaluate({ train: real, holdout: few, synthetic: real }, run, createRng(1), {
      metrics: [columnShapes, c2st],
    });
    expect(scarce.run.notices?.join()).toMatch(
      /^The rows held out are of fewer than 5 patients; .* was not measured\.$/,
    );
    const plain = await evaluate(tables, run, createRng(1), { metrics: [columnShapes] });
    expect(plain.run).toEqual(run);
    expect(plain.notes.join()).not.toContain("Patients have several rows");
  });

  it("rejects when cancelled, and when the columns differ", async () => {
    let asked = 0;
    const cancelled = (): boolean => ++asked > 5;
    await expect(evaluate(tables, run, createRng(1), { cancelled })).rejects.toMatchObject({
      fault: { code: "cancelled" },
    });
    const other = tableOf({ age: { kind: "integer", cells: [1, 2, 3] } });
    await expect(evaluate({ ...tables, synthetic: other }, run, createRng(1))).rejects.toThrow(FaultError);
  });
});

describe("comparePairs", () => {
  it("names the measure by the kinds and puts the lost relationship first", async () => {
    const rng = createRng(4);
    const order = rng.permutation(400);
    const broken = takeRows(tables.train, order).columns[2] as Table["columns"][number];
    const synthetic = { ...tables.train, columns: tables.train.columns.with(2, broken) };
    const { correlations, notes } = await comparePairs(tables.train, synthetic, rng);
    const [worst] = correlations.worst;
    expect(worst).toMatchObject({ a: "bnp", b: "class", measure: "correlation-ratio" });
    expect(Math.abs(worst?.synthetic as number)).toBeLessThan(0.2);
    expect(correlations.difference[1]?.[2]).toBeLessThan(-0.4);
    expect(correlations.worst.find(({ a, b }) => a === "age" && b === "bnp")?.measure).toBe("pearson");
    expect(correlations.worst.find(({ a, b }) => a === "class" && b === "died")?.measure).toBe("cramers-v");
    expect(notes).toEqual([]);
  });

  it("keeps the work bounded for 300 columns, and says how", async () => {
    const rng = createRng(5);
    const wide = (rows: number): Table =>
      tableOf(
        Object.fromEntries(
          Array.from({ length: 300 }, (_, c) => [
            `c${c}`,
            { kind: "decimal" as const, cells: Array.from({ length: rows }, () => rng.normal()) },
          ]),
        ),
      );
    const { correlations, notes } = await comparePairs(wide(2000), wide(600), rng);
    expect(correlations.names).toHaveLength(60);
    expect(correlations.worst).toHaveLength(50);
    expect(notes).toHaveLength(2);
  });
});
