import { asFault } from "../fault.ts";
import type { SchemaChange } from "../table/profile.ts";
import type { CellReading, ReadRows } from "../table/read/rows.ts";
import { changeWords } from "./change-words.ts";
import { planOf, type PlannedStep } from "./plan.ts";
import { placeOf, StepFault } from "./step-kind.ts";
import { applyStep, stepWords } from "./steps.ts";

/** Changes of another table, tried on this one. */
export interface FittedSteps {
  /** those made before and those that fit, in order */
  readonly changes: readonly SchemaChange[];
  /** those that do not fit, and why */
  readonly unfit: readonly { readonly text: string; readonly reason: string }[];
}

/**
 * Tries `wanted`, one after another, on rows to which `made` was done. One that does not fit is left out and the next is
 * tried without it; one that was made already is not made twice.
 */
export function fitSteps(
  rows: ReadRows,
  reading: CellReading,
  made: readonly SchemaChange[],
  wanted: readonly SchemaChange[],
): FittedSteps {
  const before = new Set(made.map(sameChange));
  const changes: SchemaChange[] = [...made];
  const unfit: FittedSteps["unfit"][number][] = [];
  let now = rows;
  for (const { step, number, kinds } of planOf(made).steps) {
    now = applyStep(step, { rows: now, reading, kinds }, number).rows;
  }
  for (const change of wanted) {
    if (before.has(sameChange(change))) continue;
    try {
      if (change.type === "clean") {
        const { kinds } = planOf([...changes, change]).steps.at(-1) as PlannedStep;
        now = applyStep(change.step, { rows: now, reading, kinds }, changes.length + 1).rows;
      } else if ("column" in change) placeOf(now, change.column);
      changes.push(change);
    } catch (error) {
      unfit.push(reasonOf(change, error));
    }
  }
  return { changes, unfit };
}

/** A step is the same whether a person or reading made it. */
const sameChange = (change: SchemaChange): string =>
  JSON.stringify(change.type === "clean" ? change.step : change);

function reasonOf(change: SchemaChange, error: unknown): { text: string; reason: string } {
  const fault = asFault(error);
  const text = change.type === "clean" ? stepWords(change.step) : changeWords(change);
  if (error instanceof StepFault) return { text, reason: error.message };
  if (fault.code === "step-impossible") return { text, reason: fault.reason };
  throw error;
}
