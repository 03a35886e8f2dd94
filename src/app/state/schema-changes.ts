/** Changes to what was inferred of the open table, to be undone and done again. */
import type { SchemaChange } from "../../core/table/profile.ts";
import { lab, tell } from "./lab.ts";
import type { History } from "./lab-state.ts";
import { nextJob, send } from "./worker-link.ts";

/** These changes in the place of those that were made: of a table that was opened once more, or with saved ones after them. */
export function applyChanges(changes: readonly SchemaChange[]): void {
  if (changes.length > 0) applyHistory({ past: changes, future: [] });
}

/** `change`: the last one of it, that a fault is about */
function applyHistory(history: History, change?: SchemaChange): void {
  const job = nextJob();
  tell({ type: "page-revising", job, history, ...(change && { change }) });
  send({ type: "revise", job, changes: history.past });
}

export function revise(change: SchemaChange): void {
  const { past } = lab.getState().history;
  applyHistory({ past: [...past, change], future: [] }, change);
}

/** Several changes at once, each of them undone by itself. */
export function reviseAll(changes: readonly SchemaChange[]): void {
  const { past } = lab.getState().history;
  if (changes.length > 0) applyHistory({ past: [...past, ...changes], future: [] }, changes.at(-1));
}

export function undo(): void {
  const { past, future } = lab.getState().history;
  const last = past.at(-1);
  if (last !== undefined) applyHistory({ past: past.slice(0, -1), future: [last, ...future] });
}

/** Takes one change back, whatever came after it; where a later one cannot be made without it, all stays as it is. */
export function undoAt(at: number): void {
  const { past } = lab.getState().history;
  if (at === past.length - 1) undo();
  else if (at in past) applyHistory({ past: past.toSpliced(at, 1), future: [] });
}

export function redo(): void {
  const { past, future } = lab.getState().history;
  const next = future[0];
  if (next !== undefined) applyHistory({ past: [...past, next], future: future.slice(1) }, next);
}
