import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { foldsFor } from "./folds.ts";

const ROWS = 240;
/** 60 patients of four rows each, spread over the table */
const patients = Int32Array.from({ length: ROWS }, (_, i) => i % 60);

const held = (folds: ReturnType<typeof foldsFor>, member: number): number[] =>
  Array.from({ length: ROWS }, (_, row) => row).filter((row) => folds.holdsOut(member, row));

test("one member holds out a tenth, at least 30 rows, and learns from the others", () => {
  const folds = foldsFor(ROWS, 1, 1, createRng(1));
  expect(folds.judged).toHaveLength(30);
  expect([...folds.judged, ...folds.learned].sort((a, b) => a - b)).toEqual(
    Array.from({ length: ROWS }, (_, i) => i),
  );
});

test("every row is held out by exactly one of four members", () => {
  const folds = foldsFor(ROWS, 4, 4, createRng(1));
  const all = [0, 1, 2, 3].flatMap((member) => held(folds, member));
  expect(all).toHaveLength(ROWS);
  expect(new Set(all).size).toBe(ROWS);
});

test.each([1, 4])("with %i members a patient's rows are held out together", (members) => {
  const folds = foldsFor(ROWS, members, members, createRng(2), patients);
  for (let member = 0; member < members; member++) {
    const rows = held(folds, member);
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(rows.length).toBeLessThanOrEqual(80);
    const own = new Set(rows.map((row) => patients[row]));
    expect(rows).toHaveLength(4 * own.size);
  }
});
