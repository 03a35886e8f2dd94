import { hourlyRows, staysIn } from "../emergencies/hourly-rows.ts";
import type { Course } from "../simulating/stage.ts";
import { followStay } from "./icu-hours.ts";
import { HOURS } from "./icu-patient.ts";

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
      for (const stay of staysIn(patients, rows, hours)) follow(stay, rng);
      return rows;
    };
  },
};
