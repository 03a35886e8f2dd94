/** Asks for risk against use, and saves coarsened tables. */
import type { CoarsenedBy } from "../../../core/report/plane.ts";
import { saveChunks } from "../files/save-chunks.ts";
import { fileStem } from "../files/save-file.ts";
import { lab, tell } from "../lab.ts";
import { nextJob, send } from "../worker-link.ts";

export function askPlane(run: string): void {
  const job = nextJob();
  tell({ type: "page-plane-asked", job, run, what: "plane" });
  send({ type: "plane", job, run });
}

/** `seeds` runs at each epsilon; as many as usual unless said. */
export function askSweep(run: string, seeds?: number): void {
  const job = nextJob();
  tell({ type: "page-plane-asked", job, run, what: "sweep" });
  send({ type: "sweep", job, run, ...(seeds !== undefined && { seeds }) });
}

export const cancelPlane = (job: number): void => send({ type: "cancel", job });

/** What coarsening the whole table would cost, before anybody exports it. */
export function lookCoarsened(run: string, k: number, by: CoarsenedBy): void {
  const job = nextJob();
  tell({ type: "page-coarsening", job, run, k, by });
  send({ type: "look-coarsened", job, run, k, by });
}

export const closeCoarsened = (): void => tell({ type: "page-coarsening-closed" });

/** Saves the coarsened real rows; the file's name says that they are real. */
export function exportCoarsened(run: string, k: number, by: CoarsenedBy): Promise<number> {
  const job = nextJob();
  const stem = fileStem(lab.getState().runs.find((one) => one.run === run)?.table ?? "table");
  return saveChunks({ type: "export-coarsened", job, run, k, by }, `${stem}-real-k-${k}.csv`);
}
