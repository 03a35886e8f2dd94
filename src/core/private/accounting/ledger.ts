import type { Spend } from "./spend.ts";
import { epsilonOfSpends } from "./total-spent.ts";

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

/** What everything that was kept of a table comes to together. */
export interface Total {
  readonly epsilon: number;
  readonly delta: number;
}

/** A line of the ledger as a person reads it; `soFar`: epsilon of everything up to it. */
export type LedgerLine =
  | { readonly of: "run"; readonly entry: LedgerEntry; readonly rho: number; readonly soFar: number }
  | {
      readonly of: "spend";
      readonly spend: Spend;
      /** of the run's rho; left out where a part of the run is not counted in rho */
      readonly share?: number;
      readonly soFar: number;
    };

export const emptyLedger = (table: string, mark: Ledger["mark"]): Ledger => ({
  format: "semblance-ledger",
  version: 1,
  table,
  mark,
  entries: [],
});

/** With `entry` at its end. A second run of one name gets a name of its own; the same entry again changes nothing. */
export function addEntry(ledger: Ledger, entry: LedgerEntry): Ledger {
  const names = new Set(ledger.entries.map(({ run }) => run));
  const same = (one: LedgerEntry): boolean =>
    JSON.stringify({ ...one, run: entry.run }) === JSON.stringify({ ...entry, run: entry.run });
  if (ledger.entries.some(same)) return ledger;
  let run = entry.run;
  for (let i = 2; names.has(run); i++) run = `${entry.run} (${i})`;
  return { ...ledger, entries: [...ledger.entries, { ...entry, run }] };
}

/** Without the entry of `run`: a person gave their word that nothing of it left. */
export const strikeEntry = (ledger: Ledger, run: string): Ledger => ({
  ...ledger,
  entries: ledger.entries.filter((one) => one.run !== run),
});

/**
 * Epsilon of all runs together at one delta: the smallest of theirs unless said, and at least twice what the thresholds of
 * all took of it. Curves are added, not epsilons. Epsilon 0 and delta 0 of an empty ledger.
 */
export function totalOf({ entries }: Pick<Ledger, "entries">, delta = deltaOfAll(entries)): Total {
  return { epsilon: epsilonOfSpends(spendsOf(entries), delta), delta };
}

/** The runs before, each as a line, and then every spend of `entry`. The last line's epsilon is that of all together. */
export function ledgerLines(
  entry: Pick<LedgerEntry, "spent" | "delta">,
  before: readonly LedgerEntry[] = [],
): LedgerLine[] {
  const delta = deltaOfAll([...before, entry]);
  const earlier = spendsOf(before);
  const runs = before.map((one, i): LedgerLine => ({
    of: "run",
    entry: one,
    rho: rhoOfAll(one.spent),
    soFar: epsilonOfSpends(spendsOf(before.slice(0, i + 1)), delta),
  }));
  const whole = rhoOfAll(entry.spent);
  const shared = whole > 0 && entry.spent.every(({ sampled }) => sampled === undefined);
  const spends = entry.spent.map((spend, i): LedgerLine => ({
    of: "spend",
    spend,
    ...(shared && { share: spend.rho / whole }),
    soFar: epsilonOfSpends([...earlier, ...entry.spent.slice(0, i + 1)], delta),
  }));
  return [...runs, ...spends];
}

const spendsOf = (entries: readonly Pick<LedgerEntry, "spent">[]): Spend[] =>
  entries.flatMap(({ spent }) => spent);

const rhoOfAll = (spends: readonly Spend[]): number => spends.reduce((sum, { rho }) => sum + rho, 0);

function deltaOfAll(entries: readonly Pick<LedgerEntry, "spent" | "delta">[]): number {
  if (entries.length === 0) return 0;
  const thresholds = spendsOf(entries).reduce((sum, { delta = 0 }) => sum + delta, 0);
  return Math.min(1, Math.max(2 * thresholds, Math.min(...entries.map(({ delta }) => delta))));
}
