import type { SourcedNumber } from "./sourced-number.ts";
import { criticalCareNumbers } from "./critical-care-numbers.ts";
import { vitalNumbers } from "./vital-numbers.ts";

/** Every number that the simulator uses. A stage has none of its own. */
export const everyNumber: readonly SourcedNumber[] = [...vitalNumbers, ...criticalCareNumbers];

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
