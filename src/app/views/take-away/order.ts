/** What the person wants to take away: how many rows, from which seed. Kept while the page is open. */
import { createStore, useStore } from "zustand";
import type { RunView } from "../../../worker/protocol.ts";
import type { LabState } from "../../state/lab.ts";
import { useLab } from "../../state/use-lab.ts";

export const MOST_ROWS = 10_000_000;

interface Order {
  /** undefined = as many as the source */
  readonly rows: number | undefined;
  /** undefined = the run's own seed */
  readonly seed: number | undefined;
}

const order = createStore<Order>(() => ({ rows: undefined, seed: undefined }));

export const setOrder = (change: Partial<Order>): void => order.setState(change);

/** As many rows as the source had, where that is known. */
function sourceRows(state: LabState, run: RunView): number {
  if (run.report) return run.report.shape.train + run.report.shape.holdout;
  return state.table && state.table.name === run.table ? state.table.rows : 1000;
}

/** Rows and seed as they will be used for this run. */
export function useOrder(run: RunView): { rows: number; seed: number } {
  const { rows, seed } = useStore(order);
  const asSource = useLab((state) => sourceRows(state, run));
  return { rows: rows ?? asSource, seed: seed ?? run.request.seed };
}
