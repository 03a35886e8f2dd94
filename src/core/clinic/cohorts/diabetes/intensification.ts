import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { TREATMENTS } from "./diabetes-columns.ts";

const DIET = TREATMENTS.indexOf("Diet");
const TABLETS = TREATMENTS.indexOf("Tablets");
const GLP1 = TREATMENTS.indexOf("GLP-1");
const INSULIN = TREATMENTS.indexOf("Insulin");

/** What a review changes: drugs from then on, and what they do by the next. */
export interface Change {
  readonly treatment: number;
  readonly sglt2: number;
  /** mmol/mol by what was begun, and a year by time alone */
  readonly hba1c: number;
  readonly drift: number;
  readonly weight: number;
  readonly sbp: number;
}

interface Reviewed {
  readonly hba1c: number;
  readonly egfr: number;
  readonly treatment: number;
  readonly sglt2_inhibitor: number;
}

/** In type 2, a step up where HbA1c is too high, not always; an SGLT2 inhibitor begun beside any drug. */
export function intensification(numbers: Numbers): (rng: Rng, second: number, found: Reviewed) => Change {
  const of = numbersOf(numbers, "dc");
  const [from, share, toGlp1, begun] = [
    of("intensify.from"),
    of("intensify.share"),
    of("intensify.glp1"),
    of("sglt2.begun"),
  ];
  const [enough, drift] = [of("sglt2.egfr"), of("hba1c.drift")];
  const sugar = [0, of("hba1c.tablets"), of("hba1c.glp1"), of("hba1c.insulin")];
  const weight = [0, 0, of("weight.glp1"), of("weight.insulin")];
  const sglt2 = { hba1c: of("hba1c.sglt2"), weight: of("weight.sglt2"), sbp: of("sbp.sglt2") };
  return (rng, second, found) => {
    const [acts, which, adds] = [rng.uniform() < share, rng.uniform() < toGlp1, rng.uniform() < begun];
    if (second === 0) return { treatment: found.treatment, sglt2: 0, hba1c: 0, drift: 0, weight: 0, sbp: 0 };
    const up = found.hba1c >= from && acts && found.treatment < INSULIN;
    const treatment = up ? nextStep(found.treatment, which) : found.treatment;
    const starts = found.sglt2_inhibitor === 0 && treatment > DIET && found.egfr >= enough && adds;
    return {
      treatment,
      sglt2: found.sglt2_inhibitor === 1 || starts ? 1 : 0,
      hba1c: (up ? (sugar[treatment] as number) : 0) + (starts ? sglt2.hba1c : 0),
      drift,
      weight: (up ? (weight[treatment] as number) : 0) + (starts ? sglt2.weight : 0),
      sbp: starts ? sglt2.sbp : 0,
    };
  };
}

function nextStep(step: number, glp1: boolean): number {
  if (step === DIET) return TABLETS;
  return step === TABLETS && glp1 ? GLP1 : INSULIN;
}
