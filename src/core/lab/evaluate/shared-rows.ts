import { wilson } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { LEAST_HELD } from "../../metrics/measuring/least-rows.ts";
import type { Pulse } from "../../metrics/metric.ts";
import { count, percentage } from "../../metrics/measuring/verdict.ts";
import { amongReal } from "../../metrics/privacy/among-real.ts";
import { hashRow } from "../../metrics/privacy/row-hash.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { LEAST_PATIENTS } from "../small-cells.ts";

/** Held-out rows that are no strangers to the train rows. */
export interface SharedRows {
  /** Held-out rows that equal a train row in every column, as row numbers. */
  readonly shared: readonly number[];
  readonly holdout: number;
  /** Chance that one more real row equals a train row, by how many train rows equal another. */
  readonly usual: { readonly share: number; readonly error: number };
}

/** Above this share the overlap is said whatever chance gives. */
const SAID_FROM = 0.01;
/** Standard errors above chance from which rows count as shared: of a thousand tables about one loses some wrongly. */
const BEYOND = 3.1;
const PULSE_EVERY = 2048;

/**
 * Finds held-out rows that equal a train row in every column of `train` (numbers to 6 significant digits, missing equals
 * missing). Every row of both is looked at, in time linear in their cells.
 */
export async function sharedRows(train: Table, holdout: Table, pulse: Pulse): Promise<SharedRows> {
  const columns = alignColumns([train, holdout], columnNames(train));
  const seen = new Map<number, number>();
  for (let row = 0; row < train.rows; row++) {
    const key = hashRow(columns, 0, row);
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (row % PULSE_EVERY === 0) await pulse();
  }
  let [alone, paired] = [0, 0];
  for (const rows of seen.values()) {
    if (rows === 1) alone++;
    else if (rows === 2) paired += 2;
  }
  const shared: number[] = [];
  for (let row = 0; row < holdout.rows; row++) {
    if (seen.has(hashRow(columns, 1, row))) shared.push(row);
    if (row % PULSE_EVERY === 0) await pulse();
  }
  const usual = train.rows > 0 ? amongReal(train.rows, alone, paired, train) : { share: 0, error: 0 };
  return { shared, holdout: holdout.rows, usual };
}

/**
 * How many of the shared rows are the same patients', beyond what two draws from one population share: none unless that is
 * sure, all where rows never repeat by chance.
 */
export function samePatients({ shared, holdout, usual }: SharedRows): number {
  if (shared.length < LEAST_PATIENTS || usual.share >= 1) return 0;
  const share = shared.length / holdout;
  const unsure = Math.hypot(share - wilson(shared.length, holdout, BEYOND).low, BEYOND * usual.error);
  if (share - unsure <= usual.share) return 0;
  return Math.round((shared.length - holdout * usual.share) / (1 - usual.share));
}

/** The holdout without the rows that count as train's own, and what must be said of it. */
export interface Strangers {
  readonly holdout: Table;
  /** beside the headline */
  readonly notices: readonly string[];
  readonly notes: readonly string[];
  /** one clause of the verdict: how many rows left */
  readonly caveat?: string;
}

/**
 * Takes the rows out of the holdout that are train's own; where fewer than 40 are left, all. What two draws of coarse columns
 * share by chance stays and is said. Fewer than 5 rows are not spoken of.
 */
export async function strangersOf(train: Table, holdout: Table, rng: Rng, pulse: Pulse): Promise<Strangers> {
  const found = await sharedRows(train, holdout, pulse);
  const same = samePatients(found);
  const shared = found.shared.length;
  if (same === 0) return { holdout, notices: [], notes: byChance(found) };
  const out = new Set(Array.from(rng.choose(shared, same), (i) => found.shared[i]));
  const rows = Int32Array.from({ length: holdout.rows }, (_, row) => row).filter((row) => !out.has(row));
  const enough = rows.length >= LEAST_HELD;
  const of = `${count(same)} of ${count(holdout.rows)} held-out rows`;
  const left = enough
    ? `The other ${count(rows.length)} stand for patients who were not learned from.`
    : `Those left are fewer than ${LEAST_HELD}: nobody counts as held out.`;
  return {
    holdout: takeRows(holdout, enough ? rows : []),
    notices: [
      `${of} equal a training row in every column, more than chance gives, and were taken out. ${left}`,
    ],
    notes: [],
    caveat: `${of} were training rows and were taken out`,
  };
}

function byChance({ shared, holdout, usual }: SharedRows): string[] {
  if (shared.length < LEAST_PATIENTS || shared.length / holdout <= SAID_FROM) return [];
  return [
    `${count(shared.length)} of ${count(holdout)} held-out rows (${percentage(shared.length / holdout)}) equal a training row in every column; ` +
      `of training rows ${percentage(usual.share)} equal another one. That is what these columns give by chance: equal rows need ` +
      `not be one patient. But held-out rows lie close to training rows by themselves, so the privacy measures can tell copying apart less well.`,
  ];
}
