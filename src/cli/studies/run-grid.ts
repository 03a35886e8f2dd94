import { FaultError } from "../../core/lab/lab.ts";
import {
  cellsLeft,
  fractionOf,
  runWatched,
  secondsLeft,
  secondsOf,
  type CellDone,
  type PlannedStudy,
} from "../../core/studies/studies.ts";
import { nodeWasmPaths } from "../node-device.ts";
import { duration, type ProgressLine } from "../progress-line.ts";

export interface GridRun {
  readonly line: ProgressLine;
  readonly pace: number;
  /** no cell is wanted any more */
  readonly stopped: () => boolean;
  /** after each cell, with all that are done */
  readonly save: (done: readonly CellDone[]) => Promise<void>;
}

/** Runs the cells that `before` lacks, one after another; resolves with all that are done, when told to stop with those so far. */
export async function runGrid(
  plan: PlannedStudy,
  before: readonly CellDone[],
  { line, pace, stopped, save }: GridRun,
): Promise<readonly CellDone[]> {
  let done = before;
  for (const cell of cellsLeft(plan, before)) {
    if (stopped()) break;
    const expected = secondsOf(plan, done, cell, pace);
    const left = secondsLeft(plan, done, pace);
    const tell = (fraction: number, seconds: number): void => {
      const more = duration(Math.max(0, left - Math.min(seconds, expected)));
      line.show(`${cell.words}:`, fractionOf(plan, done, cell, fraction), `${more} left`);
    };
    tell(0, 0);
    try {
      done = [...done, await runWatched(plan, cell, nodeWasmPaths(), { stopped, expected, tell })];
    } catch (error) {
      if (stopped() && error instanceof FaultError && error.fault.code === "cancelled") break;
      throw error;
    }
    await save(done);
  }
  line.end();
  return done;
}
