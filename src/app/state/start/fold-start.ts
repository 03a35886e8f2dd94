import type { Event as LabEvent } from "../../../worker/protocol.ts";
import { noStart, type StartEvent, type StartState } from "./start-state.ts";

type Told = Extract<
  LabEvent,
  | { type: "cohort-picture" }
  | { type: "climb" }
  | { type: "simulator-numbers" }
  | { type: "numbers-opened" }
  | { type: "simulating-pace" }
  | { type: "fault" }
  | { type: "done" }
  | { type: "worker-ended" }
>;

/** Whether the answer to `job` is about simulated cohorts. */
export const asksStart = ({ drawing, climbing, listing }: StartState, job: number | undefined): boolean =>
  job !== undefined && [drawing, climbing, listing].includes(job);

/** How messages change what the page knows of simulated cohorts. Pure. */
export function foldStart(state: StartState, message: Told | StartEvent): StartState {
  switch (message.type) {
    case "page-start-drawing":
      return { ...state, drawing: message.job };
    case "page-start-open":
      return { ...state, open: message.cohort, climbing: message.job, fault: undefined };
    case "page-start-wish":
      return { ...state, wishes: { ...state.wishes, [message.cohort]: message.wish } };
    case "page-start-listing":
      return { ...state, listing: message.job, fault: undefined };
    case "page-start-published":
      return { ...state, edited: undefined, fault: undefined };
    case "numbers-opened": {
      const { name, file } = message;
      return { ...state, listing: undefined, fault: undefined, edited: { name, file } };
    }
    case "cohort-picture":
      return { ...state, pictures: { ...state.pictures, [message.cohort]: message.picture } };
    case "climb": {
      const { view, job } = message;
      const climbing = state.climbing === job ? undefined : state.climbing;
      return { ...state, climbing, climbs: { ...state.climbs, [view.climb.cohort]: view } };
    }
    case "simulating-pace":
      return { ...state, paces: { ...state.paces, [message.cohort]: message.pace } };
    case "simulator-numbers":
      return { ...state, listing: undefined, numbers: message.numbers };
    case "done":
      return settled(state, message.job);
    case "fault": {
      const { job, fault } = message;
      // A picture that could not be drawn is missed by nobody.
      const told = fault.code !== "cancelled" && state.drawing !== job;
      return { ...settled(state, job), fault: told ? fault : state.fault };
    }
    case "worker-ended":
      return { ...state, drawing: undefined, climbing: undefined, listing: undefined };
  }
}

/** Nothing is waited for any more of `job`. */
const settled = (state: StartState, job: number | undefined): StartState => ({
  ...state,
  drawing: state.drawing === job ? undefined : state.drawing,
  climbing: state.climbing === job ? undefined : state.climbing,
  listing: state.listing === job ? undefined : state.listing,
});

/** What is left once everything is forgotten: what the lab shows everybody, and nothing that a person asked or edited. */
export const publishedAlone = ({ pictures, climbs, paces, numbers }: StartState): StartState => ({
  ...noStart,
  pictures,
  climbs,
  paces,
  numbers,
});
