import type { Cohort } from "../cohort.ts";
import { DAY, HOUR, YEAR } from "../simulating/calendar.ts";
import type { Rows } from "../simulating/rows.ts";
import { FEWEST, chunksOf } from "../simulating/simulate.ts";

/** A few patients of a cohort with all of their visits, from which its picture and its climb are taken. */
export interface CohortSample {
  readonly cohort: Cohort;
  readonly rows: Rows;
  /** each patient's rows, in the order of time */
  readonly patients: readonly { readonly from: number; readonly to: number }[];
}

/** Of patients with many rows fewer are enough. */
const MOST_PATIENTS = 4 * FEWEST;
const ROWS = 4 * 1000;
const patientsOf = ({ rowsPerPatient }: Cohort): number =>
  Math.min(MOST_PATIENTS, Math.max(FEWEST, Math.round(ROWS / rowsPerPatient)));

/** The first patients of a simulation with `seed`, at level 4. */
export function sampleOf(cohort: Cohort, seed: number): CohortSample {
  const asked = { cohort: cohort.id, level: 4, seed, patients: patientsOf(cohort) } as const;
  const [rows] = chunksOf(cohort, asked);
  if (rows === undefined) throw new Error(`${cohort.id} has no patients.`);
  const patient = rows.get("patient");
  const patients: { from: number; to: number }[] = [];
  for (let row = 0; row < rows.count; row++) {
    const last = patients.at(-1);
    if (last !== undefined && patient[row] === patient[row - 1]) last.to = row + 1;
    else patients.push({ from: row, to: row + 1 });
  }
  return { cohort, rows, patients };
}

/** Times of rows since their patient's first, and what they count. */
export interface Times {
  readonly values: Float64Array;
  readonly unit: string;
  /** the column that has them, if one has */
  readonly column?: string;
}

const UNITS = ["hour", "day", "week", "month", "year"] as const;

/** When the rows were: by a column named after a unit of time, else by the first date, else by their order. */
export function timesOf({ cohort, rows, patients }: CohortSample): Times {
  const later = cohort.columns.filter(({ name }) => rows.has(name));
  const counting = later.flatMap(({ name, shown, level }) => {
    const unit = UNITS.find((one) => new RegExp(`(^|_)${one}s?(_|$)`).test(name));
    return unit !== undefined && shown.as === "number" && level === 4 ? [{ name, unit }] : [];
  });
  const [first] = counting;
  if (first !== undefined)
    return { values: rows.get(first.name), unit: `${first.unit}s`, column: first.name };
  const date = later.find(({ shown, steady }) => shown.as === "date" && steady !== true);
  if (date === undefined) return { values: rows.get("visit"), unit: "visits" };
  const moments = rows.get(date.name);
  const since = new Float64Array(rows.count);
  let longest = 0;
  for (const { from, to } of patients)
    for (let row = from; row < to; row++) {
      since[row] = (moments[row] as number) - (moments[from] as number);
      longest = Math.max(longest, since[row] as number);
    }
  const { unit, length } =
    longest < 4 * DAY
      ? { unit: "hours", length: HOUR }
      : longest < 60 * DAY
        ? { unit: "days", length: DAY }
        : { unit: "months", length: YEAR / 12 };
  return { values: since.map((value) => value / length), unit, column: date.name };
}
