// oxlint-disable-next-line import/default -- the address is made by the build
import workerFile from "./worker.ts?worker&url";
import { watchOver, type Lifeline } from "./lifeline.ts";
import type { Event as LabEvent, Request } from "./protocol.ts";

/** The page's only door to the lab. */
export interface LabClient {
  /** Hands `transfer` (ArrayBuffers) over instead of copying them. */
  send(request: Request, transfer?: Transferable[]): void;
  /** Calls `listener` with every event, in order; returns how to stop. */
  subscribe(listener: (event: LabEvent) => void): () => void;
  /** A job number never used before on this connection. */
  nextJob(): number;
  /** Ends the worker at once, with everything in it. */
  terminate(): void;
  /** Starts another worker in the place of one that has ended, and says hello to it. */
  restart(): void;
}

/**
 * Starts the worker once `first` has settled and says hello; it answers `ready` once everything it will ever fetch has
 * been fetched. What is sent before it has started waits for it, in order.
 */
export function connectLab(first: Promise<unknown> = Promise.resolve()): LabClient {
  const listeners = new Set<(event: LabEvent) => void>();
  let job = 0;

  const tell = (event: LabEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const start = (): Lab => startWorker(tell);
  let started = first.then(start, start);
  const send = (request: Request, transfer: Transferable[] = []): void => {
    void started.then(({ worker }) => worker.postMessage(request, transfer));
  };
  const end = (): Promise<void> =>
    started.then(({ worker, lifeline }) => {
      lifeline.stop();
      worker.terminate();
    });
  send({ type: "hello" });

  return {
    send,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextJob: () => ++job,
    terminate: () => void end(),
    restart: () => {
      started = end().then(start);
      send({ type: "hello" });
    },
  };
}

interface Lab {
  readonly worker: Worker;
  readonly lifeline: Lifeline;
}

/** A name that no other worker of this origin has. */
const newName = (): string => `lab-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;

/**
 * The worker's script is a blob of this page that imports it: such a worker inherits the page's policy, whatever headers
 * its host sends with the script itself.
 */
function startWorker(tell: (event: LabEvent) => void): Lab {
  const name = newName();
  const first = new Blob([`import ${JSON.stringify(new URL(workerFile, import.meta.url).href)};`], {
    type: "text/javascript",
  });
  const address = URL.createObjectURL(first);
  const worker = new Worker(address, { type: "module", name });
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  const lifeline = watchOver(name, () => worker.postMessage({ type: "ping" } satisfies Request), tell);
  let heard = false;
  worker.addEventListener("message", ({ data }: MessageEvent<LabEvent>) => {
    heard = true;
    lifeline.heard(data);
    if (data.type !== "alive" && data.type !== "pong") tell(data);
  });
  worker.addEventListener("error", (error) => {
    error.preventDefault();
    if (!heard) {
      lifeline.stop();
      return tell({ type: "worker-ended" });
    }
    tell({ type: "fault", fault: { code: "unexpected", message: error.message } });
  });
  worker.addEventListener("messageerror", () => {
    tell({
      type: "fault",
      fault: { code: "unexpected", message: "A message from the lab could not be read." },
    });
  });
  return { worker, lifeline };
}
