import { FaultError, asFault, describeFault } from "../../fault.ts";
import type { StudyResult } from "../../report/study.ts";
import { count } from "../../words/numbers.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { findStudy } from "../registry.ts";
import type {
  CellDone,
  Study,
  StudyCell,
  StudyField,
  StudyGrid,
  StudyRequest,
  StudySource,
  StudyTools,
} from "../study.ts";
import { resolveSettings } from "./settings.ts";

/** A study that is ready to run on one table. */
export interface PlannedStudy {
  readonly study: Study;
  readonly request: StudyRequest;
  readonly grid: StudyGrid;
  readonly source: StudySource;
}

/** What can be asked of `source`; throws FaultError `study-refused`. */
export const fieldsOf = (id: string, source: StudySource): readonly StudyField[] =>
  findStudy(id).fields(source);

/** Throws FaultError `study-refused`, `parameter-invalid` or `unknown-study`. */
export function planStudy(request: StudyRequest, source: StudySource): PlannedStudy {
  const study = findStudy(request.study);
  const { seed } = request;
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new FaultError({
      code: "parameter-invalid",
      name: "seed",
      value: String(seed),
      reason: "A whole number from 0 on is needed.",
    });
  const settings = resolveSettings(study.fields(source), request.settings);
  return {
    study,
    request: { ...request, settings },
    grid: study.open(source, settings, seed),
    source,
  };
}

/**
 * Runs one cell. One that cannot be run says why and is done; the rest of the grid goes on. Rejects with FaultError
 * `cancelled` when it is no longer wanted, and with what concerns every cell (no device).
 */
export async function runCell({ grid }: PlannedStudy, cell: StudyCell, tools: StudyTools): Promise<CellDone> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const rows = await grid.run(cell, tools);
    return { key: cell.key, rows, seconds: seconds() };
  } catch (error) {
    const fault = asFault(error);
    if (fault.code === "cancelled" || fault.code === "device-unavailable") throw new FaultError(fault);
    const { title, detail } = describeFault(fault);
    return { key: cell.key, rows: [], seconds: seconds(), failed: [title, detail].filter(Boolean).join(" ") };
  }
}

/** What is still to be run, in the grid's order. */
export const cellsLeft = ({ grid }: PlannedStudy, done: readonly CellDone[]): StudyCell[] => {
  const keys = new Set(done.map(({ key }) => key));
  return grid.cells.filter(({ key }) => !keys.has(key));
};

/** Seconds that the cells left are expected to take, by their effort and how long those done took; `pace` before any is done. */
export function secondsLeft(plan: PlannedStudy, done: readonly CellDone[], pace: number): number {
  const effort = new Map(plan.grid.cells.map((cell) => [cell.key, cell.effort]));
  const ran = done.filter(({ failed }) => failed === undefined);
  const expected = ran.reduce((sum, { key }) => sum + (effort.get(key) ?? 0), 0);
  const taken = ran.reduce((sum, { seconds }) => sum + seconds, 0);
  const rate = expected > 0 ? taken / expected : pace;
  return rate * cellsLeft(plan, done).reduce((sum, cell) => sum + cell.effort, 0);
}

/** The study as it is shown and saved, of the cells done so far. */
export function resultOf(
  { study, request, grid, source }: PlannedStudy,
  done: readonly CellDone[],
): StudyResult {
  const words = new Map(grid.cells.map((cell) => [cell.key, cell.words]));
  const known = done.filter(({ key }) => words.has(key));
  const { name, rows } = source.table;
  const found = grid.reduce(known);
  return {
    ...found,
    ...(known.length > 0 && known.every(({ failed }) => failed !== undefined) && allFailed(known)),
    study: study.id,
    name: study.name,
    question: study.question,
    table: { name, rows, columns: learnedTable(source.table).columns.length },
    settings: grid.settings,
    seed: request.seed,
    cells: { all: grid.cells.length, done: known.length },
    failed: known.flatMap(({ key, failed }) =>
      failed === undefined ? [] : [{ cell: words.get(key) ?? key, reason: failed }],
    ),
    seconds: known.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** What is said where no cell could be run, in place of "nothing yet". */
const allFailed = (cells: readonly CellDone[]): Pick<StudyResult, "say" | "more"> => ({
  say: {
    bold:
      cells.length === 1
        ? "Nothing has been measured: the only cell that was run failed."
        : `Nothing has been measured: all ${count(cells.length)} cells that were run failed.`,
    ...(cells[0]?.failed !== undefined && { rest: cells[0].failed }),
  },
  more: [],
});
