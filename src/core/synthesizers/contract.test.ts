import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice, tensorCount } from "../nn/device.ts";
import { levels, madeTable, numbers } from "../table/fixtures/made-table.ts";
import type { MadeColumn, NumberOptions } from "../table/fixtures/made-table.ts";
import { shareLevels } from "../table/rare-levels.ts";
import type { Column, ColumnSchema, Kind, Table } from "../table/table.ts";
import { cells, damagedArtifacts, fit, quick, still, throughAFile } from "./fixtures/short-fits.ts";
import { findSynthesizer, synthesizers } from "./registry.ts";
import type { Model } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const day = 86_400_000;

/** A table with every kind of column that is hard: mixed, constant, all missing, date-times, many levels. */
function awkwardTable(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const missingToken = "NA";
  const number = (name: string, options: NumberOptions, make: (i: number) => number): MadeColumn =>
    numbers(
      name,
      Float64Array.from({ length: rows }, (_value, i) => make(i)),
      { ...options, missingToken },
    );
  const level = (name: string, kind: Kind, count: number, code: (i: number) => number): MadeColumn =>
    levels(
      name,
      Int32Array.from({ length: rows }, (_value, i) => code(i)),
      Array.from({ length: count }, (_value, i) => `level ${i}`),
      { kind, missingToken },
    );
  const age = Float64Array.from({ length: rows }, () => Math.round(60 + 12 * rng.normal()));
  return madeTable(
    [
      number("age", { decimals: 0 }, (i) => age[i] as number),
      number("creatinine", { decimals: 2 }, (i) =>
        rng.uniform() < 0.2
          ? NaN
          : Math.round(100 * Math.exp((age[i] as number) / 80 + 0.3 * rng.normal())) / 100,
      ),
      number("dose", { decimals: 1 }, () => (rng.uniform() < 0.6 ? 0 : Math.round(rng.uniform() * 50) / 10)),
      number("admitted", { pattern: "YYYY-MM-DD" }, () => Math.round(18_000 + 400 * rng.uniform()) * day),
      number("empty", { kind: "decimal", decimals: 0 }, () => NaN),
      number("same", { decimals: 0 }, () => 42),
      level("one level", "constant", 1, () => 0),
      level("sex", "category", 2, () => rng.integer(2)),
      level("died", "boolean", 2, (i) =>
        rng.uniform() < 1 / (1 + Math.exp((70 - (age[i] as number)) / 6)) ? 1 : 0,
      ),
      level("clinic", "category", rows, () => (rng.uniform() < 0.5 ? rng.integer(rows) : 0)),
      level("stage", "category", 4, () => rng.integer(5) - 1),
    ],
    { missingTokens: ["", missingToken] },
  );
}

/** The table with only those of its columns. */
function only(table: Table, keep: (schema: ColumnSchema, made: Column) => boolean): Table {
  const kept = table.columns.flatMap((made, i) => {
    const schema = table.schema.columns[i] as ColumnSchema;
    return keep(schema, made) ? [{ made, schema }] : [];
  });
  return {
    ...table,
    columns: kept.map(({ made }) => made),
    schema: { ...table.schema, columns: kept.map(({ schema }) => schema) },
  };
}

/** Those that learn patients over time have their own contract (contract-visits.test.ts), and those with a guarantee (contract-private.test.ts). */
const ofRows = synthesizers.filter(({ needs, guarantee }) => needs === undefined && guarantee !== true);

describe.each(ofRows.map((synthesizer) => [synthesizer.id, synthesizer] as const))("%s", (_, synthesizer) => {
  /** Fitted once, for what only draws from a model or saves it. */
  let model: Model;
  beforeAll(async () => {
    ({ model } = await fit(synthesizer, awkwardTable(150, 9)));
  });
  afterAll(() => model.dispose());

  test("fits, samples the table's shape, kinds and shared levels, and frees every tensor", async () => {
    const before = tensorCount();
    const table = awkwardTable(200, 3);
    const { model: own } = await fit(synthesizer, table);
    const drawn = await own.sample(150, createRng(2));
    expect(drawn.rows).toBe(150);
    expect(drawn.schema).toEqual(table.schema);
    drawn.columns.forEach((made, i) => {
      const source = table.columns[i] as Column;
      expect(made.type).toBe(source.type);
      if (made.type === "numeric") expect(made.values.length).toBe(150);
      if (made.type === "coded" && source.type === "coded") {
        const rows = (code: number): number => source.codes.filter((cell) => cell === code).length;
        expect(made.levels).toEqual(source.levels.filter((_level, code) => rows(code) >= 5));
        expect(made.codes.length).toBe(150);
        expect([...made.codes].every((code) => code < made.levels.length)).toBe(true);
        const withheld = shareLevels(source).withheld.cells > 0;
        if (rows(-1) === 0 && !withheld) expect(made.codes.includes(-1)).toBe(false);
      }
    });
    const values = (i: number): number[] => [...(drawn.columns[i] as Column & { type: "numeric" }).values];
    expect(values(0).every(Number.isInteger)).toBe(true);
    expect(values(3).every((value) => value % day === 0)).toBe(true);
    expect(values(4).every(Number.isNaN)).toBe(true);
    expect(values(5).every((value) => value === 42)).toBe(true);
    own.dispose();
    own.dispose();
    expect(tensorCount()).toBe(before);
  });

  test("repeats from its seed; another seed differs", async () => {
    const table = awkwardTable(120, 4);
    const draw = async (seed: number): Promise<Table> => {
      const { model: own } = await fit(synthesizer, table, seed);
      const drawn = await own.sample(60, createRng(seed));
      own.dispose();
      return drawn;
    };
    const first = await draw(1);
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
  });

  test("draws in chunks from one stream, none of them the same", async () => {
    const rng = createRng(5);
    const chunks = [await model.sample(40, rng), await model.sample(40, rng)];
    const again = createRng(5);
    expect([await model.sample(40, again), await model.sample(40, again)]).toEqual(chunks);
    expect(chunks[0]).not.toEqual(chunks[1]);
    expect((await model.sample(0, rng)).rows).toBe(0);
  });

  test("saved and loaded it samples the same rows, and holds no row", async () => {
    const before = tensorCount();
    const artifact = throughAFile(await model.save());
    const loaded = await synthesizer.load(artifact);
    expect(await loaded.sample(80, createRng(6))).toEqual(await model.sample(80, createRng(6)));
    if (synthesizer.id !== "auto") expect(artifact.synthesizer).toBe(synthesizer.id);
    else expect(findSynthesizer(artifact.synthesizer).id).toBe(artifact.synthesizer);
    loaded.dispose();
    expect(tensorCount()).toBe(before);
  });

  test("refuses a damaged artifact and keeps nothing of it", async () => {
    const artifact = throughAFile(await model.save());
    const before = tensorCount();
    for (const one of damagedArtifacts(artifact)) {
      await expect((async () => synthesizer.load(one))()).rejects.toMatchObject({
        fault: { code: expect.stringMatching(/model-(damaged|version)/) as string },
      });
    }
    expect(tensorCount()).toBe(before);
  });

  test("gives rows that meet conditions, in the shares asked for, or says in words that none do", async () => {
    const where = [
      { column: "age", from: 50, to: 75 },
      { column: "sex", in: ["level 1"] },
      { column: "creatinine", missing: false },
    ];
    const made = await model.sample(40, createRng(1), { where });
    expect(made.rows).toBe(40);
    expect(cells(made, "age").every((age) => age >= 50 && age <= 75)).toBe(true);
    expect(cells(made, "sex").every((code) => code === 1)).toBe(true);
    expect(cells(made, "creatinine").every(Number.isFinite)).toBe(true);
    expect(await model.sample(40, createRng(1), { where })).toEqual(made);
    const shares = { column: "died", shares: { "level 0": 1, "level 1": 3 } };
    const died = cells(await model.sample(200, createRng(2), { shares }), "died");
    const share = died.filter((code) => code === 1).length / 200;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.12);
    await expect(
      model.sample(5, createRng(1), { where: [{ column: "age", from: 500 }], tries: 20 }),
    ).rejects.toMatchObject({ fault: { code: "condition-unmet" } });
  });

  test("fills in missing cells only", async () => {
    const holes = awkwardTable(30, 10);
    const complete = only(holes, () => true);
    const filled = await model.sample(30, createRng(3), { complete });
    expect(filled.rows).toBe(30);
    for (const { name } of complete.schema.columns) {
      const before = cells(complete, name);
      const after = cells(filled, name);
      const levels = filled.columns.map((made) => (made.type === "coded" ? made.levels.length : 0));
      const coded = Math.max(0, levels[complete.schema.columns.findIndex((it) => it.name === name)] ?? 0);
      before.forEach((cell, i) => {
        const given = Number.isFinite(cell) && (coded === 0 || cell >= 0);
        if (given) expect(after[i]).toBe(cell);
        else if (name !== "empty")
          expect(coded > 0 ? (after[i] as number) >= 0 : Number.isFinite(after[i])).toBe(true);
      });
    }
  });

  test("reports a fraction that never falls, with previews where they are asked for", async () => {
    const table = awkwardTable(100, 6);
    const { model: own, reports } = await fit(synthesizer, table, 1, { previewRows: 25, previewEvery: 0 });
    own.dispose();
    expect(reports.length).toBeGreaterThan(0);
    let last = 0;
    for (const report of reports) {
      expect(report.fraction).toBeGreaterThanOrEqual(last);
      expect(report.fraction).toBeLessThanOrEqual(1);
      last = report.fraction;
      for (const loss of Object.values(report.losses)) expect(Number.isFinite(loss)).toBe(true);
    }
    const previews = reports.flatMap((report) => (report.preview ? [report.preview] : []));
    expect(previews.length).toBeGreaterThan(0);
    const kept = reports.findLast(({ checkpoint }) => checkpoint !== undefined)?.checkpoint;
    if (kept) {
      const checkpoint = await synthesizer.load(await kept());
      expect((await checkpoint.sample(5, createRng(1))).rows).toBe(5);
      checkpoint.dispose();
    }
    expect(previews.every((preview) => preview.rows === 25)).toBe(true);
  });

  test("a preview does not change what is learned", async () => {
    const table = awkwardTable(80, 6);
    const plain = await fit(synthesizer, table);
    const watched = await fit(synthesizer, table, 1, { previewRows: 10, previewEvery: 0 });
    expect(await watched.model.sample(30, createRng(1))).toEqual(await plain.model.sample(30, createRng(1)));
    plain.model.dispose();
    watched.model.dispose();
  });

  test.each([0, 1, 2, 5, 9])("cancelled after report %i it frees every tensor", async (reports) => {
    const before = tensorCount();
    const run = synthesizer.fit(awkwardTable(100, 7), quick(synthesizer), createRng(1), still);
    for (let i = 0; i < reports; i++) {
      const next = await run.next();
      if (next.done) {
        next.value.dispose();
        break;
      }
    }
    const cancelling = performance.now();
    await run.return(undefined as never);
    expect(performance.now() - cancelling).toBeLessThan(1000);
    expect(tensorCount()).toBe(before);
  });

  test("told that it is enough it ends early with a model that samples", async () => {
    const before = tensorCount();
    let asked = 0;
    const { model: own } = await fit(synthesizer, awkwardTable(100, 7), 1, {
      ...still,
      enough: () => ++asked > 3,
    });
    expect((await own.sample(20, createRng(1))).rows).toBe(20);
    own.dispose();
    expect(tensorCount()).toBe(before);
  });

  test.each([
    ["one number", ({ name }) => name === "age"],
    ["numbers", ({ name }, { type }) => type === "numeric" && name !== "empty" && name !== "same"],
    ["one category", ({ name }) => name === "sex"],
    ["categories", (_schema, { type }) => type === "coded"],
  ] satisfies [string, (schema: ColumnSchema, made: Column) => boolean][])(
    "learns a table of nothing but %s",
    async (_what, keep) => {
      const before = tensorCount();
      const table = only(awkwardTable(100, 8), keep);
      const { model: own } = await fit(synthesizer, table);
      const made = await own.sample(30, createRng(1));
      expect(made.columns.map(({ type }) => type)).toEqual(table.columns.map(({ type }) => type));
      own.dispose();
      expect(tensorCount()).toBe(before);
    },
  );

  test.runIf(synthesizer.continues === true)(
    "goes on from a saved model on another table of the same columns",
    async () => {
      const before = tensorCount();
      const from = throughAFile(await model.save());
      const table = awkwardTable(60, 6);
      const { model: next } = await fit(synthesizer, table, 1, { ...still, from });
      expect((await next.sample(20, createRng(1))).rows).toBe(20);
      next.dispose();
      expect(tensorCount()).toBe(before);
    },
  );

  test.each([20, 21, 33])("survives %i rows", async (rows) => {
    const before = tensorCount();
    const { model: own } = await fit(synthesizer, awkwardTable(rows, rows));
    expect((await own.sample(50, createRng(1))).rows).toBe(50);
    own.dispose();
    expect(tensorCount()).toBe(before);
  });
});
