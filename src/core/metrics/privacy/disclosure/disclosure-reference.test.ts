import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { aucWithError } from "../../../math/scores/auc-error.ts";
import { rocFigures } from "../../../math/scores/roc-figures.ts";
import type { Table } from "../../../table/table.ts";
import { takeRows } from "../../../table/table.ts";
import { tableOf, type Cells } from "../../fixtures/table-of.ts";
import { judgedMeasure } from "../../measuring/judge.ts";
import type { Metric, Tables } from "../../metric.ts";
import { epsilonIdentifiability } from "../epsilon-identifiability.ts";
import { nnaa } from "../nnaa.ts";
import { disco } from "./disco.ts";
import { identityDisclosure } from "./identity-disclosure.ts";
import { meanShare } from "./known-tables.ts";
import { replicatedUniques } from "./replicated-uniques.ts";

interface Both {
  readonly train: number;
  readonly holdout: number;
}

/** Made by fixtures/disclosure.py with pandas and scikit-learn. */
interface Reference {
  readonly numeric: string[];
  readonly keys: string[];
  readonly secrets: string[];
  readonly tables: Record<keyof Tables, Record<string, (number | string)[]>>;
  readonly repU: Both;
  readonly disco: Record<string, Both>;
  readonly identity: Both;
  readonly epsilon: Both;
  readonly accuracy: Both;
  readonly roc: {
    readonly scores: number[];
    readonly labels: number[];
    readonly caught: number[];
    readonly delong: { readonly value: number; readonly error: number };
  };
}

const reference = JSON.parse(
  readFileSync(new URL("../../fixtures/disclosure.json", import.meta.url), "utf8"),
) as Reference;

function read(name: keyof Tables): Table {
  const cells = Object.entries(reference.tables[name]).map(([column, values]): [string, Cells] => [
    column,
    { kind: reference.numeric.includes(column) ? "decimal" : "category", cells: values },
  ]);
  const table = tableOf(Object.fromEntries(cells));
  const columns = table.schema.columns.map((schema) => {
    const outsider = reference.keys.includes(schema.name)
      ? ("knows" as const)
      : reference.secrets.includes(schema.name)
        ? ("seeks" as const)
        : ("neither" as const);
    return { ...schema, outsider };
  });
  return { ...table, schema: { ...table.schema, columns } };
}

const tables: Tables = { train: read("train"), holdout: read("holdout"), synthetic: read("synthetic") };

async function measure(metric: Metric, of: Tables = tables, seed = 1) {
  const result = await metric.compute(of, createRng(seed));
  if (result.status !== "ok") throw new Error(result.reason);
  return result;
}

describe("against pandas and scikit-learn, every row asked", () => {
  it.each<[Metric, Both]>([
    [replicatedUniques, reference.repU],
    [identityDisclosure, reference.identity],
    [epsilonIdentifiability, reference.epsilon],
  ])("$id", async (metric, { train, holdout }) => {
    const { value, baseline } = await measure(metric);
    expect(value).toBeCloseTo(train, 9);
    expect(baseline.value).toBeCloseTo(holdout, 9);
  });

  it("disco, of each secret and in the mean", async () => {
    const { value, detail } = await measure(disco);
    if (detail?.type !== "figures") throw new Error("no figures");
    for (const { name, synthetic, baseline } of detail.rows) {
      const theirs = reference.disco[name] as Both;
      expect(synthetic.value).toBeCloseTo(theirs.train, 9);
      expect(baseline?.value).toBeCloseTo(theirs.holdout, 9);
    }
    const all = Object.values(reference.disco).map(({ train }) => train);
    expect(value).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 9);
  });

  it("nnaa", async () => {
    const { value, detail } = await measure(nnaa);
    const { train, holdout } = reference.accuracy;
    expect(value).toBeCloseTo(holdout - train, 9);
    expect(detail).toMatchObject({ rows: [{ synthetic: { value: train }, baseline: { value: holdout } }] });
  });
});

it("TPR at 1% and 10% FPR, against scikit-learn", () => {
  const { scores, labels, caught } = reference.roc;
  const ours = rocFigures(scores, labels, [0.01, 0.1]);
  expect(caught[0]).toBeLessThan(caught[1] as number);
  caught.forEach((share, k) => expect(ours.caught[k]).toBeCloseTo(share, 12));
});

it("AUC with DeLong's error, against all pairs; four visits a patient double it", () => {
  const { scores, labels, delong } = reference.roc;
  const [positives, negatives] = [1, 0].map((side) => scores.filter((_, row) => labels[row] === side));
  const { value, error } = aucWithError(positives as number[], negatives as number[]);
  expect(value).toBeCloseTo(delong.value, 12);
  expect(error).toBeCloseTo(delong.error, 12);
  const fourfold = (of: readonly number[]) => of.flatMap((score) => [score, score, score, score]);
  const visits = (of: readonly number[]) => Int32Array.from(fourfold(of), (_, row) => row >> 2);
  const by = { positives: visits(positives as number[]), negatives: visits(negatives as number[]) };
  const rows = aucWithError(fourfold(positives as number[]), fourfold(negatives as number[]));
  expect(rows.error).toBeCloseTo(error / 2, 2);
  expect(
    aucWithError(fourfold(positives as number[]), fourfold(negatives as number[]), by).error,
  ).toBeCloseTo(error, 12);
});

describe("by hand", () => {
  const small = (rows: readonly (readonly [string, string])[]): Table => {
    const table = tableOf({
      who: { kind: "category", cells: rows.map(([who]) => who) },
      what: { kind: "category", cells: rows.map(([, what]) => what) },
    });
    const [who, what] = table.schema.columns;
    const columns = [
      { ...who, outsider: "knows" as const },
      { ...what, outsider: "seeks" as const },
    ] as Table["schema"]["columns"];
    return { ...table, schema: { ...table.schema, columns } };
  };
  const many = (who: string, what: string, times: number) =>
    Array.from({ length: times }, () => [who, what] as const);
  // a and b are alone; five c and thirteen d: 20 patients.
  const train = small([["a", "x"], ["b", "y"], ...many("c", "x", 5), ...many("d", "z", 13)]);
  // nobody of these is alone
  const holdout = small([...many("e", "x", 10), ...many("f", "y", 10)]);
  // a once and right, b twice, c all the wrong value, d with two values
  const synthetic = small([["a", "x"], ...many("b", "y", 2), ...many("c", "y", 4), ["d", "z"], ["d", "x"]]);

  it("repU counts who is alone in both: a of 20", async () => {
    expect(await measure(replicatedUniques, { train, holdout, synthetic })).toMatchObject({
      value: 0.05,
      baseline: { value: 0 },
    });
  });

  it("DiSCO counts whose combination has one value, the right one: a and b of 20", async () => {
    expect((await measure(disco, { train, holdout, synthetic })).value).toBeCloseTo(0.1, 12);
  });

  it("identity disclosure divides by the group, and by how many rows agree: not what most have", async () => {
    // a: x, had by 6 of 20, found for sure; b: y, had by 1; c: wrong; d: z, had by 13 of 20, teaches nothing
    expect((await measure(identityDisclosure, { train, holdout, synthetic })).value).toBeCloseTo(0.1, 12);
    // now d's 13 are of two kinds, 9 z and 4 x: z had by 9 of 20, half of the rows found say so
    const mixed = small([
      ["a", "x"],
      ["b", "y"],
      ...many("c", "x", 5),
      ...many("d", "z", 9),
      ...many("d", "x", 4),
    ]);
    // x is now had by 10 of 20, which is half of them: a and d's x teach nothing any more; b, and d's z, 9 x 1/13 x 1/2
    const { value } = await measure(identityDisclosure, { train: mixed, holdout, synthetic });
    expect(value).toBeCloseTo((1 + (9 * 0.5) / 13) / 20, 12);
  });

  it("the interval of a mean share is Wilson's for single rows, and as wide as patients make it for visits", () => {
    const shares = Float64Array.from({ length: 40 }, (_, row) => (row < 10 ? 1 : 0));
    const whose = Int32Array.from(shares, (_, row) => row >> 2);
    const [single, visits] = [meanShare(shares), meanShare(shares, whose)];
    // Wilson's 95% interval of 10 of 40, from statsmodels
    expect(single.interval(1.959964).low).toBeCloseTo(0.1418713, 6);
    expect(single.interval(1.959964).high).toBeCloseTo(0.4019396, 6);
    expect(visits.interval(1.959964).high - visits.interval(1.959964).low).toBeGreaterThan(0.4);
  });
});

describe("alarms", () => {
  const people = (rows: number, seed: number): Table => {
    const rng = createRng(seed);
    const severity = Array.from({ length: rows }, () => rng.normal());
    return tableOf({
      age: { kind: "integer", cells: severity.map((s) => Math.round(65 + 10 * rng.normal() + 3 * s)) },
      sex: {
        kind: "category",
        role: "sensitive",
        cells: severity.map(() => (rng.uniform() < 0.4 ? "F" : "M")),
      },
      ward: { kind: "category", cells: severity.map(() => `W${Math.floor(8 * rng.uniform() ** 2)}`) },
      sbp: { kind: "integer", cells: severity.map((s) => Math.round(125 - 12 * s + 8 * rng.normal())) },
      bnp: { kind: "decimal", cells: severity.map((s) => Math.exp(5 + s + 0.3 * rng.normal())) },
      nyha: {
        kind: "category",
        cells: severity.map(
          (s) => ["I", "II", "III", "IV"][Math.max(0, Math.min(3, Math.round(1.2 + s)))] as string,
        ),
      },
      died: {
        kind: "boolean",
        role: "target",
        cells: severity.map((s) => (rng.normal() + s > 1 ? "yes" : "no")),
      },
    });
  };
  const all = [replicatedUniques, disco, identityDisclosure, epsilonIdentifiability, nnaa];

  it.each(all.map((metric) => [metric.id, metric] as const))(
    "%s is worse for copies, and no loss lies in at least 17 of 20 intervals of other patients",
    async (_, metric) => {
      const train = people(500, 1);
      const rng = createRng(7);
      const copies = takeRows(
        train,
        Array.from({ length: 500 }, () => rng.integer(500)),
      );
      const copied = await measure(metric, { train, holdout: people(250, 2), synthetic: copies });
      expect(judgedMeasure(metric, copied, 1).verdict).toMatch(/worse/);
      let [outside, loss] = [0, 0];
      for (let seed = 1; seed <= 20; seed++) {
        const fresh = {
          train: people(500, 10 * seed),
          holdout: people(250, 10 * seed + 1),
          synthetic: people(500, 10 * seed + 2),
        };
        const result = await measure(metric, fresh, seed);
        expect(judgedMeasure(metric, result, 1).verdict).not.toBe("much-worse");
        loss += result.loss.value / 20;
        if (result.loss.interval.low > 0 || result.loss.interval.high < 0) outside++;
      }
      expect(outside).toBeLessThanOrEqual(3);
      expect(Math.abs(loss)).toBeLessThan(0.02);
    },
    60_000,
  );
});
