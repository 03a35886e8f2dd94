/** Given patients whose futures are drawn: what the page knows of them, by the events that come. */
import type { Fault } from "../../../core/fault.ts";
import type { Event, FutureBands, GivenView } from "../../../worker/protocol.ts";

/** What is looked at of one patient; without `bands` while they are drawn. */
export interface LookedAt {
  readonly job: number;
  readonly patient: number;
  readonly column: string;
  readonly bands?: FutureBands;
  readonly last?: number | string;
  readonly fault?: Fault;
}

export interface Continuing {
  readonly run: string;
  /** the patients that are being read */
  readonly reading?: { readonly job: number; readonly name: string };
  readonly given?: GivenView;
  /** why they could not be read; those before stay */
  readonly fault?: Fault;
  readonly looked?: LookedAt;
  /** what has to be said of the last file of futures */
  readonly told: readonly string[];
}

/** What the page itself adds. */
export type ContinuingEvent =
  | { type: "page-given-reading"; run: string; job: number; name: string }
  | { type: "page-given-closed" }
  | { type: "page-given-back"; continuing: Continuing }
  | { type: "page-looking"; job: number; patient: number; column: string }
  | { type: "page-futures" };

type Heard =
  | ContinuingEvent
  | Extract<Event, { type: "given-patients" | "future-bands" | "futures-told" }>
  | { type: "fault"; job: number; fault: Fault };

/** Whether a job was asked here, so that its fault is told here. */
export const asksContinuing = (state: Continuing | undefined, job: number): boolean =>
  state?.reading?.job === job || state?.looked?.job === job;

export function foldContinuing(state: Continuing | undefined, event: Heard): Continuing | undefined {
  if (event.type === "page-given-reading") {
    const { run, job, name } = event;
    const before = state?.run === run ? state : undefined;
    const { fault: _over, ...rest } = before ?? { run, told: [] };
    return { ...rest, reading: { job, name } };
  }
  if (event.type === "page-given-back") return event.continuing;
  if (state === undefined) return undefined;
  switch (event.type) {
    case "page-given-closed":
      return undefined;
    case "page-looking": {
      const { job, patient, column } = event;
      return { ...state, looked: { job, patient, column } };
    }
    case "page-futures":
      return { ...state, told: [] };
    case "given-patients":
      return state.reading?.job === event.job ? { run: state.run, given: event.given, told: [] } : state;
    case "future-bands": {
      const { looked } = state;
      if (looked?.job !== event.job) return state;
      const { bands, last } = event;
      return { ...state, looked: { ...looked, bands, ...(last !== undefined && { last }) } };
    }
    case "futures-told":
      return { ...state, told: event.words };
    case "fault":
      return withFault(state, event.job, event.fault);
  }
}

function withFault(state: Continuing, job: number, fault: Fault): Continuing {
  if (state.reading?.job === job) {
    const { reading: _over, ...rest } = state;
    return fault.code === "cancelled" ? rest : { ...rest, fault };
  }
  if (state.looked?.job === job) return { ...state, looked: { ...state.looked, fault } };
  return state;
}
