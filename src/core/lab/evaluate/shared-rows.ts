import { wilson } from "../../math/intervals.ts";
import { alignColumns, type AlignedColumn } from "../../metrics/measuring/align.ts";
import type { Pulse } from "../../metrics/metric.ts";
import { count, percentage } from "../../metrics/measuring/verdict.ts";
import type { Table } from "../../table/table.ts";
import { LEAST_PATIENTS } from "../small-cells.ts";

/** Held-out rows that are no strangers to the train rows. */
export interface SharedRows {
  /** Held-out rows that equal a train row in every column. */
  readonly shared: number;
  readonly holdout: number;
  /** Train rows that equal another train row: what two draws from the same patients share by chance. */
  readonly twins: number;
  readonly train: number;
}

/** Above this share the overlap is said whatever chance gives. */
const SAID_FROM = 0.01;
const PULSE_EVERY = 2048;

/**
 * Counts held-out rows that equal a train row in every column of `train` (numbers to 6 significant digits, missing equals
 * missing), by a 53-bit key of each row. Every row of both is looked at, in time linear in their cells.
 */
export async function sharedRows(train: Table, holdout: Table, pulse: Pulse): Promise<SharedRows> {
  const names = train.schema.columns.map(({ name }) => name);
  const columns = alignColumns([train, holdout], names);
  const seen = new Map<number, number>();
  let twins = 0;
  for (let row = 0; row < train.rows; row++) {
    const key = keyOf(columns, 0, row);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    if (before > 0) twins += before === 1 ? 2 : 1;
    if (row % PULSE_EVERY === 0) await pulse();
  }
  let shared = 0;
  for (let row = 0; row < holdout.rows; row++) {
    if (seen.has(keyOf(columns, 1, row))) shared++;
    if (row % PULSE_EVERY === 0) await pulse();
  }
  return { shared, holdout: holdout.rows, twins, train: train.rows };
}

/**
 * The sentence for the report's notes: when more held-out rows repeat a train row than train rows repeat each other
 * (95% Wilson interval), or more than 1%. Fewer than 5 rows are not spoken of.
 */
export function sharedRowsNote({ shared, holdout, twins, train }: SharedRows): string[] {
  if (shared < LEAST_PATIENTS || train === 0) return [];
  const [share, usual] = [shared / holdout, twins / train];
  const more = wilson(shared, holdout).low > usual;
  if (!more && share <= SAID_FROM) return [];
  const facts =
    `${count(shared)} of ${count(holdout)} held-out rows (${percentage(share, 1)}) equal a training row in every column; ` +
    `of training rows ${percentage(usual, 1)} equal another one.`;
  const meaning = more
    ? "That is more than chance gives: some patients may stand on both sides. The held-out rows are then no strangers, so what the privacy measures set beside the synthetic rows is itself close to copying, and a synthetic table that copies looks more harmless than it is."
    : "That is what these columns give by chance: equal rows need not be one patient. But held-out rows lie close to training rows by themselves, so the privacy measures can tell copying apart less well.";
  return [`${facts} ${meaning}`];
}

const bits = new DataView(new ArrayBuffer(8));

function keyOf(columns: readonly AlignedColumn[], side: 0 | 1, row: number): number {
  let a = 0x811c9dc5;
  let b = 0x2545f491;
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 0x85ebca6b);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0xc2b2ae35);
    b ^= b >>> 13;
  };
  for (const column of columns) {
    if (column.type === "coded") mix((column.codes[side]?.[row] as number) + 2);
    else {
      bits.setFloat64(0, sixDigits(column.values[side]?.[row] as number));
      mix(bits.getInt32(0));
      mix(bits.getInt32(4));
    }
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}

/** Rounded to 6 significant digits; -0 is 0, every NaN the same. */
function sixDigits(value: number): number {
  if (Number.isNaN(value)) return NaN;
  if (value === 0 || (Number.isInteger(value) && Math.abs(value) < 1e6)) return value + 0;
  return Number(value.toPrecision(6));
}
