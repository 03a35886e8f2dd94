import { useCallback, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { LabState } from "./lab-state.ts";
import { lab } from "./lab.ts";

/** The part of the lab's state that `select` picks; renders again when that part changes (shallow comparison). */
export function useLab<T>(select: (state: LabState) => T): T {
  return useStore(lab, useShallow(select));
}

/** As `useLab`, for what changes many times a second: renders again at most once in `ms`. `select` must pick, not make. */
export function useLabEvery<T>(ms: number, select: (state: LabState) => T): T {
  const subscribe = useCallback(
    (changed: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = (): void => {
        timer = undefined;
        changed();
      };
      const stop = lab.subscribe(() => {
        timer ??= setTimeout(look, ms);
      });
      return () => {
        stop();
        clearTimeout(timer);
      };
    },
    [ms],
  );
  return useSyncExternalStore(subscribe, () => select(lab.getState()));
}
