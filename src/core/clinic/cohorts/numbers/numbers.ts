import { correlationNumbers } from "./correlation-numbers.ts";
import { effectNumbers } from "./effect-numbers.ts";
import { formulaNumbers } from "./formula-numbers.ts";
import { labModelNumbers } from "./lab-model-numbers.ts";
import { labNumbers } from "./lab-numbers.ts";
import { pyramidNumbers } from "./pyramid-numbers.ts";
import type { SourcedNumber } from "./sourced-number.ts";
import { vitalNumbers } from "./vital-numbers.ts";

/** Every number that the simulator uses. A stage has none of its own. */
export const everyNumber: readonly SourcedNumber[] = [
  ...pyramidNumbers,
  ...vitalNumbers,
  ...labNumbers,
  ...labModelNumbers,
  ...effectNumbers,
  ...correlationNumbers,
  ...formulaNumbers,
];

/** The numbers of one simulation, by id. */
export interface Numbers {
  /** Throws Error for an id that no table has. */
  readonly of: (id: string) => number;
}

/** @param edited values by id that stand in the place of the published ones (`readNumbersFile`) */
export function numbersWith(edited: ReadonlyMap<string, number> = new Map()): Numbers {
  return {
    of: (id) => {
      const value = edited.get(id) ?? byId.get(id)?.value;
      if (value === undefined) throw new Error(`No table of the simulator has the number ${id}.`);
      return value;
    },
  };
}

const byId = new Map(everyNumber.map((number) => [number.id, number]));
