import type { Table } from "../../table/table.ts";
import type { Artifact, Model, Synthesizer } from "../synthesizer.ts";
import type { KeptRules } from "./kept-rules.ts";
import { loadKept, savedKept } from "./kept-rules.ts";

/** A saved model as its design saved it, and what its rows keep. */
export function apart(artifact: Artifact): { inner: Artifact; kept: KeptRules | undefined } {
  const { kept: own, rules, limits, ofPatients, ...rest } = artifact.state;
  const older = artifact.synthesizer === "autoregressive" ? rest["derived"] : undefined;
  const saved = own ?? older;
  if (saved === undefined) return { inner: artifact, kept: undefined };
  const { derived: _older, ...state } = rest;
  const inner = { ...artifact, state: older === undefined ? rest : state };
  return { inner, kept: loadKept(saved, rules, limits, ofPatients) };
}

export const withKept = (artifact: Artifact, kept: KeptRules): Artifact => ({
  ...artifact,
  state: { ...artifact.state, ...savedKept(kept) },
});

/** `design` that is fitted by `fit`, and whose saved models are opened with what their rows keep put back by `keeping`. */
export function withFit(
  design: Synthesizer,
  fit: Synthesizer["fit"],
  keeping: (model: Model, kept: KeptRules) => Model,
): Synthesizer {
  const { logLikelihoods } = design;
  return {
    ...design,
    fit,
    ...(logLikelihoods && {
      logLikelihoods: (artifact: Artifact, table: Table, pulse?: () => Promise<void>) => {
        const { inner, kept } = apart(artifact);
        return logLikelihoods(inner, kept?.derivations.reduce(table) ?? table, pulse);
      },
    }),
    load: async (artifact) => {
      const { inner, kept } = apart(artifact);
      const model = await design.load(inner);
      return kept === undefined ? model : keeping(model, kept);
    },
  };
}
