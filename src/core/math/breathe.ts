/** Awaited in every long loop, at least every 50 ms of work; `share` done of it where that is known, in [0, 1]. Rejects to end the work. */
export type Pulse = (share?: number) => Promise<void>;

/** `pulse` for a part of the work, which is from share `from` to share `to` of it. */
export const within =
  (pulse: Pulse, from: number, to: number): Pulse =>
  (share) =>
    pulse(share === undefined ? undefined : from + (to - from) * share);

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: null): void;
  close(): void;
}
const Channel = Reflect.get(globalThis as object, "MessageChannel") as
  (new () => { port1: Port; port2: Port }) | undefined;

/** Without the 4 ms that browsers add to a chain of timers. */
function macrotask(): Promise<void> {
  if (Channel === undefined) return new Promise((resolve) => void setTimeout(resolve, 0));
  const { port1, port2 } = new Channel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

let last = 0;

/**
 * Lets one macrotask through when more than 16 ms of work have passed since the last one, so that a worker hears
 * "cancel" and a page stays alive; resolves at once otherwise. Call it in every long loop.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - last < 16) return;
  await macrotask();
  last = performance.now();
}

/** What a generator returns in the end; a breath at each of its yields. */
export async function breathing<Made>(work: Generator<undefined, Made>): Promise<Made> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await breathe();
  }
}
