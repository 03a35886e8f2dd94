/** Continuing given patients: what the page asks of the worker. */
import type { CourseAsked } from "../../../worker/protocol.ts";
import type { ExportFormat } from "../../../core/export/formats.ts";
import { exportFormats } from "../files/export-formats.ts";
import { saveChunks } from "../files/save-chunks.ts";
import { fileStem } from "../files/save-file.ts";
import { lab, tell } from "../lab.ts";
import { nextJob, send } from "../worker-link.ts";

/** Reads patients of a file, or of the open table, as the run's model learned them. */
export function readGiven(run: string, source: File | "open-table"): void {
  const name = source === "open-table" ? (lab.getState().table?.name ?? "") : source.name;
  const job = nextJob();
  tell({ type: "page-given-reading", run, job, name });
  send({ type: "read-given", job, run, source, name });
}

/** They are gone from the page; what this gives brings them back. */
export function closeGiven(): () => void {
  const { continuing } = lab.getState();
  tell({ type: "page-given-closed" });
  return () => {
    if (continuing !== undefined) tell({ type: "page-given-back", continuing });
  };
}

export interface Futures {
  readonly futures: number;
  readonly seed: number;
  readonly asked: CourseAsked;
}

/** Draws one patient's futures to look at. */
export function lookAtFutures(run: string, patient: number, column: string, request: Futures): void {
  const job = nextJob();
  tell({ type: "page-looking", job, patient, column });
  send({ type: "preview-futures", job, run, patient, column, ...request });
}

export function futuresName(format: ExportFormat): string {
  const stem = fileStem(lab.getState().continuing?.given?.name ?? "table");
  return `${stem}-futures.${exportFormats[format].ending}`;
}

/** Saves the futures of all given patients as one file. */
export function exportFutures(run: string, format: ExportFormat, request: Futures): Promise<number> {
  const job = nextJob();
  const total = lab.getState().continuing?.given?.visits.length ?? 0;
  tell({ type: "page-futures" });
  tell({ type: "page-making", making: { job, run, kind: "futures", rows: 0, total } });
  const as = format === "csv" ? {} : { format };
  const message = { type: "export-futures", job, run, ...request, ...as } as const;
  return saveChunks(message, futuresName(format), undefined, exportFormats[format].type);
}
