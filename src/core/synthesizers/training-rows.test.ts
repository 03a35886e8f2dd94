import { expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import type { Column, ColumnSchema, Table } from "../table/table.ts";
import { trainingRows } from "./training-rows.ts";

function tableWith(target: Column): Table {
  const schema: ColumnSchema = {
    name: "target",
    kind: target.type === "coded" ? "category" : "decimal",
    role: "target",
    reason: "",
    missingToken: "",
  };
  return {
    name: "made",
    rows: target.type === "coded" ? target.codes.length : target.values.length,
    columns: [target],
    schema: {
      columns: [schema],
      dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
      missingTokens: [""],
    },
  };
}

const codes = Int32Array.from({ length: 10_000 }, (_, i) => (i % 100 === 0 ? 1 : 0));
const rare = tableWith({ type: "coded", codes, levels: ["often", "seldom"] });

test("a small table is taken whole", () => {
  expect(trainingRows(rare, 10_000, createRng(1))).toBeUndefined();
});

test("of a large one every level of the target keeps its share, no row twice, in order", () => {
  const rows = trainingRows(rare, 1000, createRng(1)) as Int32Array;
  expect(rows.length).toBe(1000);
  expect(new Set(rows).size).toBe(1000);
  expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  expect(rows.filter((row) => codes[row] === 1).length).toBe(10);
  expect(trainingRows(rare, 1000, createRng(1))).toEqual(rows);
  expect(trainingRows(rare, 1000, createRng(2))).not.toEqual(rows);
});

test("tenths of a numeric target keep theirs, missing ones too", () => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => (i % 10 === 9 ? NaN : i ** 2));
  const rows = trainingRows(tableWith({ type: "numeric", values }), 500, createRng(3)) as Int32Array;
  expect(rows.length).toBeGreaterThanOrEqual(495);
  const missing = rows.filter((row) => Number.isNaN(values[row])).length;
  expect(missing).toBe(50);
  const cut = values.filter(Number.isFinite).sort()[450] as number;
  expect(rows.filter((row) => (values[row] as number) < cut).length).toBeCloseTo(45, -1);
});
