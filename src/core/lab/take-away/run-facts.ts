/** What files say of a run, gathered from its model and its table. */
import type { TrainedModel } from "../model-file/model-file.ts";
import { MADE_ELSEWHERE } from "../evaluate/evaluate-model.ts";
import type { RunFacts } from "../../report/report.ts";
import type { Schema } from "../../table/table.ts";
import { columnFacts, type EvaluationFacts, type SourceFacts } from "./facts.ts";
import { versions } from "./versions.ts";

export interface RunContext {
  /** where the real rows came from, where that is known */
  readonly source?: SourceFacts;
  readonly holdout?: { readonly share: number; readonly seed: number };
}

/** Of a run of this lab. */
export function factsOfRun(
  { schema, filling, facts }: TrainedModel,
  { source, holdout }: RunContext,
): EvaluationFacts {
  return {
    versions,
    ...(source && { source }),
    columns: columnFacts(schema, filling),
    ...(holdout && { holdout: { share: holdout.share } }),
    ...(facts.guarantee && { guarantee: facts.guarantee }),
  };
}

/** Of a synthetic table that was made elsewhere; `schema`: how its columns were read. */
export function factsOfTable(schema: Schema, source?: SourceFacts): EvaluationFacts {
  return { versions, ...(source && { source }), columns: columnFacts(schema), elsewhere: true };
}

/** What repeats the evaluation of a table made elsewhere. */
export function settingsOfTable(
  { table, synthesizerName, seed }: RunFacts,
  { source, holdout }: RunContext,
): object {
  return {
    format: "semblance-settings",
    version: 1,
    semblance: versions.semblance,
    tensorflow: versions.tensorflow,
    table,
    ...(source && { sha256: source.sha256, sha256Of: source.of }),
    synthesizer: MADE_ELSEWHERE,
    synthetic: synthesizerName,
    seed,
    ...(holdout && { holdout }),
  };
}

/** What repeats a run on the same table: method, settings, seeds, and how each column was read. No cell of the table. */
export function settingsOfRun(
  { artifact, schema, facts }: TrainedModel,
  { source, holdout }: RunContext,
): object {
  return {
    format: "semblance-settings",
    version: 1,
    semblance: versions.semblance,
    tensorflow: versions.tensorflow,
    table: facts.table,
    ...(source && { sha256: source.sha256, sha256Of: source.of }),
    synthesizer: artifact.synthesizer,
    params: artifact.params,
    seed: facts.seed,
    device: facts.device,
    ...(facts.rules && { rules: facts.rules }),
    ...(facts.endedEarly && { endedEarly: facts.endedEarly }),
    ...(holdout && { holdout }),
    missingTokens: schema.missingTokens,
    columns: schema.columns.map(({ name, kind, role }) => ({ name, kind, role })),
  };
}
