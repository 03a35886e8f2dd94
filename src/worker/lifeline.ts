import type { Event as LabEvent } from "./protocol.ts";

/** Knows whether a worker is still there. */
export interface Lifeline {
  /** The worker has said something. */
  heard(event: LabEvent): void;
  /** It is ended on purpose: nothing more is told of it. */
  stop(): void;
}

const BEAT = 1000;
/** Beats in a row without an answer, by whether the lock tells an end apart from long work. */
const SILENT_AFTER = { withLock: 30, without: 4 };

/**
 * Tells `worker-ended` once the worker called `name` is no more: it holds a lock of that name as long as it lives, and the
 * browser gives that to the page only then, however busy the worker was, whether the page was asleep or in the background.
 * Each second it is asked for a sign; where it stays away, `worker-silent` is told, and taken back with the next sign. Beats
 * are counted, not seconds: a page that slept or whose timers were held back has sent none.
 */
export function watchOver(name: string, ping: () => void, tell: (event: LabEvent) => void): Lifeline {
  const stopped = new AbortController();
  let [held, unanswered, silent] = [false, 0, false];

  const beat = (): void => {
    if (unanswered >= (held ? SILENT_AFTER.withLock : SILENT_AFTER.without) && !silent) {
      silent = true;
      tell({ type: "worker-silent", silent });
    }
    unanswered++;
    ping();
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    stopped.abort();
  };
  const waitForEnd = (): void => {
    held = true;
    const ended = (): void => {
      if (stopped.signal.aborted) return;
      stop();
      tell({ type: "worker-ended" });
    };
    navigator.locks.request(name, { signal: stopped.signal }, ended).catch(() => undefined);
  };

  return {
    heard: ({ type }) => {
      timer ??= setInterval(beat, BEAT);
      unanswered = 0;
      if (type === "alive") waitForEnd();
      if (!silent) return;
      silent = false;
      tell({ type: "worker-silent", silent });
    },
    stop,
  };
}
