import { withholding } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { givenAway, givenAwayWords } from "../../table/profile/given-away.ts";
import type { Split } from "../../table/split.ts";
import { selectColumns, takeRows, type Table } from "../../table/table.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { evaluate, type EvaluateOptions } from "./evaluate.ts";
import { LEAST_ROWS } from "../fit/fit-request.ts";
import { splitTable } from "../fit/training-rows.ts";
import { learnedTable } from "../left-out.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { LEAST_SHARED } from "../elsewhere/read-alike.ts";
import { measuredTables } from "./measured-tables.ts";
import { evaluationNote } from "../../words/guarantee.ts";
import { sharedReading } from "../reading-list.ts";
import type { Wanted } from "../sample/asked.ts";
import { sampleLearned } from "../sample/sample.ts";

/** Synthetic rows that are evaluated: as many as were trained on, up to this. */
export const EVALUATED_ROWS = 20_000;
/** Visits of synthetic patients over time that are evaluated: of as many patients as were trained on, up to about this. */
const EVALUATED_VISITS = 100_000;

/** How much of a model trained on `train` is evaluated. */
export function evaluatedOf({ facts }: TrainedModel, train: Table): Wanted {
  const patients = facts.learned?.patients;
  if (patients === undefined) return Math.min(train.rows, EVALUATED_ROWS);
  const most = Math.ceil((EVALUATED_VISITS * patients) / Math.max(1, train.rows));
  return { patients: Math.min(patients, most) };
}

/**
 * Samples `model` and measures it against the train and holdout rows of `table`, in which levels that no model may know
 * count as what they come out as. Same run, same report.
 */
export async function evaluateModel(
  table: Table,
  split: Split,
  model: TrainedModel,
  options: EvaluateOptions = {},
): Promise<Report> {
  const learned = learnedTable(table);
  const train = takeRows(learned, split.train);
  const holdout = takeRows(learned, split.holdout);
  const known = withholding(train);
  const synthetic = await sampleLearned(model, evaluatedOf(model, train), model.facts.seed);
  const given = { train: known.apply(train), holdout: known.apply(holdout), synthetic };
  const tables = await measuredTables(given);
  const finish = (report: Report): Report => ({
    ...report,
    tables,
    notes: [
      ...(model.facts.guarantee ? [evaluationNote(model.facts.guarantee)] : []),
      ...report.notes,
      ...(known.rows > 0 ? [WITHHELD_NOTE] : []),
    ],
    reading: sharedReading(table),
  });
  return finish(
    await evaluate(
      given,
      model.facts,
      createRng(model.facts.seed).fork("evaluate"),
      finishedFirst(options, finish),
    ),
  );
}

/** The report of the first pass has said of it what that of both will have. */
const finishedFirst = (options: EvaluateOptions, finish: (report: Report) => Report): EvaluateOptions => ({
  ...options,
  ...(options.onFirst && { onFirst: (report) => options.onFirst?.(finish(report)) }),
});

const WITHHELD_NOTE =
  "Levels that fewer than 5 patients share are compared as what they come out as: missing, or one common level, in the real tables too.";

interface ElsewhereOptions extends EvaluateOptions {
  readonly notes?: readonly string[];
  /** digests of the files that tables are the whole of */
  readonly files?: Report["tables"];
  /** `sharedReading` of the real table */
  readonly reading?: Report["reading"];
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

/**
 * Which of the real patients the tool that made a synthetic table had seen: all, none, or all but some: those of a file, or
 * those that a run of the lab with this share and seed had set aside.
 */
export type Answer =
  | { readonly seen: "all" | "none" }
  | { readonly seen: "some"; readonly holdout: Table }
  | { readonly seen: "some"; readonly split: { readonly share: number; readonly seed: number } };

/**
 * The learned columns of a real table as train, what the tool had seen, and holdout, what it had not; one of them may be
 * empty. Throws FaultError `too-few-rows`.
 */
export function realSides(table: Table, answer: Answer): { train: Table; holdout: Table } {
  if ("holdout" in answer) return { train: table, holdout: answer.holdout };
  if (table.rows < LEAST_ROWS)
    throw new FaultError({ code: "too-few-rows", rows: table.rows, needed: LEAST_ROWS });
  const learned = learnedTable(table);
  if (answer.seen === "some") {
    const split = splitTable(table, answer.split);
    return { train: takeRows(learned, split.train), holdout: takeRows(learned, split.holdout) };
  }
  const none = takeRows(learned, []);
  return answer.seen === "all" ? { train: learned, holdout: none } : { train: none, holdout: learned };
}

/**
 * Measures a synthetic table that was made elsewhere, on the columns that all three tables have; `train` says their kinds
 * and roles, `notes` is what reading the others had to say (`readAlike`). Throws FaultError `columns-unlike`.
 */
export async function evaluateTables(
  tables: { train: Table; holdout: Table; synthetic: Table },
  run: RunFacts,
  { notes = [], reading, files, ...options }: ElsewhereOptions = {},
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
  const described = learned.schema.columns.filter(({ name }) => shared.includes(name));
  const pick = (table: Table): Table => {
    const picked = selectColumns(
      table,
      shared.map((name) => namesOf(table).indexOf(name)),
    );
    return { ...picked, schema: { ...picked.schema, columns: described } };
  };
  const fewer =
    shared.length < names.length
      ? [`${shared.length} of ${names.length} columns are compared: the others are not in every table.`]
      : [];
  const train = pick(learned);
  const gives = givenAwayWords(await givenAway(train));
  const said = [...fewer, ...(gives === undefined ? [] : [gives])];
  const target = learned.schema.columns.find(({ role }) => role === "target")?.name;
  const aimless =
    target === undefined || shared.includes(target)
      ? []
      : [`“${target}” is the target and not in every table, so nothing that predicts it is measured.`];
  const measured = { train, holdout: pick(holdout), synthetic: pick(synthetic) };
  const digests = { ...(await measuredTables(measured)), ...files };
  const finish = (report: Report): Report => ({
    ...report,
    tables: digests,
    ...(reading && { reading }),
    notes: [...notes, ...aimless, ...report.notes],
  });
  return finish(
    await evaluate(
      measured,
      said.length > 0 ? { ...run, notices: said } : run,
      createRng(run.seed).fork("evaluate"),
      finishedFirst(options, finish),
    ),
  );
}

const namesOf = (table: Table): string[] => table.schema.columns.map(({ name }) => name);
