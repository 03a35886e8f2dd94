import { createRng } from "../../../math/rng.ts";
import { epsilonOfSpends } from "../../../private/accounting/total-spent.ts";
import type { Spend } from "../../../private/accounting/spend.ts";
import type { Guarantee } from "../../../private/guarantee.ts";
import { findSynthesizer } from "../../../synthesizers/registry.ts";
import type { ReleasedTable } from "../../../synthesizers/synthesizer.ts";
import type { Table } from "../../../table/table.ts";
import { guaranteeIn } from "../../guarantee/guarantee-in.ts";
import { guaranteeWords } from "../../../words/guarantee.ts";
import { CLAIMED_PREFIX } from "../../model-file/claimed-report.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { FaultError } from "../../../fault.ts";

/** Synthetic rows that are drawn to be compared. */
const MOST_ROWS = 20_000;

/** One noisy table of the model beside the rows that the model draws. */
export interface ReleasedComparison {
  readonly columns: readonly string[];
  readonly cells: number;
  /** total variation between the synthetic rows and the noisy table, 0 to 1 */
  readonly variation: number;
  /** what noise of the table and chance of the draw alone would give, on average */
  readonly byNoise: number;
}

/** One line of the run's own ledger. */
export interface LedgerLine extends Spend {
  /** epsilon of the lines so far, at the run's delta */
  readonly epsilonSoFar: number;
}

/**
 * A report for outside: what is in it comes from the model file alone, which the guarantee covers, and from rows drawn from it.
 * No real patient is read.
 */
export interface ReleaseReport {
  readonly table: string;
  readonly synthesizer: string;
  readonly seed: number;
  readonly guarantee: Guarantee;
  /** of a model that came as a file: that all this is what the file says, in one sentence */
  readonly claimed?: string;
  readonly ledger: readonly LedgerLine[];
  /** synthetic rows that were compared; same model and seed, same rows */
  readonly rows: number;
  /** left out: the method keeps no noisy tables */
  readonly compared?: readonly ReleasedComparison[];
}

/** Throws FaultError `bad-use` where the model has no guarantee, `model-damaged` where it is not one. */
export async function releaseReport(model: TrainedModel): Promise<ReleaseReport> {
  const { artifact, facts } = model;
  const guarantee = guaranteeIn(artifact);
  if (guarantee === undefined)
    throw new FaultError({ code: "bad-use", message: "This run has no privacy guarantee." });
  const claimed = facts.notices?.find((notice) => notice.startsWith(CLAIMED_PREFIX));
  const rows = Math.min(MOST_ROWS, guarantee.rows);
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  try {
    const drawn = await loaded.sample(rows, createRng(facts.seed).fork("report for outside"));
    const released = loaded.released?.() ?? [];
    return {
      table: facts.table,
      synthesizer: facts.synthesizerName,
      seed: facts.seed,
      guarantee,
      ...(claimed !== undefined && { claimed }),
      ledger: ledgerOf(guarantee),
      rows,
      ...(released.length > 0 && { compared: released.map((one) => comparedWith(one, drawn)) }),
    };
  } finally {
    loaded.dispose();
  }
}

/** What the guarantee says, in sentences; of a model that came as a file, that it is the file that says so. */
export const releaseWords = ({ claimed, guarantee }: ReleaseReport): string[] =>
  claimed === undefined ? guaranteeWords(guarantee) : [claimed];

const ledgerOf = ({ spent, delta }: Guarantee): LedgerLine[] =>
  spent.map((one, i) => ({ ...one, epsilonSoFar: epsilonOfSpends(spent.slice(0, i + 1), delta) }));

/** @param drawn at least one row */
export function comparedWith(released: ReleasedTable, drawn: Table): ReleasedComparison {
  const { columns, shares, noise, cellsOf } = released;
  const counts = new Float64Array(shares.length);
  for (const cell of cellsOf(drawn)) if (cell >= 0) counts[cell] = (counts[cell] as number) + 1;
  let [variation, byNoise] = [0, 0];
  for (const [cell, share] of shares.entries()) {
    variation += Math.abs((counts[cell] as number) / drawn.rows - share) / 2;
    const chance = (Math.max(0, share) * Math.max(0, 1 - share)) / drawn.rows;
    byNoise += (Math.sqrt(2 / Math.PI) * Math.sqrt(noise * noise + chance)) / 2;
  }
  return { columns, cells: shares.length, variation, byNoise };
}
