import type { Numbers } from "../numbers/numbers.ts";
import { eased, fill, quantity } from "../vitals/quantity.ts";
import type { Bench } from "./bench.ts";
import { glycation } from "./formulas.ts";
import { logNormal, skewedDeviation } from "./log-normal.ts";

/** HbA1c with and without diabetes, and a serum glucose that follows the mean glucose which it stands for. */
export function sugar(numbers: Numbers): (bench: Bench) => void {
  const without = quantity(numbers, "hba1c", "skewed");
  const n = (name: string): number => numbers.of(name);
  const [floor, most] = [n("hba1c.diabetes.floor"), n("hba1c.most")];
  const above = logNormal(n("hba1c.diabetes.mean") - floor, n("hba1c.diabetes.sd"));
  const { meanGlucose } = glycation(numbers);
  const [least, deviation] = [n("glucose.least"), skewedDeviation(n("glucose.skew"))];
  const lines = (["without", "with"] as const).map((has) => {
    const [mean, follows] = [n(`glucose.${has}.mean`), n(`glucose.${has}.follows`)];
    const start = mean - follows * meanGlucose(n(`glucose.${has}.hba1c`));
    return { start, follows, sd: n(`glucose.${has}.sd`) };
  });
  return ({ rows, places, latent }) => {
    const diabetes = rows.has("diabetes") ? rows.get("diabetes") : new Float64Array(rows.count);
    const [hba1c, glucose] = [rows.add("hba1c"), rows.add("glucose")];
    const [a1c, around] = [latent("hba1c"), latent("glucose")];
    fill(without, rows, places, a1c, hba1c);
    for (let i = 0; i < rows.count; i++) {
      if (diabetes[i] === 1) hba1c[i] = eased(floor + above(a1c[i] as number), most);
      const line = lines[diabetes[i] as number] as (typeof lines)[number];
      const value = line.start + line.follows * meanGlucose(hba1c[i] as number);
      glucose[i] = Math.max(least, value + line.sd * deviation(around[i] as number));
    }
  };
}
