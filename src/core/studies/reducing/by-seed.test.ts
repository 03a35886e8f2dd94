import { expect, test } from "vitest";
import type { CellDone, StudyCell } from "../study.ts";
import { bySeed, differenceBySeed, figureBySeed, indexBySeed } from "./by-seed.ts";

const cells: StudyCell[] = ["real", "copula"].flatMap((method) =>
  [1, 2, 3].map((seed) => ({ key: `${method}/${seed}`, factors: { method, seed }, words: "", effort: 1 })),
);
const of = (method: string, seed: number, value: number): CellDone => ({
  key: `${method}/${seed}`,
  rows: [{ measure: "tstr", value }],
  seconds: 1,
});
/** Every seed is harder than the one before, and copula loses 0.1 in each; one seed of either failed. */
const done: CellDone[] = [
  of("copula", 3, 0.5),
  of("real", 3, 0.6),
  of("copula", 1, 0.8),
  { key: "copula/2", rows: [], seconds: 1, failed: "It stopped." },
  of("real", 2, 0.7),
  of("real", 1, 0.9),
];

test("a seed that failed on one side shifts no pair", () => {
  const at = (method: string) => bySeed(cells, done, "tstr", { method });
  const apart = differenceBySeed(at("real"), at("copula"));
  expect([...apart.keys()]).toEqual([1, 3]);
  const figure = figureBySeed(apart);
  expect(figure?.value).toBeCloseTo(0.1);
  expect(figure?.interval?.low).toBeCloseTo(0.1);
});

test("an index of places gives what looking through the cells gives, in whatever order they were run", () => {
  const index = indexBySeed(cells, done, ({ method }, { measure }) => `${method}/${measure}`);
  for (const method of ["real", "copula"])
    expect([...index(`${method}/tstr`)]).toEqual([...bySeed(cells, done, "tstr", { method })]);
  expect(index("vae/tstr").size).toBe(0);
});

test("what is no number is as if it had not been measured", () => {
  const broken = [of("real", 1, NaN), of("real", 2, 0.7)];
  const index = indexBySeed(cells, broken, ({ method }) => String(method));
  expect([...index("real").keys()]).toEqual([2]);
});
