import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { gan } from "./gan.ts";
import { resolveParams } from "../registry.ts";
import type { FitOptions, Model, Params, Progress } from "../synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

/** A 5 x 5 grid of narrow modes. */
function grid(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const cells = Int32Array.from({ length: rows }, () => rng.integer(25));
  const place = (name: string, of: (cell: number) => number): MadeColumn => {
    const near = Float64Array.from(cells, (cell) => Math.round(100 * (of(cell) + 0.05 * rng.normal())) / 100);
    return numbers(name, near, { decimals: 2 });
  };
  return madeTable([place("x", (cell) => cell % 5), place("y", (cell) => Math.floor(cell / 5))]);
}

/** A number above 0 in one group and below in the other, and a level that one row in a hundred has. */
function groups(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const codes = Int32Array.from({ length: rows }, () => rng.integer(2));
  const values = Float64Array.from(codes, (code) => Math.round(100 * (4 * code - 2 + rng.normal())) / 100);
  const rare = Int32Array.from({ length: rows }, (_, i) => (i % 100 === 0 ? 2 : rng.integer(2)));
  return madeTable([
    numbers("value", values, { decimals: 2 }),
    levels("group", codes, ["low", "high"]),
    levels("rare", rare, ["a", "b", "seldom"]),
  ]);
}

async function fit(
  table: Table,
  given: Partial<Params>,
  options: Partial<FitOptions> = {},
): Promise<{ model: Model; reports: Progress[] }> {
  const whole: FitOptions = { previewRows: 0, previewEvery: 0, ...options };
  const run = gan.fit(table, resolveParams(gan, given), createRng(3), whole);
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, reports };
    reports.push(next.value);
  }
}

const valuesOf = (table: Table, j: number): Float64Array =>
  (table.columns[j] as Column & { type: "numeric" }).values;
const codesOf = (table: Table, j: number): Int32Array =>
  (table.columns[j] as Column & { type: "coded" }).codes;

/** Share of the rows whose value has the sign of its group. */
function agreement(table: Table): number {
  const group = codesOf(table, 1);
  return valuesOf(table, 0).filter((value, i) => (value > 0 ? 1 : 0) === group[i]).length / table.rows;
}

test("is expected to take longer for more rows, and as published longer still", () => {
  const shape = { rows: 500, columns: 10, numeric: 6, levels: 12 };
  const seconds = (rows: number, recipe: string): number =>
    gan.expectedSeconds?.({ ...shape, rows }, resolveParams(gan, { recipe }), 1) ?? NaN;
  expect(seconds(5000, "ours")).toBeGreaterThan(2 * seconds(500, "ours"));
  expect(seconds(5000, "ctgan")).toBeGreaterThan(seconds(5000, "ours"));
  expect(gan.expectedSeconds?.(shape, resolveParams(gan, {}), 2)).toBeCloseTo(2 * seconds(500, "ours"), 6);
});

test("keeps all 25 modes of a grid", async () => {
  const { model } = await fit(grid(1500, 1), { steps: 450, batch: 96, width: 64 });
  const drawn = await model.sample(2000, createRng(1));
  const counts = new Map<number, number>();
  const [x, y] = [valuesOf(drawn, 0), valuesOf(drawn, 1)];
  x.forEach((value, i) => {
    const cell = Math.round(value) + 5 * Math.round(y[i] as number);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  expect(counts.size).toBe(25);
  expect(Math.min(...counts.values())).toBeGreaterThan(15);
});

test("a level of one row in a hundred comes at between half and twice its rate", async () => {
  const { model } = await fit(groups(3000, 2), { steps: 400, batch: 64, width: 48 });
  const drawn = await model.sample(10_000, createRng(1));
  const rate = codesOf(drawn, 2).filter((code) => code === 2).length / 10_000;
  expect(rate).toBeGreaterThan(0.005);
  expect(rate).toBeLessThan(0.02);
  expect(agreement(drawn)).toBeGreaterThan(0.9);
});

test("CTGAN as published comes back from its file, and answers conditions", async () => {
  const before = tensorCount();
  const { model } = await fit(groups(200, 3), { recipe: "ctgan", steps: 2 });
  const drawn = await model.sample(50, createRng(1));
  const loaded = await gan.load(await model.save());
  expect(await loaded.sample(50, createRng(1))).toEqual(drawn);
  const asked = await loaded.sample(40, createRng(2), { where: [{ column: "group", in: ["high"] }] });
  expect([...codesOf(asked, 1)].every((code) => code === codesOf(asked, 1)[0])).toBe(true);
  expect(tensorCount()).toBe(before);
});

test("goes on from a saved model: few steps are enough where they are not from nothing", async () => {
  const { model } = await fit(groups(600, 4), { steps: 250, width: 48 });
  const from = await model.save();
  const few = groups(60, 5);
  const after = async (options: Partial<FitOptions>): Promise<number> => {
    const { model: next } = await fit(few, { steps: 15, width: 48 }, options);
    return agreement(await next.sample(1000, createRng(1)));
  };
  const [continued, anew] = [await after({ from }), await after({})];
  expect(continued).toBeGreaterThan(0.85);
  expect(continued).toBeGreaterThan(anew + 0.1);
});

test("a level that the saved model does not know is refused by name", async () => {
  const { model } = await fit(groups(100, 6), { steps: 10, width: 16 });
  const from = await model.save();
  const other = groups(100, 7);
  const [value, , rare] = other.columns as [Column, Column, Column];
  const strange: Column = { type: "coded", codes: new Int32Array(100), levels: ["middling"] };
  await expect(fit({ ...other, columns: [value, strange, rare] }, {}, { from })).rejects.toMatchObject({
    fault: { code: "columns-differ", missing: [], extra: ["group: middling"] },
  });
});
