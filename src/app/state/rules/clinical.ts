/** Clinical rules listed, switched, written, made constraints, saved and used again. */
import type { ClinicalList } from "../../../core/lab/rules/clinical-list.ts";
import type { RuleBook } from "../../../core/clinic/rules/book/rule-book.ts";
import type { ClinicalRule } from "../../../core/clinic/rules/clinical-rule.ts";
import type { Event } from "../../../worker/protocol.ts";
import { fileStem, saveFile } from "../files/save-file.ts";
import { lab, tell } from "../lab.ts";
import { finished, nextJob, send } from "../worker-link.ts";
import { keepRule } from "./rules.ts";
import { withOwnRule, withoutOwnRule, withState } from "./book-choices.ts";
import { stepBack, stepOn, stepped } from "./steps.ts";

export type ClinicalLine = ClinicalList["lines"][number];

const book = (): RuleBook => lab.getState().clinical.book;

/** Asks for the clinical rules of the open table; an answer to a question before that is dropped. */
export function askClinical(): void {
  if (lab.getState().table === null) return;
  const job = nextJob();
  tell({ type: "page-clinical-asked", job });
  send({ type: "list-clinical", job, book: book() });
}

/** Asks what there is to say of a clinical rule that is being written. */
export function checkClinical(text: string, id?: string): void {
  const job = nextJob();
  tell({ type: "page-clinical-checking", job });
  send({ type: "check-clinical", job, text, book: book(), ...(id !== undefined && { id }) });
}

export const leaveClinical = (): void => tell({ type: "page-clinical-checking", job: undefined });

function choose(next: RuleBook): void {
  const { history, book: now } = lab.getState().clinical;
  if (next !== now) tell({ type: "page-clinical-chosen", book: next, history: stepped(history, now) });
}

export const switchClinical = ({ id, state }: ClinicalLine, on: boolean): void =>
  choose(withState(book(), id, on, state === "asked"));

/** A rule that more than 5% of the real rows break: it holds all the same, or it is left off. */
export const answerClinical = ({ id }: ClinicalLine, keep: boolean): void =>
  choose(withState(book(), id, keep, true));

export const keepClinical = (rule: ClinicalRule): void => choose(withOwnRule(book(), rule));

export const deleteClinical = ({ id }: ClinicalLine): void => choose(withoutOwnRule(book(), id));

/** The same text as a rule that every synthetic row is held to. */
export const makeConstraint = ({ text }: ClinicalLine): void => keepRule(text);

export function undoClinical(): void {
  const { book: now, history } = lab.getState().clinical;
  const step = stepBack(history, now);
  if (step !== undefined) tell({ type: "page-clinical-chosen", book: step.to, history: step.history });
}

export function redoClinical(): void {
  const { book: now, history } = lab.getState().clinical;
  const step = stepOn(history, now);
  if (step !== undefined) tell({ type: "page-clinical-chosen", book: step.to, history: step.history });
}

export async function saveClinical(): Promise<void> {
  const job = nextJob();
  let file: Extract<Event, { type: "book-file" }> | undefined;
  const done = finished(job, (event) => (file = event.type === "book-file" ? event : file));
  send({ type: "save-book", job, book: book() });
  await done;
  const name = `${fileStem(lab.getState().table?.name ?? "table")}-clinical-rules.json`;
  if (file !== undefined) saveFile([file.text], name, "application/json");
}

/** Takes the clinical rules of a file in the place of those there are; one that cannot be used changes nothing. */
export async function openClinical(source: File): Promise<void> {
  const job = nextJob();
  tell({ type: "page-clinical-file", job });
  let opened: Extract<Event, { type: "book-opened" }> | undefined;
  const done = finished(job, (event) => (opened = event.type === "book-opened" ? event : opened));
  send({ type: "open-book", job, source });
  await done.catch(() => undefined);
  if (opened !== undefined) choose(opened.book);
}

export const dismissClinicalFile = (): void => tell({ type: "page-clinical-file", job: undefined });

/** Asks again whenever the table or the book changes while somebody looks at rules; returns how to stop. */
export function followClinical(): () => void {
  return lab.subscribe((state, before) => {
    const looking = state.table !== null && state.dataTab === "rules";
    const same =
      state.table === before.table &&
      state.clinical.book === before.clinical.book &&
      state.dataTab === before.dataTab;
    const fresh = state.clinical.list !== undefined || state.clinical.job !== undefined;
    const asked = state.table === before.table && state.clinical.book === before.clinical.book && fresh;
    if (looking && !same && !asked) askClinical();
  });
}
