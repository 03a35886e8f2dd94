import type { Numbers } from "../numbers/numbers.ts";
import { fill, quantity } from "../vitals/quantity.ts";
import type { Quantity } from "../vitals/quantity.ts";
import type { Bench } from "./bench.ts";

/** Sodium, potassium, bicarbonate and the anion gap, moved by the kidneys and by diabetes; chloride is what the gap leaves. */
export function salts(numbers: Numbers): (bench: Bench) => void {
  const [sodiumOf, potassiumOf, bicarbonateOf, gapOf] = [
    "sodium",
    "potassium",
    "bicarbonate",
    "anion_gap",
  ].map((id) => quantity(numbers, id, "even")) as [Quantity, Quantity, Quantity, Quantity];
  const [byPotassium, byBicarbonate, byGap] = [
    numbers.of("potassium.filtration"),
    numbers.of("bicarbonate.filtration"),
    numbers.of("anion_gap.filtration"),
  ];
  const limit = numbers.of("egfr.low.limit");
  return ({ rows, places, latent }) => {
    const egfr = rows.get("egfr");
    const [sodium, potassium, bicarbonate, gap, chloride] = [
      rows.add("sodium"),
      rows.add("potassium"),
      rows.add("bicarbonate"),
      rows.add("anion_gap"),
      rows.add("chloride"),
    ];
    fill(sodiumOf, rows, places, latent("sodium"), sodium);
    fill(potassiumOf, rows, places, latent("potassium"), potassium);
    fill(bicarbonateOf, rows, places, latent("bicarbonate"), bicarbonate);
    fill(gapOf, rows, places, latent("anion_gap"), gap);
    for (let i = 0; i < rows.count; i++) {
      const lost = Math.max(0, limit - (egfr[i] as number));
      potassium[i] = (potassium[i] as number) + byPotassium * lost;
      bicarbonate[i] = (bicarbonate[i] as number) + byBicarbonate * lost;
      gap[i] = (gap[i] as number) + byGap * lost;
      chloride[i] = (sodium[i] as number) - (bicarbonate[i] as number) - (gap[i] as number);
    }
  };
}
