import { normalCdf, normalQuantile } from "../../../math/normal.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { curveOf } from "../vitals/by-age.ts";
import { fill, quantity } from "../vitals/quantity.ts";
import { filtration } from "./formulas.ts";
import type { Bench } from "./bench.ts";
import { logNormal } from "./log-normal.ts";

/**
 * Filtration by age, low or with albuminuria in chronic kidney disease; creatinine is what its formula reads as that
 * filtration, and urea rises with it.
 */
export function kidneys(numbers: Numbers): (bench: Bench) => void {
  const limit = numbers.of("egfr.low.limit");
  const least = numbers.of("egfr.least");
  const fine = quantity(numbers, "egfr", "skewed", { floor: limit });
  const ureaOf = quantity(numbers, "urea", "skewed");
  const below = logNormal(limit - numbers.of("egfr.low.mean"), numbers.of("egfr.low.sd"));
  const lowShare = curveOf(numbers, "ckd.low_filtration");
  const [power, from] = [numbers.of("urea.filtration"), numbers.of("urea.filtration.from")];
  const albuminuria = albuminuriaOf(numbers);
  const { creatinine: creatinineOf } = filtration(numbers);
  return ({ rows, places, latent }) => {
    const [age, female, height] = [rows.get("age"), rows.get("female"), rows.get("height_cm")];
    const ckd = rows.has("ckd") ? rows.get("ckd") : new Float64Array(rows.count);
    const [egfr, creatinine, urea, acr] = [
      rows.add("egfr"),
      rows.add("creatinine"),
      rows.add("urea"),
      rows.add("acr"),
    ];
    const [kidney, leak] = [latent("egfr"), latent("acr")];
    fill(fine, rows, places, kidney, egfr);
    fill(ureaOf, rows, places, latent("urea"), urea);
    for (let i = 0; i < rows.count; i++) {
      const sick = ckd[i] === 1;
      const rank = sick ? normalCdf(kidney[i] as number) / (lowShare[places[i] as number] as number) : 1;
      if (rank < 1) egfr[i] = Math.max(least, limit - below(-normalQuantile(rank)));
      acr[i] = albuminuria(sick, rank < 1, leak[i] as number);
      creatinine[i] = creatinineOf(
        egfr[i] as number,
        age[i] as number,
        female[i] as number,
        height[i] as number,
      );
      if ((egfr[i] as number) < from) urea[i] = (urea[i] as number) * ((egfr[i] as number) / from) ** power;
    }
  };
}

/** Raised in all with kidney disease and filtration that is not low, in some of the others with it, in none without. */
function albuminuriaOf(numbers: Numbers): (sick: boolean, low: boolean, z: number) => number {
  const n = (name: string): number => numbers.of(`acr.${name}`);
  const [limit, middle, width, raisedShare] = [
    n("limit"),
    n("middle"),
    n("width"),
    n("raised.low_filtration"),
  ];
  const above = logNormal(n("raised.mean"), n("raised.sd"));
  const odds = middle / (limit - middle);
  const raisedFrom = normalQuantile(1 - raisedShare);
  return (sick, low, z) => {
    if (sick && !low) return limit + above(z);
    if (sick && z > raisedFrom) return limit + above(-normalQuantile((1 - normalCdf(z)) / raisedShare));
    const o = odds * Math.exp(width * z);
    return (limit * o) / (1 + o);
  };
}
