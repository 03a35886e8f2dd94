import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { holdOutTenth } from "./validation-rows.ts";

test.each([
  [8, 2],
  [100, 25],
  [200, 30],
  [1000, 100],
])("of %d rows %d are held out, each row once", (rows, held) => {
  const { train, validation } = holdOutTenth(rows, createRng(1));
  expect(validation.length).toBe(held);
  expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...Array(rows).keys()]);
});

test("a patient's rows are on one side; one who has half of all rows does not take them all", () => {
  const patients = Int32Array.from({ length: 400 }, (_, row) => Math.floor(row / 7));
  for (let seed = 0; seed < 10; seed++) {
    const { train, validation } = holdOutTenth(400, createRng(seed), patients);
    const learned = new Set(Array.from(train, (row) => patients[row]));
    expect(Array.from(validation).some((row) => learned.has(patients[row]))).toBe(false);
    expect(validation.length).toBeGreaterThanOrEqual(40);
    expect(validation.length).toBeLessThan(47);
  }
  const one = Int32Array.from({ length: 400 }, (_, row) => Math.min(row, 200));
  for (let seed = 0; seed < 10; seed++)
    expect(holdOutTenth(400, createRng(seed), one).validation.length).toBeLessThanOrEqual(134);
});
