import { childNumbers } from "./body/child-numbers.ts";
import { correlationNumbers } from "./body/correlation-numbers.ts";
import { effectNumbers } from "./body/effect-numbers.ts";
import { formulaNumbers } from "./body/formula-numbers.ts";
import { labModelNumbers } from "./body/lab-model-numbers.ts";
import { labNumbers } from "./body/lab-numbers.ts";
import { vitalNumbers } from "./body/vital-numbers.ts";
import { clinicNumbers } from "./clinics/clinic-numbers.ts";
import { avoidedNumbers } from "./conditions/avoided-numbers.ts";
import { comorbidityNumbers } from "./conditions/comorbidity-numbers.ts";
import { conditionNumbers } from "./conditions/condition-numbers.ts";
import { drugNumbers } from "./conditions/drug-numbers.ts";
import { rareNumbers } from "./conditions/rare-numbers.ts";
import { riskNumbers } from "./conditions/risk-numbers.ts";
import { criticalCareNumbers } from "./critical-care/critical-care-numbers.ts";
import { pyramidNumbers } from "./people/pyramid-numbers.ts";
import { pregnancyNumbers } from "./pregnancy/pregnancy-numbers.ts";
import { deviceNumbers } from "./recording/device-numbers.ts";
import { recordingNumbers } from "./recording/recording-numbers.ts";
import { unitNumbers } from "./recording/unit-numbers.ts";
import type { SourcedNumber } from "./sourced-number.ts";

/** Every number that the simulator uses. A stage has none of its own. */
export const everyNumber: readonly SourcedNumber[] = [
  ...criticalCareNumbers,
  ...pyramidNumbers,
  ...childNumbers,
  ...labNumbers,
  ...labModelNumbers,
  ...effectNumbers,
  ...correlationNumbers,
  ...deviceNumbers,
  ...recordingNumbers,
  ...unitNumbers,
  ...formulaNumbers,
  ...clinicNumbers,
  ...riskNumbers,
  ...conditionNumbers,
  ...comorbidityNumbers,
  ...rareNumbers,
  ...drugNumbers,
  ...avoidedNumbers,
  ...pregnancyNumbers,
  ...vitalNumbers,
];

/** The numbers of one simulation, by id. */
export interface Numbers {
  /** Throws Error for an id that no table has. */
  readonly of: (id: string) => number;
}

/**
 * Without values of one's own the same numbers each time: what a stage has made of them once is kept.
 * @param edited values by id that stand in the place of the published ones (`readNumbersFile`)
 */
export function numbersWith(edited: ReadonlyMap<string, number> = new Map()): Numbers {
  return edited.size === 0 ? published : withEdited(edited);
}

function withEdited(edited: ReadonlyMap<string, number>): Numbers {
  return {
    of: (id) => {
      const value = edited.get(id) ?? byId.get(id)?.value;
      if (value === undefined) throw new Error(`No table of the simulator has the number ${id}.`);
      return value;
    },
  };
}

/** The numbers of one subject by their short names: "half-life" of "sepsis.half-life". */
export const numbersOf =
  (numbers: Numbers, subject: string) =>
  (name: string): number =>
    numbers.of(`${subject}.${name}`);

const byId = new Map(everyNumber.map((number) => [number.id, number]));
const published = withEdited(new Map());
