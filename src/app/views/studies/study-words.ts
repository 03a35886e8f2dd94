/** How the page speaks of studies: states, the queue, what is left. Pure. */
import { describeFault } from "../../../core/fault.ts";
import type { StudyResult } from "../../../core/report/study.ts";
import { aboutDuration, count, duration, percent, plural } from "../../../core/words/numbers.ts";
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** "Ten questions" */
export const questionsWords = (n: number): string =>
  `${NUMBERS[n] ?? count(n)} ${n === 1 ? "question" : "questions"}`;

/** "Rows: how many patients are enough?" */
export const titleOf = ({ name, question }: { readonly name: string; readonly question: string }): string =>
  `${name}: ${question.charAt(0).toLowerCase()}${question.slice(1)}`;

/** Whole percent, rounded down: a study is at 100% once it is done. */
export const shareWords = (fraction: number): string => percent(Math.floor(100 * fraction) / 100, 0);

export const inQueue = ({ state }: StudyView): boolean =>
  state === "running" || state === "paused" || state === "waiting";

/** The study under way or held, else the one that is next. */
export const currentOf = (studies: readonly StudyView[]): StudyView | undefined =>
  studies.find(({ state }) => state === "running" || state === "paused") ?? studies.find(inQueue);

/** The one of a question that a person most likely means: under way, then waiting, then the newest. */
export function latestOf(studies: readonly StudyView[], id: string): StudyView | undefined {
  const those = studies.filter(({ request }) => request.study === id);
  const newest = those
    .filter((one) => !inQueue(one))
    .toSorted((a, b) => (b.finishedAt ?? "").localeCompare(a.finishedAt ?? ""));
  return currentOf(those) ?? newest[0];
}

/** "done today", "done on 28 Nov" */
function doneWords(finishedAt: string | undefined, now: Date): string {
  const moment = finishedAt === undefined ? undefined : new Date(finishedAt);
  if (moment === undefined || Number.isNaN(moment.getTime())) return "done";
  if (moment.toDateString() === now.toDateString()) return "done today";
  return `done on ${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}`;
}

/** Where a study stands, in a word or two. */
export function stateWords(view: StudyView, now = new Date()): string {
  const { state, fraction, finishedAt, done, cells } = view;
  switch (state) {
    case "running":
      return `running ${shareWords(fraction)}`;
    case "paused":
      return done > 0 ? `paused at ${shareWords(fraction)}` : "paused";
    case "waiting":
      return done > 0 ? `waiting at ${shareWords(fraction)}` : "waiting";
    case "done":
      return doneWords(finishedAt, now);
    case "cancelled":
      return `cancelled at ${shareWords(cells === 0 ? 0 : done / cells)}`;
    case "failed":
      return "failed";
  }
}

/** "Rows is running", "Rows waits until a.csv is open" */
export function standWords({ name, state, apart, table }: StudyView, paused: boolean): string {
  if (state === "running") return `${name} is running`;
  if (paused || state === "paused") return `${name} is paused`;
  if (apart === "other-table") return `${name} waits until ${table} is open`;
  return apart === "changed" ? `${name} waits: ${table} has changed` : `${name} is next`;
}

/** "26 of 60 cells: 20 columns, VAE, seed 2"; between two cells a run that is being trained goes first. */
export function nowWords({ state, done, cells, now }: StudyView, training: boolean): string {
  const held = state === "running" && training ? ": the run on the Train step goes first" : "";
  return `${count(done)} of ${count(cells)} cells${now === undefined ? held : `: ${now}`}`;
}

/** Studies of one question told apart: "2: a.csv, 18 cells, done today at 16:01". */
export function whichWords(view: StudyView, at: number): string {
  const { finishedAt, cells, table } = view;
  const moment = view.state === "done" && finishedAt !== undefined ? new Date(finishedAt) : undefined;
  const time =
    moment === undefined || Number.isNaN(moment.getTime())
      ? ""
      : ` at ${moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
  return `${at + 1}: ${table}, ${plural(cells, "cell")}, ${stateWords(view)}${time}`;
}

/** Why a question cannot be asked of the table, in one sentence. */
export function refusedWords({ refused }: StudyOffer): string | undefined {
  if (refused === undefined) return undefined;
  const { title, detail } = describeFault(refused);
  return detail === "" ? title : detail;
}

/** Room for one reason on a card of the list; the whole of it stands where the question is open. */
const BRIEF = 80;

/** The beginning of why a question cannot be asked, as far as it stands alone: "pima.csv is of one site." */
export function refusedBriefly(offer: StudyOffer): string | undefined {
  const [first = ""] = refusedWords(offer)?.split(/[:;.] /u) ?? [];
  return first === "" || first.length > BRIEF ? undefined : `${first.replace(/\.$/u, "")}.`;
}

/** "100 cells, about 9 min" */
export const gridWords = (cells: number, seconds: number): string =>
  `${plural(cells, "cell")}, ${aboutDuration(seconds)}`;

/** "5 min left" */
export const leftWords = (seconds: number): string =>
  `${aboutDuration(seconds).replace(/^about /u, "")} left`;

/** Seconds until the queue is empty; undefined while nothing is known of a part of it. */
export function queueSeconds(studies: readonly StudyView[]): number | undefined {
  const left = studies.filter(inQueue).map(({ secondsLeft }) => secondsLeft);
  return left.some((one) => one === undefined) ? undefined : left.reduce<number>((a, b) => a + (b ?? 0), 0);
}

/** "Then Hospitals and Mixing." */
export function thenWords(after: readonly StudyView[]): string {
  const names = after.map(({ name }) => name);
  if (names.length === 0) return "";
  if (names.length > 3) return `Then ${plural(names.length, "more study", "more studies")}.`;
  const last = names.at(-1) ?? "";
  return `Then ${names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`}.`;
}

/** "100 cells, 10 min 20 s"; of a study that is not done, how many of them. */
export function cellsWords({ cells, seconds }: StudyResult): string {
  const all = plural(cells.all, "cell");
  return `${cells.done < cells.all ? `${count(cells.done)} of ${all}` : all}, ${duration(seconds)}`;
}
