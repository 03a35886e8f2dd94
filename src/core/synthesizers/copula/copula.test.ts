import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { normalCdf } from "../../math/normal.ts";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { copula } from "./copula.ts";
import { covarianceAt, latentCorrelation } from "./correlation.ts";
import type { Dimension } from "./dimensions.ts";
import { dimensionFor } from "./dimensions.ts";
import type { Model, SampleRequest } from "../synthesizer.ts";

interface Reference {
  readonly margins: readonly { readonly edges: readonly number[]; readonly whole: readonly number[] }[];
  readonly covariances: readonly {
    readonly a: number;
    readonly b: number;
    readonly rho: number;
    readonly covariance: number;
  }[];
}

const reference = JSON.parse(
  readFileSync(new URL("../fixtures/copula.json", import.meta.url), "utf8"),
) as Reference;

const defaults = Object.fromEntries(
  Object.entries(copula.params).map(([name, spec]) => [name, spec.default]),
);

async function fit(train: Table, seed = 1): Promise<Model> {
  const run = copula.fit(train, defaults, createRng(seed), {
    previewRows: 0,
    previewEvery: 0,
  });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

const draw = async (train: Table, rows: number, request?: SampleRequest): Promise<Table> =>
  (await fit(train)).sample(rows, createRng(5), request);

const cells = (made: Table, j: number): Float64Array => {
  const column = made.columns[j] as Column;
  return column.type === "numeric" ? column.values : Float64Array.from(column.codes);
};

function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] as number, y[i] as number];
    if (Number.isNaN(a * b)) continue;
    n++;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  return (sxy - (sx * sy) / n) / Math.sqrt((sxx - (sx * sx) / n) * (syy - (sy * sy) / n));
}

describe("the covariance of binned normals", () => {
  const dimensions = reference.margins.map(({ edges, whole }): Dimension =>
    dimensionFor(0, "value", Float64Array.from(edges), Uint8Array.from(whole)),
  );
  const at = (i: number): Dimension => dimensions[i] as Dimension;

  test("agrees with scipy's bivariate normal to 1e-4", () => {
    expect(reference.covariances.length).toBeGreaterThan(50);
    for (const { a, b, rho, covariance } of reference.covariances)
      expect(Math.abs(covarianceAt(at(a), at(b), rho) - covariance)).toBeLessThan(1e-4);
  });

  test("gives back a correlation with that covariance, and the very one where the covariance tells it", () => {
    let told = 0;
    for (const { a, b, rho, covariance } of reference.covariances) {
      const found = latentCorrelation(at(a), at(b), covariance);
      expect(Math.abs(covarianceAt(at(a), at(b), found) - covariance)).toBeLessThan(1e-4);
      const slope = (covarianceAt(at(a), at(b), rho + 0.01) - covarianceAt(at(a), at(b), rho - 0.01)) / 0.02;
      if (slope < 0.02) continue;
      told++;
      expect(Math.abs(found - rho)).toBeLessThan(1e-3);
    }
    expect(told).toBeGreaterThan(reference.covariances.length - 10);
  });
});

/** Three normals that correlate by .7 and -.5: as a skewed number, as a flag of 20%, as five levels in no order. */
function planted(rows: number, seed: number): { made: Table; normals: Float64Array[] } {
  const rng = createRng(seed);
  const normals = [0, 1, 2].map(() => new Float64Array(rows));
  for (let i = 0; i < rows; i++) {
    const z = rng.normal();
    (normals[0] as Float64Array)[i] = z;
    (normals[1] as Float64Array)[i] = 0.7 * z + Math.sqrt(1 - 0.49) * rng.normal();
    (normals[2] as Float64Array)[i] = -0.5 * z + Math.sqrt(1 - 0.25) * rng.normal();
  }
  const place = (z: number): number => [3, 0, 4, 1, 2][Math.min(4, Math.floor(5 * normalCdf(z)))] as number;
  const [x, y, w] = normals as [Float64Array, Float64Array, Float64Array];
  const made = madeTable([
    numbers(
      "x",
      x.map((z) => Math.round(1000 * Math.exp(z)) / 1000),
      { decimals: 3 },
    ),
    numbers(
      "w",
      w.map((z) => Math.round(1000 * z) / 1000),
      { decimals: 3 },
    ),
    levels(
      "flag",
      y.map((z) => (z > 0.8416 ? 1 : 0)),
      ["no", "yes"],
    ),
    levels("level", w.map(place), ["a", "b", "c", "d", "e"]),
  ]);
  return { made, normals };
}

describe("planted truth", () => {
  test("correlations of numbers, a flag and levels without an order come back to .03 at 10,000 rows", async () => {
    const { made } = planted(10_000, 3);
    const drawn = await draw(made, 10_000);
    const log = (values: Float64Array): Float64Array =>
      values.map((value) => Math.log(Math.max(1e-3, value)));
    const inOrder = (codes: Float64Array): Float64Array =>
      codes.map((code) => [1, 3, 4, 0, 2][code] as number);
    const measures: ((it: Table) => number)[] = [
      (it) => correlation(log(cells(it, 0)), cells(it, 1)),
      (it) => correlation(log(cells(it, 0)), cells(it, 2)),
      (it) => correlation(cells(it, 1), inOrder(cells(it, 3))),
      (it) => correlation(cells(it, 2), inOrder(cells(it, 3))),
      (it) => correlation(log(cells(it, 0)), inOrder(cells(it, 3))),
    ];
    for (const measure of measures) expect(Math.abs(measure(drawn) - measure(made))).toBeLessThan(0.03);
    expect(Math.abs(measures[0]?.(drawn) as number) - 0.5).toBeLessThan(0.03);
  });

  test("missing goes with what it went with", async () => {
    const rng = createRng(4);
    const age = Float64Array.from({ length: 4000 }, () => Math.round(60 + 10 * rng.normal()));
    const lab = age.map((years) =>
      rng.uniform() < normalCdf((years - 66) / 5) ? NaN : Math.round(100 * rng.normal()) / 100,
    );
    const drawn = await draw(
      madeTable([numbers("age", age, { decimals: 0 }), numbers("lab", lab, { decimals: 2 })]),
      4000,
    );
    const gap = (years: Float64Array, values: Float64Array): number => {
      const mean = (keep: (value: number) => boolean): number => {
        const kept = years.filter((_, i) => keep(values[i] as number));
        return kept.reduce((a, b) => a + b, 0) / kept.length;
      };
      return mean(Number.isNaN) - mean((value) => !Number.isNaN(value));
    };
    const before = gap(age, lab);
    expect(before).toBeGreaterThan(8);
    expect(Math.abs(gap(cells(drawn, 0), cells(drawn, 1)) - before)).toBeLessThan(1);
  });
});

/** Dead goes with a high `lab`, transplanted with a low `age`: no one order of the three outcomes holds both. */
function outcomes(rows: number): Table {
  const rng = createRng(11);
  const outcome = Int32Array.from({ length: rows }, () => {
    const u = rng.uniform();
    return u < 0.5 ? 0 : u < 0.85 ? 1 : 2;
  });
  const about = (means: readonly number[]): Float64Array =>
    Float64Array.from(
      outcome,
      (level) => Math.round(1000 * ((means[level] as number) + rng.normal())) / 1000,
    );
  return madeTable([
    numbers("lab", about([0, 2, 0]), { decimals: 3 }),
    numbers("age", about([0, 0, -2]), { decimals: 3 }),
    levels("outcome", outcome, ["alive", "dead", "transplanted"]),
  ]);
}

const meanOf = (made: Table, j: number, level: number): number => {
  const kept = cells(made, j).filter((value, i) => cells(made, 2)[i] === level && Number.isFinite(value));
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
};

describe("three levels that differ in two ways", () => {
  const made = outcomes(4000);

  test("come back with their shares and with what goes with each", async () => {
    const drawn = await draw(made, 8000);
    for (const level of [0, 1, 2]) {
      const share = (it: Table): number => cells(it, 2).filter((code) => code === level).length / it.rows;
      expect(Math.abs(share(drawn) - share(made))).toBeLessThan(0.02);
      for (const j of [0, 1])
        expect(Math.abs(meanOf(drawn, j, level) - meanOf(made, j, level))).toBeLessThan(0.35);
    }
  });

  test("say what a missing number is like, and are said by numbers", async () => {
    const model = await fit(made);
    const holes = (j: number): Table => ({
      ...made,
      columns: made.columns.map((column, k): Column => {
        if (k !== j) return column;
        if (column.type === "numeric") return { ...column, values: column.values.map(() => NaN) };
        return { ...column, codes: column.codes.map(() => -1) };
      }),
    });
    const ages = await model.sample(made.rows, createRng(3), { complete: holes(1) });
    expect(cells(ages, 2)).toEqual(cells(made, 2));
    expect(meanOf(ages, 1, 0) - meanOf(ages, 1, 2)).toBeGreaterThan(1.4);
    const said = await model.sample(made.rows, createRng(3), { complete: holes(2) });
    expect(meanOf(said, 0, 1) - meanOf(said, 0, 0)).toBeGreaterThan(1.4);
    expect(meanOf(said, 1, 0) - meanOf(said, 1, 2)).toBeGreaterThan(1.4);
  });
});

test("missing cells are drawn given the present ones", async () => {
  const { made, normals } = planted(5000, 6);
  const model = await fit(made);
  const holes: Table = {
    ...made,
    columns: made.columns.map((column, j): Column =>
      j === 0 && column.type === "numeric" ? { ...column, values: column.values.map(() => NaN) } : column,
    ),
  };
  const filled = await model.sample(5000, createRng(1), { complete: holes });
  const log = cells(filled, 0).map(Math.log);
  expect(Math.abs(correlation(log, cells(filled, 1)) + 0.5)).toBeLessThan(0.04);
  const flagged = correlation(log, cells(filled, 2));
  const truth = correlation(normals[0] as Float64Array, cells(made, 2));
  expect(Math.abs(flagged - truth)).toBeLessThan(0.04);
  expect(cells(filled, 3)).toEqual(cells(made, 3));
});

test("300 columns, some of them copies of others", { timeout: 30_000 }, async () => {
  const rng = createRng(8);
  const base = Array.from({ length: 10 }, () => Float64Array.from({ length: 300 }, () => rng.normal()));
  const wide = madeTable(
    Array.from({ length: 300 }, (_, j) =>
      numbers(
        `c${j}`,
        (base[j % 10] as Float64Array).map((z) => Math.round(100 * (z + (j < 20 ? 0 : rng.normal()))) / 100),
        { decimals: 2 },
      ),
    ),
  );
  const drawn = await draw(wide, 300);
  expect(drawn.columns).toHaveLength(300);
  expect(
    drawn.columns.every((column) => column.type === "numeric" && column.values.every(Number.isFinite)),
  ).toBe(true);
  expect(correlation(cells(drawn, 0), cells(drawn, 10))).toBeGreaterThan(0.4);
});

test("a table of one cohort keeps its numbers of rows, kinds and missing shares", async () => {
  const cohort = simulateCohort("heart-failure", 1);
  const columns = cohort.schema.columns.flatMap(({ kind }, j) =>
    kind === "identifier" || kind === "text" ? [] : [j],
  );
  const learned: Table = {
    ...cohort,
    columns: columns.map((j) => cohort.columns[j] as Column),
    schema: { ...cohort.schema, columns: columns.map((j) => cohort.schema.columns[j] as ColumnSchema) },
  };
  const drawn = await draw(learned, 2000);
  learned.columns.forEach((column, j) => {
    const missing = (it: Column): number =>
      it.type === "numeric"
        ? it.values.filter(Number.isNaN).length / it.values.length
        : it.codes.filter((code) => code < 0).length / it.codes.length;
    expect(Math.abs(missing(drawn.columns[j] as Column) - missing(column))).toBeLessThan(0.04);
  });
});
