import type { Stage } from "../simulating/stage.ts";

/** Level 1: what is measured at every bedside, by age and sex. */
export const vitals: Stage = {
  name: "vitals",
  prepare: ({ numbers }) => {
    const means = [numbers.of("sbp.mean.men"), numbers.of("sbp.mean.women")];
    return (rows, rng) => {
      const [female, sbp] = [rows.get("female"), rows.add("sbp")];
      for (let i = 0; i < rows.count; i++) sbp[i] = (means[female[i] as number] as number) + rng.normal();
    };
  },
};
