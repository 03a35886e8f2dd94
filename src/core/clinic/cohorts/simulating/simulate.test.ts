import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import type { Table } from "../../../table/table.ts";
import { everyCohort } from "../cohorts.ts";
import { simulateAtOnce } from "./simulate.ts";
import { recordNumber } from "./record-number.ts";
import type { Simulation } from "./simulate.ts";

const cellsOf = ({ columns }: Table, rows: number): string[] =>
  columns.map((column) =>
    Array.from((column.type === "numeric" ? column.values : column.codes).slice(0, rows)).join(),
  );

describe.each(everyCohort)("$name", (cohort) => {
  const asked = (more: Partial<Simulation>): Table =>
    simulateAtOnce(cohort, { cohort: cohort.id, level: 3, seed: 7, patients: 150, ...more });

  it("shows the same patients at each level, each level with more of them", () => {
    const tables = [1, 2, 3].map((level) => asked({ level: level as 1 | 2 | 3 }));
    for (const [i, table] of tables.entries()) {
      const names = table.schema.columns.map(({ name }) => name);
      const above = tables[i + 1];
      const shared = above?.columns.filter((_, at) => names.includes(above.schema.columns[at]?.name ?? ""));
      if (shared) expect(cellsOf({ ...table, columns: shared }, 150)).toEqual(cellsOf(table, 150));
    }
  });

  it("begins each patient's time with the patient of level 3", () => {
    const [still, over] = [asked({}), asked({ level: 4 })];
    const names = over.schema.columns.map(({ name }) => name);
    const ids = over.columns[0]?.type === "coded" ? over.columns[0].codes : new Int32Array();
    const first = Array.from({ length: 150 }, (_, patient) => ids.indexOf(patient));
    expect(over.rows).toBeGreaterThan(150);
    for (const [at, { name }] of still.schema.columns.entries()) {
      const [own, later] = [still.columns[at], over.columns[names.indexOf(name)]];
      if (own?.type === "numeric" && later?.type === "numeric")
        expect(
          first.map((row) => later.values[row]),
          name,
        ).toEqual([...own.values]);
      if (own?.type === "coded" && later?.type === "coded")
        expect(
          first.map((row) => later.codes[row]),
          name,
        ).toEqual([...own.codes]);
    }
  });

  it("a larger simulation begins with the patients of a smaller one", () => {
    for (const level of [3, 4] as const)
      expect(cellsOf(asked({ level, patients: 230 }), 150)).toEqual(
        cellsOf(asked({ level, patients: 150 }), 150),
      );
  });

  it("goes on from chunk to chunk: more patients than are made at once begin with the same ones", () => {
    expect(cellsOf(asked({ patients: 4500 }), 150)).toEqual(cellsOf(asked({ patients: 150 }), 150));
    expect(cellsOf(asked({ patients: 4500 }), 4200)).toEqual(cellsOf(asked({ patients: 4200 }), 4200));
  });

  it("ends at the rows that were asked for", () => {
    expect(simulateAtOnce(cohort, { cohort: cohort.id, level: 4, seed: 7, rows: 333 }).rows).toBe(333);
  });
});

it("says why a simulation cannot be asked for, and the way out", () => {
  const [cohort] = everyCohort;
  const refused = (more: Partial<Simulation>): unknown => {
    try {
      simulateAtOnce(cohort as (typeof everyCohort)[0], {
        cohort: "icu",
        level: 3,
        seed: 1,
        patients: 100,
        ...more,
      });
    } catch (error) {
      return error instanceof FaultError ? error.fault : error;
    }
    return undefined;
  };
  expect(refused({ patients: 10_000_000 })).toMatchObject({
    code: "simulation-refused",
    remedy: expect.stringContaining("1,000,000"),
  });
  for (const more of [
    { patients: 99 },
    { patients: 1e3 + 0.5 },
    { rows: NaN },
    { hospitals: 0 },
    { pyramid: [] },
    { pyramid: [{ from: 20, to: 30, women: 0, men: 0 }] },
    { pyramid: [{ from: 40, to: 30, women: 1, men: 1 }] },
    { pyramid: [{ from: 20, to: 30, women: -1, men: 2 }] },
  ])
    expect(refused(more), JSON.stringify(more)).toMatchObject({ code: "simulation-refused" });
});

it("gives no two patients of a seed one record number, and each as before", () => {
  const numbers = Array.from({ length: 200_000 }, (_, i) => recordNumber("X", i, 2 ** 40 + 7));
  expect(new Set(numbers).size).toBe(numbers.length);
  const exact = (i: bigint, seed: bigint): bigint =>
    1_000_000n + (((i + 1n) * (3_141_593n + (seed % 1009n)) + (seed % 8_999_993n)) % 8_999_993n);
  expect(recordNumber("X", 999_999, 2 ** 52 + 1)).toBe(`X-${exact(999_999n, 2n ** 52n + 1n)}`);
});
