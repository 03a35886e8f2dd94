import { describe, expect, it } from "vitest";
import { everyCohort } from "../cohorts.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import { publishedAges } from "./published-ages.ts";

describe("published ages", () => {
  it.each(everyCohort.map((cohort) => [cohort.name, cohort] as const))(
    "of %s are those drawn from",
    (_, cohort) => {
      const bands = publishedAges(cohort.id);
      expect(bands.reduce((sum, { women, men }) => sum + women + men, 0)).toBeCloseTo(100, 0);
      const patients = 8000;
      const table = simulateAtOnce(cohort, { cohort: cohort.id, level: 1, seed: 4, patients });
      const ages = table.columns[table.schema.columns.findIndex(({ name }) => name === "age")];
      if (ages?.type !== "numeric") throw new Error("no ages");
      // Mothers' ages are published at birth; the first visit is some months before.
      for (const { from, to, women, men } of bands) {
        const drawn = ages.values.filter((age) => age >= from && age < to + 1).length / patients;
        expect(Math.abs(100 * drawn - women - men), `${from} to ${to}`).toBeLessThan(
          cohort.id === "maternity" ? 4 : 2,
        );
      }
    },
  );

  it("are the same whatever patients a seed has, and begin where the publication does", () => {
    expect(publishedAges("maternity").every(({ men }) => men === 0)).toBe(true);
    expect(publishedAges("heart-failure")[0]?.from).toBeGreaterThanOrEqual(18);
  });
});
