import { describe, expect, it } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { cart } from "../../synthesizers/cart/cart.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { selectColumns, type Column, type Table } from "../../table/table.ts";
import { planStudy, resultOf, runCell } from "../running/run-study.ts";
import type { CellDone, StudySettings, StudyTools } from "../study.ts";
import { coarsening } from "./coarse-columns.ts";
import { foundOf, type Told } from "./problem-columns-found.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const ROWS = 280;

/** Patients with a column that has nothing to do with any other. */
function patients(): Table {
  const rng = createRng(9);
  const of = (make: (row: number) => number): Float64Array =>
    Float64Array.from({ length: ROWS }, (_, row) => make(row));
  const age = of(() => 30 + rng.integer(60));
  const lab = of((row) => (age[row] as number) / 20 + rng.normal());
  const died = of((row) => (rng.uniform() < 1 / (1 + Math.exp(4 - (lab[row] as number))) ? 1 : 0));
  return madeTable([
    numbers("age", age, { decimals: 0 }),
    numbers("lab", lab, { decimals: 2 }),
    numbers(
      "noise",
      of(() => rng.normal()),
      { decimals: 2 },
    ),
    levels(
      "sex",
      of(() => rng.integer(2)),
      ["f", "m"],
    ),
    levels(
      "ward",
      of(() => rng.integer(3)),
      ["A", "B", "C"],
    ),
    levels("died", died, ["no", "yes"], { kind: "boolean", role: "target" }),
  ]);
}

/** Draws “noise” from another distribution than it has, and the rest as trees do. */
const broken: Synthesizer = {
  ...cart,
  fit: (train, params, rng, options) => {
    const dice = rng.fork("noise");
    const columns = train.columns.map((column, i): Column =>
      train.schema.columns[i]?.name === "noise" && column.type === "numeric"
        ? { type: "numeric", values: column.values.map(() => Math.round(1000 * dice.uniform() - 500) / 100) }
        : column,
    );
    return cart.fit({ ...train, columns }, params, rng, options);
  },
};
const tools: StudyTools = { wasmPaths, pulse: breathe, cancelled: () => false };
const breaking: StudyTools = { ...tools, find: (id) => (id === "cart" ? broken : findSynthesizer(id)) };

async function studied(settings: StudySettings, by: StudyTools) {
  const plan = planStudy({ study: "problem-columns", settings, seed: 2 }, { table: patients() });
  const done: CellDone[] = [];
  for (const cell of plan.grid.cells)
    if (cell.factors["method"] === "cart" || cell.factors["seed"] === 1)
      done.push(await runCell(plan, cell, by));
  return { plan, done, result: resultOf(plan, done) };
}

describe("the columns that give synthetic rows away", () => {
  it("are found: noise of a broken method ranks first, and rows are harder to tell without it", async () => {
    await openDevice("wasm", { wasmPaths });
    const before = tensorCount();
    const settings = { methods: ["cart"], taken: 1, seeds: 3 };
    const { plan, done, result } = await studied(settings, breaking);
    expect(result.failed).toEqual([]);
    expect(result.say.bold).toBe("With Decision trees (CART), “noise” gives the synthetic rows away most.");
    expect(result.more?.[0]).toMatch(
      /learned again without “noise”: told apart with AUC 0\.\d+ in place of 0\.\d+, a difference of −/,
    );
    expect(result.more?.[1]).toContain("beyond noise");
    // a bar of what is lost begins at 0, not at the 0.5 of an area
    expect(result.pictures[0]).toMatchObject({
      type: "bars",
      unit: "number",
      bars: [{ name: "noise" }, {}, {}, {}, {}, {}],
    });
    expect(tensorCount()).toBe(before);
    const late = plan.grid.cells.find(({ key }) => key === "costly/cart/2");
    if (late === undefined) throw new Error("There is no such cell.");
    const again = await runCell(planStudy(plan.request, plan.source), late, breaking);
    expect(again.rows).toEqual(done.find(({ key }) => key === late.key)?.rows);
  });

  it("are none where every column is as it should be", async () => {
    const table = selectColumns(patients(), [0, 2, 3, 4]);
    const plan = planStudy(
      { study: "problem-columns", settings: { methods: ["independent"], seeds: 3 }, seed: 2 },
      { table },
    );
    const done: CellDone[] = [];
    for (const cell of plan.grid.cells)
      if (cell.factors["step"] === "all") done.push(await runCell(plan, cell, tools));
    expect(plan.grid.reduce(done).say.bold).toBe(
      "With Independent columns, no column gives the synthetic rows away beyond noise, nor are they told apart better than real rows are.",
    );
  });

  it("are not looked for among three columns", () => {
    const table = selectColumns(patients(), [0, 1, 5]);
    expect(() => planStudy({ study: "problem-columns", settings: {}, seed: 1 }, { table })).toThrow(
      expect.objectContaining({
        fault: expect.objectContaining({ code: "study-refused" }) as unknown,
      }) as Error,
    );
  });
});

describe("the reduction", () => {
  const cell = (step: string, method: string, seed: number) => ({
    key: `${step}/${method}/${seed}`,
    factors: { step, method, seed },
    words: "",
    effort: 1,
  });
  const told: Told = {
    cells: [1, 2, 3].flatMap((seed) => [
      cell("all", "cart", seed),
      cell("costly", "cart", seed),
      cell("others", "cart", seed),
    ]),
    methods: ["cart"],
    columns: ["a", "b", "c"],
    free: ["a", "b"],
    taken: 1,
    coarse: false,
    seeds: 3,
  };
  const drop = (column: string, value: number) => ({ measure: "drop", value, of: { column } });
  const kl = (column: string, value: number) => ({ measure: "kl", value, of: { column } });
  const before = [1, 2, 3].map((seed): CellDone => ({
    key: `all/cart/${seed}`,
    rows: [
      { measure: "told", value: 0.7 + 0.01 * seed },
      { measure: "c2st", value: 0.7 + 0.01 * seed },
      drop("a", 0.01 * seed),
      drop("b", 0.1 + 0.001 * seed),
      drop("c", 0.1 + 0.002 * seed),
      kl("a", 0.1),
      kl("b", 0.2),
      kl("c", 0.7),
    ],
    seconds: 1,
  }));

  it("ranks by the mean drop, names what cannot be told from the first, and gives shares of KL", () => {
    const found = foundOf(told, before);
    expect(found.say.bold).toBe("With Decision trees (CART), “c” ranks first, but cannot be told from “b”.");
    expect(found.tables[0]?.rows.map(({ name }) => name)).toEqual(["c", "b", "a"]);
    expect(found.tables[0]?.rows[0]?.cells[2]).toBe("70.0%");
    expect(found.more).toEqual([]);
    expect(found.pictures[0]).toMatchObject({ type: "bars", unit: "number" });
  });

  it("does not call a first column beyond noise that is within it", () => {
    const noisy = before.map((one, i) => ({
      ...one,
      rows: one.rows.map((row) => (row.measure === "drop" ? { ...row, value: i === 1 ? 0.02 : -0.01 } : row)),
    }));
    expect(foundOf(told, noisy).say.rest).toMatch(
      /takes away [^;]*, within noise, and no other column more\.$/,
    );
  });

  it("sets what learning again changed beside the same done to others", () => {
    const after = [1, 2, 3].flatMap((seed): CellDone[] => [
      {
        key: `costly/cart/${seed}`,
        rows: [
          { measure: "c2st", value: 0.6 + 0.01 * seed },
          { measure: "treated", value: 1, of: { column: "b" } },
        ],
        seconds: 1,
      },
      { key: `others/cart/${seed}`, rows: [{ measure: "c2st", value: 0.69 + 0.0101 * seed }], seconds: 1 },
    ]);
    const { more, tables } = foundOf(told, [...before, ...after]);
    expect(more?.[0]).toContain("told apart with AUC 0.620 in place of 0.720, a difference of −0.100");
    expect(more?.[1]).toContain("The columns that cost most bring 0.090 more than that, beyond noise.");
    expect(tables[1]?.rows.map(({ cells }) => cells.at(-1))).toEqual(["", "b", "drawn at random"]);
  });
});

it("coarsens numbers to the medians of their fifths and rare levels to one, by the training rows", () => {
  const train = madeTable([
    numbers(
      "x",
      Float64Array.from({ length: 100 }, (_, i) => i),
    ),
    levels(
      "code",
      Int32Array.from({ length: 100 }, (_, i) => (i < 94 ? 0 : i < 97 ? 1 : 2)),
      ["often", "rare", "rarer"],
    ),
  ]);
  const { columns } = coarsening(train, ["x", "code"])(train);
  expect(columns[0]?.type === "numeric" && [...new Set(columns[0].values)]).toEqual([10, 30, 50, 70, 90]);
  expect(columns[1]).toMatchObject({ levels: ["often", "other values"] });
  expect(coarsening(train, [])(train).columns).toEqual(train.columns);
});
