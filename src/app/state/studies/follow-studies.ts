/** Keeps what can be studied in step with the table, the one beside it and what language models replied. */
import type { LabState } from "../lab-state.ts";
import { lab } from "../lab.ts";
import { askOffers } from "./studies.ts";

/** A schema that is changed several times at once is asked about once. */
const STILL_MS = 120;

const sameQuestion = (a: LabState, b: LabState): boolean =>
  a.table === b.table && a.studies.second === b.studies.second && a.studies.replies === b.studies.replies;

/** It is asked for where somebody looks at it. */
const wanted = ({ table, view }: LabState): boolean =>
  table !== null && (view === "studies" || view === "language-models");

/** Asks again whenever the answer may have changed; returns how to stop. */
export function followStudies(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stale = true;
  const ask = (): void => {
    timer = undefined;
    stale = false;
    askOffers();
  };
  const stop = lab.subscribe((state, before) => {
    const changed = !sameQuestion(state, before);
    stale ||= changed;
    if (changed) {
      clearTimeout(timer);
      timer = undefined;
    }
    // A study that runs changes the state many times a second, which does not put it off.
    if (stale && wanted(state)) timer ??= setTimeout(ask, STILL_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
