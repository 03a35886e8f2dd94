import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { impossibleCourses } from "../../clinical/visits/impossible-courses.ts";
import { MARKS, outcomeTables, type OutcomeReference } from "../../fixtures/outcome-tables.ts";
import type { Metric, Tables } from "../../metric.ts";
import { copiedCourses } from "../../privacy/visits/copied-courses.ts";
import { dcrSharePatients } from "../../privacy/visits/dcr-share-patients.ts";
import { tooClosePatients } from "../../privacy/visits/too-close-patients.ts";
import { nextLevel } from "./next-level.ts";
import { nextValue } from "./next-value.ts";
import { survivalPatients } from "./survival-patients.ts";
import { tstrPatients } from "./tstr-patients.ts";

const reference = JSON.parse(
  readFileSync(new URL("../../fixtures/outcomes.json", import.meta.url), "utf8"),
) as OutcomeReference;
const { expected } = reference;
const tables = outcomeTables(reference);

async function measured(metric: Metric, given: Tables = tables) {
  const result = await metric.compute(given, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return result;
}

async function models(metric: Metric) {
  const { detail } = await measured(metric);
  if (detail?.type !== "models") throw new Error("no models");
  return new Map(detail.rows.map((row) => [row.name, row]));
}

describe("against numpy, pandas, scipy and scikit-learn (fixtures/outcomes.py)", () => {
  it.each([
    ["the marked event and the end of follow-up", expected.marked, tables],
    ["the state that nobody leaves", expected.absorbing, outcomeTables(reference, { ...MARKS, died: {} })],
  ])("survival by %s", async (_, { synthetic, holdout, logrank }, given) => {
    const { value, baseline, sentence } = await measured(survivalPatients, given);
    expect(value).toBeCloseTo(synthetic[0], 8);
    expect(baseline.value).toBeCloseTo(holdout[0], 8);
    expect(sentence).toContain(`${(100 * synthetic[1]).toFixed(1)}% at most`);
    expect(sentence).toContain(`and ${(100 * holdout[1]).toFixed(1)}%`);
    for (const [, p] of logrank) expect(sentence).toContain(`p = ${p.toFixed(3)}`);
  });

  it("the outcome from the course, learned from either side", async () => {
    const found = await models(tstrPatients);
    for (const [name, at, within] of [
      ["Logistic regression", 0, 0.002],
      ["Gradient boosting", 1, 0.03],
    ] as const) {
      const row = found.get(name);
      expect(Math.abs((row?.synthetic ?? NaN) - expected.outcome.synthetic[at])).toBeLessThan(within);
      expect(Math.abs((row?.real ?? NaN) - expected.outcome.real[at])).toBeLessThan(within);
    }
  });

  it("the next visit's numbers and categories", async () => {
    const found = new Map([...(await models(nextValue)), ...(await models(nextLevel))]);
    expect([...found.keys()].toSorted()).toEqual(Object.keys(expected.next.real).toSorted());
    for (const [name, row] of found) {
      expect(Math.abs(row.synthetic - (expected.next.synthetic[name] ?? NaN)), name).toBeLessThan(0.005);
      expect(Math.abs(row.real - (expected.next.real[name] ?? NaN)), name).toBeLessThan(0.005);
    }
  });

  it("how near summaries of courses lie", async () => {
    expect((await measured(dcrSharePatients)).value).toBeCloseTo(expected.near.dcr, 6);
    expect((await measured(tooClosePatients)).value).toBeCloseTo(expected.near.close, 6);
  });

  it("copied courses, and those that cannot be", async () => {
    const copied = await measured(copiedCourses);
    expect(copied.value).toBeCloseTo(expected.copies[0] / expected.copies[1], 10);
    expect(copied.sentence).toContain(`${expected.copies[0]} of ${expected.copies[1]} synthetic patients`);
    const impossible = await measured(impossibleCourses);
    expect(impossible.value).toBeCloseTo(expected.impossible[0] / expected.impossible[1], 10);
  });
});
