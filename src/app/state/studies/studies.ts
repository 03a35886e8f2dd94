/** Studies, the table beside the open one, prompts and replies: asked for, queued, held, shown, saved. */
import type { PromptChoices } from "../../../core/studies/language/prompts/prompt-pack.ts";
import type { StudyRequest, StudySettings } from "../../../core/studies/study.ts";
import type { GivenReply } from "../../../worker/protocol.ts";
import { saveChunks, type FileSink } from "../files/save-chunks.ts";
import { fileStem } from "../files/save-file.ts";
import { lab, tell } from "../lab.ts";
import { nextJob, send } from "../worker-link.ts";
import type { StudiesAsked } from "./studies-state.ts";

/** Begins a question whose answer, or fault, is found under `what`; one of the same kind before it no longer counts. */
function ask(what: StudiesAsked): number {
  const job = nextJob();
  tell({ type: "page-studies-asked", what, job });
  return job;
}

/** The table beside the open one, where there is one, as requests name it. */
const besides = (): { readonly second?: string } => {
  const { second } = lab.getState().studies;
  return second === undefined ? {} : { second: second.id };
};

/** Which studies can be made of the open table, with their fields. */
export function askOffers(): void {
  if (lab.getState().table === null) return;
  send({ type: "offer-studies", job: ask("offers"), ...besides() });
}

/** How many cells a study would have, and how long they take. */
export function estimateStudy(request: StudyRequest): void {
  send({ type: "estimate-study", job: ask("estimate"), request, ...besides() });
}

/** Joins the queue; returns its id, by which it can be shown. */
export function addStudy(request: StudyRequest): string {
  const job = ask("add");
  const study = `study-${Date.now().toString(36)}-${job}`;
  send({ type: "add-study", job, study, request, ...besides() });
  return study;
}

/** The cell under way is dropped, and none begins until `resumeStudies`. */
export const pauseStudies = (): void => send({ type: "pause-studies" });

export const resumeStudies = (): void => send({ type: "resume-studies" });

/** It leaves the queue; what it has found so far stays. */
export const cancelStudy = (study: string): void => send({ type: "cancel-study", study });

/** One that was cancelled or failed, or whose table has changed, goes on where it was, or anew if it must. */
export const continueStudy = (study: string): void => send({ type: "continue-study", study });

/** One that waits becomes the next. */
export const nextStudy = (study: string): void => send({ type: "study-next", study });

/** It goes, with everything it found. */
export const removeStudy = (study: string): void => send({ type: "remove-study", study });

/** An id of the queue or of an offer. */
export const showStudy = (study: string | undefined): void => tell({ type: "page-study-shown", study });

/** Settings that are not yet in the queue, by the offer's id. */
export const draftStudy = (study: string, settings: StudySettings): void =>
  tell({ type: "page-study-draft", study, settings });

/** Another table, for studies that compare two. */
export const openSecond = (file: File): void =>
  send({ type: "open-second", job: ask("second"), source: file, name: file.name });

export function openSecondCohort(cohort: string, seed = 1): void {
  const name = lab.getState().cohorts.find(({ id }) => id === cohort)?.name ?? cohort;
  send({ type: "open-second", job: ask("second"), source: { cohort, seed }, name });
}

/** Which columns of the two are the same, names of the open table -> of the second: as the person confirmed it. */
export function matchSecond(columns: Readonly<Record<string, string>>): void {
  const { second } = lab.getState().studies;
  if (second === undefined) return;
  send({ type: "match-second", job: ask("second"), second: second.id, columns });
}

/** The open table stands alone again; studies in the queue keep their second one. */
export const closeSecond = (): void => tell({ type: "page-second-closed" });

/** What would go to a language model, word for word. */
export const askPrompts = (choices: PromptChoices): void =>
  send({ type: "prompt-pack", job: ask("prompts"), choices });

/** They join those that are there. */
export const addReplies = (replies: readonly GivenReply[]): void =>
  send({ type: "read-replies", job: ask("replies"), replies });

export const dropReply = (reply: string): void => send({ type: "drop-reply", job: ask("replies"), reply });

/** Stops what was asked and is not yet answered. */
export function cancelAsked(what: StudiesAsked): void {
  const job = lab.getState().studies.asked[what];
  if (job !== undefined) send({ type: "cancel", job });
}

const STUDY_FILES = {
  csv: ["cells.csv", "text/csv"],
  json: ["result.json", "application/json"],
  html: ["report.html", "text/html"],
} as const;

/** Saves every cell, the result or the report of a study; resolves with the file's size in bytes. */
export function exportStudy(study: string, as: keyof typeof STUDY_FILES, sink?: FileSink): Promise<number> {
  const job = nextJob();
  return saveChunks(
    { type: "export-study", job, study, as },
    studyFileName(study, as),
    sink,
    STUDY_FILES[as][1],
  );
}

/** "hf-admissions-study-rows-cells.csv". */
export function studyFileName(study: string, as: keyof typeof STUDY_FILES): string {
  const view = lab.getState().studies.studies.find((one) => one.study === study);
  const stem = fileStem(view?.table ?? "table");
  return `${stem}-study-${view?.request.study ?? "cells"}-${STUDY_FILES[as][0]}`;
}
