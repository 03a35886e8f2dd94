import { beforeAll, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice } from "../nn/device.ts";
import { madeTable, numbers } from "../table/fixtures/made-table.ts";
import type { NumericColumn, Table } from "../table/table.ts";
import { findSynthesizer, resolveParams } from "./registry.ts";
import type { Model } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const ROWS = 500;
const CODES = [1102, 2307, 2309, 4410, 5871, 7702, 8815, 9120, 9933, 12_004, 15_551];

/** A body mass index and a total of three, a fifth of their cells lost each for itself; codes; even pressures. */
function ward(): Table {
  const rng = createRng(7);
  const list = (make: (i: number) => number): number[] => Array.from({ length: ROWS }, (_, i) => make(i));
  const height = list(() => Math.round(10 * (168 + 9 * rng.normal())) / 10);
  const weight = list((i) => Math.round((21 + 7 * rng.uniform()) * (height[i] as number) ** 2 * 1e-3) / 10);
  const index = list((i) => Math.round((1e5 * (weight[i] as number)) / (height[i] as number) ** 2) / 10);
  const parts = [4, 5, 6].map((most) => list(() => 1 + rng.integer(most)));
  const total = list((i) => parts.reduce((sum, part) => sum + (part[i] as number), 0));
  const lost = (values: number[]): number[] => values.map((value) => (rng.uniform() < 0.2 ? NaN : value));
  const weights = CODES.map((_, k) => 1 / (k + 2));
  return madeTable([
    numbers("weight", lost(weight), { decimals: 1 }),
    numbers("height", lost(height), { decimals: 1 }),
    numbers("bmi", lost(index), { decimals: 1 }),
    ...parts.map((part, k) => numbers(`part${k}`, lost(part), { decimals: 0 })),
    numbers("total", lost(total), { decimals: 0 }),
    numbers(
      "code",
      list((i) => (i < 4 ? 6655 : (CODES[rng.weighted(weights)] as number))),
      { decimals: 0 },
    ),
    numbers(
      "pressure",
      list(() => 2 * Math.round(66 + 9 * rng.normal())),
      { decimals: 0 },
    ),
  ]);
}

async function drawnBy(id: string): Promise<Float64Array[]> {
  const synthesizer = findSynthesizer(id);
  const small = { steps: 60, members: 1, hidden: 16, width: 16 };
  const known = Object.entries(small).filter(([name]) => name in synthesizer.params);
  const params = resolveParams(synthesizer, Object.fromEntries(known));
  const run = synthesizer.fit(ward(), params, createRng(2), { previewRows: 0, previewEvery: 0 });
  let model: Model | undefined;
  while (!model) {
    const next = await run.next();
    if (next.done) model = next.value;
  }
  const made = await model.sample(1500, createRng(3));
  return made.columns.map((column) => (column as NumericColumn).values);
}

test("formulas hold as written in rows that have all of their cells, and as many cells are missing as were", async () => {
  const [weight, height, bmi, a, b, c, total] = (await drawnBy("autoregressive")) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const off = bmi.map((value, i) => value - (1e4 * (weight[i] as number)) / (height[i] as number) ** 2);
  const known = off.filter(Number.isFinite);
  expect(known.length).toBeGreaterThan(600);
  expect(known.filter((value) => Math.abs(value) <= 0.05 + 1e-6).length).toBe(known.length);
  const rest = total
    .map((value, i) => value - (a[i] as number) - (b[i] as number) - (c[i] as number))
    .filter(Number.isFinite);
  expect(rest.length).toBeGreaterThan(450);
  expect(rest.filter((value) => value === 0).length).toBe(rest.length);
  for (const values of [weight, height, bmi, a, b, c, total])
    expect(Math.abs(values.filter(Number.isNaN).length / 1500 - 0.2)).toBeLessThan(0.06);
});

test.each(["independent", "cart", "copula", "autoregressive"])(
  "%s draws codes and even numbers that the source has",
  async (id) => {
    const columns = await drawnBy(id);
    const [code, pressure] = columns.slice(-2) as [Float64Array, Float64Array];
    expect([...new Set(code)].filter((value) => !CODES.includes(value))).toEqual([]);
    expect(pressure.every((value) => value % 2 === 0)).toBe(true);
  },
);
