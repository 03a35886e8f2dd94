import { logistic } from "../../../math/logistic.ts";
import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { DAY, DAYS_A_YEAR, FIRST_DAY, OBSERVED_DAYS } from "../simulating/calendar.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";
import { WARDS } from "./heart-failure-columns.ts";

/** How a stay goes: `admitted_at`, `ward` (a level), `los_days`, `died_30d`, and `death_day`, NaN where not within 30 days. */
export const admission: Stage = {
  name: "admission",
  prepare: ({ numbers }) => {
    const [time, ward, stay, risk] = [timeOf(numbers), wardOf(numbers), stayOf(numbers), riskOf(numbers)];
    const [days, middle] = [numbers.of("hf.early.days"), numbers.of("failing.mean")];
    return (rows, rng) => {
      const [age, severity] = [rows.get("age"), rows.get("severity")];
      const [sbp, urea, sodium] = [rows.get("sbp"), rows.get("urea"), rows.get("sodium")];
      const [copd, probnp, beta] = [rows.get("copd"), rows.get("nt_probnp"), rows.get("beta_blocker")];
      const [at, where, los] = [rows.add("admitted_at"), rows.add("ward"), rows.add("los_days")];
      const [died, deathDay] = [rows.add("died_30d"), rows.add("death_day")];
      for (let i = 0; i < rows.count; i++) {
        const years = (age[i] as number) - middle;
        at[i] = time(rng);
        where[i] = ward(rng, years / 10, severity[i] as number);
        const dies = bernoulli(
          rng,
          logistic(
            risk(
              years,
              sbp[i] as number,
              urea[i] as number,
              sodium[i] as number,
              copd[i] as number,
              Math.log(probnp[i] as number),
              beta[i] as number,
            ),
          ),
        );
        const length = stay(rng, severity[i] as number);
        const day = days * rng.uniform();
        died[i] = dies;
        deathDay[i] = dies === 1 ? day : NaN;
        los[i] = dies === 1 ? Math.min(length, day) : length;
      }
    };
  },
};

/** A day and minute of the years observed: more in winter, more by day. */
function timeOf(numbers: Numbers): (rng: Rng) => number {
  const [winter, day, peak] = [
    numbers.of("hf.season.winter"),
    numbers.of("hf.hour.day"),
    numbers.of("hf.hour.peak"),
  ];
  const wave = (rng: Rng, length: number, height: number, top: number): number => {
    for (;;) {
      const x = length * rng.uniform();
      if (rng.uniform() * (1 + height) < 1 + height * Math.cos((2 * Math.PI * (x - top)) / length)) return x;
    }
  };
  const years = Math.round(OBSERVED_DAYS / DAYS_A_YEAR);
  return (rng) => {
    const inYear = wave(rng, DAYS_A_YEAR, winter, 0);
    const hour = wave(rng, 24, day, peak);
    return FIRST_DAY + (Math.floor(DAYS_A_YEAR * rng.integer(years) + inYear) + hour / 24) * DAY;
  };
}

function wardOf(numbers: Numbers): (rng: Rng, decades: number, severity: number) => number {
  const of = numbersOf(numbers, "hf.ward");
  const [acute, a, b] = [of("acute"), of("cardiology_a"), of("cardiology_b")];
  const [coronary, geriatrics, intensive] = [of("coronary"), of("geriatrics"), of("intensive")];
  const [severe, old] = [of("severity"), of("age")];
  const weights = new Float64Array(WARDS.length);
  return (rng, decades, severity) => {
    const ill = Math.exp(severe * severity);
    weights.set([acute, a, b, coronary * ill, geriatrics * Math.exp(old * decades), intensive * ill]);
    return rng.weighted(weights);
  };
}

function stayOf(numbers: Numbers): (rng: Rng, severity: number) => number {
  const of = numbersOf(numbers, "hf.stay");
  const [middle, sd, severe, most] = [Math.log(of("median")), of("sd"), of("severity"), of("most")];
  const rest = Math.sqrt(sd ** 2 - severe ** 2);
  return (rng, severity) => Math.min(most, Math.exp(middle + severe * severity + rest * rng.normal()));
}

/** Log odds of death within 30 days. */
function riskOf(
  numbers: Numbers,
): (
  years: number,
  sbp: number,
  urea: number,
  sodium: number,
  copd: number,
  probnp: number,
  beta: number,
) => number {
  const of = numbersOf(numbers, "hf.early");
  const [intercept, byAge, bySbp, byUrea] = [of("intercept"), of("age"), of("sbp"), of("urea")];
  const [bySodium, low, most] = [of("sodium"), of("sodium.below"), of("urea.most")];
  const [byCopd, byProbnp, byBeta] = [of("copd"), of("nt_probnp"), of("beta_blocker")];
  const [sbpMiddle, ureaMiddle] = [numbers.of("hf.sbp.mean"), numbers.of("hf.urea.median")];
  const probnpMiddle =
    (Math.log(numbers.of("hf.nt_probnp.reduced")) + Math.log(numbers.of("hf.nt_probnp.preserved"))) / 2;
  return (years, sbp, urea, sodium, copd, probnp, beta) =>
    intercept +
    byAge * years +
    bySbp * (sbp - sbpMiddle) +
    byUrea * (Math.min(urea, most) - ureaMiddle) +
    (sodium < low ? bySodium : 0) +
    byCopd * copd +
    byProbnp * (probnp - probnpMiddle) +
    byBeta * beta;
}
