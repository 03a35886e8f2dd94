import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { selectColumns, takeRows } from "../../table/table.ts";
import { alphaPrecision } from "./alpha-precision.ts";
import { c2stLogistic } from "./c2st-logistic.ts";
import { c2st } from "./c2st.ts";
import { coverage } from "./coverage.ts";
import { tableOf } from "../fixtures/table-of.ts";
import type { Cells } from "../fixtures/table-of.ts";
import { jensenShannon } from "./jensen-shannon.ts";
import { klDivergence } from "./kl-divergence.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Metric, Tables } from "../metric.ts";
import { missingness, told, toldPhi } from "./missingness.ts";
import { propensity } from "./propensity.ts";
import { wasserstein } from "./wasserstein.ts";

type Side = "holdout" | "synthetic";

/** Made by fixtures/fidelity.py with prdc, scipy, scikit-learn, statsmodels and numpy, on 300 rows of each table in reference.json; the synthetic ones begin after the copies. */
interface Reference {
  prdc: Record<Side, Record<"precision" | "recall" | "density" | "coverage", number>>;
  alpha: Record<Side, Record<"precision" | "recall" | "authenticity", number>>;
  pmse: Record<Side, Record<"all" | "few", { value: number; ratio: number; weights: number }>>;
  gaps: Record<"train" | Side, Record<string, string>>;
  missingness: Record<Side, { value: number; rates: number[]; phis: number[] }>;
  c2st_logistic: Record<"synthetic" | "train", number>;
  wasserstein: Record<Side, Record<string, number>>;
  divergences: Record<Side, Record<string, { js: number; kl: number }>>;
}
const load = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8")) as T;
const reference = load<Reference>("fidelity");
const given = load<
  { numeric: string[] } & Record<"train" | Side, Record<string, (number | string | null)[]>>
>("reference");

function read(side: "train" | Side) {
  const first = side === "synthetic" ? 20 : 0;
  const cells: Record<string, Cells> = {};
  for (const [name, values] of Object.entries(given[side])) {
    const kind = given.numeric.includes(name) ? "decimal" : "category";
    cells[name] = { kind, cells: values };
  }
  return takeRows(
    tableOf(cells),
    Int32Array.from({ length: 300 }, (_, row) => first + row),
  );
}

const tables: Tables = {
  train: read("train"),
  holdout: read("holdout"),
  synthetic: read("synthetic"),
};

async function measure(metric: Metric, of: Tables = tables, seed = 1) {
  const result = await metric.compute(of, createRng(seed));
  if (result.status !== "ok") throw new Error(result.reason);
  return judgedMeasure(metric, result, 1);
}

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The figures of a result by the first word of their names. */
async function figures(metric: Metric, of: Tables = tables) {
  const { detail } = await measure(metric, of);
  if (detail?.type !== "figures") throw new Error("no figures");
  return new Map(detail.rows.map((row) => [row.name.split(":")[0]?.toLowerCase() as string, row]));
}

async function perColumn(metric: Metric) {
  const { detail } = await measure(metric);
  if (detail?.type !== "per-column") throw new Error("no columns");
  return new Map(detail.columns.map(({ name, value }) => [name, value]));
}

describe("coverage against the package prdc", () => {
  it("precision, recall, density and coverage, of synthetic and of held-out rows", async () => {
    const found = await figures(coverage);
    for (const name of ["precision", "recall", "density", "coverage"] as const) {
      expect(found.get(name)?.synthetic.value).toBeCloseTo(reference.prdc.synthetic[name], 9);
      expect(found.get(name)?.baseline?.value).toBeCloseTo(reference.prdc.holdout[name], 9);
    }
  });

  it("sees half of the patients missing, which precision does not", async () => {
    const rng = createRng(3);
    const young = Int32Array.from({ length: 300 }, () => rng.integer(300)).filter(
      (row) => ((given["train"]["age"] as number[])[row] as number) < 68,
    );
    const half = takeRows(
      read("train"),
      Array.from({ length: 300 }, (_, i) => young[i % young.length] as number),
    );
    const result = await measure(coverage, { ...tables, synthetic: half });
    expect(result.value).toBeLessThan(0.7);
    expect(result.verdict).toBe("much-worse");
    expect((await figures(coverage, { ...tables, synthetic: half })).get("precision")?.synthetic.value).toBe(
      1,
    );
  });
});

describe("alpha-precision against synthcity's formulas", () => {
  it("alpha-precision, beta-recall and authenticity, of synthetic and of held-out rows", async () => {
    const found = await figures(alphaPrecision);
    const names = {
      "alpha-precision": "precision",
      "beta-recall": "recall",
      authenticity: "authenticity",
    } as const;
    for (const [name, key] of Object.entries(names)) {
      expect(found.get(name)?.synthetic.value).toBeCloseTo(reference.alpha.synthetic[key], 9);
      expect(found.get(name)?.baseline?.value).toBeCloseTo(reference.alpha.holdout[key], 9);
    }
  });

  it("copies are not authentic", async () => {
    const copies = await figures(alphaPrecision, { ...tables, synthetic: tables.train });
    expect(copies.get("authenticity")?.synthetic.value).toBe(0);
  });
});

describe("distances of columns against scipy", () => {
  it("Wasserstein over the real standard deviation", async () => {
    const found = await perColumn(wasserstein);
    const expected = Object.entries(reference.wasserstein.synthetic);
    for (const [name, value] of expected) expect(found.get(name)).toBeCloseTo(value, 9);
    expect(found.size).toBe(expected.length);
    const { baseline } = await measure(wasserstein);
    expect(baseline.value).toBeCloseTo(average(Object.values(reference.wasserstein.holdout)), 9);
  });

  it.each([
    ["js", jensenShannon],
    ["kl", klDivergence],
  ] as const)("%s in bins", async (key, metric) => {
    const found = await perColumn(metric);
    for (const [name, of] of Object.entries(reference.divergences.synthetic)) {
      expect(found.get(name)).toBeCloseTo(of[key], 6);
    }
    const { baseline } = await measure(metric);
    const held = Object.values(reference.divergences.holdout).map((of) => of[key]);
    expect(baseline.value).toBeCloseTo(average(held), 6);
  });

  it("two samples of one distribution differ by about their stated noise", async () => {
    const rng = createRng(2);
    const sample = (rows: number) =>
      tableOf(
        Object.fromEntries(
          Array.from({ length: 40 }, (_, k) => [
            `x${k}`,
            { kind: "decimal" as const, cells: Array.from({ length: rows }, () => rng.normal()) },
          ]),
        ),
      );
    const same = { train: sample(400), holdout: sample(300), synthetic: sample(200) };
    for (const metric of [wasserstein, jensenShannon, klDivergence]) {
      const { detail } = await measure(metric, same);
      if (detail?.type !== "per-column") throw new Error("no columns");
      const noise = average(detail.columns.map((column) => column.noise));
      expect(noise).toBeGreaterThan(0.8);
      expect(noise).toBeLessThan(1.2);
    }
  });
});

describe("the classifier two-sample test", () => {
  it("logistic regression: the mean over divisions into folds, against scikit-learn", async () => {
    const runs = [1, 2, 3, 4, 5].map((seed) => measure(c2stLogistic, tables, seed));
    const found = await Promise.all(runs);
    const { synthetic, train } = reference.c2st_logistic;
    expect(Math.abs(average(found.map(({ value }) => value)) - synthetic)).toBeLessThan(0.015);
    expect(Math.abs(average(found.map(({ baseline }) => baseline.value)) - train)).toBeLessThan(0.015);
  });

  it("against train, copies bring it below chance; only near copies that were found are called so, elsewhere", async () => {
    const rng = createRng(4);
    const copies = { ...tables, synthetic: takeRows(tables.train, rng.permutation(300)) };
    const copied = await measure(c2st, copies);
    expect(copied.sentence).not.toContain("copies");
    const against = await figures(c2st, copies);
    expect(against.get("against training rows")?.synthetic.value).toBeLessThan(0.4);
    expect((await measure(c2st)).sentence).not.toContain("near-copies");
  }, 180_000);
});

describe("propensity scores against statsmodels", () => {
  const few = (side: "train" | Side) => selectColumns(read(side), [0, 1, 6]);
  it.each([
    ["all", tables, ""],
    ["few", { train: few("train"), holdout: few("holdout"), synthetic: few("synthetic") }, "products"],
  ] as const)("pMSE, its null expectation and the weights, %s columns", async (which, of, products) => {
    const { synthetic, holdout } = reference.pmse;
    const { value, baseline, note } = await measure(propensity, of);
    expect(value).toBeCloseTo(synthetic[which].value, 6);
    expect(baseline.value).toBeCloseTo(holdout[which].value, 6);
    expect(note).toContain(`${synthetic[which].weights} weights`);
    expect(note).toContain(products);
    const found = await figures(propensity, of);
    expect(found.get("s_pmse")?.synthetic.value).toBeCloseTo(synthetic[which].ratio, 3);
  });

  it("two real samples stray twice as far as a correct synthesis, on average", async () => {
    const rng = createRng(6);
    const sample = () =>
      tableOf(
        Object.fromEntries(
          Array.from({ length: 13 }, (_, k) => [
            `x${k}`,
            { kind: "decimal" as const, cells: Array.from({ length: 400 }, () => rng.normal()) },
          ]),
        ),
      );
    const ratios: number[] = [];
    for (let i = 0; i < 12; i++) {
      const same = { train: sample(), holdout: sample(), synthetic: sample() };
      ratios.push((await figures(propensity, same)).get("s_pmse")?.synthetic.value ?? NaN);
    }
    expect(average(ratios)).toBeGreaterThan(1.6);
    expect(average(ratios)).toBeLessThan(2.4);
  });
});

describe("missing cells", () => {
  const gaps = (side: "train" | Side) =>
    tableOf(
      Object.fromEntries(
        Object.entries(reference.gaps[side]).map(([name, flags]) => [
          name,
          { kind: "decimal" as const, cells: Array.from(flags, (flag) => (flag === "1" ? null : 1)) },
        ]),
      ),
    );
  const of = { train: gaps("train"), holdout: gaps("holdout"), synthetic: gaps("synthetic") };

  it("rates and phi against pandas and numpy", async () => {
    const { value, baseline, detail } = await measure(missingness, of);
    // 350 synthetic rows are cut to 300, as many as were held out, and the columns are told of with all
    expect(Math.abs(value - reference.missingness.synthetic.value)).toBeLessThan(0.01);
    expect(baseline.value).toBeCloseTo(reference.missingness.holdout.value, 9);
    if (detail?.type !== "per-column") throw new Error("no columns");
    const found = detail.columns.map((column) => column.value).toSorted((a, b) => a - b);
    const { rates, phis } = reference.missingness.synthetic;
    const expected = [...rates, ...phis].toSorted((a, b) => a - b);
    expected.forEach((one, i) => expect(found[i]).toBeCloseTo(one, 9));
  });

  it("sees filled gaps, and gaps that no longer go together", async () => {
    const filled = await measure(missingness, { ...of, synthetic: full(of.synthetic) });
    expect(filled.verdict).toBe("much-worse");
    const alone = { ...of.synthetic, columns: of.synthetic.columns.with(0, shuffle(of.train)) };
    const { detail, verdict } = await measure(missingness, { ...of, synthetic: { ...alone, rows: 350 } });
    if (detail?.type !== "per-column") throw new Error("no columns");
    expect(detail.columns[0]?.name).toBe("a with b, missing together");
    expect(verdict).not.toBe("good");
  });

  it("says nothing where 1 to 4 patients lack a value, or nobody does", async () => {
    const some = (missing: number) => tableOf({ x: { kind: "decimal", cells: cellsWith(missing) } });
    const reason = async (train: number, synthetic: number) => {
      const made = { train: some(train), holdout: some(0), synthetic: some(synthetic) };
      const result = await missingness.compute(made, createRng(1));
      return result.status === "skipped" ? result.reason : "";
    };
    expect(await reason(0, 0)).toBe("No cell is missing.");
    expect(await reason(3, 20)).toMatch(/^One column in which 1 to 4 patients lack/);
    expect(await reason(0, 20)).toBe("");
  });

  it("1 to 4 patients count as 2.5, and nothing else changes", () => {
    expect([0, 1, 4, 5, 30].map(told)).toEqual([0, 2.5, 2.5, 5, 30]);
    expect(toldPhi(100, 30, 20, 12)).toBeCloseTo((100 * 12 - 600) / Math.sqrt(30 * 70 * 20 * 80), 12);
    const [neither, first, second, both] = [51, 29, 19, 2.5];
    const phi = (both * neither - first * second) / Math.sqrt(31.5 * 70 * 21.5 * 80);
    expect(toldPhi(100, 30, 20, 1)).toBeCloseTo(phi, 12);
  });

  const cellsWith = (missing: number) => Array.from({ length: 100 }, (_, i) => (i < missing ? null : i));
  const full = (table: typeof of.train) => ({
    ...table,
    columns: table.columns.map(() => ({
      type: "numeric" as const,
      values: new Float64Array(table.rows).fill(1),
    })),
  });
  const shuffle = (table: typeof of.train) => {
    const drawn = takeRows(table, createRng(2).choose(table.rows, 350)).columns[0];
    if (!drawn) throw new Error("no column");
    return drawn;
  };
});
