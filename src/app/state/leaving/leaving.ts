/** Closing or reloading the page asks first while something would be lost by it. */
import { lab } from "../lab.ts";
import type { LabState } from "../lab-state.ts";
import { isUnderWay } from "../runs.ts";
import { isActive } from "../studies/studies-state.ts";

/**
 * A run is under way or waits, or a study that is not kept, a file is being made, or finished runs are not kept and nobody was
 * asked yet.
 */
export function wouldLose({ runs, making, keepRuns, kept, studies }: LabState): boolean {
  if (studies.studies.some((one) => isActive(one) && (keepRuns !== true || one.unkept !== undefined)))
    return true;
  if (making.length > 0 || runs.some((run) => isUnderWay(run) || run.state === "queued")) return true;
  const unasked = keepRuns === undefined && kept?.refused === undefined;
  return unasked && runs.some((run) => run.state === "done" && !run.fromFile);
}

export function askBeforeLeaving(): void {
  addEventListener("beforeunload", (event) => {
    if (wouldLose(lab.getState())) event.preventDefault();
  });
}
