import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";

/** Points of a sign, the worst limit first. */
const LIMITS = [
  ["respiratory_rate", ["low.3", "high.3", "high.2", "low.1"], 1],
  ["spo2", ["low.3", "low.2", "low.1"], 1],
  ["sbp", ["low.3", "high.3", "low.2", "low.1"], 1],
  ["heart_rate", ["low.3", "high.3", "high.2", "low.1", "high.1"], 1],
  ["temperature", ["low.3", "high.2", "low.1", "high.1"], 10],
] as const;

/** NEWS2 (Royal College of Physicians 2017) of a row's vitals, rounded as they are written; all on room air, 0 to 18. */
export function news2(numbers: Numbers): (rows: Rows) => (row: number) => number {
  const of = numbersOf(numbers, "news");
  const signs = LIMITS.map(([sign, names, steps]) => ({
    sign,
    steps,
    limits: names.map((name) => ({
      isLow: name.startsWith("low"),
      points: Number(name.at(-1)),
      at: of(`${sign}.${name}`),
    })),
  }));
  const [drowsy, alert] = [of("consciousness"), numbers.of("icu.most.gcs")];
  return (rows) => {
    const gcs = rows.get("gcs");
    const fields = signs.map((sign) => ({ ...sign, values: rows.get(sign.sign) }));
    return (row) => {
      let score = Math.round(gcs[row] as number) < alert ? drowsy : 0;
      for (let sign = 0; sign < fields.length; sign++) {
        const { values, steps, limits } = fields[sign] as (typeof fields)[number];
        const value = Math.round((values[row] as number) * steps) / steps;
        for (let k = 0; k < limits.length; k++) {
          const { isLow, at, points } = limits[k] as (typeof limits)[number];
          if (isLow ? value <= at : value >= at) {
            score += points;
            break;
          }
        }
      }
      return score;
    };
  };
}
