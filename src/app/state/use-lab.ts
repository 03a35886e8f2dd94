import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { lab, type LabState } from "./lab.ts";

/** The part of the lab's state that `select` picks; renders again when that part changes (shallow comparison). */
export function useLab<T>(select: (state: LabState) => T): T {
  return useStore(lab, useShallow(select));
}
