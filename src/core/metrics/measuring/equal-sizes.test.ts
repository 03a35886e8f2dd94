import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { equalSizes, samplesOf } from "./equal-sizes.ts";
import { overDraws } from "./estimate.ts";

function numbers(rows: number, seed: number): Table {
  const rng = createRng(seed);
  return tableOf({ x: { kind: "decimal", cells: Array.from({ length: rows }, () => rng.normal()) } });
}

const valuesOf = ({ columns }: Table): Float64Array =>
  columns[0]?.type === "numeric" ? columns[0].values : new Float64Array();

describe("samples of one size", () => {
  it("cut the larger table to the smaller one's patients, without a row in common as far as there are enough", () => {
    const { rows, holdout, synthetic } = equalSizes(
      { holdout: numbers(50, 1), synthetic: numbers(200, 2) },
      createRng(3),
    );
    expect(rows).toBe(50);
    expect(holdout).toMatchObject({ variance: 1 });
    expect(holdout.tables).toHaveLength(1);
    expect(synthetic.tables.map((table) => table.rows)).toEqual(Array(10).fill(50));
    const first = synthetic.tables.slice(0, 4).flatMap((table) => [...valuesOf(table)]);
    expect(new Set(first).size).toBe(200);
    expect(synthetic.variance).toBe(0.25);
  });

  it("hold one row of each patient", () => {
    const table = {
      ...numbers(60, 1),
      patients: Int32Array.from({ length: 60 }, (_, row) => Math.floor(row / 3)),
    };
    const values = [...valuesOf(table)];
    const { tables, variance } = samplesOf(table, 20, 5, createRng(1));
    for (const drawn of tables) {
      const whose = [...valuesOf(drawn)].map((value) => Math.floor(values.indexOf(value) / 3));
      expect(new Set(whose).size).toBe(20);
      expect(drawn.patients).toBeUndefined();
    }
    expect(variance).toBe(1);
  });

  it("have a mean as uncertain as stated: the mean of ten samples of a quarter, over 400 tables", () => {
    const found: number[] = [];
    const stated: number[] = [];
    for (let seed = 0; seed < 400; seed++) {
      const { tables, variance } = samplesOf(numbers(100, seed), 25, 10, createRng(seed));
      const draws = tables.map((table) => ({
        value: mean(valuesOf(table)),
        error: standardDeviation(valuesOf(table)) / 5,
      }));
      const { value, error } = overDraws(draws, variance);
      found.push(value);
      stated.push(error);
    }
    expect(mean(stated) / standardDeviation(found)).toBeGreaterThan(0.85);
    expect(mean(stated) / standardDeviation(found)).toBeLessThan(1.15);
  });
});
