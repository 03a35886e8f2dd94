/** How messages about the guarantee change what the page knows of it. Pure, as `fold` is. */
import type { Event as LabEvent, TableView } from "../../../worker/protocol.ts";
import { noGuarantee, type GuaranteeEvent, type GuaranteeState } from "./guarantee-state.ts";

type Told = Extract<
  LabEvent,
  | { type: "guarantee-offer" }
  | { type: "ledger" }
  | { type: "fault" }
  | { type: "done" }
  | { type: "worker-ended" }
>;

/** Whether the answer to `job` is about the guarantee. */
export const asksGuarantee = ({ job, file }: GuaranteeState, asked: number | undefined): boolean =>
  asked !== undefined && (job === asked || file?.job === asked);

export function foldGuarantee(state: GuaranteeState, message: Told | GuaranteeEvent): GuaranteeState {
  switch (message.type) {
    case "page-guarantee-asked":
      return { ...state, job: message.job };
    case "page-guarantee-declared":
      return { ...state, declared: message.declared, history: message.history };
    case "page-guarantee-confirmed":
      return { ...state, confirmed: message.list };
    case "page-ledger-file":
      return { ...state, file: message.job === undefined ? undefined : { job: message.job } };
    case "guarantee-offer":
      if (message.job !== state.job) return state;
      return {
        ...state,
        offer: message.offer,
        counted: message.counted,
        next: message.next,
        fault: undefined,
      };
    case "ledger":
      return { ...state, ledger: message.ledger };
    case "done":
      return {
        ...state,
        job: state.job === message.job ? undefined : state.job,
        file: state.file?.job === message.job ? undefined : state.file,
      };
    case "fault":
      return withFault(state, message);
    case "worker-ended":
      return { ...state, job: undefined, file: undefined };
  }
}

function withFault(
  state: GuaranteeState,
  { job, fault }: Extract<LabEvent, { type: "fault" }>,
): GuaranteeState {
  const cancelled = fault.code === "cancelled";
  if (state.file !== undefined && state.file.job === job)
    return { ...state, file: cancelled ? undefined : { job, fault } };
  if (state.job !== job) return state;
  if (cancelled) return { ...state, job: undefined };
  return { ...state, job: undefined, offer: undefined, next: undefined, fault };
}

/** Another table, or none: what is known of the one before it goes. Revised: what was declared stays, and is asked of again. */
export function withGuaranteeTable(
  state: GuaranteeState,
  table: TableView | null,
  another: boolean,
): GuaranteeState {
  if (!another && table !== null) return { ...state, offer: undefined, next: undefined, fault: undefined };
  const { declared, confirmed } = table?.public ?? {};
  return {
    ...noGuarantee,
    ...(declared && { declared }),
    confirmed,
  };
}
