import { describe, expect, it } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createRng } from "../../math/rng.ts";
import type { Tables } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import { splitRows } from "../../table/split.ts";
import { takeRows } from "../../table/table.ts";
import { evaluate } from "./evaluate.ts";
import { beforeTraining, notMeasurable } from "./few-patients.ts";

const run = {
  table: "few",
  synthesizer: "independent",
  synthesizerName: "Independent columns",
  params: {},
  seed: 1,
  device: "none",
  seconds: 0,
  finishedAt: "2026-01-01T00:00:00.000Z",
};

/** Real rows split as the lab does, and fresh rows of the same population. */
function fresh(patients: number): Tables {
  const real = simulateCohort("heart-failure", 1, patients);
  const { train, holdout } = splitRows(real, { share: 0.2, seed: 1 });
  return {
    train: takeRows(real, train),
    holdout: takeRows(real, holdout),
    synthetic: simulateCohort("heart-failure", 2, train.length),
  };
}

const scored = metrics.filter(({ scored: decides, about }) => decides && about === undefined);

describe.each([12, 40, 100])("a table of %d patients", (patients) => {
  it("tells no side, says so first, and counts what gave no answer", async () => {
    const tables = fresh(patients);
    const report = await evaluate(tables, run, createRng(1), { metrics: scored });
    expect(report.axes.map(({ verdict }) => verdict)).toEqual(Array(5).fill("cannot-tell"));
    expect(report.headline).toMatch(
      new RegExp(
        `^Not measurable with ${patients} patients: fidelity, utility, privacy, fairness and clinical plausibility\\.`,
      ),
    );
    const asked = report.axes.reduce((sum, { answers }) => sum + answers.notMeasured, 0);
    expect(asked).toBe(scored.length);
    const wanting = report.metrics.filter(
      ({ result }) => result.status === "skipped" && result.wants === "patients",
    );
    expect(wanting.length).toBeGreaterThan(5);
    if (patients < 25) expect(JSON.stringify(report.axes)).toContain("fewer than 5 of them were held out");
  }, 60_000);
});

it("rows that were copied are an alarm with a hundred patients too", async () => {
  const tables = fresh(100);
  const { axes, metrics: rows } = await evaluate({ ...tables, synthetic: tables.train }, run, createRng(1), {
    metrics: metrics.filter(({ id }) => id === "exact-copies"),
  });
  expect(axes.find(({ family }) => family === "privacy")?.verdict).toBe("much-worse");
  expect(notMeasurable(tables)).toContain("privacy");
  expect(notMeasurable(tables, rows)).not.toContain("privacy");
}, 60_000);

it("says before training what so few patients cannot tell; visits are no patients", () => {
  expect(beforeTraining(simulateCohort("heart-failure", 1, 100), 0.2)).toBe(
    "With 100 patients, about 20 of them held out, the evaluation cannot tell fidelity, utility, privacy, fairness and " +
      "clinical plausibility; that takes about 200 patients.",
  );
  expect(beforeTraining(simulateCohort("heart-failure", 1, 180), 0.2)).toContain(
    "cannot tell privacy and fairness;",
  );
  expect(beforeTraining(simulateCohort("heart-failure", 1, 250), 0.2)).toBeUndefined();
  expect(beforeTraining(simulateCohort("diabetes", 1, 250), 0.2)).toContain("patients, about");
  expect(beforeTraining(simulateCohort("heart-failure", 1, 100), 0)).toBeUndefined();
});
