/** What the person wants to take away: how many rows, from which seed, which ones. Kept while the page is open. */
import { createStore, useStore } from "zustand";
import type { ExportFormat } from "../../core/export/formats.ts";
import type { RunView, StatedUse } from "../../worker/protocol.ts";
import type { LabState } from "./lab-state.ts";
import { useLab } from "./use-lab.ts";
import { nothingWanted, type Wanted } from "./conditions.ts";

export const MOST_ROWS = 10_000_000;

interface Order {
  /** undefined = as many as the source */
  readonly rows: number | undefined;
  /** undefined = the run's own seed */
  readonly seed: number | undefined;
  readonly format: ExportFormat;
  /** Which rows, by run: another model may have other columns. */
  readonly wanted: Readonly<Record<string, Wanted>>;
  /** what the person says of the use, by run; on this page only, until it is saved into a report */
  readonly uses: Readonly<Record<string, StatedUse>>;
}

const order = createStore<Order>(() => ({
  rows: undefined,
  seed: undefined,
  format: "csv",
  wanted: {},
  uses: {},
}));

const noUse: StatedUse = {};

export const setUse = (run: string, use: StatedUse): void =>
  order.setState((state) => ({ uses: { ...state.uses, [run]: use } }));

export const useStatedUse = (run: string): StatedUse => useStore(order, (state) => state.uses[run] ?? noUse);

/** What was stated of the run's use; undefined where nothing was. */
export function statedUse(run: string): StatedUse | undefined {
  const said = Object.entries(order.getState().uses[run] ?? {}).filter(([, text]) => text.trim() !== "");
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

export const setOrder = (change: Partial<Pick<Order, "rows" | "seed" | "format">>): void =>
  order.setState(change);

export const setWanted = (run: string, wanted: Wanted): void =>
  order.setState((state) => ({ wanted: { ...state.wanted, [run]: wanted } }));

/** Which rows are wanted of this run, as the form holds it. */
export const useWanted = (run: string): Wanted =>
  useStore(order, (state) => state.wanted[run] ?? nothingWanted);

/** As many rows as the source had, where that is known. */
function sourceRows(state: LabState, run: RunView): number {
  if (run.report) return run.report.shape.train + run.report.shape.holdout;
  return state.table && state.table.name === run.table ? state.table.rows : 1000;
}

/** Rows, seed and format as they will be used for this run. */
export function useOrder(run: RunView): { rows: number; seed: number; format: ExportFormat } {
  const format = useStore(order, (state) => state.format);
  const rows = useStore(order, (state) => state.rows);
  const seed = useStore(order, (state) => state.seed);
  const asSource = useLab((state) => sourceRows(state, run));
  return { rows: rows ?? asSource, seed: seed ?? run.request.seed, format };
}
