import { expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { studies } from "../registry.ts";
import { planStudy, resultOf } from "./run-study.ts";

const table = simulateCohort("heart-failure", 1);
const known = studies.filter(({ id }) => id !== "language");

test.each(known.map(({ id }) => id))("%s says so where every cell failed, and not before", (study) => {
  const plan = planStudy({ study, settings: { seeds: 2 }, seed: 1 }, { table });
  const done = plan.grid.cells.map(({ key }) => ({ key, rows: [], seconds: 1, failed: "The disk is full." }));
  const all = resultOf(plan, done);
  expect(all.say.bold).toBe(`Nothing has been measured: all ${done.length} cells that were run failed.`);
  expect(all.say.rest).toBe("The disk is full.");
  expect(all.failed).toHaveLength(done.length);
  expect(resultOf(plan, []).say.bold).not.toContain("failed");
  expect(resultOf(plan, done.slice(0, 1)).say.bold).toContain("the only cell");
});
