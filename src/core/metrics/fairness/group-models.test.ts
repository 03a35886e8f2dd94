import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { demographicParity, predictedPositive } from "./demographic-parity.ts";
import { equalisedOdds, errorRates } from "./equalised-odds.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { calibration, groupCalibration } from "./group-calibration.ts";
import { divergence } from "./group-fidelity.ts";
import { flaggedShares, gapOf, tallyOf } from "./group-gaps.ts";
import { groupUtility } from "./group-utility.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric } from "../metric.ts";
import { logRatio, ratioInterval } from "../measuring/ratio.ts";

/** Made by fixtures/groups.py with fairlearn and scipy. */
interface Reference {
  group: number[];
  truth: number[];
  probability: number[];
  flagged: number[];
  parity: number;
  odds: number;
  byGroup: Record<"rate" | "found" | "alarm", number[]>;
  calibration: number[];
  tied: Pick<Reference, "group" | "truth" | "probability" | "parity" | "odds" | "byGroup">;
  kl: { real: number[]; other: number[]; value: number };
  risks: { a: number; n: number; b: number; m: number; ratio: number; low: number; high: number }[];
}
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/groups.json", import.meta.url), "utf8"),
) as Reference;

describe("against fairlearn and scipy", () => {
  const answers = {
    truth: Int8Array.from(reference.truth),
    probability: Float64Array.from(reference.probability),
    flagged: Float64Array.from(reference.flagged),
  };
  const tallies = [0, 1, 2].map((g) =>
    tallyOf(
      answers,
      [...reference.group.keys()].filter((row) => reference.group[row] === g),
    ),
  );

  it("the rates of groups and their greatest differences", () => {
    tallies.forEach((tally, g) => {
      expect(predictedPositive.of(tally).value).toBeCloseTo(reference.byGroup.rate[g] as number, 12);
      expect(errorRates[0]?.of(tally).value).toBeCloseTo(reference.byGroup.found[g] as number, 12);
      expect(errorRates[1]?.of(tally).value).toBeCloseTo(reference.byGroup.alarm[g] as number, 12);
      expect(calibration.of(tally).value).toBeCloseTo(reference.calibration[g] as number, 12);
    });
    expect(gapOf([predictedPositive], tallies)).toBeCloseTo(reference.parity, 12);
    expect(gapOf(errorRates, tallies)).toBeCloseTo(reference.odds, 12);
  });

  it("the same where most risks tie at the threshold, ties broken by lot in expectation", () => {
    const { tied } = reference;
    const truth = Int8Array.from(tied.truth);
    const probability = Float64Array.from(tied.probability);
    const split = { truth, probability, flagged: flaggedShares(truth, probability) };
    const byGroup = [0, 1].map((g) =>
      tallyOf(
        split,
        [...tied.group.keys()].filter((row) => tied.group[row] === g),
      ),
    );
    byGroup.forEach((tally, g) => {
      expect(predictedPositive.of(tally).value).toBeCloseTo(tied.byGroup.rate[g] as number, 10);
      expect(errorRates[0]?.of(tally).value).toBeCloseTo(tied.byGroup.found[g] as number, 10);
      expect(errorRates[1]?.of(tally).value).toBeCloseTo(tied.byGroup.alarm[g] as number, 10);
    });
    expect(gapOf([predictedPositive], byGroup)).toBeCloseTo(tied.parity, 10);
    expect(gapOf(errorRates, byGroup)).toBeCloseTo(tied.odds, 10);
  });

  it("the Kullback-Leibler divergence before chance is taken off", () => {
    const { real, other, value } = reference.kl;
    const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0) + counts.length / 2;
    const chance = ((real.length - 1) / 2) * (1 / sum(real) + 1 / sum(other));
    expect(divergence(Float64Array.from(real), Float64Array.from(other))).toBeCloseTo(
      Math.max(0, value - chance),
      12,
    );
  });

  it("ratios of two shares with their intervals", () => {
    for (const { a, n, b, m, ratio, low, high } of reference.risks) {
      const ours = logRatio(a - 0.5, n - 0.5, b - 0.5, m - 0.5);
      expect(Math.exp(ours.value)).toBeCloseTo(ratio, 10);
      expect(ratioInterval(ours).low).toBeCloseTo(low, 5);
      expect(ratioInterval(ours).high).toBeCloseTo(high, 5);
    }
  });
});

/** Women and men whose outcome depends on a score alike; `forWomen` may change the women's outcome. */
function patients(
  rows: number,
  seed: number,
  forWomen: (died: boolean, uniform: number) => boolean = (died) => died,
): Table {
  const rng = createRng(seed);
  const people = Array.from({ length: rows }, () => {
    const woman = rng.uniform() < 0.4;
    const score = rng.normal();
    const ill = rng.uniform() < 1 / (1 + Math.exp(1 - 2 * score));
    const u = rng.uniform();
    return { woman, score, noise: rng.normal(), died: woman ? forWomen(ill, u) : ill };
  });
  return tableOf({
    sex: { kind: "category", role: "sensitive", cells: people.map(({ woman }) => (woman ? "F" : "M")) },
    score: { kind: "decimal", cells: people.map(({ score }) => score) },
    noise: { kind: "decimal", cells: people.map(({ noise }) => noise) },
    died: { kind: "boolean", role: "target", cells: people.map(({ died }) => (died ? "yes" : "no")) },
  });
}

describe("the threshold", () => {
  const truth = Int8Array.from([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, -1]);
  const alarms = (flagged: Float64Array) =>
    truth.reduce((sum, is, row) => sum + (is === 0 ? (flagged[row] as number) : 0), 0) / 7;

  it("raises no false alarm where every case ranks above every other patient, tied or not", () => {
    for (const risks of [
      truth.map((is) => (is === 1 ? 9 : 1)),
      truth.map((is, row) => (is === 1 ? 20 : row)),
    ]) {
      const flagged = flaggedShares(
        truth,
        Float64Array.from(risks, (risk) => risk / 10),
      );
      expect(alarms(flagged)).toBe(0);
      expect(flagged.slice(0, 3)).toEqual(Float64Array.of(1, 1, 1));
    }
  });

  it("flags nobody wholly, and everybody alike, where all have one risk", () => {
    const flagged = flaggedShares(truth, new Float64Array(truth.length).fill(0.3));
    expect(Array.from(flagged.subarray(0, 10))).toEqual(new Array(10).fill(0.3));
  });
});

const train = patients(1500, 1);
const holdout = patients(800, 2);
async function measured(metric: Metric, synthetic: Table) {
  const result = await metric.compute({ train, holdout, synthetic }, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  const groups = result.detail?.type === "groups" ? result.detail.groups : [];
  return { ...judgedMeasure(metric, result, 1), groups };
}

/** Everybody has the same score, so that a model of it gives everybody one risk. */
const constant = (table: Table): Table => ({
  ...table,
  columns: table.columns.map((column, i) =>
    i === 3
      ? column
      : column.type === "numeric"
        ? { ...column, values: column.values.map(() => 0) }
        : { ...column, codes: column.codes.map(() => 0) },
  ),
});

/** of those who died */
function share(table: Table): number {
  const died = table.columns[3];
  if (died?.type !== "coded") throw new Error("not coded");
  return died.codes.filter((code) => died.levels[code] === "yes").length / table.rows;
}

describe("models by group", () => {
  const fresh = patients(1500, 3);
  /** no woman ever dies in these rows */
  const spared = patients(1500, 3, () => false);
  /** the women's outcome has nothing to do with their score */
  const random = patients(1500, 3, (_, uniform) => uniform < 0.35);

  it("is silent where groups are treated as by a model of real rows", async () => {
    for (const metric of [groupUtility, demographicParity, equalisedOdds, groupCalibration]) {
      expect((await measured(metric, fresh)).verdict, metric.id).not.toBe("much-worse");
    }
  });

  it("names the group that a model predicts worse", async () => {
    const result = await measured(groupUtility, random);
    expect(result.verdict).toBe("much-worse");
    expect(result.sentence).toMatch(
      /^A model of died trained on synthetic rows loses most in patients with sex F: AUROC/,
    );
  });

  it("says the same of one population whether risks tie or not, and finds no false alarm in a perfect model", async () => {
    const told = (table: Table): Table => {
      const died = table.columns[3];
      if (died?.type !== "coded") throw new Error("not coded");
      const values = Float64Array.from(died.codes, (code) => (died.levels[code] === "yes" ? 1 : 0));
      return { ...table, columns: table.columns.with(1, { type: "numeric", values }) };
    };
    const result = await equalisedOdds.compute(
      { train: told(train), holdout: told(holdout), synthetic: told(patients(400, 4)) },
      createRng(1),
    );
    if (result.status !== "ok" || result.detail?.type !== "groups") throw new Error("not measured");
    for (const { name, figures = [] } of result.detail.groups) {
      expect(figures[0]?.synthetic.value, name).toBe(1);
      expect(figures[1]?.synthetic.value, name).toBe(0);
    }
    const parity = await measured(demographicParity, constant(fresh));
    expect(parity.value).toBeCloseTo(0, 12);
    expect(parity.groups.map(({ figures }) => figures?.[0]?.synthetic.value)).toEqual(
      parity.groups.map(() => expect.closeTo(share(holdout), 10) as number),
    );
  });

  it("finds a group that is never predicted to have the outcome, in parity, odds and calibration", async () => {
    for (const metric of [demographicParity, equalisedOdds, groupCalibration]) {
      const result = await measured(metric, spared);
      expect(result.verdict, metric.id).toBe("much-worse");
      expect(result.value, metric.id).toBeGreaterThan(result.baseline.value + 0.1);
      expect(result.sentence, metric.id).toMatch(/of sex/);
    }
  });

  it("says why it has nothing to say", async () => {
    const reason = async (metric: Metric, change: (table: Table) => Table): Promise<string> => {
      const result = await metric.compute(
        { train: change(train), holdout: change(holdout), synthetic: change(fresh) },
        createRng(1),
      );
      return result.status === "skipped" ? result.reason : "";
    };
    const asFeature = (role: "sensitive" | "target") => (table: Table) => ({
      ...table,
      schema: {
        ...table.schema,
        columns: table.schema.columns.map((column) =>
          column.role === role ? { ...column, role: "feature" as const } : column,
        ),
      },
    });
    expect(await reason(demographicParity, asFeature("target"))).toBe("No column is marked as the target.");
    expect(await reason(groupUtility, asFeature("sensitive"))).toMatch(/^No column is marked as a group/);
    const three = (table: Table): Table => {
      const score = table.columns[1];
      if (score?.type !== "numeric") throw new Error("not numeric");
      const cells = [...score.values].map((value) => (value < -1 ? "low" : value > 1 ? "high" : "mid"));
      const made = tableOf({ died: { kind: "category", role: "target", cells } });
      return {
        ...table,
        columns: table.columns.with(3, made.columns[0] as (typeof table.columns)[number]),
        schema: { ...table.schema, columns: table.schema.columns.with(3, made.schema.columns[0] as never) },
      };
    };
    expect(await reason(equalisedOdds, three)).toBe(
      "Only a target of two classes is compared between groups; died is not one.",
    );
  });
});
