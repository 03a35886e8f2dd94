/** Changes to what was inferred of the open table, to be undone and done again. */
import type { SchemaChange } from "../../core/table/profile.ts";
import { lab, tell } from "./lab.ts";
import type { History } from "./lab-state.ts";
import { nextJob, send } from "./worker-link.ts";

/** The changes of a table that was opened once more. */
export function applyChanges(changes: readonly SchemaChange[]): void {
  if (changes.length > 0) applyHistory({ past: changes, future: [] });
}

function applyHistory(history: History): void {
  const job = nextJob();
  tell({ type: "page-revising", job, history });
  send({ type: "revise", job, changes: history.past });
}

export function revise(change: SchemaChange): void {
  const { past } = lab.getState().history;
  applyHistory({ past: [...past, change], future: [] });
}

export function undo(): void {
  const { past, future } = lab.getState().history;
  const last = past.at(-1);
  if (last !== undefined) applyHistory({ past: past.slice(0, -1), future: [last, ...future] });
}

export function redo(): void {
  const { past, future } = lab.getState().history;
  const next = future[0];
  if (next !== undefined) applyHistory({ past: [...past, next], future: future.slice(1) });
}
