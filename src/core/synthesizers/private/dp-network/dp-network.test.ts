import { beforeAll, describe, expect, test } from "vitest";
import { FaultError } from "../../../fault.ts";
import { createRng } from "../../../math/rng.ts";
import { epsilonOfSpends } from "../../../private/accounting/total-spent.ts";
import type { Guarantee } from "../../../private/guarantee.ts";
import { seededNoise } from "../../../private/noise/noise-source.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import type { CodedColumn, NumericColumn, Table } from "../../../table/table.ts";
import { resolveParams } from "../../registry.ts";
import type { Artifact, FitOptions, Model } from "../../synthesizer.ts";
import { dpNetwork } from "./dp-network.ts";

const ROWS = 3000;
const EPSILON = 3;

/** Death goes with treatment and age; ward goes with treatment beyond what death says of it. */
function patients(rows: number): Table {
  const rng = createRng(1);
  const made = Array.from({ length: rows }, () => {
    const died = rng.uniform() < 0.4 ? 1 : 0;
    const drug = rng.uniform() < (died ? 0.8 : 0.2) ? 1 : 0;
    const ward = rng.uniform() < 0.9 ? drug : 2;
    const age = rng.uniform() < 0.1 ? NaN : Math.round(50 + 20 * died + 8 * rng.normal());
    return { died, drug, ward, age };
  });
  const column = (key: "died" | "drug" | "ward"): Int32Array => Int32Array.from(made, (row) => row[key]);
  return madeTable([
    numbers(
      "age",
      Float64Array.from(made, ({ age }) => age),
      { decimals: 0 },
    ),
    levels("drug", column("drug"), ["A", "B"]),
    levels("ward", column("ward"), ["north", "south", "west"]),
    levels("died", column("died"), ["no", "yes"], { role: "target" }),
  ]);
}

const facts: NonNullable<FitOptions["guarantee"]> = {
  public: {
    columns: [
      { name: "age", range: { from: 0, to: 110, why: "declared" } },
      { name: "drug", levels: { values: ["A", "B"], why: "declared" }, missing: false },
      { name: "ward", levels: { values: ["north", "south", "west"], why: "declared" }, missing: false },
      { name: "died", levels: { values: ["no", "yes"], why: "declared" }, missing: false },
    ],
  },
};
const params = resolveParams(dpNetwork, { epsilon: EPSILON, steps: 60, units: 4 });

async function fitted(
  table: Table,
  more: Partial<FitOptions> = {},
  seed = 1,
  given = params,
): Promise<{ model: Model; steps: number }> {
  const guarantee = { ...facts, noise: seededNoise(createRng(seed)) };
  const run = dpNetwork.fit(table, given, createRng(seed), {
    previewRows: 0,
    previewEvery: 0,
    guarantee,
    ...more,
  });
  let steps = 0;
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { model: next.value, steps };
    ({ step: steps } = next.value);
    expect(next.value.losses).toEqual({});
  }
}

const coded = (table: Table, j: number): CodedColumn => table.columns[j] as CodedColumn;
const textOf = (table: Table, j: number, row: number): string =>
  coded(table, j).levels[coded(table, j).codes[row] as number] ?? "";

/** Share of rows with `b` in column `j` among those with `a` in column `i`. */
function shareOf(table: Table, [i, a]: [number, string], [j, b]: [number, string]): number {
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => textOf(table, i, row) === a,
  );
  return rows.filter((row) => textOf(table, j, row) === b).length / rows.length;
}

describe("a network with a guarantee", () => {
  let model: Model;
  let artifact: Artifact;
  let drawn: Table;
  beforeAll(async () => {
    ({ model } = await fitted(patients(ROWS)));
    artifact = await model.save();
    drawn = await model.sample(3000, createRng(2));
  });

  test("draws what goes together, with the target and beyond it", () => {
    expect(shareOf(drawn, [3, "yes"], [1, "B"])).toBeGreaterThan(0.7);
    expect(shareOf(drawn, [3, "no"], [1, "B"])).toBeLessThan(0.3);
    expect(shareOf(drawn, [1, "B"], [2, "south"])).toBeGreaterThan(0.7);
    expect(shareOf(drawn, [1, "A"], [2, "south"])).toBeLessThan(0.2);
    const ages = (drawn.columns[0] as NumericColumn).values;
    const missing = ages.filter(Number.isNaN).length / drawn.rows;
    expect(missing).toBeGreaterThan(0.05);
    expect(missing).toBeLessThan(0.16);
    const mean = (level: string): number => {
      const own = ages.filter((age, row) => Number.isFinite(age) && textOf(drawn, 3, row) === level);
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    expect(mean("yes") - mean("no")).toBeGreaterThan(12);
  });

  test("spends epsilon to a thousandth, and says so", () => {
    const guarantee = artifact.state["guarantee"] as Guarantee;
    const { spent, delta } = guarantee;
    const whole = epsilonOfSpends(spent, delta);
    expect(whole).toBeLessThanOrEqual(EPSILON);
    expect(whole).toBeGreaterThan(EPSILON * 0.999);
    expect(spent.slice(-2).map(({ what }) => what)).toEqual([
      "Target beside every other column",
      "Training steps",
    ]);
    expect(guarantee.noise).toBe("seeded");
    expect(guarantee.rows).not.toBe(ROWS);
    expect(Math.abs(guarantee.rows - ROWS)).toBeLessThan(200);
  });

  test("ends early, and the ledger has the steps that were taken", async () => {
    const early = await fitted(patients(ROWS), { enough: () => true });
    const { spent, delta } = (await early.model.save()).state["guarantee"] as Guarantee;
    expect(early.steps).toBe(1);
    expect(spent.at(-1)?.sampled?.steps).toBe(1);
    expect(epsilonOfSpends(spent, delta)).toBeLessThan(EPSILON * 0.9);
  });

  test("other noise, another model: the seed alone does not repeat a fit", async () => {
    const run = (seed: number): Promise<{ model: Model }> =>
      fitted(patients(ROWS), {
        enough: () => true,
        guarantee: { ...facts, noise: seededNoise(createRng(seed)) },
      });
    const weightsOf = async (seed: number): Promise<Float32Array> =>
      (await (await run(seed)).model.save()).tensors[0]?.data as Float32Array;
    expect(await weightsOf(5)).toEqual(await weightsOf(5));
    expect(await weightsOf(5)).not.toEqual(await weightsOf(6));
  });

  test("a model file draws the rows that the model drew", async () => {
    const saved = JSON.parse(JSON.stringify(artifact.state)) as Artifact["state"];
    const loaded = await dpNetwork.load({ ...artifact, state: saved });
    expect(await loaded.sample(200, createRng(3))).toEqual(await model.sample(200, createRng(3)));
  });

  test("releases its noisy margins, which its rows keep to", () => {
    const released = model.released?.() ?? [];
    expect(released.map(({ columns }) => columns)).toEqual([["age"], ["drug"], ["ward"], ["died"]]);
    for (const { shares, cellsOf } of released) {
      const counts = new Float64Array(shares.length);
      for (const cell of cellsOf(drawn)) counts[cell] = (counts[cell] as number) + 1 / drawn.rows;
      expect(
        counts.reduce((sum, share, k) => sum + Math.abs(share - (shares[k] as number)) / 2, 0),
      ).toBeLessThan(0.15);
    }
  });

  test("rows of a patient are cut together, and patients are what is counted", async () => {
    const table = {
      ...patients(2 * ROWS),
      patients: Int32Array.from({ length: 2 * ROWS }, (_, row) => row >> 1),
    };
    const guarantee = { ...facts, rowsPerPatient: 2, noise: seededNoise(createRng(8)) };
    const { model: ofPatients } = await fitted(table, { enough: () => true, guarantee });
    const { unit, rowsPerPatient, spent } = (await ofPatients.save()).state["guarantee"] as Guarantee;
    expect([unit, rowsPerPatient]).toEqual(["patient", 2]);
    expect(spent.at(-1)?.sampled?.steps).toBe(1);
  });

  test.each([
    ["weights that are missing", { tensors: [] }],
    ["a column twice", { state: { order: [0, 0, 1, 2] } }],
    ["units that the weights do not have", { state: { units: 5 } }],
    ["no guarantee", { state: { guarantee: undefined } }],
    ["another version", { version: 9 }],
  ])("a file with %s is refused", async (_, damage: Partial<Artifact>) => {
    const damaged = { ...artifact, ...damage, state: { ...artifact.state, ...damage.state } };
    await expect(dpNetwork.load(damaged)).rejects.toThrow(FaultError);
  });

  test("meets conditions and completes rows by what it learned", async () => {
    const old = await model.sample(200, createRng(4), {
      where: [
        { column: "age", from: 75 },
        { column: "ward", in: ["south"] },
      ],
    });
    expect((old.columns[0] as NumericColumn).values.every((age) => age >= 75)).toBe(true);
    expect(coded(old, 2).codes.every((code) => coded(old, 2).levels[code] === "south")).toBe(true);
    const given = { ...drawn, columns: drawn.columns.slice(), rows: drawn.rows };
    given.columns[3] = { ...coded(drawn, 3), codes: new Int32Array(drawn.rows).fill(-1) };
    const completed = await model.sample(drawn.rows, createRng(5), { complete: given });
    expect(coded(completed, 1).codes).toEqual(coded(drawn, 1).codes);
    expect(shareOf(completed, [1, "B"], [3, "yes"])).toBeGreaterThan(0.55);
    expect(shareOf(completed, [1, "A"], [3, "yes"])).toBeLessThan(0.35);
  });

  test("finds rows like those it learned likelier than rows whose columns were mixed up", async () => {
    const table = patients(400);
    const mixed = { ...table, columns: table.columns.slice() };
    mixed.columns[2] = { ...coded(table, 2), codes: coded(table, 2).codes.slice().reverse() };
    const mean = (logs: Float64Array): number => logs.reduce((a, b) => a + b, 0) / logs.length;
    const likely = mean((await dpNetwork.logLikelihoods?.(artifact, table)) as Float64Array);
    expect(
      likely - mean((await dpNetwork.logLikelihoods?.(artifact, mixed)) as Float64Array),
    ).toBeGreaterThan(0.3);
  });

  test("few rows, and little epsilon, are refused", async () => {
    const refused = await fitted(patients(1000)).catch((error: unknown) => error);
    expect((refused as FaultError).fault.code).toBe("guarantee-refused");
    const noise = { ...params, epsilon: 0.05 };
    await expect(fitted(patients(ROWS), {}, 1, noise)).rejects.toThrow("greater than anything");
  });
});
