/** Opening a table, a cohort or a model, looking at its rows, closing it. */
import type { Repair } from "../../../worker/protocol.ts";
import { lab, tell } from "../lab.ts";
import { goTo } from "../route.ts";
import { finished, nextJob, send } from "../worker-link.ts";

/** The file that was opened last, and how, to open it again with one more repair. */
let lastSource: { source: File | Blob; name: string; repair: Repair | undefined } | undefined;
/** Opens what was opened last as a table once more; returns its job. */
let openLast: (() => number) | undefined;

const isModelFile = (name: string): boolean => /\.(semblance|zip|model)$/i.test(name);

/** Opens a table; a model file by its ending goes to `openModel`. */
export function openFile(file: File, repair?: Repair): void {
  if (isModelFile(file.name)) openModel(file);
  else openBlob(file, file.name, repair);
}

/** Opens a pasted table. */
export function openText(text: string, name = "Pasted table.csv"): void {
  openBlob(new Blob([text], { type: "text/csv" }), name);
}

function openBlob(source: File | Blob, name: string, repair?: Repair): number {
  openLast = () => openBlob(source, name, repair);
  cancelReading();
  const job = nextJob();
  lastSource = { source, name, repair };
  tell({ type: "page-opening", job, name, kind: "table", total: source.size });
  send({ type: "open", job, source, name, ...(repair === undefined ? {} : { repair }) });
  goTo("data");
  return job;
}

/** The last file once more, read with a repair beside those that it had. */
export function openAgain(repair: Repair): void {
  if (lastSource === undefined) return;
  openBlob(lastSource.source, lastSource.name, { ...lastSource.repair, ...repair });
}

export const canOpenAgain = (): boolean => lastSource !== undefined;

export function openCohort(cohort: string): number {
  openLast = () => openCohort(cohort);
  cancelReading();
  const job = nextJob();
  const name = lab.getState().cohorts.find((c) => c.id === cohort)?.name ?? cohort;
  lastSource = undefined;
  tell({ type: "page-opening", job, name, kind: "cohort", total: 0 });
  send({ type: "open-cohort", job, cohort, seed: 1 });
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
  const { reading } = lab.getState();
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
