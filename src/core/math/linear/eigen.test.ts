import { expect, test } from "vitest";
import { symmetricEigen } from "./eigen.ts";
import { createRng } from "../rng.ts";

test.each([1, 2, 3, 12, 40])("a symmetric %i x %i matrix is put together again from its parts", (n) => {
  const rng = createRng(n);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = rng.normal();
  const { values, vectors } = symmetricEigen(matrix, n);
  expect([...values]).toEqual([...values].sort((a, b) => a - b));
  const at = (i: number, k: number): number => vectors[i * n + k] as number;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let made = 0;
      let unit = 0;
      for (let k = 0; k < n; k++) {
        made += at(i, k) * (values[k] as number) * at(j, k);
        unit += at(k, i) * at(k, j);
      }
      expect(made).toBeCloseTo(matrix[i * n + j] as number, 9);
      expect(unit).toBeCloseTo(i === j ? 1 : 0, 9);
    }
});

test("a singular matrix has its zero eigenvalues", () => {
  const { values } = symmetricEigen(Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 5), 3);
  expect([...values].map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([0, 2, 5]);
});
