import { vitalPairs } from "../numbers/body/correlation-numbers.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";
import { curveFrom, placesOf } from "./by-age.ts";
import { scoreField, latents } from "./latent.ts";
import { pressures } from "./pressures.ts";
import { fill, level, quantity, quantityOf } from "./quantity.ts";
import type { Quantity } from "./quantity.ts";

/** First the one that conditions may have drawn: how heavy somebody is says who has diabetes. */
const NAMES = [
  "bmi",
  "height_cm",
  "dbp",
  "sbp",
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "desaturation",
] as const;

/** Normals that laboratory values hang together with. */
const KEPT = ["bmi", "heart_rate"] as const;

/**
 * Level 1: what is measured at every bedside, by age and sex, moved by conditions that stages before it made. Fields:
 * height_cm, weight_kg, bmi, sbp and dbp (mmHg, sbp above dbp), heart_rate, respiratory_rate (/min), temperature (°C), spo2 (%).
 */
export function vitals(): Stage {
  return {
    name: "vitals",
    prepare: ({ numbers }) => {
      const draw = latents(numbers, NAMES, vitalPairs, 1);
      const measured = quantities(numbers);
      const pressed = pressures(numbers);
      return (rows, rng) => {
        const [places, normals] = [placesOf(rows), draw(rows, rng)];
        const latent = (name: (typeof NAMES)[number]): Float64Array =>
          normals[NAMES.indexOf(name)] as Float64Array;
        for (const [name, of] of measured) fill(of, rows, places, latent(name), rows.add(name));
        pressed(rows, places, latent("dbp"), latent("sbp"));
        for (const name of KEPT) rows.add(scoreField(name)).set(latent(name));
        derive(rows);
      };
    },
  };
}

function quantities(numbers: Numbers): [(typeof NAMES)[number], Quantity][] {
  return [
    ["height_cm", quantity(numbers, "height_cm", "even")],
    [
      "bmi",
      quantity(numbers, "bmi", "skewed", { floor: numbers.of("bmi.least"), most: numbers.of("bmi.most") }),
    ],
    ["heart_rate", quantity(numbers, "heart_rate", "skewed")],
    ["respiratory_rate", level(numbers, "respiratory_rate", "skewed")],
    ["temperature", temperature(numbers)],
    // what saturation lacks of 100%
    ["desaturation", quantity(numbers, "desaturation", "skewed")],
  ];
}

function temperature(numbers: Numbers): Quantity {
  const of = numbersOf(numbers, "temperature");
  const [mean, sd, decade, middle] = [of("mean"), of("sd"), of("decade"), of("age")];
  const at = curveFrom((age) => mean + ((age - middle) / 10) * decade);
  return quantityOf(
    numbers,
    "temperature",
    "even",
    at,
    curveFrom(() => sd),
  );
}

function derive(rows: Rows): void {
  const [height, bmi, lacking] = [rows.get("height_cm"), rows.get("bmi"), rows.get("desaturation")];
  const [weight, spo2] = [rows.add("weight_kg"), rows.add("spo2")];
  for (let i = 0; i < rows.count; i++) {
    const metres = (height[i] as number) / 100;
    weight[i] = (bmi[i] as number) * metres * metres;
    spo2[i] = 100 - (lacking[i] as number);
  }
}
