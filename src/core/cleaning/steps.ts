import type { CleaningStep } from "../table/cleaning-step.ts";
import { StepFault, stepFault, type Effect, type Given, type StepKind, type StepName } from "./step-kind.ts";
import { coarsen } from "./steps/coarsen.ts";
import { combine } from "./steps/combine.ts";
import { derive } from "./steps/derive.ts";
import { keepRows } from "./steps/keep-rows.ts";
import { limit } from "./steps/limit.ts";
import { merge } from "./steps/merge.ts";
import { oneNotation } from "./steps/one-notation.ts";
import { rename } from "./steps/rename.ts";
import { replace } from "./steps/replace.ts";
import { split } from "./steps/split.ts";
import { stripMarks } from "./steps/strip-marks.ts";
import { stripUnit } from "./steps/strip-unit.ts";

const kinds: { readonly [N in StepName]: StepKind<Extract<CleaningStep, { step: N }>> } = {
  merge,
  replace,
  "strip-unit": stripUnit,
  "strip-marks": stripMarks,
  "one-notation": oneNotation,
  split,
  rename,
  limit,
  "keep-rows": keepRows,
  derive,
  combine,
  coarsen,
};

const kindOf = (step: CleaningStep): StepKind<CleaningStep> => kinds[step.step] as StepKind<CleaningStep>;

/** What it does, in a few words: "split at “/” into sbp and dbp". */
export const titleOf = (step: CleaningStep): string => kindOf(step).title(step);

/** The step with its column, as a fault or a list names it: "bp: split at “/” into sbp and dbp". */
export const stepWords = (step: CleaningStep): string =>
  "column" in step && step.step !== "derive" && step.step !== "combine"
    ? `${step.column}: ${titleOf(step)}`
    : titleOf(step);

/** What it did: "sex: 9 spellings merged into 3". */
export const doneWords = (step: CleaningStep, effect: Pick<Effect, "cells" | "away">): string =>
  kindOf(step).done(step, effect);

/** Does a step. Throws FaultError `step-impossible` with its `number` in the list of changes. */
export function applyStep(step: CleaningStep, given: Given, number: number): Effect {
  try {
    return kindOf(step).apply(step, given);
  } catch (error) {
    if (!(error instanceof StepFault)) throw error;
    throw stepFault(number, stepWords(step), error.message);
  }
}
