/** Keeps what can be guaranteed in step with the table, its split, the settings and what the person declared. */
import { askWhenStill } from "../ask-when-still.ts";
import type { LabState } from "../lab-state.ts";
import { askGuarantee } from "./guarantee.ts";

const sameQuestion = (a: LabState, b: LabState): boolean =>
  a.table === b.table &&
  a.guarantee.declared === b.guarantee.declared &&
  a.guarantee.confirmed === b.guarantee.confirmed &&
  a.guarantee.ledger === b.guarantee.ledger &&
  a.settings.holdout.share === b.settings.holdout.share &&
  a.settings.holdout.seed === b.settings.holdout.seed &&
  a.settings.epsilon === b.settings.epsilon &&
  a.settings.delta === b.settings.delta &&
  a.settings.privateSynthesizer === b.settings.privateSynthesizer &&
  a.settings.rowsPerPatient === b.settings.rowsPerPatient;

/** It is asked for where somebody looks at it: on Train, or where a limit is set. */
const wanted = ({ table, view, settings }: LabState): boolean =>
  table !== null && (view === "train" || settings.epsilon !== null);

/** Asks again whenever the answer may have changed; returns how to stop. */
export const followGuarantee = (): (() => void) =>
  askWhenStill({ same: sameQuestion, wanted, ask: askGuarantee });
