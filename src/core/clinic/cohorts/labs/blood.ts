import type { Numbers } from "../numbers/numbers.ts";
import { fill, level, quantity } from "../vitals/quantity.ts";
import type { Bench } from "./bench.ts";

/** Haematocrit and cell volume by sex and age, and the haemoglobin that the red cells hold. */
export function blood(numbers: Numbers): (bench: Bench) => void {
  const haematocritOf = quantity(numbers, "haematocrit", "even");
  const mcvOf = quantity(numbers, "mcv", "even");
  const mchcOf = level(numbers, "mchc", "even");
  return ({ rows, places, latent }) => {
    const [haematocrit, mcv, haemoglobin] = [
      rows.add("haematocrit"),
      rows.add("mcv"),
      rows.add("haemoglobin"),
    ];
    fill(haematocritOf, rows, places, latent("haematocrit"), haematocrit);
    fill(mcvOf, rows, places, latent("mcv"), mcv);
    fill(mchcOf, rows, places, latent("mchc"), haemoglobin);
    for (let i = 0; i < rows.count; i++)
      haemoglobin[i] = ((haemoglobin[i] as number) * (haematocrit[i] as number)) / 100;
  };
}
