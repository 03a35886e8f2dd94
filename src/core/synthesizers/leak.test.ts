import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { openDevice } from "../nn/device.ts";
import { levels, madeTable, numbers } from "../table/fixtures/made-table.ts";
import type { MadeColumn, NumberOptions } from "../table/fixtures/made-table.ts";
import type { Column, ColumnSchema, Kind, Table } from "../table/table.ts";
import { resolveParams, synthesizers } from "./registry.ts";
import type { Artifact, Model, Params, Synthesizer } from "./synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

const ROWS = 400;
const SAMPLED = 100_000;
const FEW = 10_000;
const day = 86_400_000;

/** Values of one to four rows, each unlike every other number of the table. */
const PLANTED = {
  integer: 98_765_431,
  between: 5.123457,
  decimal: 7313.457,
  lowest: -4411.219,
  date: Date.UTC(2091, 6, 19),
  four: 77_713,
  lone: 31.41592,
} as const;
const SHARED_NUMBER = 88_817;

/** Texts of one to four rows hold this. */
const RARE = "planted";
const SHARED_LEVEL = "shared by five";

/** A table in which every kind of column holds something of one patient, of four and of five. */
function plantedTable(): Table {
  const rng = createRng(21);
  const reason = `Two values, ${RARE} and other.`;
  const cells = <T>(make: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => make(i));
  const number = (name: string, options: NumberOptions, make: (i: number) => number): MadeColumn =>
    numbers(name, cells(make), { ...options, reason });
  const text = (name: string, kind: Kind, make: (i: number) => string): MadeColumn => {
    const texts = cells(make);
    const names = [...new Set(texts)].sort();
    const codes = texts.map((cell) => names.indexOf(cell));
    return levels(name, codes, names, { kind, reason });
  };
  const round = (value: number, decimals: number): number =>
    Math.round(value * 10 ** decimals) / 10 ** decimals;
  return madeTable([
    number("integer", { decimals: 0 }, (i) =>
      i === 7 ? PLANTED.integer : Math.round(1e6 + 3e5 * rng.normal()),
    ),
    number("gap", { decimals: 6 }, (i) => {
      if (i === 31) return PLANTED.between;
      return round(rng.uniform() + (i % 2) * 10, 6);
    }),
    number("decimal", { decimals: 3 }, (i) => {
      if (i === 19) return PLANTED.decimal;
      return i === 20 ? PLANTED.lowest : round(Math.exp(3 + 0.7 * rng.normal()), 3);
    }),
    number("date", { pattern: "YYYY-MM-DD" }, (i) =>
      i === 99 ? PLANTED.date : (19_000 + rng.integer(900)) * day,
    ),
    number("few", { decimals: 0 }, (i) => {
      if (i < 4) return PLANTED.four;
      return i < 9 ? SHARED_NUMBER : rng.integer(5);
    }),
    number("lone", { decimals: 5 }, (i) => (i < 3 ? PLANTED.lone + i : NaN)),
    text("category", "category", (i) => {
      if (i === 0) return `${RARE} once`;
      if (i < 5) return `${RARE} four times`;
      return i < 10 ? SHARED_LEVEL : (["a", "b", "c"][rng.integer(3)] as string);
    }),
    text("boolean", "boolean", (i) => (i === 200 ? `${RARE} yes` : "no")),
    text("many", "category", (i) => (i < 150 ? `${RARE} ${i}` : `ward ${rng.integer(40) % 30}`)),
    text("name", "category", (i) => `${RARE} patient ${i}`),
  ]);
}

/** Short fits of small models: one with the defaults, and one for every other choice that a synthesizer offers. */
function variantsOf(synthesizer: Synthesizer): { name: string; params: Params; rows: number }[] {
  const small = { steps: 40, epochs: 4, width: 32, hidden: 32 };
  const known = Object.fromEntries(Object.entries(small).filter(([name]) => name in synthesizer.params));
  const others = Object.entries(synthesizer.params).flatMap(([name, spec]) =>
    spec.type === "choice"
      ? spec.choices.flatMap(({ value }) => (value === spec.default ? [] : [{ [name]: value }]))
      : [],
  );
  return [{}, ...others].map((given) => ({
    name: [synthesizer.id, ...Object.values(given)].join(", "),
    params: resolveParams(synthesizer, { ...known, ...given }),
    rows: Object.keys(given).length > 0 ? FEW : SAMPLED,
  }));
}

async function fit(synthesizer: Synthesizer, params: Params, table: Table): Promise<Model> {
  let asked = 0;
  const run = synthesizer.fit(table, params, createRng(3), {
    previewRows: 0,
    previewEvery: 0,
    enough: () => ++asked > 12,
  });
  for (;;) {
    const next = await run.next();
    if (next.done) return next.value;
  }
}

const lone = [0, 1, 2].map((i) => PLANTED.lone + i);
const rareNumbers = [...Object.values(PLANTED), ...lone];

/** Every number and text of a saved model that must not be there. */
function foundIn({ tensors, ...rest }: Artifact): string[] {
  const json = JSON.stringify(rest);
  const stored = new Set(
    [...json.matchAll(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g)].map((match) => Number(match[0])),
  );
  const single = new Set(rareNumbers.map(Math.fround));
  return [
    ...(json.includes(RARE) ? [json.slice(json.indexOf(RARE) - 40, json.indexOf(RARE) + 40)] : []),
    ...rareNumbers.filter((value) => stored.has(value)).map(String),
    ...tensors.flatMap(({ name, data }) => [...data].filter((value) => single.has(value)).map(() => name)),
  ];
}

/** The bootstrap hands out rows of train by definition and is never exported. */
const variants = synthesizers
  .filter(({ id, needs, guarantee }) => id !== "bootstrap" && needs === undefined && guarantee !== true)
  .flatMap((synthesizer) =>
    variantsOf(synthesizer).map(({ name, params, rows }) => [name, synthesizer, params, rows] as const),
  );

describe.each(variants)("%s", (_, synthesizer, params, sampled) => {
  test("keeps and draws nothing that fewer than five rows share", { timeout: 120_000 }, async () => {
    const table = plantedTable();
    const at = (name: string): number => table.schema.columns.findIndex((column) => column.name === name);
    const model = await fit(synthesizer, params, table);
    expect(foundIn(await model.save())).toEqual([]);
    const rare = new Set<number>(rareNumbers);
    const extremes = new Map<string, number[]>();
    const rng = createRng(5);
    for (let drawn = 0; drawn < sampled; drawn += 10_000) {
      const rows = await model.sample(10_000, rng);
      rows.columns.forEach((column, j) => {
        const { name } = rows.schema.columns[j] as ColumnSchema;
        if (column.type === "coded")
          expect(
            column.levels.filter((level) => level.includes(RARE)),
            name,
          ).toEqual([]);
        else {
          expect(
            [...column.values].filter((value) => rare.has(value)),
            name,
          ).toEqual([]);
          const present = column.values.filter(Number.isFinite);
          if (present.length > 0)
            extremes.set(name, [
              Math.min(extremes.get(name)?.[0] ?? Infinity, ...present),
              Math.max(extremes.get(name)?.[1] ?? -Infinity, ...present),
            ]);
        }
      });
      const empty = rows.columns[at("name")] as Column & { type: "coded" };
      expect(empty.codes.every((code) => code === -1)).toBe(true);
    }
    expect(extremes.get("decimal")?.[1]).toBeLessThan(PLANTED.decimal / 2);
    expect(extremes.get("decimal")?.[0]).toBeGreaterThan(PLANTED.lowest / 2);
    expect(extremes.get("integer")?.[1]).toBeLessThan(PLANTED.integer / 2);
    expect(extremes.get("date")?.[1]).toBeLessThan(PLANTED.date);
    expect(extremes.get("lone")).toBeUndefined();
    model.dispose();
  });
});

test("what five rows share is kept", async () => {
  const independent = synthesizers.find(({ id }) => id === "independent") as Synthesizer;
  const model = await fit(independent, {}, plantedTable());
  const rows = await model.sample(20_000, createRng(1));
  const names = rows.schema.columns.map(({ name }) => name);
  const few = rows.columns[names.indexOf("few")] as Column & { type: "numeric" };
  const category = rows.columns[names.indexOf("category")] as Column & { type: "coded" };
  expect(few.values.includes(SHARED_NUMBER)).toBe(true);
  const code = category.levels.indexOf(SHARED_LEVEL);
  expect(category.codes.filter((cell) => cell === code).length / 20_000).toBeCloseTo(5 / ROWS, 2);
  model.dispose();
});
