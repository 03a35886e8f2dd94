import { Rows } from "../simulating/rows.ts";

/** Rows of hours: `hours[i]` of patient i, with `patient`, `visit`, `hour`, and every field of the patient copied into each. */
export function hourlyRows(patients: Rows, hours: readonly number[]): Rows {
  const rows = new Rows(
    hours.reduce((sum, count) => sum + count, 0),
    patients.first,
  );
  const [patient, visit] = [rows.add("patient"), rows.add("visit")];
  let at = 0;
  for (const [i, count] of hours.entries())
    for (let hour = 0; hour < count; hour++) {
      patient[at] = i;
      visit[at++] = hour;
    }
  for (const name of patients.names) {
    const values = patients.get(name);
    rows.set(
      name,
      Float64Array.from(patient, (place) => values[place] as number),
    );
  }
  rows.set("hour", visit.slice());
  return rows;
}
