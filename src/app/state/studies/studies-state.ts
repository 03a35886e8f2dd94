/** What the page knows of studies, of the table beside the open one, and of language models. */
import type { Fault } from "../../../core/fault.ts";
import type { StudyRequest } from "../../../core/studies/study.ts";
import type { PromptPack } from "../../../core/studies/language/prompts/prompt-pack.ts";
import type { RepliesView } from "../../../core/studies/language/replies/replies-view.ts";
import type { SecondFacts } from "../../../core/studies/second/second-facts.ts";
import type { Event as LabEvent, StudyOffer, StudyView } from "../../../worker/protocol.ts";

/** What is asked of the worker and not yet answered. */
export type StudiesAsked = "offers" | "estimate" | "add" | "second" | "prompts" | "replies";

export interface StudiesState {
  readonly offers: readonly StudyOffer[] | undefined;
  readonly estimate: { readonly cells: number; readonly seconds: number } | undefined;
  /** all of them, the next one first, with the newest result of each */
  readonly studies: readonly StudyView[];
  readonly paused: boolean;
  /** which study is shown: an id of `studies`, else the offer of that name */
  readonly shown: string | undefined;
  /** settings that the person has changed, by study, not yet in the queue */
  readonly drafts: Readonly<Record<string, StudyRequest["settings"]>>;
  readonly second: { readonly id: string; readonly facts: SecondFacts } | undefined;
  readonly pack: PromptPack | undefined;
  readonly replies: RepliesView | undefined;
  readonly asked: Readonly<Partial<Record<StudiesAsked, number>>>;
  /** why the last thing asked could not be done */
  readonly faults: Readonly<Partial<Record<StudiesAsked, Fault>>>;
}

export type StudiesPageEvent =
  | { type: "page-studies-asked"; what: StudiesAsked; job: number }
  | { type: "page-study-shown"; study: string | undefined }
  | { type: "page-second-closed" }
  /** another table is open, or none */
  | { type: "page-studies-table" }
  | { type: "page-study-draft"; study: string; settings: StudyRequest["settings"] };

export const noStudies: StudiesState = {
  offers: undefined,
  estimate: undefined,
  studies: [],
  paused: false,
  shown: undefined,
  drafts: {},
  second: undefined,
  pack: undefined,
  replies: undefined,
  asked: {},
  faults: {},
};

type Told = Extract<
  LabEvent,
  | { type: "studies-offered" }
  | { type: "study-estimated" }
  | { type: "studies" }
  | { type: "study" }
  | { type: "second-opened" }
  | { type: "prompt-pack" }
  | { type: "replies" }
  | { type: "fault" }
  | { type: "done" }
  | { type: "worker-ended" }
>;

/** What of studies was asked by `job`, if anything. */
export const askedOfStudies = ({ asked }: StudiesState, job: number | undefined): StudiesAsked | undefined =>
  job === undefined ? undefined : (Object.keys(asked) as StudiesAsked[]).find((what) => asked[what] === job);

/** How messages about studies change what the page knows of them. Pure. */
export function foldStudies(state: StudiesState, message: Told | StudiesPageEvent): StudiesState {
  switch (message.type) {
    case "page-studies-asked": {
      const { [message.what]: _, ...faults } = state.faults;
      return { ...state, asked: { ...state.asked, [message.what]: message.job }, faults };
    }
    case "page-study-shown": {
      const { estimate: _, add: __, ...faults } = state.faults;
      return { ...state, shown: message.study, faults };
    }
    case "page-study-draft":
      return { ...state, drafts: { ...state.drafts, [message.study]: message.settings } };
    case "page-second-closed":
      return { ...state, second: undefined };
    case "page-studies-table": {
      const { studies, paused, shown } = state;
      return { ...noStudies, studies, paused, shown };
    }
    case "studies-offered":
      return state.asked.offers === message.job ? { ...state, offers: message.offers } : state;
    case "study-estimated": {
      if (state.asked.estimate !== message.job) return state;
      return { ...state, estimate: { cells: message.cells, seconds: message.seconds } };
    }
    case "studies": {
      const before = new Map(state.studies.map((one) => [one.study, one]));
      const studies = message.studies.map((one) => withResult(one, before.get(one.study)));
      return { ...state, studies, paused: message.paused };
    }
    case "study":
      return {
        ...state,
        studies: state.studies.map((one) =>
          one.study === message.study.study ? withResult(message.study, one) : one,
        ),
      };
    case "second-opened":
      return { ...state, second: { id: message.second, facts: message.facts } };
    case "prompt-pack":
      return { ...state, pack: message.pack };
    case "replies":
      return { ...state, replies: message.replies };
    case "done": {
      const what = askedOfStudies(state, message.job);
      return what === undefined ? state : { ...state, asked: without(state.asked, what) };
    }
    case "fault": {
      const what = askedOfStudies(state, message.job);
      if (what === undefined) return state;
      const asked = without(state.asked, what);
      if (message.fault.code === "cancelled") return { ...state, asked };
      return { ...state, asked, faults: { ...state.faults, [what]: message.fault } };
    }
    case "worker-ended":
      return {
        ...state,
        studies: state.studies.map((one) =>
          isActive(one) ? { ...one, state: "failed", fault: { code: "worker-ended" } } : one,
        ),
        asked: {},
        second: undefined,
        replies: undefined,
      };
  }
}

/** It runs, or would if nothing stood in its way. */
export const isActive = ({ state }: StudyView): boolean =>
  state === "running" || state === "waiting" || state === "paused";

/** Progress comes without the result, which stays as it was last seen, unless the study has begun anew. */
const withResult = (view: StudyView, before: StudyView | undefined): StudyView =>
  view.result === undefined && before?.result !== undefined && view.done > 0
    ? { ...view, result: before.result }
    : view;

function without(asked: StudiesState["asked"], what: StudiesAsked): StudiesState["asked"] {
  const { [what]: _, ...rest } = asked;
  return rest;
}
