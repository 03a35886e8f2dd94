import type { Artifact } from "../synthesizer.ts";
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
