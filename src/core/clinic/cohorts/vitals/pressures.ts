import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import { curveOf, PLACES } from "./by-age.ts";
import { eased, fill, quantityOf } from "./quantity.ts";
import { backgroundOf } from "./background.ts";
import { effects } from "../numbers/effect-numbers.ts";

/**
 * Diastolic pressure and, above it by a log-normal pulse pressure that is never below its least, systolic pressure. Means,
 * spreads and the correlation of the two by age and sex are those of the numbers `sbp`, `dbp` and `correlation.sbp.dbp`.
 */
export function pressures(
  numbers: Numbers,
): (rows: Rows, places: Int32Array, diastolic: Float64Array, systolic: Float64Array) => void {
  const [least, most] = [numbers.of("pulse_pressure.least"), numbers.of("sbp.most")];
  const [sMean, sSd, dMean, dSd, together] = [
    "sbp.mean",
    "sbp.sd",
    "dbp.mean",
    "dbp.sd",
    "correlation.sbp.dbp",
  ].map((id) => curveOf(numbers, id)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const dbpOf = quantityOf(numbers, "dbp", "even", dMean, dSd);
  const moved = [...new Set([...(effects.get("sbp") ?? []), ...(effects.get("dbp") ?? [])])].map(
    (condition) => ({
      condition,
      adds: size(numbers, "sbp", condition) - size(numbers, "dbp", condition),
      background: backgroundOf(numbers, condition),
    }),
  );
  const [gap, width, share] = [new Float64Array(PLACES), new Float64Array(PLACES), new Float64Array(PLACES)];
  for (let place = 0; place < PLACES; place++) {
    const [s, d] = [sSd[place] as number, dSd[place] as number];
    const both = (together[place] as number) * s * d;
    const variance = s * s + d * d - 2 * both;
    let own = variance;
    gap[place] = (sMean[place] as number) - (dMean[place] as number) - least;
    for (const { adds, background } of moved) {
      const p = background[place] as number;
      own -= p * (1 - p) * adds * adds;
      gap[place] = (gap[place] as number) - p * adds;
    }
    const mean = (sMean[place] as number) - (dMean[place] as number) - least;
    width[place] = Math.sqrt(Math.log(1 + Math.max(own, variance / 4) / (mean * mean)));
    share[place] = (both - d * d) / (d * Math.sqrt(variance));
  }
  return (rows, places, diastolic, systolic) => {
    const [sbp, dbp] = [rows.add("sbp"), rows.add("dbp")];
    fill(dbpOf, rows, places, diastolic, dbp);
    for (let i = 0; i < sbp.length; i++) sbp[i] = gap[places[i] as number] as number;
    for (const { condition, adds, background } of moved) {
      const has = rows.has(condition) ? rows.get(condition) : undefined;
      for (let i = 0; i < sbp.length; i++)
        sbp[i] =
          (sbp[i] as number) +
          adds * (has ? (has[i] as number) : (background[places[i] as number] as number));
    }
    for (let i = 0; i < sbp.length; i++) {
      const place = places[i] as number;
      const [w, r] = [width[place] as number, share[place] as number];
      const z = r * (diastolic[i] as number) + Math.sqrt(1 - r * r) * (systolic[i] as number);
      const low = Math.max(least, dbp[i] as number);
      dbp[i] = low;
      const above = Math.max(1, sbp[i] as number) * Math.exp(w * z - (w * w) / 2);
      sbp[i] = eased(low + least + above, most);
    }
  };
}

function size(numbers: Numbers, id: string, condition: string): number {
  return effects.get(id)?.includes(condition) === true ? numbers.of(`${id}.with.${condition}`) : 0;
}
