/** What the person wants to take away: how many rows, from which seed, which ones. Kept while the page is open. */
import { createStore, useStore } from "zustand";
import type { ExportFormat } from "../../core/export/formats.ts";
import type { Asked, RunView, StatedUse } from "../../worker/protocol.ts";
import type { LabState } from "./lab-state.ts";
import { guaranteeOfRun } from "./guarantee/guarantee.ts";
import { useLab } from "./use-lab.ts";
import { nothingWanted, type Wanted } from "./conditions.ts";

export const MOST_ROWS = 10_000_000;
export const MOST_PATIENTS = 1_000_000;

interface Order {
  /** undefined = as many as the source */
  readonly rows: number | undefined;
  /** of patients over time; undefined = as many as were learned from */
  readonly patients: number | undefined;
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
  patients: undefined,
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

export const setOrder = (change: Partial<Pick<Order, "rows" | "patients" | "seed" | "format">>): void =>
  order.setState(change);

export const setWanted = (run: string, wanted: Wanted): void =>
  order.setState((state) => ({ wanted: { ...state.wanted, [run]: wanted } }));

/** Which rows are wanted of this run, as the form holds it. */
export const useWanted = (run: string): Wanted =>
  useStore(order, (state) => state.wanted[run] ?? nothingWanted);

/** As many rows as the source had, where that is known; about as many, by the noisy count, under a guarantee. */
function sourceRows(state: LabState, run: RunView): number {
  // How many there were is not public: a file with just as many rows would tell it.
  const guarantee = guaranteeOfRun(run);
  if (guarantee !== undefined) return guarantee.rows;
  if (run.report) return run.report.shape.train + run.report.shape.holdout;
  return state.table && state.table.name === run.table ? state.table.rows : 1000;
}

/** How much is wanted: of patients over time whole ones, and about how many visits those have. */
export interface Amount {
  readonly rows: number;
  readonly patients?: number;
}

/** Whole patients of a model of patients over time, with as many visits each as in what was learned from, or as are asked for. */
function amountOf(run: RunView, patients: number | undefined, asked: Asked | undefined): Amount | undefined {
  const learned = run.facts?.learned;
  if (learned?.patients === undefined) return undefined;
  const wanted = patients ?? learned.patients;
  const { least, most } = asked?.visits ?? { least: 1, most: Infinity };
  const visits = Math.min(most, Math.max(least, learned.rows / learned.patients));
  return { rows: Math.round(wanted * visits), patients: wanted };
}

/** Amount, seed and format as they will be used for this run. */
export function useOrder(
  run: RunView,
  asked?: Asked,
): Amount & { readonly seed: number; readonly format: ExportFormat } {
  const format = useStore(order, (state) => state.format);
  const rows = useStore(order, (state) => state.rows);
  const patients = useStore(order, (state) => state.patients);
  const seed = useStore(order, (state) => state.seed);
  const asSource = useLab((state) => sourceRows(state, run));
  const amount = amountOf(run, patients, asked) ?? { rows: rows ?? asSource };
  return { ...amount, seed: seed ?? run.request.seed, format };
}
