/** Files made of a run: synthetic rows, the model, the evaluation; and looks at a run before them. */
import type { Asked, Event, GoesWith, RunView, TakeAwayKind, Request } from "../../../worker/protocol.ts";
import type { ExportFormat } from "../../../core/export/formats.ts";
import { lab, tell } from "../lab.ts";
import type { Making } from "../lab-state.ts";
import { statedUse, type Amount } from "../order.ts";
import { exportFormats } from "./export-formats.ts";
import { plain, saveChunks, type FileSink } from "./save-chunks.ts";
import { fileStem, saveFile } from "./save-file.ts";
import { finished, nextJob, send } from "../worker-link.ts";

/** The table's or model's name a run's files are called after. */
function stemOf(run: string): string {
  const of = lab.getState().runs.find((r) => r.run === run);
  return fileStem(of?.table ?? "table");
}

/** The file's name says how many rows there are and which conditions they meet; its ending follows the format. */
export function rowsName(
  run: string,
  { rows, patients }: Amount,
  format: ExportFormat,
  asked?: Asked,
): string {
  const columns = [...new Set((asked?.where ?? []).map(({ column }) => column))];
  const parts = [
    `${stemOf(run)}-synthetic-${patients === undefined ? rows : `${patients}-patients`}`,
    ...(columns.length > 0 ? ["where", ...columns.slice(0, 3), ...(columns.length > 3 ? ["more"] : [])] : []),
    ...(asked?.shares === undefined ? [] : ["rebalanced", asked.shares.column]),
    ...(asked?.visits === undefined ? [] : [`${asked.visits.least}-to-${asked.visits.most}-visits`]),
    ...(asked?.until === undefined ? [] : [`until-${asked.until}`]),
  ];
  return `${fileStem(`${parts.join("-")}.csv`)}.${exportFormats[format].ending}`;
}

/** The name says that cells were filled in, so that the file is not taken for the real one later. */
export const filledName = (what: Filled["what"]): string => {
  const stem = fileStem(lab.getState().table?.name ?? "table");
  return `${stem}-filled${what === "cells" ? "-cells" : ""}.csv`;
};

/** The filled table or the list of the filled cells. */
export type Filled = Pick<Extract<Request, { type: "complete-csv" }>, "what" | "fillAll">;

/** What each file of an evaluation ends in, and its media type. */
const evaluationFiles: Readonly<Record<TakeAwayKind, readonly [string, string]>> = {
  html: ["evaluation.html", "text/html"],
  json: ["evaluation.json", "application/json"],
  "model-card": ["model-card.md", "text/markdown"],
  datasheet: ["datasheet.md", "text/markdown"],
  croissant: ["croissant.json", "application/ld+json"],
  bundle: ["everything.zip", "application/zip"],
  "guarantee-html": ["guarantee.html", "text/html"],
};

/** From the table, the run and the date: "hf-admissions-run-4-2026-11-20-evaluation.html". */
export function evaluationName(run: RunView, kind: TakeAwayKind): string {
  const day = run.report?.run.finishedAt.slice(0, 10) ?? "";
  return `${fileStem(run.table)}-run-${run.number}-${day}-${evaluationFiles[kind][0]}`;
}

/** Saves a file of the run's evaluation and resolves with its size in bytes. */
export function exportEvaluation(
  run: RunView,
  kind: TakeAwayKind,
  synthetic: GoesWith | undefined,
  withRows: boolean,
  sink?: FileSink,
): Promise<number> {
  const job = nextJob();
  const draws = kind === "bundle" || kind === "croissant";
  const total = draws ? (synthetic?.rows ?? 0) : 0;
  tell({ type: "page-making", making: { job, run: run.run, kind, rows: 0, total } });
  const use = statedUse(run.run);
  const what = { type: "export-report", job, run: run.run, kind, withRows, ...(use && { use }) } as const;
  const request = { ...what, ...(synthetic && { synthetic }) };
  return saveChunks(request, evaluationName(run, kind), sink, evaluationFiles[kind][1]);
}

/** Makes `rows` synthetic rows and saves them as one file; the chunks are bytes, never one long string. */
export function exportRows(
  run: string,
  { seed, format, ...amount }: Amount & { readonly seed: number; readonly format: ExportFormat },
  asked?: Asked,
  sink?: FileSink,
): Promise<number> {
  const job = nextJob();
  tell({
    type: "page-making",
    making: { job, run, kind: "csv", rows: 0, total: amount.rows, ...wantedOf(amount) },
  });
  const more = { ...(asked && { asked }), ...(format !== "csv" && { format }) };
  const request = { type: "export-csv", job, run, ...amount, seed, ...more } as const;
  return saveChunks(request, rowsName(run, amount, format, asked), sink, exportFormats[format].type);
}

/** Saves the open table with its empty cells filled in by the run's model, or the list of those cells. */
export function completeTable(run: string, seed: number, { what, fillAll }: Filled): Promise<number> {
  const job = nextJob();
  const total = lab.getState().table?.rows ?? 0;
  tell({ type: "page-making", making: { job, run, kind: "completed", rows: 0, total } });
  return saveChunks({ type: "complete-csv", job, run, seed, what, fillAll }, filledName(what));
}

export async function exportModel(run: string): Promise<void> {
  const job = nextJob();
  let file: Extract<Event, { type: "model-file" }> | undefined;
  const done = finished(job, (event) => (file = event.type === "model-file" ? event : file), "model-file");
  tell({ type: "page-making", making: { job, run, kind: "model", rows: 0, total: 0 } });
  send({ type: "export-model", job, run });
  await done;
  tell({ type: "page-made", job });
  if (file !== undefined) saveFile([plain(file.bytes)], file.name, "application/zip");
}

/** Stops a file that is being made. */
export const cancelMaking = (job: number): void => send({ type: "cancel", job });

/** A few synthetic rows to look at. */
export function samplePreview(run: string, amount: Amount, seed: number, asked?: Asked): void {
  const job = nextJob();
  tell({ type: "page-sampling", run, job });
  send({ type: "sample-preview", job, run, ...amount, seed, ...(asked && { asked }) });
}

/** Asks which training rows the run exposes most; settles when that is known, or the fault is shown. */
export function askExposed(run: string): Promise<void> {
  const job = nextJob();
  send({ type: "exposed-rows", job, run });
  return finished(job).catch(() => undefined);
}

/** Attacks the run with models that are trained as it was; what comes of it is in its report. */
export function attack(run: string, shadows: number): void {
  const job = nextJob();
  tell({ type: "page-attacking", run, job });
  send({ type: "attack", job, run, shadows });
}

export const cancelAttack = (job: number): void => send({ type: "cancel", job });

/** Asks once what rows of the run can be asked for. */
export function askFields(run: string): void {
  if (lab.getState().fields[run] === undefined) send({ type: "condition-fields", job: nextJob(), run });
}

const wantedOf = ({ patients }: Amount): Pick<Making, "patients"> =>
  patients === undefined ? {} : { patients: { wanted: patients, made: 0 } };
