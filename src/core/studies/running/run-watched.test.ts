import { expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import type { StudyCell } from "../study.ts";
import { planStudy, type PlannedStudy } from "./run-study.ts";
import { fractionOf, runWatched, secondsOf } from "./run-watched.ts";

const cell = (key: string, effort: number): StudyCell => ({ key, factors: {}, words: key, effort });
const own = planStudy(
  { study: "rows", settings: {}, seed: 1 },
  { table: simulateCohort("heart-failure", 1) },
);
const planOf = (run: PlannedStudy["grid"]["run"]): PlannedStudy => ({
  ...own,
  grid: { ...own.grid, cells: [cell("a", 1), cell("b", 3), cell("c", 4)], run },
});
const done = [{ key: "a", rows: [], seconds: 2 }];

test("what is left is judged by the pace of the cells that have been run, and by the machine's until then", () => {
  const plan = planOf(() => Promise.resolve([]));
  expect(secondsOf(plan, [], cell("b", 3), 0.5)).toBeCloseTo(1.5);
  expect(secondsOf(plan, done, cell("b", 3), 0.5)).toBeCloseTo(6);
  expect(fractionOf(plan, [])).toBe(0);
  expect(fractionOf(plan, done, cell("b", 3), 0.5)).toBeCloseTo(2.5 / 8);
});

test("a cell tells how far it is while it runs, never that it is done, and ends when it is no longer wanted", async () => {
  let told: number[] = [];
  let stop = false;
  const plan = planOf(async (_, { pulse }) => {
    for (let i = 0; i < 40; i++) {
      await pulse();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return [];
  });
  const watch = {
    stopped: () => stop,
    expected: 0.4,
    tell: (fraction: number) => void (told = [...told, fraction]),
  };
  expect(await runWatched(plan, cell("a", 1), "", watch)).toMatchObject({ key: "a", rows: [] });
  expect(told.length).toBeGreaterThan(1);
  expect(told.toSorted((a, b) => a - b)).toEqual(told);
  expect(told.at(-1)).toBe(0.97);
  const dropped = runWatched(plan, cell("b", 1), "", watch);
  stop = true;
  await expect(dropped).rejects.toMatchObject({ fault: { code: "cancelled" } });
});

test("a seed that is no whole number from 0 on is refused", () => {
  const table = simulateCohort("heart-failure", 1);
  for (const seed of [NaN, -1, 0.5, 1e300, Infinity])
    expect(() => planStudy({ study: "rows", settings: {}, seed }, { table })).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: "parameter-invalid" }) }),
    );
});
