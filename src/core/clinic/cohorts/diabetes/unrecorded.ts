import { logistic, logit } from "../../../math/logistic.ts";
import { numbersOf } from "../numbers/numbers.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";

/** What nobody wrote down: smoking, once and for all; eyes more often of those whose sugar is high. */
export const unrecorded: Stage = {
  name: "unrecorded",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "dc");
    const [smokes, eyes] = [of("unrecorded.smoking"), of("unrecorded.retinopathy")];
    const at = logit(eyes);
    const [byHba1c, middle] = [of("unrecorded.hba1c"), of("retinopathy.hba1c.middle")];
    return (rows, rng) => {
      const [hba1c, smoking, retinopathy] = [rows.get("hba1c"), rows.get("smoking"), rows.get("retinopathy")];
      const later = rows.has("visit");
      for (let i = 0; i < rows.count; i++) {
        const asked = bernoulli(rng, smokes) === 0;
        if (!asked && !later) smoking[i] = NaN;
        const sugar = hba1c[i] as number;
        const away = Number.isNaN(sugar) ? 0 : byHba1c * (sugar - middle);
        if (bernoulli(rng, logistic(at + away)) === 1) retinopathy[i] = NaN;
      }
    };
  },
};
