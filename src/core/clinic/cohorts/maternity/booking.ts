import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";
import { bedside, BLOODS, bloods, protein } from "./pregnant-body.ts";
import type { Own } from "./pregnant-body.ts";

/** Standard normals that stay with a woman, each a field. */
const OWN = ["own_pressure", "own_heart", "own_lab_0", "own_lab_1", "own_lab_2", "own_lab_3"] as const;

/** What stays with the woman of a row. */
export function ownOf(rows: Rows): (row: number) => Own {
  const [pressure, heart] = [rows.get("own_pressure"), rows.get("own_heart")];
  const labs = OWN.slice(2).map((name) => rows.get(name));
  return (row) => ({ row, pressure: pressure[row] as number, heart: heart[row] as number, labs });
}

/**
 * The first visit: its week, and what is measured then in the place of what other women have; the glucose test of weeks 24 to
 * 28 (`ogtt_fasting`, `ogtt_2h`) and gestational diabetes by its limits, in women without diabetes before.
 */
export const booking: Stage = {
  name: "booking",
  prepare: ({ numbers }) => {
    const [body, drawn, urine] = [bedside(numbers), bloods(numbers), protein(numbers)];
    const [week, test] = [bookingWeek(numbers), glucoseTest(numbers)];
    const slim = numbers.of("pregnant.bmi");
    return (rows, rng) => {
      const [own, bookingWeeks] = [OWN.map((name) => rows.add(name)), rows.add("gestational_week")];
      const [birthWeek, bmi, high] = [rows.get("birth_week"), rows.get("bmi"), rows.get("hypertension")];
      const bedsideFields = ["sbp", "dbp", "heart_rate"].map((name) => rows.get(name));
      const labs = BLOODS.map((name) => rows.get(name));
      const [pcr, of] = [rows.add("urine_protein"), ownOf(rows)];
      const into = new Float64Array(BLOODS.length);
      const sugar = test(rows);
      for (let row = 0; row < rows.count; row++) {
        for (let i = 0; i < own.length; i++) (own[i] as Float64Array)[row] = rng.normal();
        const her = of(row);
        const at = Math.min(week(rng), (birthWeek[row] as number) - 1);
        bookingWeeks[row] = at;
        const above = (bmi[row] as number) - slim;
        const measured = body(at, her, above, high[row] === 1, rng);
        for (let i = 0; i < 3; i++) (bedsideFields[i] as Float64Array)[row] = measured[i] as number;
        drawn(at, her, false, rng, into);
        for (let i = 0; i < into.length; i++) (labs[i] as Float64Array)[row] = into[i] as number;
        pcr[row] = urine(false, rng);
        sugar(row, above, rng);
      }
    };
  },
};

function bookingWeek(numbers: Numbers): (rng: Rng) => number {
  const of = numbersOf(numbers, "visit");
  const [usual, sd, from, to] = [of("booking"), of("booking.sd"), of("late.from"), of("late")];
  const early = numbers.of("maternity.early_care");
  return (rng) => {
    const [inTime, z, u] = [rng.uniform() < early, rng.normal(), rng.uniform()];
    return inTime ? Math.min(from, usual + sd * z) : from + (to - from) * u;
  };
}

function glucoseTest(numbers: Numbers): (rows: Rows) => (row: number, above: number, rng: Rng) => void {
  const of = numbersOf(numbers, "ogtt");
  const [fasting, fastingSd, later, laterSd] = [of("fasting"), of("fasting.sd"), of("later"), of("later.sd")];
  const [pair, heavier] = [of("correlation"), of("bmi")];
  const [most, mostLater] = [numbers.of("gestational.fasting"), numbers.of("gestational.later")];
  const rest = Math.sqrt(1 - pair * pair);
  return (rows) => {
    const [before, second] = [rows.add("ogtt_fasting"), rows.add("ogtt_2h")];
    const [told, diabetes] = [rows.add("gestational_diabetes"), rows.get("diabetes")];
    return (row, above, rng) => {
      const z = rng.normal();
      const w = pair * z + rest * rng.normal();
      const had = diabetes[row] === 1;
      // who has diabetes is not tested for it
      before[row] = had ? NaN : toTenths(fasting + fastingSd * (z + heavier * above));
      second[row] = had ? NaN : toTenths(Math.max(2, later + laterSd * (w + heavier * above)));
      told[row] = (before[row] as number) >= most || (second[row] as number) >= mostLater ? 1 : 0;
    };
  };
}

/** As the laboratory reports it: who has gestational diabetes is told by what is written. */
const toTenths = (value: number): number => Math.round(value * 10) / 10;
