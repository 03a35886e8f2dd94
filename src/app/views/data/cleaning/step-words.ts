/** Steps and other changes as the page calls them. */
import type { CleaningStep } from "../../../../core/table/cleaning-step.ts";
import type { SchemaChange } from "../../../../core/table/profile.ts";
import type { StepKind } from "../../../state/cleaning/cleaning-state.ts";
import { encodingNames } from "../../../parts/encodings.ts";
import { kindWords, measureWords, roleWords, survivalWords } from "../words.ts";

/** A step that a person begins, in the menu of a column. */
export const stepNames: Readonly<Record<StepKind, string>> = {
  merge: "Merge levels",
  replace: "Replace within cells",
  "strip-unit": "Take off a unit",
  "strip-marks": "Take off marks",
  "one-notation": "Write numbers one way",
  split: "Split into columns",
  combine: "Combine with another column",
  rename: "Rename",
  limit: "Outside a range is missing",
  "keep-rows": "Keep only some rows",
  derive: "New column by a formula",
  coarsen: "Tell less",
};

function stepWords(step: CleaningStep): string {
  if (step.step === "keep-rows") return `only rows where ${step.where}`;
  if (step.step === "combine") return `${step.column} made of ${step.columns.join(" and ")}`;
  const name = stepNames[step.step];
  return `${step.column}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** A change, as undoing and doing it again name it. */
export function changeWords(change: SchemaChange): string {
  switch (change.type) {
    case "kind":
      return `${change.column} read as ${kindWords[change.kind].toLowerCase()}`;
    case "role":
      return `${change.column} as ${roleWords[change.role].toLowerCase()}`;
    case "survival":
      return `${change.column} as ${survivalWords[change.survival].toLowerCase()}`;
    case "course":
      return change.course === "time"
        ? `${change.column} as when a visit was`
        : change.course === "end"
          ? `${change.column} as the end of follow-up`
          : `${change.column} without a part in courses`;
    case "rare-levels":
      return `rare levels of ${change.column}`;
    case "outsider":
      return `what an outsider has to do with ${change.column}`;
    case "quantity":
      return `what ${change.column} measures`;
    case "measure":
      return change.measure === null
        ? `what ${change.column} measures`
        : `${change.column} as ${measureWords[change.measure].toLowerCase()}`;
    case "fresh":
      return `${change.column}: ${change.form === null ? "left empty" : "fresh ids"}`;
    case "clean":
      return stepWords(change.step);
    case "missing-tokens":
      return "missing tokens";
    case "encoding":
      return `read as ${encodingNames[change.encoding]}`;
  }
}
