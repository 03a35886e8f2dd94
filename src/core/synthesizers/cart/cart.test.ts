import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { Rng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { cart } from "./cart.ts";
import { findSynthesizer, synthesizers } from "../registry.ts";
import type { Artifact, Model } from "../synthesizer.ts";

const defaults = Object.fromEntries(Object.entries(cart.params).map(([name, spec]) => [name, spec.default]));

async function fit(train: Table, leaf = 5): Promise<Model> {
  const run = cart.fit(train, { ...defaults, leaf }, createRng(1), { previewRows: 0, previewEvery: 0 });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

const cellsOf = (table: Table, i: number): number[] => {
  const made = table.columns[i] as Column;
  return [...(made.type === "numeric" ? made.values : made.codes)];
};

const share = (cells: readonly number[], which: (cell: number, i: number) => boolean): number =>
  cells.filter(which).length / cells.length;

const round = (value: number): number => Math.round(value * 100) / 100;
const of = (rows: number, make: (i: number) => number): number[] =>
  Array.from({ length: rows }, (_, i) => make(i));

/** How many questions each column's tree asks, in the table's order. */
async function questionsOf(model: Model): Promise<number[]> {
  const { state } = await model.save();
  return (state["trees"] as { places: number[] }[]).map(
    ({ places }) => places.filter((at) => at >= 0).length,
  );
}

/** An age that depends on a group, and an illness on whether sex and dose agree. */
function clinic(rows: number, rng: Rng): Table {
  const group = of(rows, () => rng.integer(3));
  const age = group.map((g) => round([40, 55, 70][g] as number) + round(6 * rng.normal()));
  const sex = of(rows, () => rng.integer(2));
  const dose = of(rows, () => rng.integer(2));
  const ill = of(rows, (i) => (rng.uniform() < (sex[i] === dose[i] ? 0.9 : 0.1) ? 1 : 0));
  return madeTable([
    levels("group", group, ["a", "b", "c"]),
    numbers("age", age, { decimals: 2 }),
    levels("sex", sex, ["f", "m"]),
    levels("dose", dose, ["low", "high"]),
    levels("ill", ill, ["no", "yes"]),
  ]);
}

describe("what it learns", () => {
  test("the conditional distributions of a known table", async () => {
    const model = await fit(clinic(3000, createRng(3)));
    const drawn = await model.sample(20_000, createRng(4));
    const [group, age] = [cellsOf(drawn, 0), cellsOf(drawn, 1)];
    for (const [g, mean] of [40, 55, 70].entries()) {
      const own = age.filter((_, i) => group[i] === g);
      const middle = own.reduce((sum, value) => sum + value, 0) / own.length;
      expect(Math.abs(middle - mean)).toBeLessThan(1);
      const spread = Math.sqrt(own.reduce((sum, value) => sum + (value - middle) ** 2, 0) / own.length);
      expect(Math.abs(spread - 6)).toBeLessThan(1);
    }
  });

  test("an outcome by several earlier columns together", async () => {
    const rng = createRng(5);
    const rows = 2000;
    const age = of(rows, () => round(60 + 10 * rng.normal()));
    const sex = of(rows, () => rng.integer(2));
    const died = age.map((a, i) => (rng.uniform() < (a > 65 ? (sex[i] === 1 ? 0.8 : 0.4) : 0.05) ? 1 : 0));
    const model = await fit(
      madeTable([
        numbers("age", age, { decimals: 2 }),
        levels("sex", sex, ["f", "m"]),
        levels("died", died, ["no", "yes"]),
      ]),
    );
    const drawn = await model.sample(20_000, createRng(6));
    const [a, s, d] = [0, 1, 2].map((i) => cellsOf(drawn, i)) as [number[], number[], number[]];
    const risk = (old: boolean, male: number): number => {
      const own = d.filter((_, i) => (a[i] as number) > 66 === old && s[i] === male);
      return share(own, (cell) => cell === 1);
    };
    expect(Math.abs(risk(true, 1) - 0.8)).toBeLessThan(0.08);
    expect(Math.abs(risk(true, 0) - 0.4)).toBeLessThan(0.08);
    expect(risk(false, 1)).toBeLessThan(0.12);
  });

  test("that cells are missing where another column says so", async () => {
    const rng = createRng(7);
    const ward = of(1000, () => rng.integer(2));
    const lactate = ward.map((w) => (rng.uniform() < (w === 1 ? 0.8 : 0.1) ? NaN : round(2 + rng.uniform())));
    const model = await fit(
      madeTable([levels("ward", ward, ["a", "b"]), numbers("lactate", lactate, { decimals: 2 })]),
    );
    const drawn = await model.sample(5000, createRng(8));
    const w = cellsOf(drawn, 0);
    for (const [at, rate] of [0.1, 0.8].entries()) {
      const own = cellsOf(drawn, 1).filter((_, i) => w[i] === at);
      expect(Math.abs(share(own, Number.isNaN) - rate)).toBeLessThan(0.06);
    }
  });

  test("a level of one percent, between half and twice as often", async () => {
    const rng = createRng(9);
    const rows = 1000;
    const score = of(rows, () => round(rng.normal()));
    const kind = of(rows, (i) => (i % 100 === 0 ? 2 : (score[i] as number) + rng.normal() > 0 ? 1 : 0));
    const model = await fit(
      madeTable([numbers("score", score, { decimals: 2 }), levels("kind", kind, ["a", "b", "rare"])]),
    );
    const rare = share(cellsOf(await model.sample(20_000, createRng(1)), 1), (cell) => cell === 2);
    expect(rare).toBeGreaterThan(0.005);
    expect(rare).toBeLessThan(0.02);
  });
});

describe("what it does not learn", () => {
  test("columns of noise ask next to nothing, levels and many columns too", async () => {
    const rng = createRng(11);
    const rows = 500;
    const noise = of(20, (j) => j).map((j) =>
      j % 2 === 0
        ? numbers(
            `n${j}`,
            of(rows, () => round(rng.normal())),
            { decimals: 2 },
          )
        : levels(
            `l${j}`,
            of(rows, () => rng.integer(12)),
            Array.from({ length: 12 }, (_, k) => `level ${k}`),
          ),
    );
    const asked = await questionsOf(await fit(madeTable(noise)));
    expect(asked.reduce((sum, count) => sum + count, 0) / asked.length).toBeLessThan(1.5);
  });

  test("a leaf of too few patients, whatever number of rows they have", async () => {
    const rng = createRng(13);
    const rows = 400;
    const patients = Int32Array.from({ length: rows }, (_, i) => (i < 60 ? i % 6 : i));
    const ward = of(rows, (i) => (i < 60 ? 1 : 0));
    const stage = of(rows, (i) => (i < 60 ? 1 : rng.integer(2)));
    const columns = [levels("ward", ward, ["a", "theirs"]), levels("stage", stage, ["I", "II"])];
    const asked = async (own: Int32Array | undefined, leaf: number): Promise<number> =>
      (await questionsOf(await fit(madeTable(columns, own && { patients: own }), leaf)))[1] as number;
    expect(await asked(patients, 20)).toBe(0);
    expect(await asked(patients, 5)).toBe(1);
    expect(await asked(undefined, 20)).toBe(1);
  });

  test("no value that a single patient has: cells come from tokens that five share", async () => {
    const rng = createRng(15);
    const age = of(300, (i) => (i === 0 ? 117.31 : round(50 + 8 * rng.normal())));
    const drug = of(300, (i) => (i === 0 ? 2 : (age[i] as number) > 50 ? 1 : 0));
    const names = ["a", "b", "theirs alone"];
    const model = await fit(madeTable([numbers("age", age, { decimals: 2 }), levels("drug", drug, names)]));
    const drawn = await model.sample(20_000, createRng(1));
    expect(Math.max(...cellsOf(drawn, 0))).toBeLessThan(100);
    expect((drawn.columns[1] as Column & { type: "coded" }).levels).toEqual(["a", "b"]);
    expect(JSON.stringify((await model.save()).state)).not.toMatch(/theirs|117\.31/);
  });
});

test("conditions are met with the model's own distribution, rare ones with few candidates", async () => {
  const model = await fit(clinic(2000, createRng(3)));
  const where = [
    { column: "group", in: ["c"] },
    { column: "age", from: 60, to: 64 },
  ];
  let drawn = 0;
  const onAcceptance = (acceptance: { drawn: number }): void => void (drawn = acceptance.drawn);
  const rows = await model.sample(200, createRng(1), { where, onAcceptance });
  expect(cellsOf(rows, 0).every((code) => code === 2)).toBe(true);
  expect(cellsOf(rows, 1).every((age) => age >= 60 && age <= 64)).toBe(true);
  expect(drawn).toBeGreaterThan(200);
});

test("a damaged file is refused", async () => {
  const artifact = await (await fit(clinic(300, createRng(3)))).save();
  type Saved = { places: number[]; next: number[]; left: string[] };
  const hurt = (change: (tree: Saved, leaves: Float32Array) => void): Artifact => {
    const copy = structuredClone(artifact);
    const trees = copy.state["trees"] as Saved[];
    change(trees.find(({ places }) => places.length > 1) as Saved, copy.tensors[0]?.data as Float32Array);
    return copy;
  };
  const artifacts = [
    hurt((tree) => void (tree.next[0] = 0)),
    hurt((tree) => void (tree.places[0] = 99)),
    hurt((tree) => void (tree.left[0] = "zz")),
    hurt((tree) => void tree.next.pop()),
    hurt((_tree, leaves) => void (leaves[0] = NaN)),
    hurt((_tree, leaves) => void (leaves[0] = 7)),
  ];
  for (const one of artifacts)
    await expect(cart.load(one)).rejects.toMatchObject({ fault: { code: "model-damaged" } });
});

test("rows of train themselves are no synthesizer", () => {
  expect(synthesizers.map(({ id }) => id)).not.toContain("bootstrap");
  expect(() => findSynthesizer("bootstrap")).toThrow(/bootstrap/);
});
