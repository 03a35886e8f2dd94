/** Closing or reloading the page asks first while something would be lost by it. */
import { lab } from "../lab.ts";
import type { LabState } from "../lab-state.ts";
import { isUnderWay } from "../runs.ts";

/** A run is under way or waits, a file is being made, or finished runs are not kept and nobody was asked yet. */
export function wouldLose({ runs, making, keepRuns, kept }: LabState): boolean {
  if (making.length > 0 || runs.some((run) => isUnderWay(run) || run.state === "queued")) return true;
  const unasked = keepRuns === undefined && kept?.refused === undefined;
  return unasked && runs.some((run) => run.state === "done" && !run.fromFile);
}

export function askBeforeLeaving(): void {
  addEventListener("beforeunload", (event) => {
    if (wouldLose(lab.getState())) event.preventDefault();
  });
}
