/** Keeps what runs are expected to take in step with the table, the settings and what was learned from finished runs. */
import { askEstimates } from "./training.ts";
import type { LabState } from "./lab-state.ts";
import { lab } from "./lab.ts";

/** A slider that moves must not ask at each of its steps. */
const STILL_MS = 120;

/** First and whole reports: from each of them something is learned. */
const finished = ({ runs }: LabState): number =>
  runs.reduce(
    (sum, { report, measuring }) => sum + (report === undefined ? 0 : measuring === true ? 1 : 2),
    0,
  );

const sameQuestion = (a: LabState, b: LabState): boolean =>
  a.table === b.table &&
  a.synthesizers === b.synthesizers &&
  a.settings === b.settings &&
  finished(a) === finished(b);

/** Asks again whenever the answer may have changed; returns how to stop. */
export function followEstimates(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = lab.subscribe((state, before) => {
    if (sameQuestion(state, before)) return;
    clearTimeout(timer);
    timer = setTimeout(askEstimates, STILL_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
