/** What was spent on a table as a person reads it, and what one more run would come to. */
import { createBudget } from "../../private/accounting/budget.ts";
import { totalOf, type Ledger, type LedgerEntry, type Total } from "../../private/accounting/ledger.ts";
import type { Spend } from "../../private/accounting/spend.ts";
import { epsilonOfSpends } from "../../private/accounting/total-spent.ts";

/** JSON-safe; it stays on this machine. */
export interface LedgerView {
  readonly entries: readonly LedgerRun[];
  /** of all entries together; 0 where there are none */
  readonly epsilon: number;
  readonly delta: number;
}

export interface LedgerRun extends LedgerEntry {
  /** epsilon of everything up to each of `spent`, at the ledger's delta; the last: of the run and all before it */
  readonly soFar: readonly number[];
}

/** What the next run would come to together with what is entered. */
export interface LedgerNext extends Total {
  /** less may come of it: the curves of what it will sample are not known yet */
  readonly atMost: boolean;
}

export function viewOfLedger({ entries }: Pick<Ledger, "entries">): LedgerView {
  const { epsilon, delta } = totalOf({ entries });
  const before: Spend[] = [];
  return {
    epsilon,
    delta,
    entries: entries.map((entry) => ({
      ...entry,
      soFar: entry.spent.map((spend) => {
        before.push(spend);
        return epsilonOfSpends(before, delta);
      }),
    })),
  };
}

/** How the next run would spend. */
export interface NextRun {
  readonly epsilon: number;
  readonly delta: number;
  /** thresholds will take their part of delta */
  readonly findsLevels: boolean;
  /** it trains on samples of the patients: its curve is not known before */
  readonly samples: boolean;
}

/** Curves are added where they are known before the run; else epsilons and deltas, which is never too little. */
export function withNextRun({ entries }: Pick<Ledger, "entries">, next: NextRun): LedgerNext {
  const { epsilon, delta, findsLevels, samples } = next;
  const before = totalOf({ entries });
  if (samples)
    return {
      epsilon: before.epsilon + epsilon,
      delta: before.delta + delta,
      atMost: entries.length > 0,
    };
  const { rho, thresholds } = createBudget(epsilon, delta, findsLevels);
  const spend: Spend = {
    what: "",
    columns: "",
    queries: 1,
    sensitivity: 1,
    rho,
    ...(thresholds > 0 && { delta: thresholds }),
  };
  const entry: LedgerEntry = { run: "", synthesizer: "", epsilon, delta, at: "", spent: [spend] };
  return { ...totalOf({ entries: [...entries, entry] }), atMost: false };
}
