import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { DOSES } from "./heart-failure-columns.ts";
import type { Drugs, Measured } from "./visit-values.ts";

/** Doses as steps of `DOSES`. */
export interface Prescribed {
  readonly beta: number;
  readonly raas: number;
  readonly mra: number;
  readonly sglt2: number;
}

/** Shares of the target doses. */
export const drugsOf = ({ beta, raas, mra, sglt2 }: Prescribed): Drugs => ({
  betaBlocker: (DOSES[beta] as number) / 100,
  raas: (DOSES[raas] as number) / 100,
  mra,
  sglt2,
});

/** The step that somebody who takes a drug goes home with. */
export function firstStep(numbers: Numbers): (rng: Rng) => number {
  const low = numbers.of("hf.dose.low");
  return (rng) => (rng.uniform() < low ? 1 : 2);
}

/** What a visit does to drugs: doses up a step where pressure and pulse allow, down where they are low; MRA by potassium. */
export function titration(
  numbers: Numbers,
): (rng: Rng, now: Prescribed, found: Measured, lvef: number) => Prescribed {
  const of = numbersOf(numbers, "hf");
  const [sbpLow, rateLow] = [of("titration.sbp"), of("titration.heart_rate")];
  const [betaUp, raasUp] = [of("titration.beta_blocker"), of("titration.raas")];
  const [mraStart, sglt2Start] = [of("titration.mra"), of("titration.sglt2")];
  const [mraBelow, mraHalve, mraStop] = [
    of("mra.potassium.start"),
    of("mra.potassium.halve"),
    of("mra.potassium.stop"),
  ];
  const [creatinineBelow, reduced] = [of("mra.creatinine"), of("lvef.reduced.most")];
  const most = DOSES.length - 1;
  const step = (rng: Rng, dose: number, low: boolean, up: number): number => {
    if (dose === 0) return 0;
    if (low) return Math.max(1, dose - 1);
    return rng.uniform() < up ? Math.min(most, dose + 1) : dose;
  };
  return (rng, now, found, lvef) => {
    const hypotensive = found.sbp < sbpLow;
    const beta = step(rng, now.beta, hypotensive || found.heart_rate < rateLow, betaUp);
    const raas = step(rng, now.raas, hypotensive || found.potassium > mraHalve, raasUp);
    const mayStart = lvef < reduced && found.potassium < mraBelow && found.creatinine < creatinineBelow;
    const [stops, starts] = [rng.uniform() < 0.5, rng.uniform() < mraStart];
    const stopped = found.potassium > mraStop || (found.potassium > mraHalve && stops);
    const mra = now.mra === 1 ? Number(!stopped) : Number(mayStart && starts);
    const begun = rng.uniform() < sglt2Start;
    return { beta, raas, mra, sglt2: now.sglt2 === 1 || begun ? 1 : 0 };
  };
}
