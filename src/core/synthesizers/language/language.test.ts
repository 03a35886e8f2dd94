import { beforeAll, expect, test } from "vitest";
import { createTokenCodec } from "../../codec/token.ts";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { cells } from "../fixtures/short-fits.ts";
import { placesOf } from "../token-rows/places.ts";
import type { Artifact, Model, Params, Progress } from "../synthesizer.ts";
import { language } from "./language.ts";
import { languageNetwork, sequences } from "./network.ts";
import { expectedSeconds, planLanguage } from "./plan.ts";

const SHARES = [0.1, 0.5, 0.9] as const;
const small = { width: 32, layers: 2, steps: 220, learningRate: 4e-3, batch: 64, dropout: 0, patience: 99 };
const defaults = Object.fromEntries(
  Object.entries(language.params).map(([name, spec]) => [name, spec.default]),
);
const settings = (given: Params): Params => ({ ...defaults, ...given });

/** x one of three, y by x, z about 2 (x - 1) and missing in a fifth of x = 2. */
function known(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const x = Array.from({ length: rows }, () => rng.integer(3));
  const y = x.map((value) => (rng.uniform() < (SHARES[value] as number) ? 1 : 0));
  const z = x.map((value) =>
    value === 2 && rng.uniform() < 0.2 ? NaN : Math.round(100 * (2 * (value - 1) + 0.4 * rng.normal())) / 100,
  );
  return madeTable([
    levels("x", x, ["a", "b", "c"]),
    levels("y", y, ["no", "yes"]),
    numbers("z", z, { decimals: 2 }),
  ]);
}

async function fit(table: Table, given: Params, from?: Artifact): Promise<[Model, Progress[]]> {
  const options = { previewRows: 0, previewEvery: 0, ...(from && { from }) };
  const run = language.fit(table, settings(given), createRng(1), options);
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return [next.value, reports];
    reports.push(next.value);
  }
}

const share = (values: readonly number[], value: number): number =>
  values.filter((one) => one === value).length / values.length;

let model: Model;
let reports: Progress[];
beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
  [model, reports] = await fit(known(1500, 1), small);
}, 60_000);

test("learns how columns go together, and missing cells with them", async () => {
  const drawn = await model.sample(3000, createRng(2));
  const [x, y, z] = ["x", "y", "z"].map((name) => cells(drawn, name)) as [number[], number[], number[]];
  for (const [level, wanted] of SHARES.entries()) {
    const some = y.filter((_, i) => x[i] === level);
    expect(Math.abs(share(some, 1) - wanted)).toBeLessThan(0.08);
    const present = z.filter((value, i) => x[i] === level && Number.isFinite(value));
    const centre = present.reduce((sum, value) => sum + value, 0) / present.length;
    expect(Math.abs(centre - 2 * (level - 1))).toBeLessThan(0.25);
  }
  const absent = z.map((value) => (Number.isNaN(value) ? 1 : 0));
  const rate = absent.filter((_, i) => x[i] === 2);
  expect(Math.abs(share(rate, 1) - 0.2)).toBeLessThan(0.08);
  const losses = reports.flatMap(({ validation }) => validation ?? []);
  expect(Math.min(...losses)).toBeLessThan((losses[0] as number) - 0.3);
});

test("cells that are given come first: what is filled in goes with all of them, also with later columns", async () => {
  const rows = 600;
  const given = madeTable([
    levels("x", new Array<number>(rows).fill(-1), ["a", "b", "c"]),
    levels("y", new Array<number>(rows).fill(1), ["no", "yes"]),
    numbers("z", new Array<number>(rows).fill(0.1), { decimals: 2 }),
  ]);
  const filled = await model.sample(rows, createRng(3), { complete: given });
  expect(share(cells(filled, "x"), 1)).toBeGreaterThan(0.9);
  expect(cells(filled, "z").every((value) => value === 0.1)).toBe(true);
});

test("a condition on a later column shifts the earlier ones as Bayes says, with few candidates", async () => {
  const before = tensorCount();
  let drawn = 0;
  const made = await model.sample(1500, createRng(4), {
    where: [{ column: "y", in: ["yes"] }],
    onAcceptance: (acceptance) => (drawn = acceptance.drawn),
  });
  const x = cells(made, "x");
  for (const [level, wanted] of SHARES.entries())
    expect(Math.abs(share(x, level) - wanted / 1.5)).toBeLessThan(0.07);
  expect(drawn).toBeLessThan(2500);
  expect(tensorCount()).toBe(before);
});

test("finds rows likelier than the same rows with their cells exchanged", async () => {
  const table = known(200, 8);
  const turned = { ...table, columns: table.columns.map((column, j) => (j === 0 ? rolled(column) : column)) };
  const mean = async (rows: Table): Promise<number> => {
    const found = await language.logLikelihoods?.(await model.save(), rows);
    return (found as Float64Array).reduce((sum, value) => sum + value, 0) / rows.rows;
  };
  expect(await mean(table)).toBeGreaterThan((await mean(turned)) + 1);
});

/** The column with every cell one row further down. */
function rolled(column: Table["columns"][number]): Table["columns"][number] {
  if (column.type !== "coded") return column;
  return { ...column, codes: column.codes.map((_, i, all) => all[(i + 1) % all.length] as number) };
}

test("goes on from a saved model; another synthesizer's is refused", async () => {
  const from = await model.save();
  const [further] = await fit(known(60, 7), { ...small, steps: 5 }, from);
  const drawn = await further.sample(2000, createRng(5));
  const y = cells(drawn, "y").filter((_, i) => cells(drawn, "x")[i] === 2);
  expect(share(y, 1)).toBeGreaterThan(0.75);
  await expect(fit(known(60, 7), small, { ...from, synthesizer: "vae" })).rejects.toMatchObject({
    fault: { code: "bad-use" },
  });
});

test("a row is the words of its cells, each asked for by its column, in its order", () => {
  const table = known(400, 9);
  const codec = createTokenCodec(table, { bins: 12 });
  const places = placesOf(codec);
  const offsets = places.counts.map((count) => new Float32Array(count));
  const net = languageNetwork(codec, places, offsets, { width: 16, heads: 1, layers: 1 }, 0);
  const tokens = Int32Array.of(2, 1, 3, 0, 0, 5);
  const { values, asks, size } = net.vocabulary;
  expect(values).toEqual([1, 4, 6]);
  expect(size).toBe(asks + 3);
  const plain = sequences(net, { tokens }, [0, 1]);
  expect([...(plain["x"]?.data ?? [])]).toEqual([0, 3, 5, 0, 1, 4]);
  expect([...(plain["asked"]?.data ?? [])]).toEqual([asks, asks + 1, asks + 2, asks, asks + 1, asks + 2]);
  const turned = sequences(net, { tokens }, [0, 1], createRng(1));
  const [x, asked, back, there] = ["x", "asked", "back", "there"].map((name) => turned[name]?.data) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  back.forEach((position, at) => expect(there[position]).toBe(at));
  for (let at = 0; at < 6; at++) {
    const place = (asked[at] as number) - asks;
    expect(there[at]).toBe(3 * Math.floor(at / 3) + place);
    if (at % 3 === 0) expect(x[at]).toBe(0);
    else {
      const before = (asked[at - 1] as number) - asks;
      expect(x[at]).toBe((values[before] as number) + (tokens[3 * Math.floor(at / 3) + before] as number));
    }
  }
});

test("a step has fewer rows where columns are many, and more columns take longer", () => {
  const plans = [5, 15, 75].map((columns) => planLanguage(7000, columns, settings({})));
  expect(plans.map(({ batch }) => batch)).toEqual(plans.map(({ batch }) => batch).sort((a, b) => b - a));
  for (const { width, heads } of plans) expect(width % (4 * heads)).toBe(0);
  const seconds = [5, 15, 75].map((columns, i) =>
    expectedSeconds({ rows: 7000, columns, numeric: columns, levels: 0 }, plans[i] as (typeof plans)[number]),
  );
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
});
