import { FaultError } from "../../fault.ts";
import type { Artifact, Synthesizer } from "../../synthesizers/synthesizer.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import type { TrainedModel } from "../model-file/model-file.ts";

/**
 * The artifact of `model` that a fit of `learned` goes on from. Throws FaultError: `bad-use` where the synthesizer cannot
 * go on or is another one, `columns-differ` where the learned columns differ in name or kind.
 */
export function artifactToContinue(
  model: TrainedModel,
  synthesizer: Pick<Synthesizer, "id" | "name" | "continues">,
  learned: Table,
): Artifact {
  const { artifact } = model;
  if (artifact.synthesizer !== synthesizer.id || synthesizer.continues !== true) {
    const message = `${synthesizer.name} cannot go on training from a model of ${model.facts.synthesizerName}.`;
    throw new FaultError({ code: "bad-use", message });
  }
  const known = model.schema.columns.filter((_, i) => model.filling[i] === "learned");
  const given = learned.schema.columns;
  const missing = namesBeyond(known, given);
  const extra = namesBeyond(given, known);
  if (missing.length > 0 || extra.length > 0)
    throw new FaultError({ code: "columns-differ", missing, extra });
  if (known.some(({ name }, i) => given[i]?.name !== name)) {
    const message =
      "The table has the model's columns in another order; open it with the order of the model.";
    throw new FaultError({ code: "bad-use", message });
  }
  return artifact;
}

/** Those of `columns` that `others` do not have in name and kind, in words. */
function namesBeyond(columns: readonly ColumnSchema[], others: readonly ColumnSchema[]): string[] {
  const kinds = new Map(others.map(({ name, kind }) => [name, kind]));
  return columns.flatMap(({ name, kind }) => {
    const other = kinds.get(name);
    if (other === kind) return [];
    return [other === undefined ? name : `${name} as ${kind}`];
  });
}

/** What stays with a run that went on from another model. */
export const continuedNotice = ({ facts }: TrainedModel): string =>
  `Went on training from a model of ${facts.table} (${facts.synthesizerName}, seed ${facts.seed}).`;
