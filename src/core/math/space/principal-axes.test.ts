import { expect, it } from "vitest";
import { symmetricEigen } from "../linear/eigen.ts";
import { principalAxes } from "./principal-axes.ts";
import { createRng } from "../rng.ts";

it("variances are the largest eigenvalues of the covariance, numbers and one-hot levels together", async () => {
  const rng = createRng(1);
  const rows = 400;
  const base = Array.from({ length: rows }, () => rng.normal());
  const numbers = [
    Float32Array.from(base, (x) => 2 * x + 0.3 * rng.normal()),
    Float32Array.from(base, (x) => x - 0.5 * rng.normal()),
    Float32Array.from(base, () => 1.4 * rng.normal()),
  ];
  const codes = [Int32Array.from(base, (x) => (x > 0.5 ? 2 : x > -0.5 ? 1 : rng.uniform() < 0.1 ? -1 : 0))];
  const dense = [
    ...numbers.map((column) => Array.from(column)),
    ...[0, 1, 2].map((level) => Array.from(codes[0] ?? [], (code) => (code === level ? Math.SQRT1_2 : 0))),
  ];
  const means = dense.map((column) => column.reduce((a, b) => a + b, 0) / rows);
  const covariance = Float64Array.from({ length: 36 }, (_, at) => {
    const [i, j] = [Math.floor(at / 6), at % 6];
    const [x, y] = [dense[i] as number[], dense[j] as number[]];
    return (
      x.reduce(
        (sum, v, r) => sum + (v - (means[i] as number)) * ((y[r] as number) - (means[j] as number)),
        0,
      ) / rows
    );
  });
  const { values } = symmetricEigen(covariance, 6);
  const total = values.reduce((a, b) => a + b, 0);
  const axes = await principalAxes({ rows, numbers, codes }, 2, createRng(2));
  axes.shares.forEach((share, k) => expect(share).toBeCloseTo((values[5 - k] as number) / total, 9));
  axes.project({ rows, numbers, codes }).forEach((coordinates, k) => {
    const variance = coordinates.reduce((sum, x) => sum + x * x, 0) / rows;
    expect(variance).toBeCloseTo(values[5 - k] as number, 6);
  });
});
