import { bootstrapWeights, percentileInterval, Z90, Z95 } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { rankOrder, rocAuc } from "../../math/scores/roc-auc.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import { equalSizes, samplesOf } from "../measuring/equal-sizes.ts";
import { tooFewPatients } from "../measuring/least-rows.ts";
import { isFew, patientsOf } from "../measuring/patients.ts";
import type { Interval, Measurement, Pulse, Tables } from "../metric.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const FOLDS = 5;
const RESAMPLES = 200;
const LEAST_PATIENTS = 30;
/** Draws of both tables that are averaged; above so many rows, where each is dear; and where only the value is asked for. */
const [DRAWS, FEW_DRAWS, VALUE_DRAWS] = [5, 3, 2];
const DEAR = 120;

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
  /** what it is shown, one and several; rows unless said */
  readonly shown?: readonly [string, string];
  /** begins the note, e.g. "“Told apart” is measured on" */
  readonly subject: string;
  /** rows of a patient that a draw holds, at most; 1 unless said */
  readonly each?: number;
  /** rows of each table above which this many of the 5 folds are scored */
  readonly besides?: { readonly above: number; readonly folds: number };
}

/**
 * The classifier two-sample test (Lopez-Paz and Oquab 2017) with cross-validated AUC: synthetic rows against held-out ones,
 * beside training rows against the same held-out ones, as many of each, both the mean over several draws and paired in
 * them.
 */
export async function toldApart(
  { train, holdout, synthetic }: Tables,
  how: TellApart,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<Measurement> {
  const few = tooFewPatients({ train, holdout });
  if (few !== undefined) return skipped(few, "patients");
  const least = Math.min(...[train, holdout, synthetic].map(patientsOf));
  if (least < LEAST_PATIENTS) {
    const has = isFew(least) ? "fewer than 5" : `${least}`;
    return skipped(
      `The smallest of the three tables has ${has} patients; at least ${LEAST_PATIENTS} are needed.`,
      "patients",
    );
  }
  const { most, learn, besides, each = 1, shown: [one, several] = ["row", "rows"] } = how;
  const draws = valueOnly ? VALUE_DRAWS : least <= DEAR ? DRAWS : FEW_DRAWS;
  const size = { most: Math.min(Math.ceil(most / each), patientsOf(train)), draws, each };
  const sizes = equalSizes({ holdout, synthetic }, rng, size);
  const trains = samplesOf(train, sizes.rows, draws, rng.fork("training samples"), each);
  const folds = besides && sizes.rows * each > besides.above ? besides.folds : FOLDS;
  const tell = (a: Table, b: Table, label: string): Promise<Told> =>
    tellApart(a, b, { folds, learn }, rng.fork(label), pulse);
  const pairs: Pair[] = [];
  for (let i = 0; i < draws; i++) {
    const [held, made, real] = [sizes.holdout, sizes.synthetic, trains].map(
      ({ tables }) => tables[i % tables.length] as Table,
    ) as [Table, Table, Table];
    const own = await tell(held, made, `draw ${i}`);
    pairs.push({ own, reference: valueOnly ? own : await tell(held, real, `draw ${i}`) });
  }
  if (valueOnly) return valueAlone(mean(pairs.map(({ own }) => own.auc)));
  const distinct = sizes.synthetic.tables.length > 1 && trains.tables.length > 1;
  const variance = distinct ? Math.max(sizes.synthetic.variance, trains.variance) : 1;
  const spread = await spreadOf(pairs, { distinct, variance }, rng.fork("resamples"), pulse);
  const [auc, usual] = [
    mean(pairs.map(({ own }) => own.auc)),
    mean(pairs.map(({ reference }) => reference.auc)),
  ];
  const rows = Math.min(train.rows, synthetic.rows, most);
  const [a, b] = [atMost(train, rows, rng.fork("a")), atMost(synthetic, rows, rng.fork("b"))];
  const trained = await tell(a, b, "train");
  const against = { value: trained.auc, interval: await trained.interval(0.95, rng.fork("train"), pulse) };
  const share = [0, 1] as const;
  const own = { value: auc, interval: around(auc, Z95 * spread.own, share) };
  const baseline = { value: usual, interval: around(usual, Z90 * spread.reference, share) };
  const row = (name: string, measured: typeof own) => ({
    name,
    unit: "share" as const,
    synthetic: measured,
    baseline,
    chance: 0.5,
  });
  return {
    ...besideReal(
      "lower",
      auc,
      own.interval,
      baseline,
      (value) => 100 * (1 - 2 * Math.max(0, value - 0.5)),
      around(auc - usual, Z95 * spread.loss, [-1, 1]),
    ),
    sentence:
      `Shown a synthetic and a held-out real ${one}, ${how.classifier} picks the synthetic one ${percentage(auc)} ` +
      `of the time; chance is 50%, and for two real samples it is ${percentage(usual)}.`,
    detail: {
      type: "figures",
      rows: [row(`Against held-out ${several}`, own), row(`Against training ${several}`, against)],
    },
    ...noteOf(how, [train, holdout, synthetic], folds),
  };
}

function noteOf({ subject, most }: TellApart, tables: readonly Table[], folds: number): { note?: string } {
  const { note } = drawnNote(subject, tables, most);
  return note ? { note: folds < FOLDS ? `${note} ${folds} of ${FOLDS} folds are scored.` : note } : {};
}

/** One draw: the same held-out rows against synthetic and against training rows. */
interface Pair {
  readonly own: Told;
  readonly reference: Told;
}

/**
 * Standard errors of the means over draws and of the mean difference. Two sources add up: the rows that stand against the
 * held-out ones, with the folds and the learner's luck, which differ between draws; and the held-out rows, which all draws
 * share and which are resampled in both alike. A bootstrap of the scores alone misses that other rows would have taught
 * another classifier, so the spread between draws counts where it is larger.
 */
async function spreadOf(
  pairs: readonly Pair[],
  { distinct, variance }: { distinct: boolean; variance: number },
  rng: Rng,
  pulse: Pulse,
): Promise<Record<"own" | "reference" | "loss", number>> {
  const kinds = {
    own: ({ own }: Aucs) => own,
    reference: ({ reference }: Aucs) => reference,
    loss: ({ own, reference }: Aucs) => own - reference,
  };
  const rows: Aucs[] = [];
  const held: Aucs[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const { own, reference } = pairs[i % pairs.length] as Pair;
    const others = bootstrapWeights(own.size, rng, own.whose[1]);
    const more = bootstrapWeights(reference.size, rng, reference.whose[1]);
    rows.push({
      own: own.of(undefined, others) - own.auc,
      reference: reference.of(undefined, more) - reference.auc,
    });
    const shared = sharedWeights(pairs, rng);
    held.push({
      own: mean(pairs.map((pair) => pair.own.of(shared(pair.own)))),
      reference: mean(pairs.map((pair) => pair.reference.of(shared(pair.reference)))),
    });
    await pulse();
  }
  const between = pairs.map(({ own, reference }) => ({ own: own.auc, reference: reference.auc }));
  const errorOf = (of: (aucs: Aucs) => number): number => {
    const [apart, drawn] = [standardDeviation(between.map(of)) ** 2, standardDeviation(rows.map(of)) ** 2];
    const others = distinct ? variance * Math.max(apart, drawn) : apart / pairs.length + drawn;
    return Math.sqrt(others + standardDeviation(held.map(of)) ** 2);
  };
  return { own: errorOf(kinds.own), reference: errorOf(kinds.reference), loss: errorOf(kinds.loss) };
}

/** One resample of the held-out patients, in every draw the same: rows, where a draw holds one of each patient. */
function sharedWeights(pairs: readonly Pair[], rng: Rng): (told: Told) => Uint16Array {
  const known = pairs.flatMap(({ own, reference }) => [own.whose[0], reference.whose[0]]);
  if (known.includes(undefined)) {
    const weights = bootstrapWeights(pairs[0]?.own.size ?? 0, rng);
    return () => weights;
  }
  const patients = [...new Set(known.flatMap((whose) => [...(whose as Int32Array)]))];
  const drawn = bootstrapWeights(patients.length, rng);
  const times = new Map(patients.map((patient, i) => [patient, drawn[i] as number]));
  return ({ whose }) => Uint16Array.from(whose[0] as Int32Array, (patient) => times.get(patient) as number);
}

interface Aucs {
  readonly own: number;
  readonly reference: number;
}

interface Told {
  readonly auc: number;
  /** rows of either side */
  readonly size: number;
  /** whose they are on either side, where a patient has several */
  readonly whose: readonly [Int32Array | undefined, Int32Array | undefined];
  /** the AUC with each row of `a` and of `b` counted so often */
  of(a?: Uint16Array, b?: Uint16Array): number;
  /** bootstrap of both sides' patients */
  interval(share: number, rng: Rng, pulse: Pulse): Promise<Interval>;
}

/** Cross-validated AUC of `a` (label 0) against `b` (label 1), equally many rows, over the first `folds` of 5 folds. */
async function tellApart(
  a: Table,
  b: Table,
  how: { folds: number; learn: Learn },
  rng: Rng,
  pulse: Pulse,
): Promise<Told> {
  const size = Math.min(a.rows, b.rows);
  const sides = [atMost(a, size, rng.fork("a")), atMost(b, size, rng.fork("b"))];
  const columns = alignColumns(sides, columnNames(a));
  const labels = Int32Array.from({ length: 2 * size }, (_, row) => (row < size ? 0 : 1));
  const folds = sides.map(({ patients }, i) => partsOf(size, FOLDS, rng.fork(`folds ${i}`), patients));
  const fold = Uint8Array.from(labels, (side, row) => folds[side]?.[row - side * size] as number);
  const classify = how.learn(columns, labels);
  const all = Int32Array.from(labels.keys());
  const scores: number[] = [];
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
      scored.push(row);
    });
  }
  const truth = scored.map((row) => labels[row] as number);
  const order = rankOrder(scores);
  const of = (x?: Uint16Array, y?: Uint16Array): number => {
    const weights = Uint16Array.from(scored, (row) =>
      row < size ? (x?.[row] ?? 1) : (y?.[row - size] ?? 1),
    );
    return rocAuc(scores, truth, x || y ? weights : undefined, order);
  };
  return {
    auc: of(),
    size,
    whose: [sides[0]?.patients, sides[1]?.patients],
    of,
    async interval(share, draws, beat) {
      const resampled: number[] = [];
      for (let i = 0; i < RESAMPLES; i++) {
        const [x, y] = sides.map(({ patients }) => bootstrapWeights(size, draws, patients));
        resampled.push(of(x, y));
        await beat();
      }
      return percentileInterval(resampled, share);
    },
  };
}
