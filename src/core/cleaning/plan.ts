import type { CleaningStep } from "../table/cleaning-step.ts";
import type { SchemaChange } from "../table/profile.ts";
import type { Kind } from "../table/table.ts";

/** A cleaning step at its place in a list of changes. */
export interface PlannedStep {
  readonly step: CleaningStep;
  /** its place in the list, from 1 */
  readonly number: number;
  /** kinds that were set before it, by the names that columns have there */
  readonly kinds: ReadonlyMap<string, Kind>;
}

/** A list of changes taken apart: steps on cells, and changes to the schema under the names that columns have in the end. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  readonly others: readonly SchemaChange[];
}

type Other = Exclude<SchemaChange, { type: "clean" }>;

/**
 * Steps come before kinds are told, so changes to a column's kind or role follow it through every rename after them; those
 * to a column that a later step splits go with it.
 */
export function planOf(changes: readonly SchemaChange[]): Plan {
  const steps: PlannedStep[] = [];
  let others: Other[] = [];
  changes.forEach((change, i) => {
    if (change.type !== "clean") {
      others.push(change);
      return;
    }
    const { step } = change;
    steps.push({ step, number: i + 1, kinds: kindsIn(others) });
    if (step.step === "rename") others = others.map((other) => renamed(other, step.column, step.to.trim()));
    if (step.step === "split") others = others.filter((other) => columnOf(other) !== step.column);
    if (step.step === "merge") {
      const becomes = new Map(
        [step, ...(step.more ?? [])].flatMap(({ from, to }) => from.map((text) => [text, to] as const)),
      );
      others = others.map((other) => withMerged(other, step.column, becomes));
    }
  });
  return { steps, others };
}

const columnOf = (change: Other): string | undefined => ("column" in change ? change.column : undefined);

const renamed = (change: Other, from: string, to: string): Other =>
  columnOf(change) === from ? ({ ...change, column: to } as Other) : change;

/** The order of an ordinal column's levels, once some of them are one. */
function withMerged(change: Other, column: string, becomes: ReadonlyMap<string, string | null>): Other {
  if (change.type !== "measure" || change.column !== column || change.levels === undefined) return change;
  const levels = change.levels.flatMap((level) => {
    const to = becomes.get(level);
    return to === undefined ? level : (to ?? []);
  });
  return { ...change, levels: [...new Set(levels)] };
}

function kindsIn(others: readonly Other[]): ReadonlyMap<string, Kind> {
  return new Map(
    others.flatMap((other) => (other.type === "kind" ? [[other.column, other.kind] as const] : [])),
  );
}
