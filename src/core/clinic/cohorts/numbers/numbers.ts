import type { SourcedNumber } from "./sourced-number.ts";
import { avoidedNumbers } from "./avoided-numbers.ts";
import { childNumbers } from "./child-numbers.ts";
import { clinicNumbers } from "./clinic-numbers.ts";
import { comorbidityNumbers } from "./comorbidity-numbers.ts";
import { conditionNumbers } from "./condition-numbers.ts";
import { correlationNumbers } from "./correlation-numbers.ts";
import { criticalCareNumbers } from "./critical-care-numbers.ts";
import { deviceNumbers } from "./device-numbers.ts";
import { drugNumbers } from "./drug-numbers.ts";
import { effectNumbers } from "./effect-numbers.ts";
import { formulaNumbers } from "./formula-numbers.ts";
import { labModelNumbers } from "./lab-model-numbers.ts";
import { labNumbers } from "./lab-numbers.ts";
import { maternityNumbers } from "./maternity-numbers.ts";
import { maternityVisitNumbers } from "./maternity-visit-numbers.ts";
import { pyramidNumbers } from "./pyramid-numbers.ts";
import { rareNumbers } from "./rare-numbers.ts";
import { recordingNumbers } from "./recording-numbers.ts";
import { riskNumbers } from "./risk-numbers.ts";
import { unitNumbers } from "./unit-numbers.ts";
import { vitalNumbers } from "./vital-numbers.ts";

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
  ...maternityVisitNumbers,
  ...maternityNumbers,
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

const byId = new Map(everyNumber.map((number) => [number.id, number]));
const published = withEdited(new Map());
