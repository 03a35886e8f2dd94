import { withholding } from "../../codec/columns/withheld.ts";
import { createRng } from "../../math/rng.ts";
import type { Pulse } from "../../metrics/metric.ts";
import { mostExposed } from "../../metrics/privacy/outlier-exposure.ts";
import type { Split } from "../../table/split.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { evaluatedOf } from "./evaluate-model.ts";
import { learnedTable } from "../left-out.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { sampleLearned } from "../sample/sample.ts";

/** A row of the open table that the synthetic rows show most of. */
export interface ExposedRow {
  /** counts from 1, the heading not counted, as the table is shown */
  readonly row: number;
  /** distance of the nearest synthetic row over that of the nearest other real row, below .5 */
  readonly ratio: number;
}

/**
 * The training rows of `table` that `model` exposes most, by the synthetic rows that were evaluated. For the screen of
 * the person who holds the table: never in a report, a file or a picture.
 */
export async function exposedRows(
  table: Table,
  split: Split,
  model: TrainedModel,
  pulse?: Pulse,
): Promise<ExposedRow[]> {
  const learned = learnedTable(table);
  const own = takeRows(learned, split.train);
  const known = withholding(own);
  const train = known.apply(own);
  const holdout = known.apply(takeRows(learned, split.holdout));
  const { seed } = model.facts;
  const synthetic = await sampleLearned(model, evaluatedOf(model, train), seed);
  const found = await mostExposed({ train, holdout, synthetic }, createRng(seed).fork("exposed"), pulse);
  return found.map(({ row, ratio }) => ({ row: (split.train[row] as number) + 1, ratio }));
}
