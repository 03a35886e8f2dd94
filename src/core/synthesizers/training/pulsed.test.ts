import { expect, test } from "vitest";
import type { Pulse } from "../../math/breathe.ts";
import { pulsed } from "./pulsed.ts";

const hold = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

test("work is heard of while it goes on, its share never falls, and it comes to its result", async () => {
  const run = pulsed(async (pulse) => {
    for (const share of [0.2, 0.5, undefined, 0.4, 0.9]) {
      hold(120);
      await pulse(share);
    }
    return "done";
  });
  const shares: number[] = [];
  let next = await run.next();
  for (; next.done !== true; next = await run.next()) shares.push(next.value);
  expect(next.value).toBe("done");
  expect(shares).toEqual([0.2, 0.5, 0.5, 0.5, 0.9]);
});

test("short work is done without a word, and what it rejects with is passed on", async () => {
  expect(await pulsed(async (pulse) => (await pulse(0.5), 3)).next()).toEqual({ done: true, value: 3 });
  await expect(pulsed(() => Promise.reject(new Error("no"))).next()).rejects.toThrow("no");
});

test("work is ended where what listens to it is", async () => {
  let turns = 0;
  let end: unknown;
  const forever = async (pulse: Pulse): Promise<void> => {
    try {
      for (;;) {
        turns++;
        hold(30);
        await pulse();
      }
    } catch (error) {
      end = error;
      throw error;
    }
  };
  const run = pulsed(forever);
  expect((await run.next()).done).toBe(false);
  await run.return(undefined);
  await new Promise((resolve) => void setTimeout(resolve, 50));
  const before = turns;
  await new Promise((resolve) => void setTimeout(resolve, 100));
  expect(turns).toBe(before);
  expect(end).toMatchObject({ fault: { code: "cancelled" } });
});
