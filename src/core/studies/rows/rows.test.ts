import { beforeAll, expect, test } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { columnOrder, takeColumns } from "../columns/choose-columns.ts";
import { nestedRows } from "../measuring/nested-rows.ts";
import { fieldsOf, planStudy, resultOf, runCell } from "../running/run-study.ts";
import type { CellDone, StudyTools } from "../study.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const tools: StudyTools = { wasmPaths, pulse: breathe, cancelled: () => false };

/** `weight` goes with `height`, `died` with both, `noise` with nothing. */
function patients(rows: number): Table {
  const rng = createRng(3);
  const height = Float64Array.from({ length: rows }, () => rng.normal());
  const weight = height.map((value) => 0.8 * value + 0.6 * rng.normal());
  const noise = Float64Array.from({ length: rows }, () => rng.normal());
  const died = Int32Array.from(height, (value) => (rng.uniform() < 1 / (1 + Math.exp(-2 * value)) ? 1 : 0));
  return madeTable([
    numbers("noise", noise, { decimals: 2 }),
    numbers("height", height, { decimals: 2 }),
    levels("died", died, ["no", "yes"], { kind: "boolean", role: "target" }),
    numbers("weight", weight, { decimals: 2 }),
  ]);
}

const table = patients(200);

beforeAll(() => openDevice("wasm", { wasmPaths }));

test("a grid runs, says what it found, repeats from its seed and leaves no tensor behind", async () => {
  const settings = { rows: [60, 200], methods: ["copula"], seeds: 1 };
  const plan = planStudy({ study: "rows", settings, seed: 2 }, { table });
  expect(plan.grid.settings[0]?.words).toBe("60, 140");
  const before = tensorCount();
  const done: CellDone[] = [];
  for (const cell of plan.grid.cells) done.push(await runCell(plan, cell, tools));
  expect(tensorCount()).toBe(before);
  const result = resultOf(plan, done);
  expect(result.failed).toEqual([]);
  expect(result.pictures.map(({ title }) => title)).toContain("Predicting died, AUROC");
  const measures = (key: string) => done.find((one) => one.key === key)?.rows.map(({ measure }) => measure);
  expect(measures("140/copula/1")).toEqual(["c2st", "tstr", "kl", "pairs", "attack", "seconds"]);
  expect(measures("140/real/1")).toEqual(["c2st", "tstr", "kl", "pairs"]);
  const [first] = plan.grid.cells;
  if (first === undefined) throw new Error("There is no cell.");
  const again = await runCell(planStudy(plan.request, plan.source), first, tools);
  const timeless = ({ rows }: CellDone) => rows.filter(({ measure }) => measure !== "seconds");
  expect(timeless(again)).toEqual(timeless(done[0] as CellDone));
}, 30_000);

test("the sizes that nobody chose are of enough patients where each has many rows", () => {
  const many = patients(3000);
  const visits = { ...many, patients: Int32Array.from({ length: 3000 }, (_, row) => Math.floor(row / 10)) };
  const plan = planStudy({ study: "rows", settings: {}, seed: 1 }, { table: visits });
  expect(plan.grid.settings[0]?.words).toMatch(/^500, 1,000, 2,10\d$/);
  expect(() =>
    planStudy({ study: "rows", settings: { rows: [100, 2000] }, seed: 1 }, { table: visits }),
  ).toThrow(
    expect.objectContaining({
      fault: expect.objectContaining({ remedy: "Take a larger smallest size." }) as unknown,
    }),
  );
});

test("real rows are measured by held-out ones: their floor is that of chance, not nothing", async () => {
  const plan = planStudy(
    { study: "rows", settings: { rows: [60, 140], methods: ["copula"], seeds: 1 }, seed: 2 },
    { table },
  );
  const cell = plan.grid.cells.find(({ key }) => key === "140/real/1");
  if (cell === undefined) throw new Error("There is no such cell.");
  const { rows } = await runCell(plan, cell, tools);
  const value = (measure: string) => rows.find((row) => row.measure === measure)?.value ?? NaN;
  expect(value("pairs")).toBeGreaterThan(0.005);
  expect(value("kl")).toBeGreaterThan(0.005);
  expect(value("c2st")).toBeLessThan(0.65);
});

test("refuses a small table, and sizes that come to one", () => {
  expect(() => fieldsOf("rows", { table: takeRows(table, [...Array(60).keys()]) })).toThrow(/study/);
  const settings = { rows: [150, 200], methods: ["copula"], seeds: 1 };
  expect(() => planStudy({ study: "rows", settings, seed: 1 }, { table })).toThrow(/study/);
});

test("without a target the study goes on, and says why nothing is predicted", async () => {
  const schema = {
    ...table.schema,
    columns: table.schema.columns.map((column) => ({ ...column, role: "feature" as const })),
  };
  const plan = planStudy(
    { study: "rows", settings: { rows: [60, 140], methods: ["copula"], seeds: 1 }, seed: 1 },
    { table: { ...table, schema } },
  );
  const found = plan.grid.reduce([]);
  expect(found.notes?.[0]).toBe("Nothing is predicted: No column is marked as the target.");
  const fields = fieldsOf("columns", { table: { ...table, schema } });
  expect(fields.find(({ name }) => name === "order")).toMatchObject({ choices: [{ value: "random" }] });
});

test("rows of a patient stay together, and smaller subsets lie within larger ones", () => {
  const whose = { ...table, patients: Int32Array.from({ length: 200 }, (_, row) => Math.floor(row / 7)) };
  const [few, more] = [50, 120].map((size) => nestedRows(whose, size, createRng(4)));
  const sizes = new Map<number, number>();
  for (const patient of few?.patients ?? []) sizes.set(patient, (sizes.get(patient) ?? 0) + 1);
  for (const [patient, size] of sizes) expect(size).toBe(patient === 28 ? 4 : 7);
  expect(few?.rows).toBeLessThanOrEqual(50);
  const larger = new Set(more?.patients);
  expect([...sizes.keys()].every((patient) => larger.has(patient))).toBe(true);
});

test("columns: the target is always kept, subsets are nested, importance goes by association", () => {
  const names = (order: ReturnType<typeof columnOrder>, count: number): string[] =>
    takeColumns(table, order, count).schema.columns.map(({ name }) => name);
  const important = columnOrder(table, "importance", 1);
  expect(names(important, 2)).toEqual(["height", "died"]);
  expect(names(important, 3)).toEqual(["height", "died", "weight"]);
  const random = Array.from({ length: 6 }, (_, seed) => columnOrder(table, "random", seed));
  for (const order of random) {
    expect(names(order, 2)).toContain("died");
    expect(names(order, 3)).toEqual(expect.arrayContaining(names(order, 2)));
  }
  expect(new Set(random.map((order) => names(order, 2).join())).size).toBeGreaterThan(1);
  expect(columnOrder(table, "random", 3)).toEqual(random[3]);
});
