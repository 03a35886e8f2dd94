import { expect, test } from "vitest";
import { createTokenCodec } from "../codec/token.ts";
import { createRng } from "../math/rng.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import { silentBlock } from "./autoregressive-blocks.ts";
import type { BlockPlan } from "./autoregressive-blocks.ts";
import { calibrated } from "./autoregressive-calibration.ts";
import { encodeRows } from "./autoregressive-data.ts";
import type { AutoregressiveData } from "./autoregressive-data.ts";
import { offsetOf } from "./autoregressive-heads.ts";
import { loadLines, rowWidth, savedLine } from "./autoregressive-line.ts";
import { learnLines } from "./autoregressive-line-learning.ts";
import type { Line } from "./autoregressive-line.ts";
import { plansFor } from "./autoregressive-model.ts";
import { createSampler, silentLogs } from "./autoregressive-sampler.ts";

const ROWS = 600;

/** a and b normal, c = .8 a - .5 b + .3 e (a fifth of it missing), d apart from all. */
function planted(): Table {
  const rng = createRng(5);
  const draw = (): Float64Array => Float64Array.from({ length: ROWS }, () => rng.normal());
  const [a, b, e, d] = [draw(), draw(), draw(), draw()];
  const c = a.map((x, i) => (i % 5 === 0 ? NaN : 0.8 * x - 0.5 * (b[i] as number) + 0.3 * (e[i] as number)));
  const columns = ["a", "b", "c", "d"].map((name): ColumnSchema => ({
    name,
    kind: "decimal",
    role: "feature",
    reason: "",
    missingToken: "",
    number: { decimals: 12, decimalMark: ".", thousandsMark: "" },
  }));
  const dialect = { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" } as const;
  return {
    name: "planted",
    rows: ROWS,
    columns: [a, b, c, d].map((values) => ({ type: "numeric", values })),
    schema: { columns, dialect, missingTokens: [""] },
  };
}

async function encoded(table = planted()): Promise<AutoregressiveData> {
  const work = encodeRows(table, createTokenCodec(table, { bins: 40 }), createRng(1));
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
  }
}

/** Plans of networks that say nothing, with `lines` beside them. */
function plansWith({ codec, places }: AutoregressiveData, lines: readonly (Line | undefined)[]): BlockPlan[] {
  const parents = places.columns.map((_, place) => Int32Array.from({ length: place }, (__, i) => i));
  const offsets = codec.code.columns.map(({ code }) => offsetOf(code.shares, ROWS));
  return plansFor(codec, places, parents, offsets, { members: 2, units: 2 }, lines);
}

const correlation = (x: readonly number[], y: readonly number[]): number => {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value / values.length, 0);
  const [xm, ym] = [mean(x), mean(y)];
  const sum = (of: (i: number) => number): number => x.reduce((total, _, i) => total + of(i), 0);
  const dx = (i: number): number => (x[i] as number) - xm;
  const dy = (i: number): number => (y[i] as number) - ym;
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) * dx(i)) * sum((i) => dy(i) * dy(i)));
};

test("a planted line is found, with its weights and its error, and none where there is none", async () => {
  const lines = learnLines(await encoded());
  expect(lines.map((line) => line !== undefined)).toEqual([false, false, true, false]);
  const { parents, weights, spread } = lines[2] as Line;
  expect([...parents]).toEqual([0, 1]);
  const deviation = Math.sqrt(0.64 + 0.25 + 0.09);
  expect(weights[0]).toBeCloseTo(0.8 / deviation, 1);
  expect(weights[1]).toBeCloseTo(-0.5 / deviation, 1);
  expect(spread).toBeGreaterThan(0.25);
  expect(spread).toBeLessThan(0.37);
});

/** k normal columns of what they share and their own noise, both times a factor of the row's. */
function spreadBy(factor: (rng: ReturnType<typeof createRng>) => number): Table {
  const rng = createRng(8);
  const columns = Array.from({ length: 8 }, () => new Float64Array(ROWS));
  for (let i = 0; i < ROWS; i++) {
    const own = factor(rng);
    const shared = rng.normal();
    for (const values of columns) values[i] = own * (shared + 0.6 * rng.normal());
  }
  const table = planted();
  const first = table.schema.columns[0] as ColumnSchema;
  return {
    ...table,
    columns: columns.map((values) => ({ type: "numeric", values })),
    schema: { ...table.schema, columns: columns.map((_, k) => ({ ...first, name: `x${k}` })) },
  };
}

test("rows that are wide in one column are found to be wide in others, where they are", async () => {
  const freedoms = async (table: Table): Promise<number[]> =>
    learnLines(await encoded(table)).flatMap((line) => line?.freedom ?? []);
  const wide = await freedoms(spreadBy((rng) => (rng.uniform() < 0.3 ? 2.5 : 0.7)));
  const even = await freedoms(spreadBy(() => 1));
  expect(wide).toHaveLength(7);
  expect(Math.max(...wide.slice(2))).toBeLessThanOrEqual(8);
  expect(even).toHaveLength(7);
  expect(Math.min(...even)).toBeGreaterThanOrEqual(16);
});

test("the width of a row is that of a t distribution given what came before", () => {
  expect(rowWidth(4, 9, 3)).toBeCloseTo(13 / 7, 12);
  expect(rowWidth(4, 0, 0)).toBe(1);
  expect(rowWidth(Infinity, 50, 3)).toBe(1);
});

test("with silent networks rows hang together as the planted ones do, and as much is missing", async () => {
  const data = await encoded();
  const plans = plansWith(data, learnLines(data));
  const sampler = createSampler(data.places, plans, plans.map(silentBlock));
  const rows = 4000;
  const tokens = await sampler.draw(rows, createRng(2));
  const table = data.codec.fromTokens(tokens, createRng(3));
  const [a, , c] = table.columns.map((column) => (column.type === "numeric" ? [...column.values] : []));
  const present = (c as number[]).flatMap((value, i) => (Number.isNaN(value) ? [] : [i]));
  expect(present.length / rows).toBeGreaterThan(0.77);
  expect(present.length / rows).toBeLessThan(0.83);
  const at = (values: number[] | undefined): number[] => present.map((i) => values?.[i] as number);
  expect(correlation(at(a), at(c))).toBeCloseTo(0.8 / Math.sqrt(0.98), 1);
});

test("the line makes the rows it was learnt from much more likely, and sums to 1", async () => {
  const data = await encoded();
  const [plan] = plansWith(data, learnLines(data)).slice(2) as [BlockPlan];
  const width = data.places.columns.length;
  const say = silentLogs(plan);
  let gain = 0;
  for (let i = 0; i < ROWS; i++)
    gain +=
      say(data.tokens, i * width, 2) - (plan.head.offset[data.tokens[i * width + 2] as number] as number);
  expect(gain / ROWS).toBeGreaterThan(0.6);
  const row = data.tokens.slice(0, width);
  let sum = 0;
  for (let token = 0; token < plan.head.classes; token++) {
    row[2] = token;
    sum += Math.exp(say(row, 0, 2));
  }
  expect(sum).toBeCloseTo(1, 6);
});

test("lines come back from JSON, and damaged ones are refused", async () => {
  const lines = learnLines(await encoded());
  const saved: unknown = JSON.parse(JSON.stringify(lines.map(savedLine)));
  expect(loadLines(saved, 4)).toEqual(lines);
  const older = { parents: [0], weights: [1], spread: 0.5 };
  expect(loadLines([null, older], 2)[1]).toMatchObject({ scores: "normal", freedom: Infinity });
  expect(() => loadLines([null, { ...older, freedom: -1 }], 2)).toThrow();
  expect(loadLines(undefined, 2)).toEqual([undefined, undefined]);
  expect(() => loadLines(saved, 3)).toThrow();
  expect(() => loadLines([null, { parents: [1], weights: [1], spread: 1 }], 2)).toThrow();
  expect(() => loadLines([null, { parents: [0], weights: [1], spread: 0 }], 2)).toThrow();
});

test("biases that shift a column are taken back to its shares", async () => {
  const data = await encoded();
  const plans = plansWith(data, learnLines(data));
  const shifted = plans.map((plan) => {
    const block = silentBlock(plan);
    block.headBias.fill(plan.inputs > 0 ? 0.2 : 0);
    return block;
  });
  const meanScore = async (blocks: typeof shifted): Promise<number> => {
    const sampler = createSampler(data.places, plans, blocks);
    const tokens = await sampler.draw(4000, createRng(4));
    return tokens.reduce((sum, token, at) => sum + (at % plans.length === 3 ? token : 0), 0) / 4000;
  };
  const wanted = await meanScore(plans.map(silentBlock));
  const work = calibrated(data.places, plans, shifted, 1000, createRng(6));
  let next = await work.next();
  while (next.done !== true) next = await work.next();
  expect(Math.abs((await meanScore(shifted)) - wanted)).toBeGreaterThan(3);
  expect(Math.abs((await meanScore(next.value)) - wanted)).toBeLessThan(1);
});
