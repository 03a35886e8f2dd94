import { logistic, logit } from "../../../math/logistic.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { HOUR } from "../simulating/calendar.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";
import { TRIAGE } from "./triage.ts";
import { complaint } from "./visit.ts";

const INJURY = complaint("injury");
const URGENT = TRIAGE.indexOf("Urgent");

/**
 * Who is admitted, who leaves unseen, and which panels are drawn: `admitted`, `left_unseen`, `drawn_*`, all 0 or 1, and
 * `stay_noise`, how long they stay among their like (standard normal).
 */
export const disposition: Stage = {
  name: "disposition",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "ed");
    const [leaves, stays, draws] = [leavingOf(numbers), admissionOf(numbers), drawingOf(numbers)];
    const [crpShare, gasShare, sweet] = [of("drawn.crp"), of("drawn.gas"), of("ketones.glucose")];
    const middle = of("sepsis.middle");
    return (rows, rng) => {
      const [age, illness, crisis] = [rows.get("age"), rows.get("illness"), rows.get("crisis")];
      const [level, why, glucose] = [rows.get("triage"), rows.get("complaint"), rows.get("glucose")];
      const arrived = rows.get("arrived_at");
      const [admitted, left, noise] = [rows.add("admitted"), rows.add("left_unseen"), rows.add("stay_noise")];
      const [blood, crp] = [rows.add("drawn_blood"), rows.add("drawn_crp")];
      const [gas, ketones] = [rows.add("drawn_gas"), rows.add("drawn_ketones")];
      for (let i = 0; i < rows.count; i++) {
        const who: Arrival = {
          decades: ((age[i] as number) - middle) / 10,
          illness: illness[i] as number,
          sick: crisis[i] === 0 ? 0 : 1,
          level: level[i] as number,
          injured: why[i] === INJURY,
        };
        const tired = bernoulli(rng, leaves(arrived[i] as number)) === 1;
        const goes = tired && who.sick === 0 && who.level >= URGENT;
        const [u, v, w, x] = [rng.uniform(), rng.uniform(), rng.uniform(), rng.uniform()];
        noise[i] = rng.normal();
        left[i] = goes ? 1 : 0;
        admitted[i] = !goes && u < stays(who) ? 1 : 0;
        blood[i] = !goes && v < draws(who) ? 1 : 0;
        crp[i] = blood[i] === 1 && (w < crpShare || who.sick === 1) ? 1 : 0;
        gas[i] = blood[i] === 1 && (x < gasShare || who.sick === 1) ? 1 : 0;
        ketones[i] = blood[i] === 1 && (glucose[i] as number) > sweet ? 1 : 0;
      }
    };
  },
};

interface Arrival {
  /** of age, from the middle of all */
  readonly decades: number;
  readonly illness: number;
  /** with an emergency: 1 */
  readonly sick: number;
  /** place in `TRIAGE` */
  readonly level: number;
  readonly injured: boolean;
}

/** The chance of leaving unseen by when somebody comes: the busier, the higher. */
function leavingOf(numbers: Numbers): (arrivedAt: number) => number {
  const of = numbersOf(numbers, "ed");
  const hours = Array.from({ length: 24 }, (_, hour) => of(`arrival.${hour}`));
  const [busiest, busy, quiet] = [Math.max(...hours), of("left.busy"), of("left.quiet")];
  return (at) => quiet + (busy - quiet) * ((hours[Math.floor(at / HOUR) % 24] as number) / busiest);
}

function admissionOf(numbers: Numbers): (who: Arrival) => number {
  const of = numbersOf(numbers, "ed.admitted");
  const middle = logit(numbers.of("ed.admitted")) + of("shift");
  const byLevel = TRIAGE.map((_, level) => of(`${level + 1}`));
  const [perDecade, perIllness, byCrisis] = [of("age"), of("illness"), of("crisis")];
  return ({ decades, illness, sick, level }) =>
    logistic(
      middle + (byLevel[level] as number) + perDecade * decades + perIllness * illness + byCrisis * sick,
    );
}

function drawingOf(numbers: Numbers): (who: Arrival) => number {
  const of = numbersOf(numbers, "ed.drawn");
  const middle = logit(numbers.of("ed.drawn")) + of("shift");
  const [perIllness, perDecade, byCrisis] = [of("illness"), of("age"), of("crisis")];
  const byInjury = of("injury");
  return ({ decades, illness, sick, injured }) =>
    logistic(
      middle + perIllness * illness + perDecade * decades + byCrisis * sick + (injured ? byInjury : 0),
    );
}
