import type { LabState } from "./lab-state.ts";
import { lab } from "./lab.ts";

/** A schema changed several times at once, or a field that is typed in, is asked about once. */
const STILL_MS = 120;

/** What is asked of the worker again whenever its answer may have changed. */
export interface Asking {
  /** whether the answer to both is the same */
  same(a: LabState, b: LabState): boolean;
  /** whether somebody looks at it */
  wanted(state: LabState): boolean;
  ask(): void;
}

/** Asks once what it depends on stands still and the answer is wanted; returns how to stop. */
export function askWhenStill({ same, wanted, ask }: Asking): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stale = true;
  const now = (): void => {
    timer = undefined;
    stale = false;
    ask();
  };
  const stop = lab.subscribe((state, before) => {
    const changed = !same(state, before);
    stale ||= changed;
    if (changed) {
      clearTimeout(timer);
      timer = undefined;
    }
    // What else changes meanwhile, many times a second while a run is under way, does not put it off.
    if (stale && wanted(state)) timer ??= setTimeout(now, STILL_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
