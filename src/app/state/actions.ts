/** What a person can do, as functions for the views. Each sends a request to the worker and tells the store. */
import type { LabClient } from "../../worker/client.ts";
import type {
  Asked,
  Event,
  GoesWith,
  Repair,
  Request,
  RunView,
  TakeAwayKind,
  TrainRequest,
} from "../../worker/protocol.ts";
import type { SchemaChange } from "../../core/table/profile.ts";
import type { FaultError } from "../../core/fault.ts";
import { defaultSettings, lab, tell, type History, type TrainSettings } from "./lab.ts";
import { fileStem, saveFile } from "./save-file.ts";
import { forgetSettings, keepSettings, largestSeed } from "./settings.ts";
import { chosenSynthesizer, paramsOf, runUnderWay, seedsFrom } from "./runs.ts";
import { goTo } from "./route.ts";

let client: LabClient | undefined;
/** The file that was opened last, to open it again with a repair. */
let lastSource: { source: File | Blob; name: string } | undefined;

type FaultEvent = Extract<Event, { type: "fault" }>;
interface Pending {
  readonly onEvent: (event: Event) => void;
}
const pending = new Map<number, Pending>();

/** Connects the store to the worker. Called once. */
export function attach(to: LabClient): void {
  client = to;
  to.subscribe((event) => {
    tell(event);
    if ("job" in event && event.job !== undefined) pending.get(event.job)?.onEvent(event);
  });
}

export function send(request: Request, transfer?: Transferable[]): void {
  client?.send(request, transfer);
}

export const nextJob = (): number => client?.nextJob() ?? 0;

/** Resolves with `done`; rejects with the fault. `onEvent` hears what comes in between. */
export function finished(job: number, onEvent: (event: Event) => void = () => {}): Promise<void> {
  return new Promise((resolve, reject) => {
    pending.set(job, {
      onEvent: (event) => {
        onEvent(event);
        if (event.type === "fault" || event.type === "done") {
          pending.delete(job);
          if (event.type === "done") resolve();
          else reject(new JobFault(event));
        }
      },
    });
  });
}

/** A job's fault as an exception inside the page; the store shows it already. */
export class JobFault extends Error {
  readonly fault: FaultError["fault"];
  constructor(event: FaultEvent) {
    super(event.fault.code);
    this.name = "JobFault";
    this.fault = event.fault;
  }
}

// Opening ------------------------------------------------------------------------------------------------------

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

function openBlob(source: File | Blob, name: string, repair?: Repair): void {
  stopReading();
  const job = nextJob();
  lastSource = { source, name };
  tell({ type: "page-opening", job, name, kind: "table", total: source.size });
  send({ type: "open", job, source, name, ...(repair === undefined ? {} : { repair }) });
  goTo("data");
}

/** The last file once more, read with a repair. */
export function openAgain(repair: Repair): void {
  if (lastSource !== undefined) openBlob(lastSource.source, lastSource.name, repair);
}

export const canOpenAgain = (): boolean => lastSource !== undefined;

export function openCohort(cohort: string): void {
  stopReading();
  const job = nextJob();
  const name = lab.getState().cohorts.find((c) => c.id === cohort)?.name ?? cohort;
  lastSource = undefined;
  tell({ type: "page-opening", job, name, kind: "cohort", total: 0 });
  send({ type: "open-cohort", job, cohort, seed: 1 });
  goTo("data");
}

export function openModel(file: File): void {
  stopReading();
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

function stopReading(): void {
  const { reading } = lab.getState();
  if (reading !== undefined) send({ type: "cancel", job: reading.job });
}

export const cancelReading = stopReading;

export function closeTable(): void {
  send({ type: "close-table" });
  lastSource = undefined;
  tell({ type: "page-closed-table" });
}

export function showRows(from: number, count: number): void {
  send({ type: "preview-rows", job: nextJob(), from, count });
}

// The schema ---------------------------------------------------------------------------------------------------

function applyHistory(history: History): void {
  const job = nextJob();
  tell({ type: "page-revising", job, history });
  send({ type: "revise", job, changes: history.past });
}

export function revise(change: SchemaChange): void {
  const { past } = lab.getState().history;
  applyHistory({ past: [...past, change], future: [] });
}

export function undo(): void {
  const { past, future } = lab.getState().history;
  const last = past.at(-1);
  if (last !== undefined) applyHistory({ past: past.slice(0, -1), future: [last, ...future] });
}

export function redo(): void {
  const { past, future } = lab.getState().history;
  const next = future[0];
  if (next !== undefined) applyHistory({ past: [...past, next], future: future.slice(1) });
}

// Training -----------------------------------------------------------------------------------------------------

export function setSettings(settings: Partial<TrainSettings>): void {
  tell({ type: "page-settings", settings });
  keepSettings(lab.getState().settings);
}

export function setParam(synthesizer: string, name: string, value: number | string | boolean): void {
  const { params } = lab.getState().settings;
  setSettings({ params: { ...params, [synthesizer]: { ...params[synthesizer], [name]: value } } });
}

/** Back to the recommended parameters, seed and device. */
export function resetAdvanced(): void {
  const { params } = lab.getState().settings;
  const { [chosenSynthesizer(lab.getState())?.id ?? ""]: _own, ...others } = params;
  setSettings({
    params: others,
    seed: defaultSettings.seed,
    device: defaultSettings.device,
    stopWhenNearer: defaultSettings.stopWhenNearer,
  });
}

/** What a run of `synthesizer` starts with: the settings shown, its parameters as the person left them. */
function requestOf(synthesizer: string, seed: number): TrainRequest {
  const { synthesizers, settings } = lab.getState();
  const info = synthesizers.find(({ id }) => id === synthesizer);
  const { device, holdout, stopWhenNearer } = settings;
  const params = info ? paramsOf(info, settings) : {};
  return { synthesizer, params, seed, device, holdout, ...(stopWhenNearer && { stopWhenNearer }) };
}

function startRun(request: TrainRequest): string {
  const job = nextJob();
  const run = `run-${Date.now().toString(36)}-${job}`;
  send({ type: "train", job, run, request });
  return run;
}

/** Starts a run with the settings shown, selects it and goes to Train; behind one that is under way it only waits. Returns
 *  its id. One that was told to stop, with the question of keeping it still open, gives way. */
export function train(again?: TrainRequest): string {
  const { settings, stopping } = lab.getState();
  const chosen = chosenSynthesizer(lab.getState())?.id ?? settings.synthesizer;
  const request = again ?? requestOf(chosen, settings.seed);
  if (stopping?.answered === false) cancelRun(stopping.run, false);
  const waits = stopping === undefined && runUnderWay(lab.getState()) !== undefined;
  const run = startRun(request);
  if (!waits) tell({ type: "page-select", run });
  goTo("train");
  return run;
}

/** Queues a run of each synthesizer with each of `seeds` seeds, seed after seed, so that all have one first. */
export function trainAll(synthesizers: readonly string[], seeds: number): void {
  const { settings, stopping } = lab.getState();
  if (stopping?.answered === false) cancelRun(stopping.run, false);
  for (const seed of seedsFrom(settings.seed, seeds)) {
    for (const synthesizer of synthesizers) startRun(requestOf(synthesizer, seed));
  }
  goTo("leaderboard");
}

/** Goes on training from the model of `run` on the open table. */
export function goOnFrom({ run, request }: RunView): void {
  const { seed, device, holdout } = lab.getState().settings;
  const { synthesizer, params } = request;
  train({ synthesizer, params, seed, device, holdout, from: run });
}

/** A run that waits becomes the next. */
export const trainNext = (run: string): void => send({ type: "run-next", run });

/** A run that waits leaves the queue and the list. */
export const takeOut = (run: string): void => deleteRun(run);

export function emptyQueue(): void {
  for (const run of lab.getState().queue) takeOut(run);
}

/** Asks what runs would take with the settings shown. */
export function askEstimates(): void {
  const { table, synthesizers, settings } = lab.getState();
  if (table === null) return;
  const params = Object.fromEntries(synthesizers.map((info) => [info.id, paramsOf(info, settings)]));
  const { device, holdout } = settings;
  send({ type: "estimate", job: nextJob(), device, share: holdout.share, params });
}

export function newSeed(): number {
  return ((lab.getState().settings.seed * 48_271) % largestSeed) + 1;
}

export const pause = (run: string): void => send({ type: "pause", run });

/** Goes on with a paused run, also with one that was told to stop. */
export function resume(run: string): void {
  tell({ type: "page-stopping", stopping: undefined });
  send({ type: "resume", run });
}

export function togglePause(): void {
  const run = runUnderWay(lab.getState());
  if (run?.state === "running") pause(run.run);
  else if (run?.state === "paused") resume(run.run);
}

/** Training holds still at once; whether to keep what is learned is asked beside it. Measuring just ends. */
export function stopRun(run: string): void {
  if (lab.getState().runs.find((r) => r.run === run)?.state === "evaluating") cancelRun(run, true);
  else {
    pause(run);
    tell({ type: "page-stopping", stopping: { run, answered: false } });
  }
}

/** keep: the model as it is now becomes the run's, and is measured. */
export function cancelRun(run: string, keep: boolean): void {
  const { stopping } = lab.getState();
  if (stopping?.run === run) tell({ type: "page-stopping", stopping: { run, answered: true } });
  send({ type: "cancel-run", run, keep });
}

export const renameRun = (run: string, name: string): void => send({ type: "rename-run", run, name });
export const deleteRun = (run: string): void => send({ type: "delete-run", run });

export function evaluate(run: string): void {
  send({ type: "evaluate", job: nextJob(), run });
}

export const selectRun = (run: string): void => tell({ type: "page-select", run });

export function toggleCompared(run: string): void {
  const { compared, selected } = lab.getState();
  if (selected === run) return;
  const runs = compared.includes(run) ? compared.filter((r) => r !== run) : [...compared, run];
  tell({ type: "page-compare", runs });
}

// Taking away --------------------------------------------------------------------------------------------------

/** The table's or model's name a run's files are called after. */
function stemOf(run: string): string {
  const of = lab.getState().runs.find((r) => r.run === run);
  return fileStem(of?.table ?? "table");
}

/** A file on disk that takes chunks as they come; in its place the chunks are kept and handed over as one file. */
export interface CsvSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** The file's name says how many rows there are and which conditions they meet. */
export function csvName(run: string, rows: number, asked?: Asked): string {
  const columns = [...new Set((asked?.where ?? []).map(({ column }) => column))];
  const parts = [
    `${stemOf(run)}-synthetic-${rows}`,
    ...(columns.length > 0 ? ["where", ...columns.slice(0, 3), ...(columns.length > 3 ? ["more"] : [])] : []),
    ...(asked?.shares === undefined ? [] : ["rebalanced", asked.shares.column]),
  ];
  return `${fileStem(`${parts.join("-")}.csv`)}.csv`;
}

export const completedName = (run: string): string => `${stemOf(run)}-completed.csv`;

/** What each file of an evaluation ends in, and its media type. */
const evaluationFiles: Readonly<Record<TakeAwayKind, readonly [string, string]>> = {
  html: ["evaluation.html", "text/html"],
  json: ["evaluation.json", "application/json"],
  "model-card": ["model-card.md", "text/markdown"],
  datasheet: ["datasheet.md", "text/markdown"],
  croissant: ["croissant.json", "application/ld+json"],
  bundle: ["everything.zip", "application/zip"],
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
  sink?: CsvSink,
): Promise<number> {
  const job = nextJob();
  const draws = kind === "bundle" || kind === "croissant";
  const total = draws ? (synthetic?.rows ?? 0) : 0;
  tell({ type: "page-making", making: { job, run: run.run, kind, rows: 0, total } });
  const what = { type: "export-report", job, run: run.run, kind, withRows } as const;
  const request = { ...what, ...(synthetic && { synthetic }) };
  return saveChunks(request, evaluationName(run, kind), sink, evaluationFiles[kind][1]);
}

/** Makes `rows` synthetic rows and saves them as one CSV file; the chunks are bytes, never one long string. */
export function exportCsv(
  run: string,
  rows: number,
  seed: number,
  asked?: Asked,
  sink?: CsvSink,
): Promise<number> {
  const job = nextJob();
  tell({ type: "page-making", making: { job, run, kind: "csv", rows: 0, total: rows } });
  const request = { type: "export-csv", job, run, rows, seed, ...(asked && { asked }) } as const;
  return saveChunks(request, csvName(run, rows, asked), sink);
}

/** Saves the open table with its empty cells filled in by the run's model. */
export function completeTable(run: string, seed: number): Promise<number> {
  const job = nextJob();
  const total = lab.getState().table?.rows ?? 0;
  tell({ type: "page-making", making: { job, run, kind: "completed", rows: 0, total } });
  return saveChunks({ type: "complete-csv", job, run, seed }, completedName(run));
}

/** Resolves with the file's size in bytes. */
async function saveChunks(
  request: Extract<Request, { type: "export-csv" | "complete-csv" | "export-report" }>,
  name: string,
  sink?: CsvSink,
  type = "text/csv",
): Promise<number> {
  const parts: BlobPart[] = [];
  let size = 0;
  let written: Promise<void> = Promise.resolve();
  const done = finished(request.job, (event) => {
    if (event.type !== "chunk") return;
    const bytes = plain(event.bytes);
    size += bytes.length;
    if (sink === undefined) parts.push(new Blob([bytes]));
    else written = written.then(() => sink.write(bytes));
  });
  send(request);
  try {
    await done;
    await written;
  } catch (error) {
    await sink?.abort();
    throw error;
  }
  if (sink === undefined) saveFile(parts, name, type);
  else await sink.close();
  return size;
}

export async function exportModel(run: string): Promise<void> {
  const job = nextJob();
  let file: { bytes: Uint8Array; name: string } | undefined;
  tell({ type: "page-making", making: { job, run, kind: "model", rows: 0, total: 0 } });
  await new Promise<void>((resolve, reject) => {
    pending.set(job, {
      onEvent: (event) => {
        if (event.type === "fault") {
          pending.delete(job);
          reject(new JobFault(event));
        } else if (event.type === "model-file") {
          pending.delete(job);
          file = event;
          resolve();
        }
      },
    });
    send({ type: "export-model", job, run });
  });
  tell({ type: "page-made", job });
  if (file !== undefined) saveFile([plain(file.bytes)], file.name, "application/zip");
}

/** The same bytes over an ordinary ArrayBuffer, which is what a Blob takes. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength);
  return new Uint8Array(bytes);
}

/** Stops a file that is being made. */
export const cancelMaking = (job: number): void => send({ type: "cancel", job });

/** A few synthetic rows to look at. */
export function samplePreview(run: string, rows: number, seed: number, asked?: Asked): void {
  const job = nextJob();
  tell({ type: "page-sampling", run, job });
  send({ type: "sample-preview", job, run, rows, seed, ...(asked && { asked }) });
}

/** Asks which training rows the run exposes most; settles when that is known, or the fault is shown. */
export function askExposed(run: string): Promise<void> {
  const job = nextJob();
  send({ type: "exposed-rows", job, run });
  return finished(job).catch(() => undefined);
}

/** Asks once what rows of the run can be asked for. */
export function askFields(run: string): void {
  if (lab.getState().fields[run] === undefined) send({ type: "condition-fields", job: nextJob(), run });
}

// Coming back --------------------------------------------------------------------------------------------------

export function remember(on: boolean): void {
  send({ type: "remember-table", job: nextJob(), on });
}

/** Asks for what was kept in this browser. */
export function restore(): void {
  const job = nextJob();
  finished(job).then(
    () => tell({ type: "page-restored" }),
    () => tell({ type: "page-restored" }),
  );
  send({ type: "restore", job });
}

/** Removes everything this lab has kept in this browser: tables, models, runs, settings. */
export async function forgetEverything(): Promise<void> {
  const job = nextJob();
  const done = finished(job);
  stopReading();
  send({ type: "forget", job });
  await done;
  forgetSettings();
  lastSource = undefined;
  tell({ type: "page-forgotten" });
  goTo("data");
}

/** Brings the table and the finished runs back that were just forgotten; settings stay at their defaults. */
export async function undoForgetting(): Promise<void> {
  const job = nextJob();
  const done = finished(job);
  send({ type: "undo-forget", job });
  await done;
}
