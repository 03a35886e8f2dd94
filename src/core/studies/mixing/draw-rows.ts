import { evaluatedOf } from "../../lab/evaluate/evaluate-model.ts";
import type { TrainedModel } from "../../lab/model-file/model-file.ts";
import { sampleLearned } from "../../lab/sample/sample.ts";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { StudyTools } from "../study.ts";

/** Draws rows of a model: `times` as many as a study measures of it, from `seed`. The first ones are the same for any `times`. */
export type DrawRows = (times: number, seed: number) => Promise<Table>;

/** Rows of `model` as `fitAndSample` draws them; of a method that was found elsewhere, as that method draws them. */
export function drawingFrom(model: TrainedModel, train: Table, { find }: StudyTools): DrawRows {
  const one = evaluatedOf(model, train);
  const wanted = (times: number) =>
    typeof one === "number"
      ? Math.max(1, Math.round(times * one))
      : { patients: Math.max(1, Math.round(times * one.patients)) };
  if (find === undefined) return (times, seed) => sampleLearned(model, wanted(times), seed);
  return async (times, seed) => {
    const loaded = await find(model.artifact.synthesizer).load(model.artifact);
    try {
      return await loaded.sample(Math.max(1, Math.round(times * train.rows)), createRng(seed));
    } finally {
      loaded.dispose();
    }
  };
}

/** The seed of rows that are held out of every mix: another stream of the same model. */
export const apartFrom = (seed: number): number =>
  createRng(seed)
    .fork("held-out rows")
    .integer(2 ** 31);
