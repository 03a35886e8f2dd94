import { normalCdf, normalQuantile } from "../../../math/normal.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { curveOf } from "../vitals/by-age.ts";
import { fill, quantity } from "../vitals/quantity.ts";
import type { Bench } from "./bench.ts";
import { filtration } from "./formulas.ts";
import { logNormal } from "./log-normal.ts";

/**
 * Creatinine by age and sex and the filtration that its formula makes of it: below the limit in some of those with chronic
 * kidney disease, by age, and in nobody without. Albuminuria in the others with it; urea rises as filtration falls.
 */
export function kidneys(numbers: Numbers): (bench: Bench) => void {
  const n = (name: string): number => numbers.of(name);
  const [limit, least, until] = [n("egfr.low.limit"), n("egfr.least"), n("schwartz.until")];
  const fine = quantity(numbers, "creatinine", "skewed");
  const ureaOf = quantity(numbers, "urea", "skewed");
  const below = logNormal(limit - n("egfr.low.mean"), n("egfr.low.sd"));
  const child = logNormal(n("egfr.child.mean"), n("egfr.child.sd"));
  const lowShare = curveOf(numbers, "ckd.low_filtration");
  const power = n("urea.filtration");
  const albuminuria = albuminuriaOf(numbers);
  const formula = filtration(numbers);
  return ({ rows, places, latent }) => {
    const [age, female, height] = [rows.get("age"), rows.get("female"), rows.get("height_cm")];
    const ckd = rows.has("ckd") ? rows.get("ckd") : new Float64Array(rows.count);
    const [egfr, creatinine] = [rows.add("egfr"), rows.add("creatinine")];
    const [urea, acr] = [rows.add("urea"), rows.add("acr")];
    const [kidney, leak] = [latent("creatinine"), latent("acr")];
    fill(fine, rows, places, kidney, creatinine);
    fill(ureaOf, rows, places, latent("urea"), urea);
    for (let i = 0; i < rows.count; i++) {
      const [years, woman, cm] = [age[i] as number, female[i] as number, height[i] as number];
      const sick = ckd[i] === 1;
      const rank = sick ? normalCdf(-(kidney[i] as number)) / (lowShare[places[i] as number] as number) : 1;
      const plain = formula.of(creatinine[i] as number, years, woman, cm);
      let rate = plain;
      if (rank < 1) rate = Math.max(least, limit - below(-normalQuantile(rank)));
      else if (years < until) rate = child(-(kidney[i] as number));
      else if (rate < limit) rate = (limit * limit) / rate;
      egfr[i] = rate;
      if (rate !== plain) creatinine[i] = formula.creatinine(rate, years, woman, cm);
      acr[i] = albuminuria(sick, rank < 1, leak[i] as number);
      if (rate < limit) urea[i] = (urea[i] as number) * (rate / limit) ** power;
    }
  };
}

/** Raised in all with kidney disease and filtration that is not low, in some of the others with it, in none without. */
function albuminuriaOf(numbers: Numbers): (sick: boolean, low: boolean, z: number) => number {
  const n = (name: string): number => numbers.of(`acr.${name}`);
  const [limit, middle, width] = [n("limit"), n("middle"), n("width")];
  const raised = n("raised.low_filtration");
  const above = logNormal(n("raised.mean"), n("raised.sd"));
  const odds = middle / (limit - middle);
  const raisedFrom = normalQuantile(1 - raised);
  return (sick, low, z) => {
    if (sick && !low) return limit + above(z);
    if (sick && z > raisedFrom) return limit + above(-normalQuantile(normalCdf(-z) / raised));
    const o = odds * Math.exp(width * z);
    return (limit * o) / (1 + o);
  };
}
