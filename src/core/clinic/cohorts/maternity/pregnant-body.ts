import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { dipping, moving } from "./by-week.ts";
import type { ByWeek } from "./by-week.ts";

/** What stays with a woman through her pregnancy: standard normals of her own. */
export interface Own {
  readonly pressure: number;
  readonly heart: number;
  /** by place in `BLOODS`, at `row` */
  readonly labs: readonly Float64Array[];
  readonly row: number;
}

/** Pressures and heart rate at a week; `above`: kg/m² above a body mass index of 25; `high`: hypertension before pregnancy. */
export interface Bedside {
  (week: number, own: Own, above: number, high: boolean, rng: Rng): [sbp: number, dbp: number, heart: number];
}

export function bedside(numbers: Numbers): Bedside {
  const of = numbersOf(numbers, "pregnant");
  const [sbp, dbp] = [dipping(numbers, "pregnant.sbp"), dipping(numbers, "pregnant.dbp")];
  const heart = moving(numbers, "pregnant.heart_rate", "pregnant.heart_rate.week");
  const [wideS, wideD, wideH] = [of("sbp.sd"), of("dbp.sd"), of("heart_rate.sd")];
  const [same, pair, heavier] = [of("pressure.own"), of("pressure.pair"), of("pressure.bmi")];
  const [highS, highD] = [of("hypertension.sbp"), of("hypertension.dbp")];
  const [mine, now] = [Math.sqrt(same), Math.sqrt(1 - same)];
  const other = Math.sqrt(1 - pair * pair);
  return (week, own, above, high, rng) => {
    const z = mine * own.pressure + now * rng.normal();
    const w = pair * z + other * rng.normal();
    const systolic = sbp(week) + wideS * z + heavier * above + (high ? highS : 0);
    const diastolic = dbp(week) + wideD * w + (heavier / 2) * above + (high ? highD : 0);
    const rate = heart(week) + wideH * (mine * own.heart + now * rng.normal());
    return [systolic, Math.min(diastolic, systolic - 10), rate];
  };
}

export const BLOODS = ["haemoglobin", "white_cells", "platelets", "creatinine"] as const;

/** Values of `BLOODS` at a week, of a woman with or without pre-eclampsia by then. */
export function bloods(
  numbers: Numbers,
): (week: number, own: Own, ill: boolean, rng: Rng, into: Float64Array) => void {
  const of = numbersOf(numbers, "pregnant");
  const middles: ByWeek[] = BLOODS.map((name) => moving(numbers, `pregnant.${name}`));
  const spreads = BLOODS.map((name) => of(`${name}.sd`));
  const [mine, now] = [Math.sqrt(of("lab.own")), Math.sqrt(1 - of("lab.own"))];
  const changed = [
    1,
    1,
    numbers.of("platelets.preeclampsia"),
    numbers.of("creatinine.preeclampsia"),
  ] as const;
  return (week, own, ill, rng, into) => {
    for (let i = 0; i < BLOODS.length; i++) {
      const z = mine * ((own.labs[i] as Float64Array)[own.row] as number) + now * rng.normal();
      const [middle, sd] = [(middles[i] as ByWeek)(week), spreads[i] as number];
      const value = i === 0 ? middle + sd * z : middle * Math.exp(sd * z);
      into[i] = ill ? value * (changed[i] as number) : value;
    }
  };
}

/** Protein to creatinine in urine, in mg/mmol. */
export function protein(numbers: Numbers): (ill: boolean, rng: Rng) => number {
  const of = numbersOf(numbers, "protein");
  const [usual, sd, from, more, wide] = [
    of("usual"),
    of("sd"),
    of("from"),
    of("preeclampsia"),
    of("preeclampsia.sd"),
  ];
  return (ill, rng) => {
    const z = rng.normal();
    return ill ? from + more * Math.exp(wide * z) : Math.min(from - 1, usual * Math.exp(sd * z));
  };
}
