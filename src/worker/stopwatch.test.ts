import { expect, test } from "vitest";
import { createStopwatch } from "./stopwatch.ts";

test("counts work and not what is waited for, also where that is refused", async () => {
  let now = 1000;
  const watch = createStopwatch(() => now);
  now += 2000;
  const waiting = Promise.resolve().then(() => {
    now += 50_000;
    return "there";
  });
  expect(await watch.apart(waiting)).toBe("there");
  const refused = Promise.resolve().then(() => {
    now += 50_000;
    throw new Error("no");
  });
  await expect(watch.apart(refused)).rejects.toThrow("no");
  now += 500;
  expect(watch.seconds()).toBeCloseTo(2.5);
});
