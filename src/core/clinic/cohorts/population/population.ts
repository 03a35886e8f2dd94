import type { Stage } from "../simulating/stage.ts";

/** Who they are: `age` in years with a fraction, `female` 0 or 1, and `sex`, the level that its column shows. */
export const population: Stage = {
  name: "population",
  prepare: ({ pyramid }) => {
    const weights = pyramid?.flatMap(({ women, men }) => [women, men]);
    return (rows, rng) => {
      const [age, female, sex] = [rows.add("age"), rows.add("female"), rows.add("sex")];
      for (let i = 0; i < rows.count; i++) {
        const drawn = weights === undefined ? rng.integer(2) : rng.weighted(weights);
        const band = pyramid?.[drawn >> 1] ?? { from: 24, to: 60 };
        age[i] = band.from + (band.to + 1 - band.from) * rng.uniform();
        female[i] = 1 - (drawn & 1);
        sex[i] = drawn & 1;
      }
    };
  },
};
