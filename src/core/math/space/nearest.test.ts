import { expect, test } from "vitest";
import { squaredDistances, type Points } from "./nearest.ts";
import { createRng } from "../rng.ts";

/** The definition, cell by cell. */
function plain(from: Points, row: number, to: Points, other: number): number {
  let total = 0;
  to.numbers.forEach((column, k) => {
    total += ((column[other] as number) - (from.numbers[k]?.[row] as number)) ** 2;
  });
  to.codes.forEach((column, k) => {
    const [a, b] = [column[other] as number, from.codes[k]?.[row] as number];
    if (a !== b) total += a < 0 || b < 0 ? 0.5 : 1;
  });
  return total;
}

test.each([
  [0, 5],
  [3, 0],
  [1, 1],
  [4, 9],
])("packed columns give the defined distance: %d numbers, %d codes", (numbers, codes) => {
  const rng = createRng(numbers + 10 * codes);
  const points = (rows: number, unlisted: boolean): Points => ({
    rows,
    numbers: Array.from({ length: numbers }, () => Float32Array.from({ length: rows }, () => rng.normal())),
    codes: Array.from({ length: codes }, (_, k) =>
      Int32Array.from({ length: rows }, () =>
        unlisted && rng.uniform() < 0.2 ? -1 : rng.integer(k === 1 ? 400 : 4),
      ),
    ),
  });
  for (const [from, to] of [
    [points(20, true), points(5000, false)],
    [points(20, false), points(300, true)],
  ] as const) {
    const out = new Float32Array(to.rows);
    for (let row = 0; row < from.rows; row++) {
      squaredDistances(from, row, to, out);
      for (let i = 0; i < to.rows; i += 7) expect(out[i]).toBeCloseTo(plain(from, row, to, i), 4);
    }
  }
});
