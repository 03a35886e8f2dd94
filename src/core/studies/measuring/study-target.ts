import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import type { Table } from "../../table/table.ts";

/** What is predicted in every cell, or why nothing can be. */
export type StudyTarget =
  { readonly name: string; readonly unit: "AUROC" | "R²" } | { readonly reason: string };

export function studyTarget(train: Table, holdout: Table): StudyTarget {
  const found = predictionOf([train, holdout, train]);
  return "reason" in found ? found : { name: found.target.name, unit: found.task.unit };
}
