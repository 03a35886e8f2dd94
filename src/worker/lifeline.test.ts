import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { watchOver } from "./lifeline.ts";
import type { Event as LabEvent } from "./protocol.ts";

/** The lock of a worker: whoever waits for it is called once it is let go. */
function lockOf(worker: { ended: () => void }) {
  return {
    locks: {
      request: (_name: string, { signal }: { signal: AbortSignal }, got: () => void) =>
        new Promise<void>((resolve) => {
          worker.ended = () => {
            if (!signal.aborted) got();
            resolve();
          };
        }),
    },
  };
}

/** A page, and a worker that answers pings while it is `free`. */
function watched() {
  const worker = { free: true, ended: () => {} };
  vi.stubGlobal("navigator", lockOf(worker));
  const told: LabEvent[] = [];
  const lifeline = watchOver(
    "lab",
    () => {
      if (worker.free) lifeline.heard({ type: "pong" });
    },
    (event) => told.push(event),
  );
  return { worker, lifeline, told };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("with a lock", () => {
  test("the end is told at once and once, long work is not taken for it", () => {
    const { worker, lifeline, told } = watched();
    lifeline.heard({ type: "alive" });
    worker.free = false;
    vi.advanceTimersByTime(20_000);
    expect(told).toEqual([]);
    worker.ended();
    expect(told).toEqual([{ type: "worker-ended" }]);
    vi.advanceTimersByTime(120_000);
    expect(told).toHaveLength(1);
  });

  test("an end on purpose is not told", () => {
    const { worker, lifeline, told } = watched();
    lifeline.heard({ type: "alive" });
    lifeline.stop();
    worker.ended();
    vi.advanceTimersByTime(120_000);
    expect(told).toEqual([]);
  });
});

describe("without a lock", () => {
  test("silence is told within 5 s and taken back with the next sign", () => {
    const { worker, lifeline, told } = watched();
    lifeline.heard({ type: "ready", synthesizers: [], cohorts: [], devices: [] });
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
    worker.free = false;
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([{ type: "worker-silent", silent: true }]);
    worker.free = true;
    vi.advanceTimersByTime(1000);
    expect(told.at(-1)).toEqual({ type: "worker-silent", silent: false });
  });

  test("a page that slept, or whose timers are held back to one a minute, raises no alarm", () => {
    const { lifeline, told } = watched();
    lifeline.heard({ type: "pong" });
    vi.advanceTimersByTime(3000);
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    vi.advanceTimersByTime(3000);
    expect(told).toEqual([]);
  });

  test("nothing is asked of a worker that has not spoken yet: it may be loading", () => {
    const { worker, told } = watched();
    worker.free = false;
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });
});
