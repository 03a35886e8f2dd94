/** The page's line to the worker: requests go out, events come back to the store and to whoever waits for a job. */
import type { FaultError } from "../../core/fault.ts";
import type { LabClient } from "../../worker/client.ts";
import type { Event, Request } from "../../worker/protocol.ts";
import { lab, tell } from "./lab.ts";

let client: LabClient | undefined;

type FaultEvent = Extract<Event, { type: "fault" }>;
interface Pending {
  readonly onEvent: (event: Event) => void;
}
const pending = new Map<number, Pending>();

/** Connects the store to the worker. Called once. */
export function attach(to: LabClient): void {
  client = to;
  to.subscribe((event) => {
    hear(event);
    if (event.type === "worker-ended") endPending();
  });
}

function hear(event: Event): void {
  tell(event);
  if ("job" in event && event.job !== undefined) pending.get(event.job)?.onEvent(event);
}

/** Starts another worker in the place of the one that has ended. */
export function restartWorker(): void {
  endPending();
  client?.restart();
}

/** No answer comes any more to what was asked of a worker that has ended. */
function endPending(): void {
  for (const [job, { onEvent }] of pending) onEvent(unanswered(job));
}

export function send(request: Request, transfer?: Transferable[]): void {
  if (lab.getState().trouble !== "ended") client?.send(request, transfer);
  else if ("job" in request) setTimeout(() => hear(unanswered(request.job)), 0);
}

const unanswered = (job: number): FaultEvent => ({ type: "fault", job, fault: { code: "worker-ended" } });

export const nextJob = (): number => client?.nextJob() ?? 0;

/** Resolves with the `last` event; rejects with the fault. `onEvent` hears all of them. */
export function finished(
  job: number,
  onEvent: (event: Event) => void = () => {},
  last: "done" | "model-file" = "done",
): Promise<void> {
  return new Promise((resolve, reject) => {
    pending.set(job, {
      onEvent: (event) => {
        onEvent(event);
        if (event.type !== "fault" && event.type !== last) return;
        pending.delete(job);
        if (event.type === "fault") reject(new JobFault(event));
        else resolve();
      },
    });
  });
}

/** A job's fault as an exception inside the page; the store shows it already. */
export class JobFault extends Error {
  readonly fault: FaultError["fault"];
  constructor(event: FaultEvent) {
    super(event.fault.code);
    this.name = "JobFault";
    this.fault = event.fault;
  }
}
