import { logistic, logit } from "../../../math/logistic.ts";
import { numbersOf } from "../numbers/numbers.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";

/**
 * What nobody wrote down, beyond what was not measured: the ejection fraction more often of the old and of those who died,
 * and at visits without an echo; the NYHA class more often of the sickest; ethnicity more often of minorities.
 */
export const unrecorded: Stage = {
  name: "unrecorded",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "hf.unrecorded");
    const [lvef, byDeath, byDecade] = [logit(of("lvef")), Math.log(of("lvef.died")), of("lvef.decade")];
    const [nyha, bySeverity] = [logit(of("nyha")), of("nyha.severity")];
    const [white, others] = [of("ethnicity.white"), of("ethnicity.others")];
    const middle = numbers.of("failing.mean");
    return (rows, rng) => {
      const [age, died, severity] = [rows.get("age"), rows.get("died_30d"), rows.get("severity")];
      const [ef, klass, ethnicity] = [rows.get("lvef"), rows.get("nyha"), rows.get("ethnicity")];
      const echo = rows.has("echo") ? rows.get("echo") : undefined;
      for (let i = 0; i < rows.count; i++) {
        const decades = ((age[i] as number) - middle) / 10;
        const lost = bernoulli(rng, logistic(lvef + byDeath * (died[i] as number) + byDecade * decades));
        if (lost === 1 || echo?.[i] === 0) ef[i] = NaN;
        if (bernoulli(rng, logistic(nyha + bySeverity * (severity[i] as number))) === 1) klass[i] = NaN;
        // once asked, it stays with the patient
        const asked = bernoulli(rng, ethnicity[i] === WHITE ? white : others);
        if (asked === 1 && echo === undefined) ethnicity[i] = NaN;
      }
    };
  },
};

const WHITE = 3;
