import { normalQuantile } from "../../../math/normal.ts";
import { numbersOf } from "../numbers/numbers.ts";
import { classOf } from "../simulating/ordered.ts";
import type { Stage } from "../simulating/stage.ts";
import { news2 } from "./news.ts";

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
