import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { madeTable, numbers } from "./fixtures/made-table.ts";
import type { Table } from "./table.ts";
import { halvesOf, partsOf, rowsInRandomOrder } from "./whole-patients.ts";

function visits(patients: number, each: number): Table {
  const rows = [...Array(patients * each).keys()];
  const whose = Int32Array.from(rows, (row) => Math.floor(row / each));
  return madeTable([numbers("x", rows)], each > 1 ? { patients: whose } : {});
}

const whose = Int32Array.from([4, 4, 4, 9, 9, 2, 7, 7, 7, 7, 1, 0]);
const partsOfEach = (part: Uint8Array): Set<number>[] =>
  [...new Set(whose)].map((patient) => new Set(part.filter((_, row) => whose[row] === patient)));

describe("parts of whole patients", () => {
  it("never cut a patient, and are about equally large", () => {
    for (let seed = 0; seed < 20; seed++) {
      const part = partsOf(12, 3, createRng(seed), whose);
      expect(partsOfEach(part).every(({ size }) => size === 1)).toBe(true);
      const sizes = [0, 1, 2].map((p) => part.filter((own) => own === p).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(4);
    }
  });

  it("are equal parts of rows where a row is a patient", () => {
    const part = partsOf(103, 5, createRng(1));
    expect([0, 1, 2, 3, 4].map((p) => part.filter((own) => own === p).length)).toEqual([21, 21, 21, 20, 20]);
  });

  it("halves are as large, without a row or a patient in both", () => {
    const table = visits(21, 3);
    const [a, b] = halvesOf(table, 100, createRng(3));
    expect(a.rows).toBe(b.rows);
    expect(a.rows).toBeGreaterThanOrEqual(30);
    expect([...new Set(a.patients)].filter((patient) => b.patients?.includes(patient))).toEqual([]);
    const rows = visits(21, 1);
    const [c, d] = halvesOf(rows, 8, createRng(3));
    const cells = [c, d].flatMap(({ columns: [x] }) => (x?.type === "numeric" ? [...x.values] : []));
    expect(new Set(cells).size).toBe(16);
  });

  it("in random order a patient's rows lie beside each other, each once", () => {
    const order = rowsInRandomOrder(12, createRng(5), whose);
    expect([...order].sort((a, b) => a - b)).toEqual([...whose.keys()]);
    const runs = order.filter((row, i) => i === 0 || whose[row] !== whose[order[i - 1] as number]);
    expect(runs.length).toBe(new Set(whose).size);
  });
});
