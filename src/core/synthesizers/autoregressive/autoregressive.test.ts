import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { rocAuc } from "../../math/scores/roc-auc.ts";
import { openDevice } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { autoregressive } from "./autoregressive.ts";
import { resolveParams } from "../registry.ts";
import type { FitOptions, Model, Params, Progress } from "../synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const choice = (name: string, codes: readonly number[], count: number): MadeColumn =>
  levels(
    name,
    codes,
    Array.from({ length: count }, (_, i) => `${name} ${i}`),
  );

async function fit(
  table: Table,
  given: Partial<Params> = {},
  options: Partial<FitOptions> = {},
): Promise<{ model: Model; reports: Progress[] }> {
  const all: FitOptions = { previewRows: 0, previewEvery: 0, ...options };
  const run = autoregressive.fit(table, resolveParams(autoregressive, given), createRng(1), all);
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, reports };
    reports.push(next.value);
  }
}

const valuesOf = (table: Table, i: number): number[] => {
  const column = table.columns[i] as Column;
  return [...(column.type === "numeric" ? column.values : column.codes)];
};
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const round = (value: number): number => Math.round(100 * value) / 100;

/** x one of three, rare in 1 of 100, y by x, z normal around x - 1 (twice as far where y), missing in a fifth of x = 2. */
function known(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const x = Array.from({ length: rows }, () => rng.integer(3));
  const rare = x.map(() => (rng.uniform() < 0.01 ? 1 : 0));
  const y = x.map((value) => (rng.uniform() < ([0.1, 0.5, 0.9][value] as number) ? 1 : 0));
  const z = x.map((value, i) =>
    value === 2 && rng.uniform() < 0.2
      ? NaN
      : round((value - 1) * (1 + (y[i] as number)) + 0.5 * rng.normal()),
  );
  return madeTable([
    choice("x", x, 3),
    choice("rare", rare, 2),
    choice("y", y, 2),
    numbers("z", z, { decimals: 2 }),
  ]);
}

test("finds a known conditional, and rare levels in their share", async () => {
  const { model, reports } = await fit(known(3000, 1), { steps: 500 });
  const drawn = await model.sample(10_000, createRng(2));
  const [x, rare, y, z] = [0, 1, 2, 3].map((i) => valuesOf(drawn, i)) as [
    number[],
    number[],
    number[],
    number[],
  ];
  for (const [level, share] of [0.1, 0.5, 0.9].entries()) {
    const some = y.filter((_, i) => x[i] === level);
    expect(Math.abs(mean(some) - share)).toBeLessThan(0.06);
    for (const outcome of [0, 1]) {
      const centre = mean(
        z.filter((value, i) => x[i] === level && y[i] === outcome && Number.isFinite(value)),
      );
      const expected = (level - 1) * (1 + outcome);
      expect(Math.abs(centre - expected)).toBeLessThan(0.25);
    }
  }
  const absent = z.filter((value, i) => x[i] === 2 && Number.isNaN(value)).length;
  expect(absent / x.filter((level) => level === 2).length).toBeGreaterThan(0.14);
  expect(z.filter((value, i) => x[i] !== 2 && Number.isNaN(value)).length).toBeLessThan(150);
  expect(mean(rare)).toBeGreaterThan(0.005);
  expect(mean(rare)).toBeLessThan(0.02);
  const losses = reports.flatMap(({ validation }) => validation ?? []);
  expect(Math.min(...losses)).toBeLessThan((losses[0] as number) - 0.1);
});

/** 8 numbers that share two hidden causes, and an outcome. */
function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const causes = Array.from({ length: rows }, () => [rng.normal(), rng.normal()] as const);
  const parts = Array.from({ length: 8 }, (_, j) =>
    numbers(
      `lab ${j}`,
      causes.map(([a, b]) => round(Math.cos(j) * a + Math.sin(j) * b + 0.6 * rng.normal())),
      { decimals: 2 },
    ),
  );
  const died = causes.map(([a]) => (rng.uniform() < 1 / (1 + Math.exp(-2 * a)) ? 1 : 0));
  return madeTable([...parts, choice("died", died, 2)]);
}

/** AUC of telling train rows from new ones by their distance to the nearest synthetic row. */
function attack(train: Table, fresh: Table, synthetic: Table): number {
  const width = train.columns.length;
  const columns = (table: Table): number[][] => Array.from({ length: width }, (_, j) => valuesOf(table, j));
  const made = columns(synthetic);
  const nearest = (table: Table): number[] => {
    const own = columns(table);
    return Array.from({ length: table.rows }, (_, i) => {
      let least = Infinity;
      for (let k = 0; k < synthetic.rows; k++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += ((own[j]?.[i] as number) - (made[j]?.[k] as number)) ** 2;
        least = Math.min(least, sum);
      }
      return -Math.sqrt(least);
    });
  };
  const scores = [...nearest(train), ...nearest(fresh)];
  return rocAuc(
    scores,
    scores.map((_, i) => (i < train.rows ? 1 : 0)),
  );
}

test("200 rows are learned, not memorised: new rows cannot be told from them by distance", async () => {
  const train = patients(200, 3);
  const { model } = await fit(train);
  const drawn = await model.sample(200, createRng(4));
  expect(attack(train, patients(2000, 5), drawn)).toBeLessThan(0.57);
  const lab = valuesOf(drawn, 0);
  const died = valuesOf(drawn, 8);
  const centre = (outcome: number): number => mean(lab.filter((_, i) => died[i] === outcome));
  expect(centre(1) - centre(0)).toBeGreaterThan(0.5);
});

test("goes on from a saved model: few rows are enough for what it knew before", async () => {
  const before = await fit(known(1600, 6), { steps: 300 });
  const few = known(60, 7);
  const after = await fit(few, { steps: 60 }, { from: await before.model.save() });
  const alone = await fit(few, { steps: 60, members: 1 });
  const share = async (model: Model): Promise<number> => {
    const drawn = await model.sample(6000, createRng(8));
    const x = valuesOf(drawn, 0);
    const y = valuesOf(drawn, 2);
    const given = (level: number): number => mean(y.filter((_, i) => x[i] === level));
    return given(2) - given(0);
  };
  expect(Math.abs((await share(after.model)) - 0.8)).toBeLessThan(0.2);
  expect(await share(after.model)).toBeGreaterThan((await share(alone.model)) - 0.05);
  const other = madeTable([choice("x", [0, 1], 2), choice("other", [0, 1], 2)]);
  await expect(fit(other, {}, { from: await before.model.save() })).rejects.toMatchObject({
    fault: { code: "columns-differ" },
  });
});

test("numbers that earlier ones tell hold together, also after saving, loading and going on", async () => {
  const rng = createRng(21);
  const made = (rows: number): Table => {
    const a = Array.from({ length: rows }, () => rng.normal());
    const b = a.map((x) => 3 * x + 0.4 * rng.normal());
    const c = a.map((x, i) => x - 0.5 * (b[i] as number) + 0.1 * rng.normal());
    return madeTable([
      numbers("a", a, { decimals: 2 }),
      numbers("b", b, { decimals: 2 }),
      numbers("c", c, { decimals: 2 }),
    ]);
  };
  const explained = (table: Table): number => {
    const [a, b] = [valuesOf(table, 0), valuesOf(table, 1)];
    const left = b.map((y, i) => y - 3 * (a[i] as number));
    const spread = (values: number[]): number => mean(values.map((x) => (x - mean(values)) ** 2));
    return 1 - spread(left) / spread(b);
  };
  const { model } = await fit(made(200), { steps: 60 });
  const artifact = await model.save();
  expect(artifact.version).toBe(1);
  const loaded = await autoregressive.load({
    ...artifact,
    state: JSON.parse(JSON.stringify(artifact.state)) as Record<string, unknown>,
  });
  const [drawn, again] = [await model.sample(400, createRng(2)), await loaded.sample(400, createRng(2))];
  expect(valuesOf(again, 2)).toEqual(valuesOf(drawn, 2));
  expect(explained(drawn)).toBeGreaterThan(0.93);
  const { model: further } = await fit(made(60), { steps: 20 }, { from: artifact });
  expect((await further.save()).state["lines"]).toEqual(artifact.state["lines"]);
  expect(explained(await further.sample(400, createRng(3)))).toBeGreaterThan(0.9);
});

test("where numbers hang together apart by a level, it comes first and each level keeps its line", async () => {
  const rng = createRng(51);
  const kind = Array.from({ length: 500 }, () => (rng.uniform() < 0.4 ? 1 : 0));
  const x = kind.map(() => rng.normal());
  const near = (): number[] => x.map((value, i) => (kind[i] ? 2 - value : value) + 0.2 * rng.normal());
  const made = madeTable([
    numbers("x", x, { decimals: 2 }),
    numbers("y", near(), { decimals: 2 }),
    numbers("z", near(), { decimals: 2 }),
    choice("kind", kind, 2),
  ]);
  const { model } = await fit(made, { steps: 100 });
  const artifact = await model.save();
  expect(artifact.state["order"]).toEqual([3, 0, 1, 2]);
  const state = JSON.parse(JSON.stringify(artifact.state)) as Record<string, unknown>;
  const loaded = await autoregressive.load({ ...artifact, state });
  const drawn = await loaded.sample(1500, createRng(2));
  expect(drawn).toEqual(await model.sample(1500, createRng(2)));
  const [xs, ys, zs, kinds] = [0, 1, 2, 3].map((i) => valuesOf(drawn, i)) as [
    number[],
    number[],
    number[],
    number[],
  ];
  expect(mean(kinds)).toBeCloseTo(0.4, 1);
  const apart = (values: number[]): number =>
    Math.sqrt(
      mean(values.map((value, i) => (value - (kinds[i] ? 2 - (xs[i] as number) : (xs[i] as number))) ** 2)),
    );
  for (const values of [ys, zs]) expect(apart(values)).toBeLessThan(0.45);
});

test("numbers that are codes for one thing come out as pairs that exist", async () => {
  const rng = createRng(31);
  const taxes = Array.from({ length: 30 }, () => Math.round(1000 * rng.uniform()) / 100);
  const areas = Array.from({ length: 1200 }, () => rng.integer(30));
  const price = areas.map((area) => 20 + ((area * 7) % 30) / 10);
  const tax = areas.map((area) =>
    rng.uniform() < 0.02 ? (taxes[rng.integer(30)] as number) : (taxes[area % 15] as number),
  );
  const { model } = await fit(
    madeTable([numbers("price", price, { decimals: 2 }), numbers("tax", tax, { decimals: 2 })]),
    { steps: 600 },
  );
  const drawn = await model.sample(2000, createRng(4));
  const pair = (a: readonly number[], b: readonly number[]): string[] => a.map((x, i) => `${x} ${b[i]}`);
  const known = new Set(pair(price, tax));
  const right = pair(valuesOf(drawn, 0), valuesOf(drawn, 1)).map((made) => (known.has(made) ? 1 : 0));
  expect(mean(right)).toBeGreaterThan(0.9);
});

test("the target is learned last and stays in its place; a damaged order is refused", async () => {
  const rng = createRng(41);
  const y = Array.from({ length: 300 }, () => rng.integer(2));
  const x = Array.from({ length: 8 }, () => y.map((level) => rng.normal() + 0.8 * level));
  const made = madeTable([
    choice("y", y, 2),
    ...x.map((values, k) => numbers(`x${k}`, values, { decimals: 2 })),
  ]);
  const withRole = (at: number): Table => ({
    ...made,
    schema: {
      ...made.schema,
      columns: made.schema.columns.map((column, i) => ({ ...column, role: i === at ? "target" : "feature" })),
    },
  });
  const { model } = await fit(withRole(0), { steps: 300 });
  const artifact = await model.save();
  expect(artifact.state["order"]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0]);
  const drawn = await model.sample(2000, createRng(2));
  expect(drawn.schema.columns.map(({ name }) => name)).toEqual(made.schema.columns.map(({ name }) => name));
  const signs = x.map((_, k) => valuesOf(drawn, k + 1));
  const sums = valuesOf(drawn, 0).map((_, i) =>
    signs.reduce((sum, values) => sum + (values[i] as number), 0),
  );
  expect(rocAuc(sums, valuesOf(drawn, 0))).toBeGreaterThan(0.88);

  const { model: last } = await fit(withRole(8), { steps: 40 });
  const saved = await last.save();
  expect(saved.state["order"]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  for (const order of [[0, 1, 2, 3, 4, 5, 6, 7, 7], undefined]) {
    const bad = { ...saved, state: { ...saved.state, order } };
    await expect(autoregressive.load(bad)).rejects.toMatchObject({ fault: { code: "model-damaged" } });
  }
});

test("the target of a small table reads every other column, though it stands before some of them", async () => {
  const rng = createRng(1);
  const coin = (): number => rng.integer(2);
  const columns = Array.from({ length: 20 }, (_, j) =>
    choice(`sign ${j}`, Array.from({ length: 120 }, coin), 2),
  );
  const table = madeTable(columns);
  const schema = {
    ...table.schema,
    columns: table.schema.columns.map((column, j) =>
      j === 14 ? { ...column, role: "target" as const } : column,
    ),
  };
  const { model } = await fit({ ...table, schema }, { steps: 1 });
  const { order, parents } = (await model.save()).state as { order: number[]; parents: number[][] };
  const columnsRead = parents.map((places) => places.map((place) => order[place]));
  expect(columnsRead[order.indexOf(14)]?.toSorted((a, b) => (a as number) - (b as number))).toEqual(
    Array.from({ length: 20 }, (_, j) => j).filter((j) => j !== 14),
  );
  expect(Math.max(...parents.slice(0, 19).map((places) => places.length))).toBe(12);
});
