import type { Numbers } from "../numbers/numbers.ts";
import { labPairs } from "../numbers/body/correlation-numbers.ts";
import type { Stage } from "../simulating/stage.ts";
import { placesOf } from "../vitals/by-age.ts";
import { latents } from "../vitals/latent.ts";
import { fill, level, quantity } from "../vitals/quantity.ts";
import type { Quantity } from "../vitals/quantity.ts";
import { GIVEN, NAMES } from "./bench.ts";
import type { LabName } from "./bench.ts";
import { blood } from "./blood.ts";
import { cholesterol } from "./cholesterol.ts";
import { salts } from "./salts.ts";
import { kidneys } from "./kidneys.ts";
import { sugar } from "./sugar.ts";

/**
 * Level 2: laboratory values that tell one story, by age, sex, conditions and vitals. Fields: egfr, creatinine (µmol/L),
 * urea, acr (mg/mmol), hba1c (mmol/mol), glucose, total_cholesterol, hdl, ldl (missing where triglycerides reach 4.5),
 * triglycerides, sodium, potassium, chloride, bicarbonate, lactate (mmol/L), haemoglobin, albumin (g/L), haematocrit (%), mcv
 * (fL), white_cells, platelets (10^9/L), crp (mg/L), nt_probnp, troponin (ng/L).
 */
export function labs(): Stage {
  return {
    name: "labs",
    prepare: ({ numbers }) => {
      const draw = latents(numbers, NAMES, labPairs, GIVEN.length);
      const plain = quantities(numbers);
      const parts = [kidneys, sugar, cholesterol, blood, salts].map((part) => part(numbers));
      return (rows, rng) => {
        const [places, normals] = [placesOf(rows), draw(rows, rng)];
        const latent = (name: LabName): Float64Array => normals[NAMES.indexOf(name)] as Float64Array;
        for (const [name, of] of plain) fill(of, rows, places, latent(name), rows.add(name));
        for (const part of parts) part({ rows, places, latent });
      };
    },
  };
}

function quantities(numbers: Numbers): [LabName, Quantity][] {
  return [
    ["albumin", quantity(numbers, "albumin", "even")],
    ["white_cells", quantity(numbers, "white_cells", "skewed")],
    ["crp", quantity(numbers, "crp", "skewed")],
    [
      "nt_probnp",
      quantity(numbers, "nt_probnp", "skewed", {
        most: numbers.of("nt_probnp.most"),
        without: ["heart_failure", "atrial_fibrillation"],
      }),
    ],
    ["troponin", quantity(numbers, "troponin", "skewed", { without: ["heart_failure", "coronary_disease"] })],
    ["lactate", level(numbers, "lactate", "skewed")],
    ["platelets", level(numbers, "platelets", "skewed")],
  ];
}
