import type { Numbers } from "../numbers/numbers.ts";
import { fill, quantity } from "../vitals/quantity.ts";
import { friedewald } from "./formulas.ts";
import type { Bench } from "./bench.ts";

/** HDL, LDL and triglycerides, and the total that Friedewald's formula makes of them; LDL is missing where it does not hold. */
export function cholesterol(numbers: Numbers): (bench: Bench) => void {
  const [hdlOf, fatOf, ldlOf] = ["hdl", "triglycerides", "ldl"].map((id) =>
    quantity(numbers, id, "skewed"),
  ) as [ReturnType<typeof quantity>, ReturnType<typeof quantity>, ReturnType<typeof quantity>];
  const formula = friedewald(numbers);
  const most = numbers.of("friedewald.most");
  return ({ rows, places, latent }) => {
    const [hdl, fat, ldl, total] = [
      rows.add("hdl"),
      rows.add("triglycerides"),
      rows.add("ldl"),
      rows.add("total_cholesterol"),
    ];
    fill(hdlOf, rows, places, latent("hdl"), hdl);
    fill(fatOf, rows, places, latent("triglycerides"), fat);
    fill(ldlOf, rows, places, latent("ldl"), ldl);
    for (let i = 0; i < rows.count; i++) {
      const f = fat[i] as number;
      total[i] = (hdl[i] as number) + (ldl[i] as number) + formula.vldl(Math.min(f, most));
      if (f >= most) ldl[i] = NaN;
    }
  };
}
