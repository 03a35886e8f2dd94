import { expect, test } from "vitest";
import { levelBySeed, possible } from "./possible.ts";

const wide = { value: 0.5, interval: { low: -0.52, high: 1.52 } };

test("an interval ends where its unit does", () => {
  expect(possible(wide, "AUC")).toEqual({ value: 0.5, interval: { low: 0, high: 1 } });
  expect(possible(wide, "R²")).toEqual({ value: 0.5, interval: { low: -0.52, high: 1 } });
  expect(possible(wide, "nats")).toEqual({ value: 0.5, interval: { low: 0, high: 1.52 } });
  expect(possible(wide, "number")).toEqual(wide);
  expect(possible(undefined, "AUC")).toBeUndefined();
});

test("what came out the same in every seed has no interval, nor has one seed", () => {
  const same = new Map([1, 2, 3].map((seed) => [seed, { value: 0.2 }]));
  expect(levelBySeed(same, "nats")?.value).toBeCloseTo(0.2);
  expect(levelBySeed(same, "nats")?.interval).toBeUndefined();
  expect(levelBySeed(new Map([[1, { value: 0.2 }]]), "nats")).toEqual({ value: 0.2 });
});
