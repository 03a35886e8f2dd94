import { hourlyRows } from "../emergencies/hourly-rows.ts";
import type { Course } from "../simulating/stage.ts";
import { HOURS, followStay } from "./icu-hours.ts";

/** The first 48 hours in intensive care, an hour a row; those who die leave with their last hour. */
export const icuCourse: Course = {
  name: "icu hours",
  prepare: ({ numbers }) => {
    const follow = followStay(numbers);
    return (patients, rng) => {
      const hours = Array.from(patients.get("death_hour"), (at) =>
        Number.isNaN(at) ? HOURS : Math.min(HOURS, at),
      );
      const rows = hourlyRows(patients, hours);
      rows.add("sepsis");
      let first = 0;
      for (const [i, count] of hours.entries()) {
        follow({ patients, rows, i, first, count }, rng);
        first += count;
      }
      return rows;
    };
  },
};
