import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { markCodedNumbers } from "./coded-numbers.ts";
import { featureTable } from "../features.ts";
import { learnTableCode, loadTableCode, saveTableCode } from "./table-code.ts";
import type { TableCode } from "./table-code.ts";

const ROWS = 1200;
const AREAS = 30;

/**
 * Where a patient lives decides price (a value of its own each) and tax (ten values, so that it is not a copy); age is
 * in whole years, years of smoking, the year of school and weight follow it.
 */
function patients(): Table {
  const rng = createRng(3);
  const prices = Array.from({ length: AREAS }, () => Math.round(1000 * (1 + rng.uniform())) / 1000);
  const taxes = Array.from({ length: 20 }, () => Math.round(1000 * rng.uniform()) / 1000);
  const made: Record<string, number[]> = { price: [], tax: [], age: [], smoked: [], grade: [], weight: [] };
  for (let i = 0; i < ROWS; i++) {
    const area = rng.integer(AREAS);
    const age = 40 + rng.integer(40);
    made["price"]?.push(prices[area] as number);
    made["tax"]?.push(
      rng.uniform() < 0.03 ? (taxes[rng.integer(20)] as number) : (taxes[area % 20] as number),
    );
    made["age"]?.push(age);
    made["smoked"]?.push(Math.max(0, age - 18 - rng.integer(8)));
    made["grade"]?.push(Math.floor(age / 2) - (rng.uniform() < 0.1 ? 1 : 0));
    made["weight"]?.push(50 + 0.4 * age + 8 * rng.normal());
  }
  return madeTable(Object.entries(made).map(([name, values]) => numbers(name, values, { decimals: 3 })));
}

const nominalIn = ({ columns }: TableCode): boolean[] =>
  columns.map((column) => column.type === "numeric" && column.nominal === true);

const table = patients();
const code = learnTableCode(table, { bins: 64 });
const marked: TableCode = { ...code, columns: markCodedNumbers(table, code.columns) };

test("numbers that one thing decides are codes; amounts that follow each other closely are none", () => {
  expect(nominalIn(code)).toEqual([false, false, false, false, false, false]);
  expect(nominalIn(marked)).toEqual([true, true, false, false, false, false]);
});

test("a code is one-hot and stays a code when saved", () => {
  const again = loadTableCode(JSON.parse(JSON.stringify(saveTableCode(marked))));
  expect(nominalIn(again)).toEqual([true, true, false, false, false, false]);
  const [price] = again.columns;
  expect(price && featureTable(price).width).toBe(price?.code.count);
});

test("a shuffled column tells nothing and is no code, however few its values are", () => {
  const order = createRng(9).permutation(ROWS);
  const columns = table.columns.map((column, j) =>
    j === 1 && column.type === "numeric"
      ? { ...column, values: Float64Array.from(order, (i) => column.values[i] as number) }
      : column,
  );
  const again = { ...code, columns: markCodedNumbers({ ...table, columns }, code.columns) };
  expect(nominalIn(again).some((nominal) => nominal)).toBe(false);
});

test("counts that are missing together, and else have nothing in common, are no codes", () => {
  const rng = createRng(4);
  const made: [number[], number[]] = [[], []];
  for (let i = 0; i < ROWS; i++) {
    const absent = rng.uniform() < 0.5;
    for (const values of made)
      values.push(absent ? Number.NaN : rng.uniform() < 0.9 ? 0 : 1 + rng.integer(6));
  }
  const counts = madeTable(made.map((values, k) => numbers(`count ${k}`, values)));
  const { columns } = learnTableCode(counts, { bins: 64 });
  expect(markCodedNumbers(counts, columns)).toEqual(columns);
});
