import { Rows } from "./rows.ts";
import type { Course } from "./stage.ts";

/** Every patient twice, as they are. */
export const repeatedVisits: Course = {
  name: "time",
  prepare: () => (patients) => {
    const visits = new Rows(2 * patients.count, patients.first);
    const [patient, visit] = [visits.add("patient"), visits.add("visit")];
    for (let row = 0; row < visits.count; row++) {
      patient[row] = row >> 1;
      visit[row] = row & 1;
    }
    for (const name of patients.names) {
      const values = patients.get(name);
      visits.set(
        name,
        Float64Array.from(patient, (place) => values[place] as number),
      );
    }
    return visits;
  },
};
