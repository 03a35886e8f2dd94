import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Table } from "../../table/table.ts";
import { nestedRows } from "./nested-rows.ts";

const patients = Int32Array.from([0, 0, 0, 1, 1, 2, 3, 3, 3, 3]);
const plain = tableOf({ age: { kind: "integer", cells: [...patients.keys()] } });
const visits: Table = { ...plain, patients };
const rowsOf = ({ columns: [column] }: Table): number[] =>
  column?.type === "numeric" ? [...column.values] : [];

test("no patient is cut apart, and fewer rows are among more", () => {
  for (const seed of [1, 2, 3]) {
    let before: number[] = [];
    for (let most = 1; most <= 10; most++) {
      const some = rowsOf(nestedRows(visits, most, createRng(seed)));
      expect(some.length).toBeGreaterThan(0);
      const whose = new Set(some.map((row) => patients[row]));
      expect(some).toHaveLength(patients.filter((patient) => whose.has(patient)).length);
      if (whose.size > 1) expect(some.length).toBeLessThanOrEqual(most);
      expect(some).toEqual(expect.arrayContaining(before));
      before = some;
    }
    expect(before).toHaveLength(10);
  }
});

test("rows of a table without patients are as many as asked for, none more than there are", () => {
  expect(nestedRows(plain, 4, createRng(1)).rows).toBe(4);
  expect(nestedRows(plain, 40, createRng(1)).rows).toBe(10);
});
