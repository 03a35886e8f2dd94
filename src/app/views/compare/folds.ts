/** Which folds of the page are open; a fold is known by its id, and its content is drawn only while it is open. */
import { createContext, useContext } from "react";
import type { Family } from "../../../core/metrics/metric.ts";

export interface Folds {
  readonly open: ReadonlySet<string>;
  toggle(id: string): void;
  /** opens what `ids` name, and moves the focus to the last of them once it is there */
  show(...ids: readonly string[]): void;
}

export const FoldsContext = createContext<Folds>({
  open: new Set(),
  toggle: () => undefined,
  show: () => undefined,
});

export const useFolds = (): Folds => useContext(FoldsContext);

export const sideFold = (family: Family): string => `side-${family}`;
/** those of a side that are as good as held-out patients, which stay folded at first */
export const goodFold = (family: Family): string => `good-${family}`;
export const measureFold = (id: string): string => `measure-${id}`;
export const partFold = (part: Part): string => `part-${part}`;

/** Pictures of patients over time. */
export type CoursePart = "courses" | "steps" | "survival" | "visits" | "patient" | "first";

/** What belongs to no single measure. */
export type Part = CoursePart | "columns" | "relationships" | "map" | "incidence" | "methods";
