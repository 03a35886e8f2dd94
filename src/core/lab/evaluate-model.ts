import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import type { Split } from "../table/split.ts";
import { takeRows, type Table } from "../table/table.ts";
import type { Report, RunFacts } from "./comparison.ts";
import { evaluate } from "./evaluate.ts";
import { learnedTable } from "./left-out.ts";
import type { TrainedModel } from "./model-file.ts";
import { sampleLearned } from "./sample.ts";

/** Synthetic rows that are evaluated: as many as were trained on, up to this. */
const EVALUATED_ROWS = 20_000;

export interface EvaluationListener {
  readonly onProgress?: (metric: string, fraction: number) => void;
  readonly cancelled?: () => boolean;
}

/** Samples `model` and measures it against the train and holdout rows of `table`. Same run, same report. */
export async function evaluateModel(
  table: Table,
  split: Split,
  model: TrainedModel,
  listener: EvaluationListener = {},
): Promise<Report> {
  const learned = learnedTable(table);
  const train = takeRows(learned, split.train);
  const holdout = takeRows(learned, split.holdout);
  const synthetic = await sampleLearned(model, Math.min(train.rows, EVALUATED_ROWS), model.facts.seed);
  return evaluate(
    { train, holdout, synthetic },
    model.facts,
    createRng(model.facts.seed).fork("evaluate"),
    listener,
  );
}

/** Measures three tables that were made elsewhere. Throws FaultError `columns-differ`. */
export async function evaluateTables(
  tables: { train: Table; holdout: Table; synthetic: Table },
  run: RunFacts,
  listener: EvaluationListener = {},
): Promise<Report> {
  const known = namesOf(tables.train);
  for (const other of [tables.holdout, tables.synthetic]) {
    const names = namesOf(other);
    const missing = known.filter((name) => !names.includes(name));
    const extra = names.filter((name) => !known.includes(name));
    if (missing.length > 0 || extra.length > 0)
      throw new FaultError({ code: "columns-differ", missing, extra });
  }
  return evaluate(tables, run, createRng(run.seed).fork("evaluate"), listener);
}

const namesOf = (table: Table): string[] => table.schema.columns.map(({ name }) => name);
