/** What files say of a run, gathered from its model and its table. */
import type { TrainedModel } from "../model-file.ts";
import type { Table } from "../../table/table.ts";
import { columnFacts, type EvaluationFacts, type SourceFacts } from "./facts.ts";
import { versions } from "./versions.ts";

export interface RunContext {
  /** where the real rows came from, where that is known */
  readonly source?: SourceFacts;
  readonly holdout?: { readonly share: number; readonly seed: number };
}

/** Of a run of this lab. */
export function factsOfRun(
  { schema, filling }: TrainedModel,
  { source, holdout }: RunContext,
): EvaluationFacts {
  return {
    versions,
    ...(source && { source }),
    columns: columnFacts(schema, filling),
    ...(holdout && { holdout: { share: holdout.share } }),
  };
}

/** Of a synthetic table that was made elsewhere. */
export function factsOfTable(synthetic: Table, source: SourceFacts): EvaluationFacts {
  return { versions, source, columns: columnFacts(synthetic.schema) };
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
    ...(holdout && { holdout }),
    missingTokens: schema.missingTokens,
    columns: schema.columns.map(({ name, kind, role }) => ({ name, kind, role })),
  };
}
