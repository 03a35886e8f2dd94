/** How messages change what the page knows of cleaning the open table. Pure, as `fold` is. */
import type { Fault } from "../../../core/fault.ts";
import type { Event, TableView } from "../../../worker/protocol.ts";
import { columnOf, keyOfStep, noCleaning, type CleaningEvent, type CleaningState } from "./cleaning-state.ts";

type Message =
  | CleaningEvent
  | Extract<Event, { type: "suggestions" | "step-preview" | "steps-file" | "worker-ended" }>
  /** `made`: changes of the table before */
  | (Extract<Event, { type: "steps-opened" }> & { readonly made: number })
  | { readonly type: "fault"; readonly job: number; readonly fault: Fault };

/** The cleaning after one more message that is about it. */
export function foldCleaning(state: CleaningState, message: Message): CleaningState {
  switch (message.type) {
    case "page-cleaning-asked":
      return { ...state, job: message.job, fault: undefined };
    case "suggestions":
      return message.job === state.job
        ? { ...state, job: undefined, suggestions: message.suggestions, fault: undefined }
        : state;
    case "page-cleaning-preview": {
      const { job, step, by } = message;
      const { fault: _over, preview, after } = state.previewed ?? {};
      const same = state.previewed !== undefined && columnOf(state.previewed.step) === columnOf(step);
      const before = same ? { ...(preview && { preview }), ...(after && { after }) } : {};
      return {
        ...state,
        previewed: { ...before, job, step, by, answered: false },
        making: by === "suggestion" ? undefined : state.making,
      };
    }
    case "step-preview": {
      if (state.previewed?.job !== message.job) return state;
      const { after: _before, fault: _over, ...rest } = state.previewed;
      const { preview, after } = message;
      return { ...state, previewed: { ...rest, answered: true, preview, ...(after && { after }) } };
    }
    case "page-cleaning-preview-closed":
      return { ...state, previewed: undefined, making: undefined };
    case "page-cleaning-making":
      return { ...state, making: message.making, previewed: undefined };
    case "page-cleaning-left":
      return {
        ...state,
        left: [...state.left, keyOfStep(message.step)],
        previewed: undefined,
        making: undefined,
      };
    case "page-cleaning-ticked":
      return { ...state, ticked: message.columns, counting: undefined };
    case "page-cleaning-counting":
      return { ...state, counting: message.jobs && { jobs: message.jobs } };
    case "page-cleaning-counted": {
      const { counting } = state;
      if (counting?.jobs !== message.jobs || counting.fault !== undefined) return state;
      return { ...state, counting: { ...counting, cells: message.cells } };
    }
    case "page-cleaning-file":
      return { ...state, file: message.job === undefined ? undefined : { job: message.job } };
    case "steps-opened":
      return message.job === state.file?.job
        ? {
            ...state,
            file: { job: message.job, unfit: message.unfit, done: message.changes.length - message.made },
          }
        : state;
    case "steps-file":
      return state;
    case "worker-ended":
      return { ...state, job: undefined, previewed: undefined, counting: undefined, file: undefined };
    case "fault":
      return withFault(state, message.job, message.fault);
  }
}

/** Whether `asked` is a question about cleaning, whose fault is told beside it. */
export const asksCleaning = (state: CleaningState, asked: number | undefined): boolean =>
  asked !== undefined &&
  [state.job, state.previewed?.job, state.file?.job, ...(state.counting?.jobs ?? [])].includes(asked);

function withFault(state: CleaningState, job: number, fault: Fault): CleaningState {
  if (job === state.job)
    return {
      ...state,
      job: undefined,
      suggestions: [],
      fault: fault.code === "cancelled" ? undefined : fault,
    };
  if (state.counting?.jobs.includes(job) === true)
    return { ...state, counting: { jobs: state.counting.jobs, fault } };
  if (job === state.file?.job) return { ...state, file: { job, fault } };
  if (job !== state.previewed?.job || fault.code === "cancelled") return state;
  const { preview: _preview, after: _after, ...rest } = state.previewed;
  return { ...state, previewed: { ...rest, answered: true, fault } };
}

/** For a table that was opened, or for the same one after a change: what was looked at is over. */
export function withCleanedTable(
  state: CleaningState,
  table: TableView | null,
  opened: boolean,
): CleaningState {
  if (opened || table === null) return noCleaning;
  const names = new Set(table.columns.map(({ schema }) => schema.name));
  return {
    ...state,
    previewed: undefined,
    making: undefined,
    counting: undefined,
    ticked: state.ticked.filter((name) => names.has(name)),
  };
}
