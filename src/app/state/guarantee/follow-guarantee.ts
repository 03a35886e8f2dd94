/** Keeps what can be guaranteed in step with the table, its split, the settings and what the person declared. */
import type { LabState } from "../lab-state.ts";
import { lab } from "../lab.ts";
import { askGuarantee } from "./guarantee.ts";

/** A field that is typed in must not ask at each of its letters. */
const STILL_MS = 120;

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
export function followGuarantee(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stale = true;
  const ask = (): void => {
    timer = undefined;
    stale = false;
    askGuarantee();
  };
  const stop = lab.subscribe((state, before) => {
    const changed = !sameQuestion(state, before);
    stale ||= changed;
    if (changed) {
      clearTimeout(timer);
      timer = undefined;
    }
    // What else changes meanwhile, many times a second while a run is under way, does not put it off.
    if (stale && wanted(state)) timer ??= setTimeout(ask, STILL_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
