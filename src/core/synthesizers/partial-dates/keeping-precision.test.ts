import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice } from "../../nn/device.ts";
import { markOf } from "../../table/formats/dates/precision.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import { readText } from "../../table/fixtures/read-text.ts";
import type { ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { resolveParams, synthesizers } from "../registry.ts";
import type { Model, Synthesizer } from "../synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

/** 240 onsets from 2010 to 2019: a quarter tell the month, an eighth the year. */
async function onsets(): Promise<Table> {
  const rng = createRng(3);
  const rows = Array.from({ length: 240 }, (_, i) => {
    const day = new Date(Date.UTC(2010, 0, 1) + 86_400_000 * rng.integer(3650)).toISOString().slice(0, 10);
    const told = i % 8 === 0 ? 4 : i % 4 === 1 ? 7 : 10;
    return `${40 + rng.integer(40)},${day.slice(0, told)},${rng.uniform() < 0.5 ? "yes" : "no"}`;
  });
  return (await readText(`age,onset,treated\n${rows.join("\n")}\n`)).table;
}

const SHORT = { steps: 20, width: 16, hidden: 16, patience: 1, solverSteps: 5, epochs: 2 };

async function fitted(synthesizer: Synthesizer, table: Table): Promise<Model> {
  const given = Object.fromEntries(Object.entries(SHORT).filter(([name]) => name in synthesizer.params));
  const params = resolveParams(synthesizer, given);
  const run = synthesizer.fit(table, params, createRng(1), { previewRows: 0, previewEvery: 0 });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

const dates = (table: Table): Float64Array => (table.columns[1] as NumericColumn).values;
const format = (table: Table): NonNullable<ColumnSchema["date"]> =>
  table.schema.columns[1]?.date as NonNullable<ColumnSchema["date"]>;
const shares = (values: Float64Array): number[] =>
  [0, 1, 2].map((mark) => values.filter((value) => markOf(value, 2) === mark).length / values.length);

describe.each(
  synthesizers
    .filter(({ id, needs, guarantee }) => id !== "auto" && needs === undefined && guarantee !== true)
    .map((it) => [it.id, it] as const),
)("%s", (_, synthesizer) => {
  test("dates tell as much as those of the source, now and once saved and loaded", async () => {
    const table = await onsets();
    const model = await fitted(synthesizer, table);
    const drawn = await model.sample(200, createRng(2));
    const loaded = await synthesizer.load(await model.save());
    model.dispose();
    expect(dates(await loaded.sample(200, createRng(2)))).toEqual(dates(drawn));
    loaded.dispose();
    const real = shares(dates(table));
    shares(dates(drawn)).forEach((share, mark) =>
      expect(Math.abs(share - (real[mark] as number))).toBeLessThan(0.01),
    );
    const texts = [...dates(drawn)].map((value) => formatDate(value, format(drawn)));
    for (const text of texts) expect(text).toMatch(/^20[01]\d(-\d\d(-\d\d)?)?$/);
    const late = texts.filter((text) => Number(text.slice(0, 4)) >= 2015).length / texts.length;
    if (synthesizer.id === "copula" || synthesizer.id === "cart")
      expect(Math.abs(late - 0.5)).toBeLessThan(0.12);
  });
});

test("what was given and what was asked for stays", async () => {
  const table = await onsets();
  const model = await fitted(synthesizers.find(({ id }) => id === "copula") as Synthesizer, table);
  const from = Date.UTC(2015, 5, 10);
  const drawn = await model.sample(60, createRng(2), { where: [{ column: "onset", from }] });
  expect(Math.min(...dates(drawn))).toBeGreaterThanOrEqual(from);
  const some = takeRows(table, Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7));
  const holes = dates(some).map((value, row) => (row % 2 === 0 ? NaN : value));
  const given = { ...some, columns: some.columns.with(1, { type: "numeric", values: holes }) };
  const filled = dates(await model.sample(8, createRng(3), { complete: given }));
  holes.forEach((value, row) => {
    if (Number.isFinite(value)) expect(filled[row]).toBe(value);
    else expect(filled[row]).not.toBeNaN();
  });
  model.dispose();
});

test("a precision that fewer than five rows have is not drawn", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i},${i < 4 ? 2015 : `201${i % 9}-0${1 + (i % 9)}-1${i % 10}`}`,
  );
  const { table } = await readText(`age,onset\n${rows.join("\n")}\n`);
  const model = await fitted(synthesizers.find(({ id }) => id === "independent") as Synthesizer, table);
  const drawn = await model.sample(300, createRng(4));
  model.dispose();
  expect(shares(dates(drawn))).toEqual([1, 0, 0]);
});
