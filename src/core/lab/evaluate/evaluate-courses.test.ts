import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { metrics } from "../../metrics/registry.ts";
import { visitsShuffled, wardCourses } from "../../metrics/fixtures/ward-courses.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { reportShape } from "../../report/report-shape.ts";
import type { Table } from "../../table/table.ts";
import { coursesOf } from "../../visits/courses.ts";
import { evaluate } from "./evaluate.ts";
import { learnedOnly } from "./learned-only.ts";
import { courseExtremesOf, EXTREME_PATIENTS } from "./extremes.ts";

const run: RunFacts = {
  table: "visits",
  synthesizer: "visits",
  synthesizerName: "Visits",
  params: {},
  seed: 1,
  device: "none",
  seconds: 0,
  finishedAt: "2026-01-01T00:00:00.000Z",
};

const [train, holdout, fresh] = [wardCourses(260, 1), wardCourses(120, 2), wardCourses(260, 3)];
const some = new Set(["column-shapes", "visit-counts", "lag-correlation", "transitions", "missing-runs"]);
const measures = metrics.filter(({ id }) => some.has(id));
const reportOf = (synthetic: Table, facts = run): Promise<Report> =>
  evaluate({ train, holdout, synthetic }, facts, createRng(1), { metrics: measures });
const { patients: _, ...flat } = fresh;

describe("a report of patients over time", () => {
  let report: Report;
  beforeAll(async () => {
    report = await reportOf(fresh);
  }, 60_000);

  it("has measures of courses beside those of rows, and extremes that keep patients whole", () => {
    expect(report.metrics.map(({ info }) => info.id).toSorted()).toEqual([...some].toSorted());
    for (const { info, result } of report.metrics) {
      if (result.status !== "ok") throw new Error(`${info.id}: ${result.reason}`);
      expect(result.verdict, info.id).not.toMatch(/worse/);
      if (!["lag-correlation", "transitions", "missing-runs"].includes(info.id)) continue;
      const { independent = 0, bootstrap = 1 } = result.extremes ?? {};
      expect(independent, info.id).toBeGreaterThan(result.baseline.value + info.margin);
      expect(bootstrap, info.id).toBeLessThan(independent / 2);
    }
    expect(report.notes.join(" ")).toContain(`on at most ${EXTREME_PATIENTS} patients`);
    expect(reportShape.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report.metrics.every(({ info }) => !("about" in info))).toBe(true);
  });

  it("says what of courses is wrong", async () => {
    const shuffled = await reportOf(visitsShuffled(fresh, createRng(4)));
    expect(shuffled.axes.find(({ family }) => family === "fidelity")).toMatchObject({
      metric: "transitions",
    });
    expect(shuffled.caveat).toMatch(/Do not study how patients progress with it.*: stage changes/);
  });

  it("says first that rows of one patient were learned as strangers", async () => {
    const strangers = await reportOf(flat);
    expect(strangers.caveat).toContain("study patients over time with it");
    expect(strangers.caveat).toContain("rows of one patient were learned as strangers");
    const by = new Map(strangers.metrics.map(({ info, result }) => [info.id, result]));
    expect(by.get("visit-counts")).toMatchObject({ value: 1, verdict: "much-worse" });
    expect(by.get("transitions")).toMatchObject({ status: "skipped" });
    expect(by.get("column-shapes")).toMatchObject({ status: "ok" });
    const elsewhere = await reportOf(flat, { ...run, synthesizer: "elsewhere" });
    expect(elsewhere.caveat).toContain("no two of its rows are told to be of one patient");
  });
});

describe("a report of rows", () => {
  it("has no measure of courses, not even as skipped", async () => {
    const timeless = (table: Table): Table => ({
      ...table,
      schema: {
        ...table.schema,
        columns: table.schema.columns.map(({ course: __, ...column }) => column),
      },
    });
    const tables = { train: timeless(train), holdout: timeless(holdout), synthetic: timeless(flat) };
    const report = await evaluate(tables, run, createRng(1), { metrics: measures });
    expect(report.metrics.map(({ info }) => info.id)).toEqual(["column-shapes"]);
    expect(report.caveat).not.toContain("strangers");
    expect(report.notes.join(" ")).not.toContain("visits stay");
  });
});

describe("a synthetic table from elsewhere", () => {
  const visits = (time: boolean): Table =>
    tableOf({
      id: { kind: "identifier", role: "identifier", cells: ["a", "a", "b", "b", "b", "c"] },
      day: { kind: "integer", cells: [0, 9, 0, 3, 8, 0], ...(time && { course: "time" }) },
      bili: { kind: "decimal", cells: [1, 2, 3, 4, 5, 6] },
    });
  const patientsIn = (table: Table) =>
    learnedOnly({ train: table, holdout: table, synthetic: table }).synthetic.patients;

  it("has the patients that its column names, where patients go through time", () => {
    expect([...(patientsIn(visits(true)) ?? [])]).toEqual([0, 0, 1, 1, 1, 2]);
    expect(patientsIn(visits(false))).toBeUndefined();
  });
});

describe("extremes of courses", () => {
  const { independent, bootstrap } = courseExtremesOf({ train, holdout, synthetic: fresh }, createRng(2));

  it("keep patients whole and few, and their visits when they were", () => {
    const [made, real] = [coursesOf(independent.synthetic), coursesOf(independent.train)];
    expect(made?.times).toEqual(real?.times);
    expect(real?.starts.length).toBe(EXTREME_PATIENTS + 1);
  });

  it("draw patients with replacement, each as one of its own", () => {
    const drawn = coursesOf(bootstrap.synthetic);
    expect(drawn?.starts.length).toBe(coursesOf(bootstrap.train)?.starts.length);
    const days = new Set<string>();
    for (let p = 0; p + 1 < (drawn?.starts.length ?? 0); p++)
      days.add(
        [...(drawn?.rows.subarray(drawn.starts[p], drawn.starts[p + 1]) ?? [])]
          .map((row) => drawn?.times[row])
          .join(),
      );
    expect(days.size).toBeLessThan((drawn?.starts.length ?? 0) * 0.8);
    expect(days.size).toBeGreaterThan((drawn?.starts.length ?? 0) * 0.5);
  });
});
