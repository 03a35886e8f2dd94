import { expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { jensenShannon } from "../../metrics/fidelity/jensen-shannon.ts";
import { klDivergence } from "../../metrics/fidelity/kl-divergence.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Table } from "../../table/table.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { reportShape } from "../../report/report-shape.ts";
import { guardedReport } from "../take-away/guarded-report.ts";
import { evaluate } from "./evaluate.ts";
import { quickMetrics } from "./fixtures/quick-metrics.ts";

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
  const age = Array.from({ length: rows }, () => Math.round(60 + 9 * rng.normal()));
  return tableOf({
    age: { kind: "integer", cells: age },
    class: { kind: "category", cells: age.map((years) => (years + 5 * rng.normal() > 60 ? "II" : "I")) },
  });
}

const tables = { train: patients(200, 1), holdout: patients(120, 2), synthetic: patients(200, 3) };
// Evidence stands before and among what decides, so that an order by the registry would show.
const metrics = [jensenShannon, ...quickMetrics.slice(0, 3), klDivergence, ...quickMetrics.slice(3)];

const measured = async (order = metrics): Promise<{ first: Report; whole: Report }> => {
  let first: Report | undefined;
  const whole = await evaluate(tables, run, createRng(1), {
    metrics: order,
    onFirst: (report) => void (first = structuredClone(report)),
  });
  return { first: first as Report, whole };
};

it("the first report has every verdict and headline that the whole one has, and says what is to come", async () => {
  const { first, whole } = await measured();
  expect(first.axes).toEqual(whole.axes);
  expect([first.headline, first.caveat, first.risk]).toEqual([whole.headline, whole.caveat, whole.risk]);
  expect([first.columns, first.correlations]).toEqual([whole.columns, whole.correlations]);
  expect(first.pending).toEqual(["jensen-shannon", "kl-divergence"]);
  expect(first.notes[0]).toMatch(/^Measured so far: .* Not measured yet: 2 measures/);
  expect(first.map).toBeUndefined();
  expect(reportShape.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
  expect(guardedReport(first).pending).toEqual(first.pending);
  expect(whole.pending).toBeUndefined();
  expect(whole.notes.join()).not.toContain("Measured so far");
});

it("a metric's result is the same in either pass, and wherever it stands among the others", async () => {
  const { first, whole } = await measured();
  const resultOf = (report: Report, id: string) => report.metrics.find(({ info }) => info.id === id)?.result;
  expect(first.metrics.map(({ info }) => info.id).toSorted()).toEqual(
    quickMetrics.map(({ id }) => id).toSorted(),
  );
  for (const { info, result } of first.metrics) {
    if (result.status !== "ok") continue;
    const { extremes, ...rest } = resultOf(whole, info.id) as typeof result;
    const { extremes: _, ...early } = result;
    expect(rest).toEqual(early);
    if (info.id === "exact-copies") expect(extremes?.bootstrap).toBe(1);
  }
  const other = (await measured(metrics.toReversed())).whole;
  for (const { id } of metrics) expect(resultOf(other, id)).toEqual(resultOf(whole, id));
});

it("waits for its turn in the second pass only, and a cancelled second pass leaves the first report", async () => {
  let first: Report | undefined;
  const turns: boolean[] = [];
  let stop = false;
  const rejected = evaluate(tables, run, createRng(1), {
    metrics,
    onFirst: async (report) => {
      await Promise.resolve();
      first = report;
    },
    turn: async () => {
      turns.push(first !== undefined);
      stop = turns.length > 3;
      await Promise.resolve();
    },
    cancelled: () => stop,
  });
  await expect(rejected).rejects.toMatchObject({ fault: { code: "cancelled" } });
  expect(first?.headline).toMatch(/^Use for/);
  expect(turns).toEqual([true, true, true, true]);
});
