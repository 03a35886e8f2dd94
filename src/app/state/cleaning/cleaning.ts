/** What a person can do to clean the open table, as functions for the views. */
import type { CleaningStep, Suggestion } from "../../../core/table/cleaning-step.ts";
import type { SchemaChange } from "../../../core/table/profile.ts";
import type { Event } from "../../../worker/protocol.ts";
import { fileStem, saveFile } from "../files/save-file.ts";
import { lab, tell } from "../lab.ts";
import { applyChanges, reviseAll } from "../schema-changes.ts";
import { finished, nextJob, send } from "../worker-link.ts";
import { openSuggestions, type Making, type Previewed } from "./cleaning-state.ts";

const asChange = (step: CleaningStep): SchemaChange => ({ type: "clean", step });

/** Asks which steps the cells of the open table ask for; a question before that is dropped. */
export function askSuggestions(): void {
  const { table, cleaning } = lab.getState();
  if (cleaning.job !== undefined) send({ type: "cancel", job: cleaning.job });
  if (table === null) return;
  const job = nextJob();
  tell({ type: "page-cleaning-asked", job });
  send({ type: "suggest-steps", job });
}

/** Shows what a step would do. Nothing is changed. */
export function previewStep(step: CleaningStep, by: Previewed["by"]): void {
  const { previewed } = lab.getState().cleaning;
  if (previewed !== undefined && !previewed.answered) send({ type: "cancel", job: previewed.job });
  const job = nextJob();
  tell({ type: "page-cleaning-preview", job, step, by });
  send({ type: "preview-step", job, step });
}

export const closePreview = (): void => tell({ type: "page-cleaning-preview-closed" });

/** Begins a step by hand, or leaves it. */
export const makeStep = (making: Making | undefined): void => tell({ type: "page-cleaning-making", making });

export const applySteps = (steps: readonly CleaningStep[]): void => reviseAll(steps.map(asChange));

/** A suggestion is not shown again while the table is open. */
export const leaveAsItIs = (step: CleaningStep): void => tell({ type: "page-cleaning-left", step });

/** Every suggestion by which nothing that the cells say is lost. */
export const losslessOf = (suggestions: readonly Suggestion[]): readonly Suggestion[] =>
  suggestions.filter(({ lossless }) => lossless);

/** The suggestion after the one that is looked at, or the first. */
export function previewNext(): boolean {
  const { cleaning } = lab.getState();
  const open = openSuggestions(cleaning);
  const at = open.findIndex(({ step }) => step === cleaning.previewed?.step);
  const next = open[(at + 1) % Math.max(1, open.length)];
  if (next === undefined) return false;
  previewStep(next.step, "suggestion");
  return true;
}

/** Does the step that is looked at; says whether there was one. */
export function applyPreviewed(): boolean {
  const { previewed } = lab.getState().cleaning;
  if (previewed?.preview === undefined || !previewed.answered) return false;
  applySteps([previewed.step]);
  return true;
}

/** Counts what the same step would do in several columns. Nothing is changed. */
export async function countSteps(steps: readonly CleaningStep[]): Promise<void> {
  const jobs = steps.map(() => nextJob());
  tell({ type: "page-cleaning-counting", jobs });
  let cells = 0;
  const hear = (event: Event): void => {
    if (event.type === "step-preview") cells += event.preview.cells;
  };
  const all = jobs.map((job) => finished(job, hear));
  steps.forEach((step, i) => send({ type: "preview-step", job: jobs[i] ?? 0, step }));
  await Promise.all(all).then(
    () => tell({ type: "page-cleaning-counted", jobs, cells }),
    () => undefined,
  );
}

export const leaveCounting = (): void => tell({ type: "page-cleaning-counting", jobs: undefined });

export const tickColumns = (columns: readonly string[]): void =>
  tell({ type: "page-cleaning-ticked", columns });

/** Saves the changes that were made, to be used on another file. */
export async function saveSteps(): Promise<void> {
  const job = nextJob();
  let file: Extract<Event, { type: "steps-file" }> | undefined;
  const done = finished(job, (event) => (file = event.type === "steps-file" ? event : file));
  send({ type: "save-steps", job });
  await done;
  const name = `${fileStem(lab.getState().table?.name ?? "table")}-steps.json`;
  if (file !== undefined) saveFile([file.text], name, "application/json");
}

/** Does the steps of a saved file after those that were done; those that do not fit are listed and left out. */
export async function takeSavedSteps(source: File): Promise<void> {
  const job = nextJob();
  tell({ type: "page-cleaning-file", job });
  let opened: Extract<Event, { type: "steps-opened" }> | undefined;
  const done = finished(job, (event) => (opened = event.type === "steps-opened" ? event : opened));
  send({ type: "open-steps", job, source, name: source.name });
  await done.catch(() => undefined);
  const made = lab.getState().history.past.length;
  if (opened !== undefined && opened.changes.length > made) applyChanges(opened.changes);
}

/** Nothing is said any more of a file of steps. */
export const dismissStepsFile = (): void => tell({ type: "page-cleaning-file", job: undefined });

/** Asks for suggestions whenever the table is another; returns how to stop. */
export function followCleaning(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = lab.subscribe((state, before) => {
    if (state.table === before.table || state.table === null) return;
    clearTimeout(timer);
    timer = setTimeout(askSuggestions, 0);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
