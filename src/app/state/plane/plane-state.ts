/** What the page knows of risk against use: planes and sweeps of runs, and the real table coarsened. */
import type { Fault } from "../../../core/fault.ts";
import type { CoarsenedBy, Plane, Sweep } from "../../../core/report/plane.ts";
import type { CoarsenedLook, Event as LabEvent } from "../../../worker/protocol.ts";

export type PlaneWork = "plane" | "sweep";

export interface PlaneState {
  /** by run */
  readonly planes: Readonly<Record<string, Plane>>;
  readonly sweeps: Readonly<Record<string, Sweep>>;
  /** what is under way */
  readonly working:
    | {
        readonly job: number;
        readonly run: string;
        readonly what: PlaneWork;
        readonly fraction: number;
        readonly secondsLeft?: number;
      }
    | undefined;
  /** why the last could not be computed */
  readonly fault: { readonly run: string; readonly what: PlaneWork; readonly fault: Fault } | undefined;
  /** a coarsened table that is about to be exported, and what it would cost */
  readonly coarsening:
    | {
        readonly job: number;
        readonly run: string;
        readonly k: number;
        readonly by: CoarsenedBy;
        readonly look?: CoarsenedLook;
        readonly fault?: Fault;
      }
    | undefined;
}

export type PlaneEvent =
  | { type: "page-plane-asked"; job: number; run: string; what: PlaneWork }
  | { type: "page-coarsening"; job: number; run: string; k: number; by: CoarsenedBy }
  | { type: "page-coarsening-closed" };

export const noPlane: PlaneState = {
  planes: {},
  sweeps: {},
  working: undefined,
  fault: undefined,
  coarsening: undefined,
};

type Told = Extract<
  LabEvent,
  | { type: "plane-working" }
  | { type: "plane" }
  | { type: "sweep" }
  | { type: "coarsened" }
  | { type: "fault" }
  | { type: "worker-ended" }
>;

/** Whether the answer to `job` is about the plane. */
export const asksPlane = ({ working, coarsening }: PlaneState, job: number | undefined): boolean =>
  job !== undefined && (working?.job === job || coarsening?.job === job);

/** How messages about the plane change what the page knows of it. Pure. */
export function foldPlane(state: PlaneState, message: Told | PlaneEvent): PlaneState {
  switch (message.type) {
    case "page-plane-asked": {
      const { job, run, what } = message;
      return { ...state, working: { job, run, what, fraction: 0 }, fault: undefined };
    }
    case "page-coarsening": {
      const { job, run, k, by } = message;
      return { ...state, coarsening: { job, run, k, by } };
    }
    case "page-coarsening-closed":
      return { ...state, coarsening: undefined };
    case "plane-working": {
      if (state.working?.job !== message.job) return state;
      const { job, run, what, fraction, secondsLeft } = message;
      return {
        ...state,
        working: { job, run, what, fraction, ...(secondsLeft !== undefined && { secondsLeft }) },
      };
    }
    case "plane":
      return { ...state, working: undefined, planes: { ...state.planes, [message.run]: message.plane } };
    case "sweep":
      return { ...state, working: undefined, sweeps: { ...state.sweeps, [message.run]: message.sweep } };
    case "coarsened":
      if (state.coarsening?.job !== message.job) return state;
      return { ...state, coarsening: { ...state.coarsening, look: message.look } };
    case "fault":
      return withFault(state, message);
    case "worker-ended":
      return { ...state, working: undefined, coarsening: undefined };
  }
}

function withFault(state: PlaneState, { job, fault }: Extract<LabEvent, { type: "fault" }>): PlaneState {
  const { working, coarsening } = state;
  if (coarsening !== undefined && coarsening.job === job)
    return { ...state, coarsening: fault.code === "cancelled" ? undefined : { ...coarsening, fault } };
  if (working?.job !== job || working === undefined) return state;
  const { run, what } = working;
  return {
    ...state,
    working: undefined,
    fault: fault.code === "cancelled" ? undefined : { run, what, fault },
  };
}
