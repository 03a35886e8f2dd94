import type { StudyResult } from "../../report/study.ts";
import type { CellDone, StudyCell } from "../study.ts";

/** Raised when a reader of an older file would misread a newer one. */
const VERSION = 1;

/**
 * What was found, with the pictures and tables as data and every cell that has been run, resamples included, so that
 * figures can be made anew. Numbers that are not defined are null.
 */
export function resultJson(
  result: StudyResult,
  cells: readonly StudyCell[],
  done: readonly CellDone[],
): string {
  const factors = new Map(cells.map((cell) => [cell.key, cell.factors]));
  const ran = done
    .filter(({ key }) => factors.has(key))
    .map(({ key, ...own }) => ({ factors: factors.get(key), ...own }));
  return `${JSON.stringify({ format: "semblance-study", version: VERSION, ...result, ran }, null, 1)}\n`;
}
