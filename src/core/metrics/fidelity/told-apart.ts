import { bootstrapWeights, percentileInterval } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { rankOrder, rocAuc } from "../../math/scores/roc-auc.ts";
import type { Table } from "../../table/table.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import { tooFewPatients } from "../measuring/least-rows.ts";
import type { Interval, Measurement, Pulse, Tables } from "../metric.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, percentage, skipped } from "../measuring/verdict.ts";

const FOLDS = 5;
const RESAMPLES = 200;
const LEAST_ROWS = 30;

/**
 * A classifier of the rows of two tables, those of side 0 first: scores of `outside` that rise with how much they look
 * like side 1, learned from `inside`.
 */
export type Learn = (
  columns: readonly AlignedColumn[],
  labels: Int32Array,
) => (inside: Int32Array, outside: Int32Array, pulse: Pulse) => Promise<ArrayLike<number>>;

export interface TellApart {
  readonly learn: Learn;
  /** rows of each table, at most */
  readonly most: number;
  /** how the classifier is named in the sentence, e.g. "a classifier" */
  readonly classifier: string;
  /** begins the note, e.g. "“Told apart” is measured on" */
  readonly subject: string;
  /** rows of each table above which the comparisons beside the main one score this many of the 5 folds */
  readonly besides?: { readonly above: number; readonly folds: number };
}

/**
 * The classifier two-sample test (Lopez-Paz and Oquab 2017) with cross-validated AUC: synthetic rows against held-out ones,
 * and against train. Reference: train against held-out rows.
 */
export async function toldApart(
  { train, holdout, synthetic }: Tables,
  how: TellApart,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<Measurement> {
  const size = Math.min(holdout.rows, synthetic.rows, train.rows);
  if (size < LEAST_ROWS) {
    return skipped(`The smallest of the three tables has ${size} rows; at least ${LEAST_ROWS} are needed.`);
  }
  const few = tooFewPatients({ train, holdout });
  if (few !== undefined) return skipped(few);
  const { most, learn, besides } = how;
  const some = besides && size > besides.above ? besides.folds : FOLDS;
  const tell = (a: Table, b: Table, folds: number, label: string, resamples = RESAMPLES): Promise<Told> =>
    tellApart(a, b, { most, folds, learn, resamples }, rng.fork(label), pulse);
  if (valueOnly) return valueAlone((await tell(holdout, synthetic, some, "synthetic", 0)).auc);
  const own = await tell(holdout, synthetic, FOLDS, "synthetic");
  const reference = await tell(holdout, train, some, "holdout");
  const trained = await tell(train, synthetic, some, "train");
  const baseline = { value: reference.auc, interval: reference.interval(0.9) };
  const row = (name: string, { auc, interval }: Told) => ({
    name,
    unit: "share" as const,
    synthetic: { value: auc, interval: interval(0.95) },
    baseline,
    chance: 0.5,
  });
  return {
    ...besideReal(
      "lower",
      own.auc,
      own.interval(0.95),
      baseline,
      (auc) => 100 * (1 - 2 * Math.max(0, auc - 0.5)),
    ),
    sentence:
      `Shown a synthetic and a held-out real row, ${how.classifier} picks the synthetic one ${percentage(own.auc)} ` +
      `of the time; chance is 50%, and for two real samples it is ${percentage(reference.auc)}.`,
    detail: {
      type: "figures",
      rows: [row("Against held-out rows", own), row("Against training rows", trained)],
    },
    ...noteOf(how, [train, holdout, synthetic], some),
  };
}

function noteOf({ subject, most }: TellApart, tables: readonly Table[], folds: number): { note?: string } {
  const { note } = drawnNote(subject, tables, most);
  const beside = folds < FOLDS ? ` Its reference scores ${folds} of the ${FOLDS} folds.` : "";
  return note ? { note: note + beside } : {};
}

interface Told {
  readonly auc: number;
  interval(share: number): Interval;
}

/** Cross-validated AUC of `a` (label 0) against `b` (label 1), as many rows of each, over the first `folds` of 5 folds. */
async function tellApart(
  a: Table,
  b: Table,
  how: { most: number; folds: number; learn: Learn; resamples: number },
  rng: Rng,
  pulse: Pulse,
): Promise<Told> {
  const size = Math.min(a.rows, b.rows, how.most);
  const sides = [atMost(a, size, rng.fork("a")), atMost(b, size, rng.fork("b"))];
  const columns = alignColumns(sides, columnNames(a));
  const labels = Int32Array.from({ length: 2 * size }, (_, row) => (row < size ? 0 : 1));
  const folds = sides.map(({ patients }, i) => partsOf(size, FOLDS, rng.fork(`folds ${i}`), patients));
  const fold = Uint8Array.from(labels, (side, row) => folds[side]?.[row - side * size] as number);
  const whose = patientsOf(sides);
  const classify = how.learn(columns, labels);
  const all = Int32Array.from(labels.keys());
  const scores: number[] = [];
  const truth: number[] = [];
  const scored: number[] = [];
  for (let f = 0; f < how.folds; f++) {
    const outside = all.filter((row) => fold[row] === f);
    const found = await classify(
      all.filter((row) => fold[row] !== f),
      outside,
      pulse,
    );
    outside.forEach((row, i) => {
      scores.push(found[i] as number);
      truth.push(labels[row] as number);
      scored.push(row);
    });
  }
  const order = rankOrder(scores);
  const resampled: number[] = [];
  const draws = rng.fork("resamples");
  const clusters = whose && scored.map((row) => whose[row] as number);
  for (let i = 0; i < how.resamples; i++) {
    resampled.push(rocAuc(scores, truth, bootstrapWeights(scores.length, draws, clusters), order));
    await pulse();
  }
  return {
    auc: rocAuc(scores, truth, undefined, order),
    interval: (share) => percentileInterval(resampled, share),
  };
}

/** Whose the rows of the two sides are, one after the other; undefined where each is a patient's only one. */
function patientsOf(sides: readonly Table[]): Int32Array | undefined {
  if (sides.every(({ patients }) => patients === undefined)) return undefined;
  let first = 0;
  return Int32Array.from(
    sides.flatMap(({ patients, rows }) => {
      const own = Array.from({ length: rows }, (_, row) => first + (patients?.[row] ?? row));
      first = own.reduce((most, patient) => Math.max(most, patient), first) + 1;
      return own;
    }),
  );
}
