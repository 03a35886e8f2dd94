import type { Stage } from "../simulating/stage.ts";
import { sitesOf } from "./hospital-site.ts";
import { illnessOf } from "./illness.ts";

/**
 * Which `hospital` a patient comes to, from 0: larger ones have more, and each draws the older or younger, the more or less
 * ill. All patients together stay who they are, so that what sources say of everyone holds however many hospitals there are.
 */
export const hospitalChoice: Stage = {
  name: "hospitals",
  prepare: (setting) => {
    const { numbers } = setting;
    const [size, age, illness, unit] = ["mix.size", "mix.age", "mix.illness", "mix.age.unit"].map(
      numbers.of,
    ) as [number, number, number, number];
    const middle = numbers.of("mix.age.middle");
    const sites = sitesOf(setting).map((site) => ({
      size: size * site.draw("size"),
      age: (age * site.draw("age")) / unit,
      illness: illness * site.draw("illness"),
    }));
    const weights = new Float64Array(sites.length);
    return (rows, rng) => {
      if (rows.has("hospital")) return;
      const hospital = rows.add("hospital");
      if (sites.length === 1) return;
      const [ages, ills] = [rows.get("age"), illnessOf(rows)];
      for (let row = 0; row < rows.count; row++) {
        for (const [place, site] of sites.entries())
          weights[place] = Math.exp(
            site.size + site.age * ((ages[row] as number) - middle) + site.illness * (ills[row] as number),
          );
        hospital[row] = rng.weighted(weights);
      }
    };
  },
};
