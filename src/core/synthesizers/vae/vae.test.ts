import { beforeEach, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { currentDevice, loseDevice, openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { resolveParams } from "../registry.ts";
import type { FitOptions, Model, Params, Progress } from "../synthesizer.ts";
import { vae } from "./vae.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

beforeEach(async () => {
  await openDevice("wasm", { wasmPaths });
});

/** x normal, y = x + noise, group = whether x is above 0, and y missing in a fifth of group 1. */
function related(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const round = (value: number): number => Math.round(100 * value) / 100;
  const x = Float64Array.from({ length: rows }, () => round(rng.normal()));
  const codes = Int32Array.from(x, (value) => (value > 0 ? 1 : 0));
  const y = Float64Array.from(x, (value, i) =>
    codes[i] === 1 && rng.uniform() < 0.2 ? NaN : round(value + 0.3 * rng.normal()),
  );
  return madeTable([
    numbers("x", x, { decimals: 2 }),
    numbers("y", y, { decimals: 2 }),
    levels("group", codes, ["low", "high"]),
  ]);
}

interface Fitted {
  readonly model: Model;
  readonly reports: Progress[];
}

async function fit(
  table: Table,
  given: Partial<Params>,
  options: Partial<FitOptions> = {},
  at: (report: Progress) => void = () => undefined,
): Promise<Fitted> {
  const whole: FitOptions = { previewRows: 0, previewEvery: 0, ...options };
  const run = vae.fit(table, resolveParams(vae, given), createRng(3), whole);
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, reports };
    reports.push(next.value);
    at(next.value);
  }
}

/** Correlation of x and y, share of right groups by the sign of x, share of y missing in each group. */
function relations(table: Table): { correlation: number; groups: number; missing: [number, number] } {
  const [x, y, group] = table.columns as [
    Column & { type: "numeric" },
    Column & { type: "numeric" },
    Column & { type: "coded" },
  ];
  const rows = [...x.values.keys()];
  const both = rows.filter((i) => !Number.isNaN(y.values[i]));
  const meanOf = (values: Float64Array): number =>
    both.reduce((total, i) => total + (values[i] as number), 0) / both.length;
  const [mx, my] = [meanOf(x.values), meanOf(y.values)];
  let [sxy, sxx, syy] = [0, 0, 0];
  for (const i of both) {
    const [dx, dy] = [(x.values[i] as number) - mx, (y.values[i] as number) - my];
    sxy += dx * dy;
    sxx += dx * dx;
    syy += dy * dy;
  }
  const right = rows.filter((i) => ((x.values[i] as number) > 0 ? 1 : 0) === group.codes[i]).length;
  const missingIn = (code: number): number => {
    const own = rows.filter((i) => group.codes[i] === code);
    return own.filter((i) => Number.isNaN(y.values[i])).length / own.length;
  };
  return {
    correlation: sxy / Math.sqrt(sxx * syy),
    groups: right / rows.length,
    missing: [missingIn(0), missingIn(1)],
  };
}

test.each([
  ["normal scores", 500],
  ["tokens", 2200],
])("with %s it learns what hangs together, missing cells too", async (_, rows) => {
  const { model } = await fit(related(rows, 1), { steps: 500, hidden: 64 });
  const found = relations(await model.sample(1500, createRng(1)));
  expect(found.correlation).toBeGreaterThan(0.85);
  expect(found.groups).toBeGreaterThan(0.85);
  expect(found.missing[0]).toBeLessThan(0.07);
  expect(found.missing[1]).toBeGreaterThan(0.12);
  expect(found.missing[1]).toBeLessThan(0.28);
  model.dispose();
});

test("tokens saved and loaded sample the same rows; the file holds networks, codec and prior only", async () => {
  const before = tensorCount();
  const { model } = await fit(related(2100, 2), { steps: 40, hidden: 32 });
  const artifact = await model.save();
  const loaded = await vae.load({
    ...artifact,
    state: JSON.parse(JSON.stringify(artifact.state)) as typeof artifact.state,
  });
  expect(await loaded.sample(1200, createRng(5))).toEqual(await model.sample(1200, createRng(5)));
  const names = artifact.tensors.map(({ name }) => name);
  expect(names.every((name) => /^(encoder\.|decoder\.|log-sigma$|prior\.)/.test(name))).toBe(true);
  model.dispose();
  loaded.dispose();
  expect(tensorCount()).toBe(before);
});

test("stops by itself when held-out rows gain no more, and keeps the best weights", async () => {
  const { model, reports } = await fit(related(120, 3), {
    steps: 5000,
    hidden: 32,
    patience: 3,
    learningRate: 0.01,
  });
  const judged = reports.filter(({ validation }) => validation !== undefined);
  const last = reports.at(-1) as Progress;
  expect(last.step).toBeLessThan(5000);
  expect(last.fraction).toBe(1);
  const losses = judged.map(({ validation }) => validation as number);
  expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 4);
  model.dispose();
});

test("told that it is enough, it closes with a model of what it has", async () => {
  let steps = 0;
  const { model, reports } = await fit(
    related(200, 4),
    { steps: 5000, hidden: 32 },
    { enough: () => steps >= 30 },
    ({ step }) => {
      steps = step;
    },
  );
  expect(reports.at(-1)?.step).toBeLessThan(200);
  expect((await model.sample(10, createRng(1))).rows).toBe(10);
  model.dispose();
});

test("goes on on another device when its own is lost, and reports it once", async () => {
  await openDevice("cpu", { wasmPaths });
  const before = tensorCount();
  let lost = false;
  const { model, reports } = await fit(related(200, 5), { steps: 120, hidden: 32 }, {}, ({ step }) => {
    if (step < 20 || lost) return;
    lost = true;
    loseDevice();
  });
  expect(currentDevice()?.got).toBe("wasm");
  const notices = reports.flatMap(({ notice }) => notice ?? []);
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(/context was lost at step \d+; training goes on on WASM from step \d+/);
  expect((await model.sample(20, createRng(1))).rows).toBe(20);
  model.dispose();
  expect(tensorCount()).toBe(before);
});

test("survives two rows, one column, and columns that hold one value or nothing", async () => {
  const two = await fit(related(2, 6), { steps: 10 });
  expect((await two.model.sample(5, createRng(1))).rows).toBe(5);
  const only = madeTable([
    numbers("empty", new Float64Array(60).fill(NaN), { decimals: 2 }),
    levels("same", new Int32Array(60), ["only"], { kind: "constant" }),
  ]);
  const { model } = await fit(only, { steps: 10 });
  const drawn = await model.sample(7, createRng(1));
  expect((drawn.columns[0] as Column & { type: "numeric" }).values.every(Number.isNaN)).toBe(true);
  expect([...(drawn.columns[1] as Column & { type: "coded" }).codes]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  const again = await vae.load(await model.save());
  expect((await again.sample(3, createRng(1))).rows).toBe(3);
});

test("TVAE as published learns too, without a held-out row, and comes back from its file", async () => {
  const { model, reports } = await fit(related(150, 8), { recipe: "tvae" });
  expect(reports.every(({ validation }) => validation === undefined)).toBe(true);
  expect(reports.at(-1)?.step).toBe(300);
  const drawn = await model.sample(300, createRng(1));
  expect(relations(drawn).groups).toBeGreaterThan(0.6);
  const loaded = await vae.load(await model.save());
  expect(await loaded.sample(300, createRng(1))).toEqual(drawn);
  model.dispose();
});

test("goes on from a saved model, better at once than from nothing", async () => {
  const { model } = await fit(related(600, 9), { steps: 400, hidden: 64 });
  const from = await model.save();
  const few = related(60, 10);
  const told = async (options: Partial<FitOptions>): Promise<number> => {
    const { reports } = await fit(few, { steps: 20, hidden: 64 }, options);
    return reports.find(({ validation }) => validation !== undefined)?.validation ?? Infinity;
  };
  expect(await told({ from })).toBeLessThan((await told({})) - 0.3);
});

test("a level or a column that the saved model does not know is refused by name", async () => {
  const { model } = await fit(related(80, 11), { steps: 20, hidden: 16 });
  const from = await model.save();
  const table = related(80, 12);
  const group = { type: "coded", codes: new Int32Array(80).fill(0), levels: ["other"] } as const;
  const strange = { ...table, columns: [...table.columns.slice(0, 2), group] };
  await expect(fit(strange, {}, { from })).rejects.toMatchObject({
    fault: { code: "columns-differ", missing: [], extra: ["group: other"] },
  });
  const schema = { ...table.schema, columns: table.schema.columns.slice(0, 2) };
  await expect(
    fit({ ...table, columns: table.columns.slice(0, 2), schema }, {}, { from }),
  ).rejects.toMatchObject({ fault: { code: "columns-differ", missing: ["group"] } });
});
