import { expect, test } from "vitest";
import { everyCohort } from "../cohorts/cohorts.ts";
import { simulateAtOnce } from "../cohorts/simulating/simulate.ts";
import { countedRules } from "./plausibility-rules.ts";

test.each(everyCohort.flatMap(({ id }) => [3, 4].map((level) => [id, level] as const)))(
  "%s at level %i breaks no hard rule, and none that would have to be asked about",
  (id, level) => {
    const cohort = everyCohort.find((one) => one.id === id);
    if (cohort === undefined || (level !== 3 && level !== 4)) throw new Error(id);
    const table = simulateAtOnce(cohort, { cohort: id, level, seed: 1, patients: level === 3 ? 3000 : 300 });
    const { counted } = countedRules([table]);
    expect(counted.length).toBeGreaterThan(15);
    expect(counted.filter(({ state }) => state === "asked").map(({ bound }) => bound.text)).toEqual([]);
    const broken = counted.filter(({ bound, breaks }) => bound.rule.hard && breaks.broken > 0);
    expect(broken.map(({ bound }) => bound.text)).toEqual([]);
  },
);
