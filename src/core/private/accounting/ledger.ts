import type { Spend } from "./spend.ts";

/** One run that was kept. */
export interface LedgerEntry {
  /** the run's id or name; its own line */
  readonly run: string;
  readonly synthesizer: string;
  readonly epsilon: number;
  readonly delta: number;
  /** ISO date-time */
  readonly at: string;
  readonly spent: readonly Spend[];
}

/** Everything that was spent on one table. It is the person's own: it stays where the table is. */
export interface Ledger {
  readonly format: "semblance-ledger";
  readonly version: 1;
  /** name of the table's file */
  readonly table: string;
  /** recognises the table again: a salted hash, of no use without the table */
  readonly mark: { readonly salt: string; readonly sha256: string };
  readonly entries: readonly LedgerEntry[];
}
