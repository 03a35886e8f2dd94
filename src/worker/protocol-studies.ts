/** What crosses between the page and the worker about studies and language models. Types only. */
import type { Fault } from "../core/fault.ts";
import type { StudyId, StudyResult } from "../core/report/study.ts";
import type {
  PromptChoices,
  PromptPack,
  PromptStrategy,
} from "../core/studies/language/prompts/prompt-pack.ts";
import type { RepliesView } from "../core/studies/language/replies/replies-view.ts";
import type { SecondFacts } from "../core/studies/second/second-facts.ts";
import type { StudyField, StudyRequest } from "../core/studies/study.ts";

/** A study on the page's list, for the open table. */
export interface StudyOffer {
  readonly id: StudyId;
  readonly name: string;
  readonly question: string;
  readonly fields: readonly StudyField[];
  /** of the grid with the default settings; left out where it is refused */
  readonly cells?: number;
  readonly seconds?: number;
  /** why it cannot be made of this table */
  readonly refused?: Fault;
}

export interface StudyView {
  /** the page's id of it */
  readonly study: string;
  readonly request: StudyRequest;
  readonly name: string;
  readonly question: string;
  readonly table: string;
  /** a study of another table than the open one waits until that is open again */
  readonly state: "waiting" | "running" | "paused" | "done" | "cancelled" | "failed";
  readonly cells: number;
  readonly done: number;
  readonly failed: number;
  /** of all its cells, the one under way included, in [0, 1] */
  readonly fraction: number;
  /** the cell under way: "20 columns, VAE, seed 2" */
  readonly now?: string;
  readonly secondsLeft?: number;
  readonly seconds: number;
  /** what it has found so far; of a study that runs renewed every few seconds */
  readonly result?: StudyResult;
  readonly fault?: Fault;
  readonly finishedAt?: string;
  /**
   * Why a study that waits cannot go on: another table than its own is open, or none; or its own, changed since it began, so that
   * its cells no longer belong to it (`continue-study` begins it anew).
   */
  readonly apart?: "other-table" | "changed";
  /** it is not kept in this browser, although studies are, and why */
  readonly unkept?: Fault;
}

/** A reply as it comes: pasted text or a file, by which prompt it was asked for, and how many rows were asked for. */
export interface GivenReply {
  readonly name: string;
  readonly source: string | File | Blob;
  readonly strategy: PromptStrategy;
  readonly asked: number;
}

export type StudiesRequest =
  /** which studies can be made of the open table, with their fields; `second` where one is open. Answered by `studies-offered` */
  | { type: "offer-studies"; job: number; second?: string }
  /** how many cells a study would have and how long they take; answered by `study-estimated` */
  | { type: "estimate-study"; job: number; request: StudyRequest; second?: string }
  /** joins the queue as `study`; `second`: a table that was opened by `open-second`. Answered by `studies` */
  | { type: "add-study"; job: number; study: string; request: StudyRequest; second?: string }
  /** the cell under way is dropped */
  | { type: "pause-studies" }
  | { type: "resume-studies" }
  /** it leaves the queue; its cells stay until `remove-study` */
  | { type: "cancel-study"; study: string }
  /** one that was cancelled or failed joins the queue with the cells it has; one whose table has changed begins anew */
  | { type: "continue-study"; study: string }
  /** one that waits becomes the next */
  | { type: "study-next"; study: string }
  | { type: "remove-study"; study: string }
  /** another table for studies that compare two: a file or a simulated cohort. Answered by `second-opened` */
  | {
      type: "open-second";
      job: number;
      source: File | Blob | ArrayBuffer | { readonly cohort: string; readonly seed: number };
      name: string;
    }
  /** which columns of the two are the same, as the person confirmed it: names of the open table -> of the second. Answered by `second-opened` */
  | { type: "match-second"; job: number; second: string; columns: Readonly<Record<string, string>> }
  /** every cell, the result or the pictures as a file; answered as `export-csv` */
  | { type: "export-study"; job: number; study: string; as: "csv" | "json" | "html" }
  /** what would go to a language model, word for word; answered by `prompt-pack` */
  | { type: "prompt-pack"; job: number; choices: PromptChoices }
  /** replies of a language model; they join those that are there. Answered by `replies` */
  | { type: "read-replies"; job: number; replies: readonly GivenReply[] }
  /** answered by `replies` */
  | { type: "drop-reply"; job: number; reply: string };

export type StudiesEvent =
  | { type: "studies-offered"; job: number; offers: readonly StudyOffer[] }
  | { type: "study-estimated"; job: number; cells: number; seconds: number }
  /** all of them, the next one first; after each change of the queue, without results */
  | { type: "studies"; studies: readonly StudyView[]; paused: boolean }
  /** one has moved on; with `result` when there is something new to see */
  | { type: "study"; study: StudyView }
  | { type: "second-opened"; job: number; second: string; facts: SecondFacts }
  | { type: "prompt-pack"; job: number; pack: PromptPack }
  | { type: "replies"; job?: number; replies: RepliesView };
