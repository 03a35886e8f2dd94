import { expect, test } from "vitest";
import { createTokenCodec } from "../../../codec/token.ts";
import { createRng } from "../../../math/rng.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../../table/table.ts";
import { silentBlock } from "../blocks.ts";
import type { BlockPlan } from "../blocks.ts";
import { calibrated } from "../calibration.ts";
import { beginningWith, encodeRows } from "../../token-rows/rows.ts";
import type { TokenRows } from "../../token-rows/rows.ts";
import { offsetOf } from "../../token-rows/heads.ts";
import { nothingBeside } from "./beside.ts";
import { loadLines, rowWidth, savedLine } from "./line.ts";
import { fitLine } from "./line-fit.ts";
import type { LineFit } from "./line-fit.ts";
import { learnLines } from "./learn-lines.ts";
import type { Line, LineGroups } from "./line.ts";
import { chooseGroups } from "./choose-groups.ts";
import { plansFor } from "../model.ts";
import { createSampler, silentLogs } from "../sampler.ts";

const ROWS = 600;

const number = (name: string, values: Float64Array): MadeColumn => numbers(name, values, { decimals: 12 });

/** a and b normal, c = .8 a - .5 b + .3 e (a fifth of it missing), d apart from all. */
function planted(): Table {
  const rng = createRng(5);
  const draw = (): Float64Array => Float64Array.from({ length: ROWS }, () => rng.normal());
  const [a, b, e, d] = [draw(), draw(), draw(), draw()];
  const c = a.map((x, i) => (i % 5 === 0 ? NaN : 0.8 * x - 0.5 * (b[i] as number) + 0.3 * (e[i] as number)));
  return madeTable([number("a", a), number("b", b), number("c", c), number("d", d)]);
}

async function done<T>(work: AsyncGenerator<number, T, void>): Promise<T> {
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
  }
}

const encoded = (table = planted()): Promise<TokenRows> =>
  done(encodeRows(table, createTokenCodec(table, { bins: 40 }), createRng(1)));

/** Plans of networks that say nothing, with `lines` beside them. */
function plansWith({ codec, places }: TokenRows, lines: readonly (Line | undefined)[]): BlockPlan[] {
  const parents = places.columns.map((_, place) => Int32Array.from({ length: place }, (__, i) => i));
  const offsets = codec.code.columns.map(({ code }) => offsetOf(code.shares, ROWS));
  return plansFor(
    codec,
    places,
    parents,
    offsets,
    { members: 2, units: 2 },
    {
      ...nothingBeside(places),
      lines,
    },
  );
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

/** kind is one of two; x normal, y and z = x + .3 e for the one, 2 - x + .1 e for the other. */
function twoKinds(share = 0.4): Table {
  const rng = createRng(9);
  const kinds = Int32Array.from({ length: ROWS }, () => (rng.uniform() < share ? 1 : 0));
  const x = Float64Array.from(kinds, () => rng.normal());
  const y = x.map((value, i) => (kinds[i] ? 2 - value + 0.1 * rng.normal() : value + 0.3 * rng.normal()));
  const z = x.map((value, i) => (kinds[i] ? 2 - value + 0.1 * rng.normal() : value + 0.3 * rng.normal()));
  return madeTable([number("x", x), number("y", y), number("z", z), levels("kind", kinds, ["a", "b"])]);
}

test("the column by which numbers hang together apart is found, and each kind has its line", async () => {
  const data = await encoded(twoKinds());
  const groups = (await done(chooseGroups(data))) as LineGroups;
  expect(groups).toEqual({ place: 3, of: Int32Array.of(0, 1), count: 2 });
  const first = beginningWith(data, groups.place);
  expect(first.places.columns).toEqual([3, 0, 1, 2]);
  const line = learnLines(first, { ...groups, place: 0 })[2] as Line;
  const kinds = first.tokens.filter((_, at) => at % 4 === 0);
  const [one, other] = [0, 1].map((group) => ({
    weight: line.weights[group] as number,
    spread: line.spreads[group] as number,
    rows: kinds.filter((kind) => kind === group).length,
  })) as [{ weight: number; spread: number; rows: number }, { weight: number; spread: number; rows: number }];
  expect(Math.abs(one.rows - ROWS * 0.6)).toBeLessThan(50);
  expect(one.weight / other.weight).toBeCloseTo(-1, 0);
  expect(one.spread / other.spread).toBeGreaterThan(2);
  expect(one.spread / other.spread).toBeLessThan(4);
});

test("a group of fewer than ten rows has the line of all rows", () => {
  const rng = createRng(12);
  const x = Float64Array.from({ length: 309 }, () => rng.normal());
  const of = Int32Array.from(x, (_, i) => (i < 9 ? 2 : i % 2));
  const y = x.map((value, i) => (of[i] === 2 ? 5 : of[i] === 1 ? -value : value) + 0.2 * rng.normal());
  const { weights, shifts } = fitLine([x], y, { of, count: 3 }) as LineFit;
  expect((weights[0] as number) - (weights[1] as number)).toBeGreaterThan(1.8);
  expect(shifts[2]).toBe(0);
  expect(weights[2]).toBe(fitLine([x], y, undefined)?.weights[0]);
});

test("a level that tells nothing, as little as it says itself, or of few rows makes no groups", async () => {
  expect(await done(chooseGroups(await encoded(twoKinds(0.1))))).toBeUndefined();
  const table = twoKinds();
  const rng = createRng(10);
  const [x] = table.columns as [Column];
  const noise = (): Column => ({
    type: "numeric",
    values: Float64Array.from({ length: ROWS }, () => rng.normal()),
  });
  const kind = (codes: Int32Array): Column => ({ type: "coded", codes, levels: ["a", "b"] });
  const chance = kind(Int32Array.from({ length: ROWS }, () => (rng.uniform() < 0.5 ? 1 : 0)));
  const sign = kind(Int32Array.from(x.type === "numeric" ? x.values : [], (value) => (value > 0 ? 1 : 0)));
  for (const level of [chance, sign])
    expect(
      await done(chooseGroups(await encoded({ ...table, columns: [x, noise(), noise(), level] }))),
    ).toBeUndefined();
});

test("a planted line is found, with its weights and its error, and none where there is none", async () => {
  const lines = learnLines(await encoded());
  expect(lines.map((line) => line !== undefined)).toEqual([false, false, true, false]);
  const { parents, weights, spreads, shifts } = lines[2] as Line;
  expect([...parents]).toEqual([0, 1]);
  const deviation = Math.sqrt(0.64 + 0.25 + 0.09);
  expect(weights[0]).toBeCloseTo(0.8 / deviation, 1);
  expect(weights[1]).toBeCloseTo(-0.5 / deviation, 1);
  expect([...shifts]).toEqual([0]);
  expect(spreads).toHaveLength(1);
  expect(spreads[0]).toBeGreaterThan(0.25);
  expect(spreads[0]).toBeLessThan(0.37);
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
  return madeTable(columns.map((values, k) => number(`x${k}`, values)));
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

test("the line makes the rows it was learned from much more likely, and sums to 1", async () => {
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
  const data = beginningWith(await encoded(twoKinds()), 3);
  const lines = learnLines(data, await done(chooseGroups(data)));
  const { counts } = data.places;
  const saved: unknown = JSON.parse(JSON.stringify(lines.map(savedLine)));
  expect(lines.some((line) => line?.groups)).toBe(true);
  expect(loadLines(saved, counts)).toEqual(lines);
  const sound = { parents: [0], weights: [1], shifts: [0], spreads: [0.5], freedom: null };
  expect(loadLines([null, sound], [5, 5])[1]).toEqual({
    groups: undefined,
    parents: Int32Array.of(0),
    weights: Float64Array.of(1),
    shifts: Float64Array.of(0),
    spreads: Float64Array.of(0.5),
    freedom: Infinity,
  });
  const grouped = {
    parents: [],
    weights: [],
    shifts: [0, 1],
    spreads: [1, 1],
    freedom: null,
    by: 0,
    groups: [0, 1],
  };
  expect(loadLines([null, grouped], [2, 5])[1]?.groups).toEqual({
    place: 0,
    of: Int32Array.of(0, 1),
    count: 2,
  });
  const broken = [
    { ...sound, freedom: -1 },
    { ...sound, freedom: undefined },
    { ...sound, parents: [1] },
    { ...sound, spreads: [0] },
    { ...grouped, by: 1 },
    { ...grouped, groups: [0, 1, 1] },
    { ...grouped, shifts: [0] },
    { ...grouped, spreads: [1, 0] },
  ];
  for (const line of broken) expect(() => loadLines([null, line], [2, 5])).toThrow(/cannot be read/);
  expect(() => loadLines(saved, counts.slice(1))).toThrow();
  expect(() => loadLines(undefined, counts)).toThrow(/lines cannot be read/);
});

/** Mean token at each place of 4,000 rows of silent blocks shifted by `bias`, as they are and brought to the shares. */
async function shiftedBy(bias: number, given: { lines: boolean; left?: ReadonlySet<number> }) {
  const data = await encoded();
  const plans = plansWith(data, given.lines ? learnLines(data) : []);
  const shifted = plans.map((plan) => {
    const block = silentBlock(plan);
    block.headBias.fill(plan.inputs > 0 ? bias : 0);
    return block;
  });
  const meanTokens = async (blocks: typeof shifted): Promise<number[]> => {
    const tokens = await createSampler(data.places, plans, blocks).draw(4000, createRng(4));
    const sums = plans.map(() => 0);
    tokens.forEach((token, at) => (sums[at % plans.length] = (sums[at % plans.length] as number) + token));
    return sums.map((sum) => sum / 4000);
  };
  const blocks = await done(
    calibrated(data.places, plans, shifted, 1000, createRng(6), { left: given.left }),
  );
  const means = await Promise.all([plans.map(silentBlock), shifted, blocks].map(meanTokens));
  const [wanted, before, after] = means as [number[], number[], number[]];
  const offs = (values: number[]): number[] =>
    values.map((value, k) => Math.abs(value - (wanted[k] as number)));
  return { shifted, blocks, before: offs(before), after: offs(after) };
}

test("biases that shift a column are taken back to its shares", async () => {
  const { before, after } = await shiftedBy(0.2, { lines: true });
  expect(before[3]).toBeGreaterThan(3);
  expect(after[3]).toBeLessThan(1);
});

test("a step that would lead further away, where hardly a row can change, is not taken", async () => {
  const { before, after } = await shiftedBy(1, { lines: false });
  for (const place of [1, 2, 3]) {
    expect(before[place]).toBeGreaterThan(15);
    expect(after[place]).toBeLessThan((before[place] as number) - 1);
  }
});

test("columns that are what remains of a relation keep their biases", async () => {
  const { shifted, blocks } = await shiftedBy(0.2, { lines: true, left: new Set([2]) });
  expect(blocks[2]).toBe(shifted[2]);
  expect(blocks[3]).not.toEqual(shifted[3]);
});
