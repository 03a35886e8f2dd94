import { pulseUntil } from "../../lab/plane/risk-and-use.ts";
import type { CellDone, StudyCell } from "../study.ts";
import { cellsLeft, runCell, secondsLeft, type PlannedStudy } from "./run-study.ts";

/** Least milliseconds between two reports of how far a cell is. */
const REPORT_EVERY = 250;
/** A cell that takes longer than expected is never told to be done. */
const MOST = 0.97;

export interface CellWatch {
  /** it is no longer wanted */
  readonly stopped: () => boolean;
  /** seconds it is expected to take */
  readonly expected: number;
  /** share of it that is done, and the seconds since it began */
  readonly tell: (fraction: number, seconds: number) => void;
}

/** Runs a cell and tells how far it is, by what it says itself and by the time it is expected to take. Rejects as `runCell`. */
export function runWatched(
  plan: PlannedStudy,
  cell: StudyCell,
  wasmPaths: string | Record<string, string>,
  { stopped, expected, tell }: CellWatch,
): Promise<CellDone> {
  const started = performance.now();
  let [told, said] = [started, 0];
  const look = (): void => {
    const now = performance.now();
    if (now - told < REPORT_EVERY) return;
    told = now;
    const seconds = (now - started) / 1000;
    tell(Math.min(MOST, Math.max(said, expected > 0 ? seconds / expected : 0)), seconds);
  };
  const breathe = pulseUntil(stopped);
  return runCell(plan, cell, {
    wasmPaths,
    pulse: () => {
      look();
      return breathe();
    },
    cancelled: () => {
      look();
      return stopped();
    },
    onProgress: (fraction) => {
      said = fraction;
      look();
    },
  });
}

/** Seconds that `cell`, which has not been run, takes: by those that have; `pace` counts until one has been run. */
export function secondsOf(
  plan: PlannedStudy,
  done: readonly CellDone[],
  cell: StudyCell,
  pace: number,
): number {
  const effort = effortOf(cellsLeft(plan, done));
  return effort > 0 ? (secondsLeft(plan, done, pace) * cell.effort) / effort : 0;
}

/** Share of the work of a study that is done, in [0, 1], with the share `under` of `cell`, the one under way. */
export function fractionOf(
  plan: PlannedStudy,
  done: readonly CellDone[],
  cell?: StudyCell,
  under = 0,
): number {
  const all = effortOf(plan.grid.cells);
  const left = effortOf(cellsLeft(plan, done));
  return all > 0 ? Math.min(1, (all - left + under * (cell?.effort ?? 0)) / all) : 0;
}

const effortOf = (cells: readonly StudyCell[]): number => cells.reduce((sum, { effort }) => sum + effort, 0);
