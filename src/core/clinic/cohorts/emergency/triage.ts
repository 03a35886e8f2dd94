import { normalQuantile } from "../../../math/normal.ts";
import { classOf } from "../heart-failure/ordered.ts";
import { numbersOf } from "../emergencies/episode.ts";
import { bernoulli, clamp, logistic } from "../simulated-column.ts";
import type { Stage } from "../simulating/stage.ts";
import { complaint } from "./visit.ts";
import { news2 } from "./news.ts";

const INJURY = complaint("injury");

/** Levels of `triage`, by the Manchester system. */
export const TRIAGE = ["Immediate", "Very urgent", "Urgent", "Standard", "Not urgent"] as const;

/** How urgent: by illness, complaint and the nurse, never below what the first vitals and consciousness ask for. Fields `triage`, `news2`. */
export const triage: Stage = {
  name: "triage",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "ed");
    const part = of("triage.illness");
    let sum = 0;
    const cuts = Float64Array.from([1, 2, 3, 4], (level) => normalQuantile((sum += of(`triage.${level}`))));
    const [urgent, emergency, adult] = [of("news.urgent"), of("news.emergency"), of("adult")];
    const [comatose, alert] = [of("gcs.moderate.from"), numbers.of("icu.most.gcs")];
    const scored = news2(numbers);
    return (rows, rng) => {
      const [illness, age, crisis] = [rows.get("illness"), rows.get("age"), rows.get("crisis")];
      const gcs = rows.get("gcs");
      const [level, points, score] = [rows.add("triage"), rows.add("news2"), scored(rows)];
      for (let i = 0; i < rows.count; i++) {
        const urgency = part * (illness[i] as number) + Math.sqrt(1 - part * part) * rng.normal();
        const nurse = classOf(cuts, -urgency);
        const news = score(i);
        points[i] = news;
        const grown = (age[i] as number) >= adult;
        const most = !grown ? 4 : news >= emergency ? 1 : news >= urgent ? 2 : crisis[i] === 0 ? 4 : 2;
        const awake = gcs[i] as number;
        const clouded = awake < comatose ? 0 : awake < alert ? 2 : 4;
        level[i] = Math.min(most, clouded, nurse);
      }
    };
  },
};

/** Who is admitted, who leaves unseen, and which panels are drawn: `admitted`, `left_unseen`, `drawn_*`, all 0 or 1,
 * and `stay_noise`, how long they stay among their like (standard normal). */
export const disposition: Stage = {
  name: "disposition",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "ed");
    const admittedBy = TRIAGE.map((_, level) => of(`admitted.${level + 1}`));
    const [odds, perDecade, perIllness, byCrisis, middle] = [
      Math.log(of("admitted") / (1 - of("admitted"))) + of("admitted.shift"),
      of("admitted.age"),
      of("admitted.illness"),
      of("admitted.crisis"),
      of("sepsis.middle"),
    ];
    const hours = Array.from({ length: 24 }, (_, hour) => of(`arrival.${hour}`));
    const [busiest, busy, quiet] = [Math.max(...hours), of("left.busy"), of("left.quiet")];
    const share = of("drawn");
    const drawnOdds = Math.log(share / (1 - share)) + of("drawn.shift");
    const [drawnIll, drawnAge, drawnInjury, drawnCrisis] = [
      of("drawn.illness"),
      of("drawn.age"),
      of("drawn.injury"),
      of("drawn.crisis"),
    ];
    const [crpShare, gasShare, sweet] = [of("drawn.crp"), of("drawn.gas"), of("ketones.glucose")];
    return (rows, rng) => {
      const get = (name: string): Float64Array => rows.get(name);
      const [age, illness, crisis, level] = [get("age"), get("illness"), get("crisis"), get("triage")];
      const [why, arrived, glucose] = [get("complaint"), get("arrived_at"), get("glucose")];
      const [admitted, left, noise] = [rows.add("admitted"), rows.add("left_unseen"), rows.add("stay_noise")];
      const [blood, crp, gas, ketones] = ["blood", "crp", "gas", "ketones"].map((panel) =>
        rows.add(`drawn_${panel}`),
      ) as [Float64Array, Float64Array, Float64Array, Float64Array];
      for (let i = 0; i < rows.count; i++) {
        const decades = ((age[i] as number) - middle) / 10;
        const [ill, sick] = [illness[i] as number, crisis[i] === 0 ? 0 : 1];
        const hour = Math.floor((arrived[i] as number) / (60 * 60 * 1000)) % 24;
        const crowd = clamp((hours[hour] as number) / busiest, 0, 1);
        const goes =
          bernoulli(rng, quiet + (busy - quiet) * crowd) === 1 && sick === 0 && (level[i] as number) >= 2;
        const stays = logistic(
          odds +
            (admittedBy[level[i] as number] as number) +
            perDecade * decades +
            perIllness * ill +
            byCrisis * sick,
        );
        const draw = logistic(
          drawnOdds +
            drawnIll * ill +
            drawnAge * decades +
            drawnCrisis * sick +
            (why[i] === INJURY ? drawnInjury : 0),
        );
        const [u, v, w, x] = [rng.uniform(), rng.uniform(), rng.uniform(), rng.uniform()];
        noise[i] = rng.normal();
        left[i] = goes ? 1 : 0;
        admitted[i] = !goes && u < stays ? 1 : 0;
        blood[i] = !goes && v < draw ? 1 : 0;
        crp[i] = blood[i] === 1 && (w < crpShare || sick === 1) ? 1 : 0;
        gas[i] = blood[i] === 1 && (x < gasShare || sick === 1) ? 1 : 0;
        ketones[i] = blood[i] === 1 && (glucose[i] as number) > sweet ? 1 : 0;
      }
    };
  },
};
