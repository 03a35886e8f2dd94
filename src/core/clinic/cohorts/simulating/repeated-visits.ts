import type { Course } from "./stage.ts";
import { visitsOf } from "./visits-of.ts";

/** Every patient twice, as they are. */
export const repeatedVisits: Course = {
  name: "time",
  prepare: () => (patients) => {
    const places = [...Array(2 * patients.count).keys()];
    return visitsOf(patients, {
      patient: places.map((row) => row >> 1),
      visit: places.map((row) => row & 1),
    });
  },
};
