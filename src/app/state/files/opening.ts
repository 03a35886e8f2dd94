/** Opening a table, a cohort or a model, looking at its rows, closing it. */
import type { Simulation } from "../../../core/clinic/cohorts/simulating/simulate.ts";
import type { SheetChoice } from "../../../core/intake/file.ts";
import type { JoinedSource, OfferedFile, Repair } from "../../../worker/protocol.ts";
import { lab, tell } from "../lab.ts";
import { goTo } from "../route.ts";
import { finished, nextJob, send } from "../worker-link.ts";

/** A file to open, and how: which of its tables, joined with what, read with which repairs. */
export interface OpenedSource extends OfferedFile {
  readonly choice?: SheetChoice;
  readonly join?: JoinedSource;
  readonly repair?: Repair;
}

/** The file that was opened last, and how, to open it again with one more repair. */
let lastSource: OpenedSource | undefined;
/** Opens what was opened last as a table once more; returns its job. */
let openLast: (() => number) | undefined;

/** Opens a table; a model file goes to `openModel`. */
export async function openFile(file: File): Promise<void> {
  if (await isModelFile(file)) openModel(file);
  else openSource({ source: file, name: file.name });
}

/** A model file is told by its ending, or by what a zip file begins with. */
export async function isModelFile(file: File): Promise<boolean> {
  if (/\.(semblance|model)$/i.test(file.name)) return true;
  if (!/\.zip$/i.test(file.name)) return false;
  // A local file header: its name is at byte 30 (APPNOTE.TXT 4.3.7).
  const begin = await file.slice(0, 30 + MODEL_BEGINS_WITH.length).text();
  return begin.startsWith("PK\u0003\u0004") && begin.endsWith(MODEL_BEGINS_WITH);
}
const MODEL_BEGINS_WITH = "manifest.json";

/** Opens a pasted table. */
export function openText(text: string, name = "Pasted table.csv"): void {
  openSource({ source: new Blob([text], { type: "text/csv" }), name });
}

/** Opens a table and returns its job. */
export function openSource(opened: OpenedSource): number {
  const { source, name } = opened;
  openLast = () => openSource(opened);
  cancelReading();
  const job = nextJob();
  lastSource = opened;
  const total = source instanceof ArrayBuffer ? source.byteLength : source.size;
  tell({ type: "page-opening", job, name, kind: "table", total });
  send({ type: "open", job, ...opened });
  goTo("data");
  return job;
}

/** The last file once more, read with a repair beside those that it had. */
export function openAgain(repair: Repair): void {
  if (lastSource !== undefined) openSource({ ...lastSource, repair: { ...lastSource.repair, ...repair } });
}

export const canOpenAgain = (): boolean => lastSource !== undefined;

/** The file that was opened last as a table, if it is still at hand. */
export const openedLast = (): OpenedSource | undefined => lastSource;

/**
 * Simulates a cohort and opens it; as one click opens it, where nothing more is said. `inPlace`: the view that asks stays,
 * and tells how far it is and what goes wrong.
 */
export function openCohort(
  cohort: string,
  asked?: Omit<Simulation, "cohort">,
  { inPlace = false } = {},
): number {
  openLast = () => openCohort(cohort, asked);
  cancelReading();
  const job = nextJob();
  const info = lab.getState().cohorts.find(({ id }) => id === cohort);
  const name = info?.name ?? cohort;
  const usual = { level: 3, ...info?.usual, seed: 1 } as const;
  lastSource = undefined;
  tell({ type: "page-opening", job, name, kind: "cohort", total: 0, ...(inPlace && { inPlace }) });
  send({ type: "open-cohort", job, simulation: { cohort, ...(asked ?? usual) } });
  goTo("data");
  return job;
}

/** Whether the file of the open table, or its cohort, is still at hand, so that it can be opened once more. */
export const canReopen = (): boolean => openLast !== undefined;

/** What was opened last once more. Rejects when it cannot be. */
export async function reopen(): Promise<void> {
  if (openLast !== undefined) await finished(openLast());
}

export function openModel(file: File): void {
  cancelReading();
  const job = nextJob();
  const before = new Set(lab.getState().runs.map((run) => run.run));
  tell({ type: "page-opening", job, name: file.name, kind: "model", total: file.size });
  send({ type: "open-model", job, source: file, name: file.name });
  finished(job).then(
    () => {
      const opened = lab.getState().runs.findLast((run) => !before.has(run.run));
      if (opened === undefined) return;
      tell({ type: "page-select", run: opened.run });
      goTo("take-away");
    },
    () => goTo("data"),
  );
}

export function cancelReading(): void {
  const { reading, start } = lab.getState();
  // Pictures of the first screen are not waited for; those that are missing are drawn when it is there again.
  if (start.drawing !== undefined) send({ type: "cancel", job: start.drawing });
  if (reading !== undefined) send({ type: "cancel", job: reading.job });
}

/** No file is there any more to be read again. */
export function dropSource(): void {
  lastSource = undefined;
  openLast = undefined;
}

export function closeTable(): void {
  send({ type: "close-table" });
  dropSource();
  tell({ type: "page-closed-table" });
}

export function showRows(from: number, count: number): void {
  send({ type: "preview-rows", job: nextJob(), from, count });
}
