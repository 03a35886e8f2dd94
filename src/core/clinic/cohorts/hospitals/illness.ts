import type { Rows } from "../simulating/rows.ts";

/** What makes a patient seen, measured and drawn to one hospital rather than another. */
const CONDITIONS = [
  "diabetes",
  "hypertension",
  "ckd",
  "heart_failure",
  "copd",
  "cancer",
  "atrial_fibrillation",
  "coronary_disease",
  "sepsis",
  "emergency",
];

/** All conditions at once. */
export const MOST_ILL = CONDITIONS.length;

/** How many conditions each patient has, of those that the rows know. */
export function illnessOf(rows: Rows): Float64Array {
  const illness = new Float64Array(rows.count);
  for (const name of CONDITIONS) {
    if (!rows.has(name)) continue;
    const has = rows.get(name);
    for (let row = 0; row < rows.count; row++)
      illness[row] = (illness[row] as number) + Number((has[row] as number) > 0);
  }
  return illness;
}
