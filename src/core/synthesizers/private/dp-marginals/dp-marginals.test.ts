import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { createBudget } from "../../../private/accounting/budget.ts";
import { seededNoise } from "../../../private/noise/noise-source.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../../table/table.ts";
import type { Guarantee } from "../../../private/guarantee.ts";
import { cells, damagedArtifacts, throughAFile } from "../../fixtures/short-fits.ts";
import type { Artifact, Model, Params } from "../../synthesizer.ts";
import { dpMarginals } from "./dp-marginals.ts";

const defaults = Object.fromEntries(
  Object.entries(dpMarginals.params).map(([name, spec]) => [name, spec.default]),
);

async function fitted(table: Table, epsilon: number, seed = 1, params: Params = {}): Promise<Model> {
  const noise = seededNoise(createRng(1000 + seed));
  const options = { previewRows: 0, previewEvery: 0, guarantee: { public: { columns: [] }, noise } };
  const run = dpMarginals.fit(table, { ...defaults, epsilon, ...params }, createRng(seed), options);
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

const guarantee = ({ state }: Artifact): Guarantee => state["guarantee"] as Guarantee;

function bits(name: string, codes: ArrayLike<number>): MadeColumn {
  return levels(name, codes, ["no", "yes"], { kind: "boolean" });
}

/** `copy` is `first` in nine of ten rows; two bits and a number go their own ways. */
function planted(rows: number, seed = 1): Table {
  const rng = createRng(seed);
  const coin = (): Int32Array => Int32Array.from({ length: rows }, () => rng.integer(2));
  const first = coin();
  const copy = first.map((code) => (rng.uniform() < 0.8 ? code : rng.integer(2)));
  return madeTable([
    bits("first", first),
    bits("copy", copy),
    bits("third", coin()),
    bits("fourth", coin()),
    numbers(
      "age",
      Float64Array.from({ length: rows }, () => Math.round(60 + 10 * rng.normal())),
      { decimals: 0 },
    ),
  ]);
}

const tokens = (column: Column): number[] =>
  column.type === "coded" ? [...column.codes] : Array.from(column.values, (value) => (value > 60 ? 1 : 0));

/** Total variation between a pair of columns and the product of its margins. */
function together({ columns, rows }: Table, a: number, b: number): number {
  const [left, right] = [tokens(columns[a] as Column), tokens(columns[b] as Column)];
  const share = (test: (i: number) => boolean): number => left.filter((_, i) => test(i)).length / rows;
  let distance = 0;
  for (const x of [0, 1])
    for (const y of [0, 1]) {
      const both = share((i) => left[i] === x && right[i] === y);
      distance += Math.abs(both - share((i) => left[i] === x) * share((i) => right[i] === y)) / 2;
    }
  return distance;
}

describe("dp-marginals", () => {
  it("finds the pair that was planted, and invents no other", async () => {
    for (const selection of ["aim", "mst"]) {
      const model = await fitted(planted(800), 8, 1, { selection });
      const made = await model.sample(10_000, createRng(2));
      expect(together(made, 0, 1)).toBeGreaterThan(0.35);
      for (const [a, b] of [
        [0, 2],
        [0, 3],
        [1, 4],
        [2, 3],
        [2, 4],
        [3, 4],
      ] as const)
        expect(together(made, a, b)).toBeLessThan(0.05);
    }
  });

  it("spends exactly what it may, on every kind of table", async () => {
    const rng = createRng(3);
    const many = Int32Array.from({ length: 300 }, () => rng.integer(30));
    const names = Array.from({ length: 30 }, (_, i) => `ward ${i}`);
    const tables: Table[] = [
      planted(300),
      madeTable([
        bits(
          "a",
          many.map((code) => code % 2),
        ),
      ]),
      madeTable([
        bits(
          "a",
          many.map((code) => code % 2),
        ),
        bits(
          "b",
          many.map(() => 1),
        ),
      ]),
      madeTable([
        levels("ward", many, names),
        levels("other", many.toReversed(), names),
        bits(
          "c",
          many.map((code) => code % 2),
        ),
      ]),
      madeTable([
        numbers("empty", new Float64Array(40).fill(NaN)),
        numbers("same", new Float64Array(40).fill(3)),
      ]),
    ];
    for (const table of tables)
      for (const selection of ["aim", "mst"]) {
        const model = await fitted(table, 1, 1, { selection });
        const { spent, delta } = guarantee(await model.save());
        const rho = spent.reduce((sum, one) => sum + one.rho, 0);
        const unknown = table.columns.some(
          ({ type }, i) => type === "coded" && table.schema.columns[i]?.kind !== "boolean",
        );
        expect(Math.abs(rho - createBudget(1, delta, unknown).rho)).toBeLessThan(1e-9);
        const made = await model.sample(50, createRng(1));
        expect(made.columns).toHaveLength(table.columns.length);
      }
  });

  it("keeps the bound on its size", async () => {
    const rng = createRng(6);
    const base = Float64Array.from({ length: 2000 }, () => rng.normal());
    const columns = Array.from({ length: 8 }, (_, j) =>
      numbers(
        `x${j}`,
        base.map((value) => Math.round(10 * (value + 0.3 * rng.normal()))),
        { decimals: 0 },
      ),
    );
    const artifact = await (await fitted(madeTable(columns), 20, 1, { cells: 1000 })).save();
    const size = artifact.tensors[0]?.data.length ?? 0;
    expect(size).toBeGreaterThan(200);
    expect(size).toBeLessThan(2000);
  });

  it("draws the same rows from the same seed, in chunks, and after a file", async () => {
    const model = await fitted(planted(400), 3);
    const whole = await model.sample(40, createRng(9));
    expect(await model.sample(40, createRng(9))).toEqual(whole);
    expect((await model.sample(40, createRng(10))).columns).not.toEqual(whole.columns);
    const loaded = await dpMarginals.load(throughAFile(await model.save()));
    expect(await loaded.sample(40, createRng(9))).toEqual(whole);
    const again = await fitted(planted(400), 3);
    expect(await again.save()).toEqual(await model.save());
  });

  it("answers conditions as the model has them, and completes rows", async () => {
    const model = await fitted(planted(800), 8);
    const yes = await model.sample(2000, createRng(1), {
      where: [
        { column: "first", in: ["yes"] },
        { column: "age", from: 65 },
      ],
    });
    expect(cells(yes, "first").every((code) => code === 1)).toBe(true);
    expect(cells(yes, "age").every((value) => value >= 65)).toBe(true);
    expect(cells(yes, "copy").filter((code) => code === 1).length / 2000).toBeGreaterThan(0.82);
    const { columns, ...rest } = yes;
    const copy = columns[1] as Column & { type: "coded" };
    const holes = { ...rest, columns: columns.with(1, { ...copy, codes: copy.codes.map(() => -1) }) };
    const filled = await model.sample(2000, createRng(2), { complete: holes });
    const share = cells(filled, "copy").filter((code) => code === 1).length / 2000;
    expect(share).toBeGreaterThan(0.82);
    expect(share).toBeLessThan(0.97);
    expect(cells(filled, "age")).toEqual(cells(yes, "age"));
  });

  it("refuses a damaged file", async () => {
    const artifact = await (await fitted(planted(200), 3)).save();
    const put = (name: string, value: unknown): Artifact => ({
      ...artifact,
      state: { ...artifact.state, [name]: value },
    });
    const bad = [
      ...damagedArtifacts(artifact),
      put("cliques", [[0, 1, 2, 3]]),
      put("cliques", [[1, 0]]),
      put("cliques", [[0], [0]]),
      put("cliques", [[99]]),
      put("groups", []),
      put(
        "groups",
        (artifact.state["groups"] as number[][]).map((of) => of.map(() => 7)),
      ),
      put("columns", "none"),
      put("guarantee", undefined),
    ];
    for (const one of bad)
      await expect(dpMarginals.load(one)).rejects.toMatchObject({
        fault: { code: expect.stringMatching(/^model-/) as unknown as string },
      });
  });

  it("goes through 120 columns of 300 rows", async () => {
    const rng = createRng(8);
    const wide = Array.from({ length: 120 }, (_, j) =>
      bits(
        `c${j}`,
        Int32Array.from({ length: 300 }, () => rng.integer(2)),
      ),
    );
    const model = await fitted(madeTable(wide), 1);
    expect((await model.sample(5, createRng(1))).columns).toHaveLength(120);
  }, 20_000);
});
