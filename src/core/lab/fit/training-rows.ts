import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { splitByCoins } from "../../table/coin-split.ts";
import { splitRows, withPatients, type Split } from "../../table/split.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { learnedTable } from "../left-out.ts";

/** Left out: everything is trained on and nothing is held out. */
export type Holdout = { readonly share: number; readonly seed: number } | undefined;

/** Row indices of train and holdout; all rows are train's when nothing is held out. */
export function splitTable(table: Table, holdout: Holdout): Split {
  if (holdout !== undefined) return splitRows(table, holdout);
  return { train: Int32Array.from({ length: table.rows }, (_, i) => i), holdout: new Int32Array(0) };
}

/** Every column of the rows that a run trains on, and whose they are: what rules are asked of. */
export const askedRows = (table: Table, holdout: Holdout): Table => {
  const whole = withPatients(table);
  return holdout === undefined ? whole : takeRows(whole, splitTable(table, holdout).train);
};

/** The split of a run, and what it trains on: the learned columns of the rows that are not held out. */
export function trainingRows(
  table: Table,
  holdout: Holdout,
): { readonly learned: Table; readonly split: Split; readonly train: Table } {
  const learned = learnedTable(table);
  const split = splitTable(table, holdout);
  return { learned, split, train: holdout === undefined ? learned : takeRows(learned, split.train) };
}

/** What a run is split by. */
export interface SplitRequest {
  readonly synthesizer: string;
  readonly holdout?: Holdout;
}

/** The split that a run of `request` has: by coins where its method gives a guarantee (`splitByCoins`). */
export function runSplit(
  table: Table,
  { synthesizer, holdout }: SplitRequest,
  find: (id: string) => Pick<Synthesizer, "guarantee"> = findSynthesizer,
): Split {
  if (holdout === undefined || find(synthesizer).guarantee !== true) return splitTable(table, holdout);
  return splitByCoins(table, holdout);
}
