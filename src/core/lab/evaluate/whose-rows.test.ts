import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { standardDeviation } from "../../math/statistics.ts";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Tables } from "../../metrics/metric.ts";
import { learnedColumns, selectColumns, takeRows, type Column, type Table } from "../../table/table.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { reportShape } from "../../report/report-shape.ts";
import { evaluate } from "./evaluate.ts";

const run: RunFacts = {
  table: "ed_visits.csv",
  synthesizer: "elsewhere",
  synthesizerName: "vendor.csv",
  params: {},
  seed: 1,
  device: "wasm",
  seconds: 0,
  finishedAt: "2026-01-01T00:00:00.000Z",
};

function patients(rows: number, seed: number): Table {
  const table = simulateCohort("heart-failure", seed, rows);
  return selectColumns(table, learnedColumns(table.schema));
}

/** Every number moved by noise of this share of its column's spread. */
function noised(table: Table, share: number, seed: number): Table {
  const rng = createRng(seed);
  const columns = table.columns.map((column, i): Column => {
    if (column.type !== "numeric") return column;
    const spread = standardDeviation(column.values.filter((value) => !Number.isNaN(value)));
    const decimals = table.schema.columns[i]?.number?.decimals ?? 6;
    return {
      ...column,
      values: column.values.map((value) =>
        Number((value + share * spread * rng.normal()).toFixed(Math.min(6, decimals))),
      ),
    };
  });
  return { ...table, columns };
}

const REAL = 3000;
const real = patients(REAL, 1);
const nobody = takeRows(real, []);
/** All of privacy, and some of each other side: every measure would take minutes. */
const some = new Set([
  "column-shapes",
  "coverage",
  "tstr",
  "equalised-odds",
  "group-shares",
  "plausibility-rules",
]);
const measures = metrics.filter(({ id, family }) => family === "privacy" || some.has(id));
const fast = new Set([
  "exact-copies",
  "near-copies",
  "nndr",
  "rare-combinations",
  "dcr-share",
  "column-shapes",
  "tstr",
]);
const few = metrics.filter(({ id }) => fast.has(id));
const report = (tables: Tables, of = few): Promise<Report> =>
  evaluate(tables, run, createRng(1), { metrics: of });

const sideOf = ({ axes }: Report, family: string) => axes.find((axis) => axis.family === family);
const resultOf = ({ metrics: rows }: Report, id: string) => rows.find(({ info }) => info.id === id)?.result;

describe("metrics say whose rows they need", () => {
  it("all of privacy, and every model that is tested on real rows", () => {
    for (const { id, family, needs } of metrics) {
      if (family === "privacy") expect(needs, id).toContain("seen");
      if (family === "utility") expect(needs, id).toEqual(["unseen"]);
    }
    expect(metrics.filter(({ needs }) => needs?.join() === "seen").map(({ id }) => id)).toEqual([
      "exact-copies",
      "near-copies",
      "nndr",
      "rare-combinations",
      "copied-courses",
    ]);
  });
});

describe("copies with 2% noise, by a tool that had seen all 3,000 patients", () => {
  let copies: Report;
  beforeAll(async () => {
    copies = await report({ train: real, holdout: nobody, synthetic: noised(real, 0.02, 7) }, measures);
  }, 180_000);

  it("are red for privacy, by measures that need no unseen patients", () => {
    expect(sideOf(copies, "privacy")).toMatchObject({ verdict: "much-worse" });
    expect(resultOf(copies, "near-copies")).toMatchObject({ verdict: "much-worse" });
    expect(resultOf(copies, "nndr")).toMatchObject({ verdict: "much-worse" });
    const near = resultOf(copies, "near-copies");
    expect(near?.status === "ok" && near.value).toBeGreaterThan(0.9);
    expect(near?.status === "ok" && near.baseline.value).toBeLessThan(0.01);
  });

  it("leave nothing green: no other side is judged, no attack has a risk", () => {
    expect(copies.axes.filter(({ verdict }) => verdict === "good")).toEqual([]);
    expect(copies.risk).toBeUndefined();
    expect(copies.headline).toMatch(
      /^Do not use this table or pass it on: .* are near copies of real patients/,
    );
    expect(sideOf(copies, "fidelity")?.sentence).toMatch(/^Measured, but not judged/);
    expect(resultOf(copies, "column-shapes")).toMatchObject({ verdict: "cannot-tell", status: "ok" });
    for (const id of ["singling-out", "dcr-share", "membership-distance", "tstr", "equalised-odds"])
      expect(resultOf(copies, id), id).toMatchObject({ status: "skipped", wants: "unseen-patients" });
    expect(copies.findings.every(({ family }) => family === "privacy")).toBe(true);
    expect(copies.notMeasured.find(({ family }) => family === "utility")?.why).toMatch(/had not seen/);
    expect(copies.run.notices?.join()).toMatch(/taken to have seen all 3,000 real ones/);
    expect(copies.shape).toMatchObject({ train: REAL, holdout: 0 });
    expect(reportShape.parse(JSON.parse(JSON.stringify(copies)))).toEqual(copies);
  });
});

describe("fresh patients", () => {
  const fresh = patients(REAL, 99);

  it("are not red and not green where the tool is taken to have seen all", async () => {
    const blind = await report({ train: real, holdout: nobody, synthetic: fresh });
    expect(sideOf(blind, "privacy")).toMatchObject({ verdict: "cannot-tell" });
    expect(sideOf(blind, "fidelity")?.verdict).not.toMatch(/worse/);
    expect(resultOf(blind, "column-shapes")).toMatchObject({ status: "ok", verdict: "good" });
    expect(blind.headline).toMatch(/among (those|people) who may see the real table/);
    expect(blind.caveat).toMatch(/giving to others|pass it on/);
  }, 120_000);

  it("let fidelity and utility be judged where the tool had seen none, and privacy not", async () => {
    const held = await report({ train: nobody, holdout: real, synthetic: fresh });
    expect(sideOf(held, "privacy")).toMatchObject({ verdict: "cannot-tell" });
    expect(resultOf(held, "near-copies")).toMatchObject({ status: "skipped", wants: "seen-patients" });
    expect(resultOf(held, "tstr")).toMatchObject({ status: "ok" });
    expect(held.shape).toMatchObject({ train: 0, holdout: REAL });
    expect(held.columns.length).toBeGreaterThan(10);
  }, 120_000);

  it("copies of patients whom the tool is said not to have seen are red, and say that the answer is wrong", async () => {
    const held = await report({ train: nobody, holdout: real, synthetic: noised(real, 0.02, 7) });
    expect(sideOf(held, "privacy")).toMatchObject({ verdict: "much-worse" });
    expect(held.axes.filter(({ verdict }) => verdict === "good")).toEqual([]);
    expect(held.run.notices?.[0]).toMatch(/said not to have seen/);
  }, 120_000);
});

describe("a holdout that is no holdout", () => {
  it("three identical tables are red", async () => {
    const table = takeRows(
      real,
      Int32Array.from({ length: 600 }, (_, i) => i),
    );
    const same = await report({ train: table, holdout: table, synthetic: table });
    expect(sideOf(same, "privacy")).toMatchObject({ verdict: "much-worse" });
    expect(same.axes.filter(({ verdict }) => verdict === "good")).toEqual([]);
    expect(same.headline).toMatch(/^Do not use this table or pass it on/);
    expect(same.caveat).toMatch(/600 of 600 held-out rows were training rows and were taken out$/);
    expect(same.run.notices?.join()).toMatch(/600 of 600 held-out rows equal a training row/);
  }, 120_000);

  it("half an overlap leaves, and the other half measures what it would by itself", async () => {
    const rows = (from: number, to: number): Int32Array =>
      Int32Array.from({ length: to - from }, (_, i) => from + i);
    const train = takeRows(real, rows(0, 1200));
    const synthetic = noised(train, 0.02, 3);
    const half = await report({ train, holdout: takeRows(real, rows(900, 1500)), synthetic });
    expect(half.shape).toMatchObject({ train: 1200, holdout: 300 });
    const alone = await report({ train, holdout: takeRows(real, rows(1200, 1500)), synthetic });
    expect(resultOf(half, "dcr-share")).toEqual(resultOf(alone, "dcr-share"));
    expect(resultOf(half, "dcr-share")).toMatchObject({ verdict: "much-worse" });
  }, 120_000);
});
