import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { VISITS_OF_ALL, VISITS_OF_FIRST } from "../numbers/pregnancy/maternity-visit-numbers.ts";
import { nextWeekday, FIRST_DAY, WEEK, YEAR, YEARS_OF_COMING } from "../simulating/calendar.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Course, Setting } from "../simulating/stage.ts";
import { visitsOf } from "../simulating/visits-of.ts";
import { ownOf } from "./booking.ts";
import { bedside, BLOODS, bloods, protein } from "./pregnant-body.ts";

/** Visits from the first one to birth: pressure, weight, urine and the height of the uterus each time, blood again at week 28. */
export const antenatalVisits: Course = {
  name: "antenatal visits",
  prepare: (setting) => {
    const [schedule, visit] = [scheduleOf(setting.numbers), visitOf(setting)];
    return (women, rng) => {
      const weeks = schedule(women, rng.fork(`schedule of ${women.first}`));
      const visits = visitsOf(women, {
        patient: weeks.flatMap((all, place) => all.map(() => place)),
        visit: weeks.flatMap((all) => [...all.keys()]),
        gestational_week: weeks.flat(),
      });
      visit(visits, rng);
      visits.set("gestational_week", visits.get("gestational_week").map(Math.floor));
      return visits;
    };
  },
};

/** Weeks of each woman's visits, in order, the first one always kept. */
function scheduleOf(numbers: Numbers): (women: Rows, rng: Rng) => number[][] {
  const of = numbersOf(numbers, "visit");
  const all = VISITS_OF_ALL.map((at) => of(`all.${at}`));
  const first = VISITS_OF_FIRST.map((at) => of(`first.${at}`));
  const [spread, missed, smoke] = [of("spread"), of("missed"), of("missed.smokes")];
  const ofFirst = [...all, ...first].toSorted((a, b) => a - b);
  return (women, rng) => {
    const [parity, smokes] = [women.get("parity"), women.get("smokes")];
    const [begin, end] = [women.get("gestational_week"), women.get("birth_week")];
    return Array.from({ length: women.count }, (_, row) => {
      const weeks = [begin[row] as number];
      const own = (missed / (1 - missed)) * (smokes[row] === 1 ? smoke : 1);
      for (const due of parity[row] === 0 ? ofFirst : all) {
        const [at, comes] = [due + spread * rng.normal(), rng.uniform() >= own / (1 + own)];
        if (comes && at > (weeks.at(-1) as number) + 1 && at < (end[row] as number)) weeks.push(at);
      }
      return weeks;
    });
  };
}

/** What is measured at each visit after the first. */
function visitOf({ numbers }: Setting): (visits: Rows, rng: Rng) => void {
  const [measure, gain] = [measuredAt(numbers), gainOf(numbers)];
  const [from, wide] = [numbers.of("fundus.from"), numbers.of("fundus.sd")];
  return (visits, rng) => {
    const field = (name: string): Float64Array => visits.get(name);
    const [week, number, booked] = [field("gestational_week"), field("visit"), field("age").slice()];
    const [date, fundus] = [visits.add("visit_date"), visits.add("fundal_height_cm")];
    const [age, weight] = [field("age"), field("weight_kg")];
    const [each, gained] = [measure(visits), gain(visits)];
    let [begun, before, own] = [0, 0, 0];
    for (let row = 0; row < visits.count; row++) {
      const at = week[row] as number;
      if (number[row] === 0) {
        begun = FIRST_DAY + rng.uniform() * YEARS_OF_COMING * YEAR;
        before = at;
        own = rng.normal();
      } else {
        age[row] = (booked[row] as number) + ((at - before) * WEEK) / YEAR;
        weight[row] = (weight[row] as number) + gained(row, before, at, own, rng);
        each(row, rng);
      }
      date[row] = nextWeekday(begun + (at - before) * WEEK);
      const height = at + wide * rng.normal();
      fundus[row] = at >= from ? height : NaN;
    }
  };
}

function gainOf(
  numbers: Numbers,
): (visits: Rows) => (row: number, before: number, at: number, own: number, rng: Rng) => number {
  const of = numbersOf(numbers, "gain");
  const rates = [of("normal"), of("overweight"), of("obese")];
  const [first, from, spread, reading] = [of("first"), of("from"), of("spread"), of("reading")];
  const [heavy, obese] = [numbers.of("pregnant.bmi"), numbers.of("preeclampsia.obese.from")];
  return (visits) => {
    const bmi = visits.get("bmi");
    return (row, before, at, own, rng) => {
      const [index, noise] = [bmi[row] as number, rng.normal()];
      const rate = rates[index < heavy ? 0 : index < obese ? 1 : 2] as number;
      const early = (first / from) * (Math.min(at, from) - Math.min(before, from));
      const late = rate * (Math.max(at, from) - Math.max(before, from));
      return (early + late) * (1 + spread * own) + reading * noise;
    };
  };
}

/** Pressures, heart rate, urine and, near week 28, blood; `antihypertensive` from the visit after a raised pressure on. */
function measuredAt(numbers: Numbers): (visits: Rows) => (row: number, rng: Rng) => void {
  const [body, drawn, urine, raise] = [bedside(numbers), bloods(numbers), protein(numbers), raised(numbers)];
  const [near, at28, slim] = [
    numbers.of("visit.bloods"),
    numbers.of("visit.bloods.week"),
    numbers.of("pregnant.bmi"),
  ];
  return (visits) => {
    const field = (name: string): Float64Array => visits.get(name);
    const [week, onset] = [field("gestational_week"), field("onset_week")];
    const [bmi, high] = [field("bmi"), field("hypertension")];
    const [sbp, dbp, heart] = [field("sbp"), field("dbp"), field("heart_rate")];
    const pcr = field("urine_protein");
    const [labs, own] = [BLOODS.map(field), ownOf(visits)];
    const bmiFirst = bmi.slice();
    const treated = visits.add("antihypertensive");
    const into = new Float64Array(BLOODS.length);
    return (row, rng) => {
      const at = week[row] as number;
      const ill = at >= (onset[row] as number);
      const her = own(row);
      const usual = body(at, her, (bmiFirst[row] as number) - slim, high[row] === 1, rng);
      const highBefore = raise.needs(sbp[row - 1] as number, dbp[row - 1] as number);
      treated[row] = treated[row - 1] === 1 || highBefore ? 1 : 0;
      const now = raise.pressures(usual, ill, treated[row] === 1, rng);
      [sbp[row], dbp[row], heart[row]] = [now[0], now[1], usual[2]];
      pcr[row] = urine(ill, rng);
      drawn(at, her, ill, rng, into);
      const taken = ill || Math.abs(at - at28) <= near;
      for (let i = 0; i < into.length; i++)
        (labs[i] as Float64Array)[row] = taken ? (into[i] as number) : NaN;
    };
  };
}

interface Raised {
  readonly needs: (sbp: number, dbp: number) => boolean;
  readonly pressures: (
    usual: readonly [number, number, number],
    ill: boolean,
    treated: boolean,
    rng: Rng,
  ) => [number, number];
}

/** Pre-eclampsia has a pressure of 140/90 or more; treatment takes it down again. */
function raised(numbers: Numbers): Raised {
  const of = numbersOf(numbers, "preeclampsia");
  const [sbp, dbp, aboveS, aboveD] = [of("sbp"), of("dbp"), of("sbp.above"), of("dbp.above")];
  const [lessS, lessD] = [numbers.of("antihypertensive.sbp"), numbers.of("antihypertensive.dbp")];
  return {
    needs: (systolic, diastolic) => systolic >= sbp || diastolic >= dbp,
    pressures: ([s, d], ill, treated, rng) => {
      const [z, w] = [Math.abs(rng.normal()), Math.abs(rng.normal())];
      const high = ill ? Math.max(s, sbp + aboveS * z) : s;
      const low = ill ? Math.max(d, dbp + aboveD * w) : d;
      return [high + (treated ? lessS : 0), low + (treated ? lessD : 0)];
    },
  };
}
