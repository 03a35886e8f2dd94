import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import type { Split } from "../table/split.ts";
import { selectColumns, takeRows, type Table } from "../table/table.ts";
import type { Report, RunFacts } from "./comparison.ts";
import { evaluate } from "./evaluate.ts";
import { LEAST_ROWS, splitTable } from "./fit-run.ts";
import { learnedTable } from "./left-out.ts";
import type { TrainedModel } from "./model-file.ts";
import { LEAST_SHARED } from "./read-alike.ts";
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

/** In `RunFacts.synthesizer` of a synthetic table that no method of the lab made. */
export const MADE_ELSEWHERE = "elsewhere";

/** What is known of a run whose synthetic table came from a file. */
export const elsewhereFacts = (real: string, synthetic: string, seed: number): RunFacts => ({
  table: real,
  synthesizer: MADE_ELSEWHERE,
  synthesizerName: synthetic,
  params: {},
  seed,
  device: "wasm",
  seconds: 0,
  finishedAt: new Date().toISOString(),
});

/** The learned columns of a real table as train and holdout, split as for a run. Throws FaultError `too-few-rows`. */
export function splitReal(
  table: Table,
  holdout: { readonly share: number; readonly seed: number },
): { train: Table; holdout: Table } {
  if (table.rows < LEAST_ROWS)
    throw new FaultError({ code: "too-few-rows", rows: table.rows, needed: LEAST_ROWS });
  const learned = learnedTable(table);
  const split = splitTable(table, holdout);
  return { train: takeRows(learned, split.train), holdout: takeRows(learned, split.holdout) };
}

/**
 * Measures a synthetic table that was made elsewhere, on the columns that all three tables have; `train` says their kinds
 * and roles, and `notes` is what reading the others had to say (`readAlike`). Throws FaultError `columns-unlike`.
 */
export async function evaluateTables(
  tables: { train: Table; holdout: Table; synthetic: Table },
  run: RunFacts,
  { notes = [], ...listener }: EvaluationListener & { readonly notes?: readonly string[] } = {},
): Promise<Report> {
  const { holdout, synthetic } = tables;
  const learned = learnedTable(tables.train);
  const names = namesOf(learned);
  const shared = names.filter((name) => [holdout, synthetic].every((table) => namesOf(table).includes(name)));
  if (shared.length < LEAST_SHARED) {
    const missing = names.filter((name) => !shared.includes(name));
    throw new FaultError({
      code: "columns-unlike",
      file: synthetic.name,
      shared,
      needed: LEAST_SHARED,
      missing,
    });
  }
  const pick = (table: Table): Table =>
    selectColumns(
      table,
      shared.map((name) => namesOf(table).indexOf(name)),
    );
  const report = await evaluate(
    { train: pick(learned), holdout: pick(holdout), synthetic: pick(synthetic) },
    run,
    createRng(run.seed).fork("evaluate"),
    listener,
  );
  return { ...report, notes: [...notes, ...report.notes] };
}

const namesOf = (table: Table): string[] => table.schema.columns.map(({ name }) => name);
