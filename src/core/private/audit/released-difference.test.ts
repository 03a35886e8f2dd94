import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { releasedDifference, strideFor, toldBy, type Told } from "./released-difference.ts";

const [DELTA, ALPHA] = [1e-4, 0.005];
const models = (count: number, made: (i: number) => unknown): Told[] =>
  Array.from({ length: count }, (_, i) => toldBy(made(i)));

describe("what a model tells", () => {
  test("numbers by their place, truth values, texts wherever they are, lengths of lists", () => {
    const told = toldBy({ a: { b: [1, true] }, names: ["x"], tensors: [Float32Array.of(0.5)] });
    expect(Object.fromEntries(told)).toEqual({
      "a.b[0]": 1,
      "a.b[1]": 1,
      "a.b length": 2,
      "“x” occurs": 1,
      "names length": 1,
      "tensors[0][0]": 0.5,
      "tensors[0] length": 1,
      "tensors length": 1,
    });
  });

  test("of a large model the same few thousand places are looked at in every run", () => {
    const large = { weights: new Float64Array(40_000) };
    const stride = strideFor(large);
    const [one, other] = [
      toldBy(large, stride),
      toldBy({ weights: new Float64Array(40_000).fill(1) }, stride),
    ];
    expect([...one.keys()]).toEqual([...other.keys()]);
    expect(one.size).toBeGreaterThan(2000);
    expect(one.size).toBeLessThan(6000);
  });
});

describe("models with a canary and without", () => {
  const rng = createRng(6);
  const noise = (): number[] => Array.from({ length: 30 }, () => rng.normal());

  test("a level that comes with the canary alone is found, by hand: 50 of 50 against 0 of 50", () => {
    const without = models(100, () => ({ counts: noise() }));
    const having = models(100, () => ({ counts: noise(), levels: ["canary"] }));
    const found = releasedDifference(without, having, DELTA, ALPHA);
    const sure = (ALPHA / 2) ** (1 / 50);
    expect(found).toMatchObject({ having: 1, without: 0 });
    expect(found?.epsilon).toBeCloseTo(Math.log((sure - DELTA) / (1 - sure)), 8);
  });

  test("so is one that the canary takes away, and a number that moves", () => {
    const gone = releasedDifference(
      models(100, () => ({ n: rng.normal(), kept: "a" })),
      models(100, () => ({ n: rng.normal() })),
      DELTA,
      ALPHA,
    );
    expect(gone).toMatchObject({ having: 0, without: 1 });
    const moved = releasedDifference(
      models(100, () => ({ most: 80 + rng.normal() })),
      models(100, () => ({ most: 300 + rng.normal() })),
      DELTA,
      ALPHA,
    );
    expect(moved?.place).toBe("most");
    expect(moved?.epsilon).toBeGreaterThan(1.9);
  });

  test("noise alone tells nothing, however many places are searched: what is found is counted in other runs", () => {
    for (let round = 0; round < 10; round++) {
      const found = releasedDifference(
        models(60, () => ({ counts: noise() })),
        models(60, () => ({ counts: noise() })),
        DELTA,
        ALPHA,
      );
      expect(found?.epsilon).toBe(0);
    }
  });

  test("randomised response stays below its epsilon", () => {
    const answer = (truth: boolean): unknown => ({ said: rng.uniform() < 0.8 === truth });
    const found = releasedDifference(
      models(2000, () => answer(false)),
      models(2000, () => answer(true)),
      0,
      ALPHA,
    );
    expect(found?.epsilon).toBeLessThan(Math.log(4));
    expect(found?.epsilon).toBeGreaterThan(1);
  });
});
