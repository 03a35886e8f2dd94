import { evaluatedOf } from "../../lab/evaluate/evaluate-model.ts";
import type { TrainedModel } from "../../lab/model-file/model-file.ts";
import { sampleLearned } from "../../lab/sample/sample.ts";
import type { Table } from "../../table/table.ts";
import type { StudyTools } from "../study.ts";

/**
 * Rows of `model`: as many as a study measures of one that learned from `train` (patients, where it draws whole ones), or
 * `times` as many. The first ones are the same for any `times`.
 */
export function drawRows(
  model: TrainedModel,
  train: Table,
  { seed, times = 1 }: { readonly seed: number; readonly times?: number },
  { find }: Pick<StudyTools, "find">,
): Promise<Table> {
  const one = evaluatedOf(model, train);
  const many = (count: number): number => Math.max(1, Math.round(times * count));
  const wanted = typeof one === "number" ? many(one) : { patients: many(one.patients) };
  return sampleLearned(model, wanted, seed, undefined, find);
}
