import type { LedgerEntry } from "../../private/accounting/ledger.ts";
import type { Guarantee } from "../../private/guarantee.ts";
import type { RunFacts } from "../../report/report.ts";

/** The run's entry in the ledger of its table; undefined where it has no guarantee. `run`: what the person calls it. */
export function entryOf(
  { guarantee, synthesizer, finishedAt }: Pick<RunFacts, "guarantee" | "synthesizer" | "finishedAt">,
  run: string,
): LedgerEntry | undefined {
  if (guarantee === undefined) return undefined;
  const { epsilon, delta, spent } = guarantee satisfies Guarantee;
  return { run, synthesizer, epsilon, delta, at: finishedAt, spent };
}
