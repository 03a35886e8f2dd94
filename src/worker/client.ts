// oxlint-disable-next-line import/default -- the address is made by the build
import workerFile from "./worker.ts?worker&url";
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
  const started = first.then(
    () => startWorker(tell),
    () => startWorker(tell),
  );
  const send = (request: Request, transfer: Transferable[] = []): void => {
    void started.then((worker) => worker.postMessage(request, transfer));
  };
  send({ type: "hello" });

  return {
    send,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextJob: () => ++job,
    terminate: () => void started.then((worker) => worker.terminate()),
  };
}

/**
 * The worker's script is a blob of this page that imports it: such a worker inherits the page's policy, whatever headers
 * its host sends with the script itself.
 */
function startWorker(tell: (event: LabEvent) => void): Worker {
  const first = new Blob([`import ${JSON.stringify(new URL(workerFile, import.meta.url).href)};`], {
    type: "text/javascript",
  });
  const address = URL.createObjectURL(first);
  const worker = new Worker(address, { type: "module", name: "lab" });
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  worker.addEventListener("message", (message: MessageEvent<LabEvent>) => tell(message.data));
  worker.addEventListener("error", (error) => {
    error.preventDefault();
    const message = error.message === "" ? "The lab's worker could not start." : error.message;
    tell({ type: "fault", fault: { code: "unexpected", message } });
  });
  worker.addEventListener("messageerror", () => {
    tell({
      type: "fault",
      fault: { code: "unexpected", message: "A message from the lab could not be read." },
    });
  });
  return worker;
}
