import { bootstrapWeights, percentileInterval, wilson } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { groupModels } from "./group-models.ts";
import type { GroupModels, PredictedTarget } from "./group-models.ts";
import type { Grouping } from "./groups.ts";
import type { Detail, Measured, Measurement, Pulse, Tables, Unit } from "../metric.ts";
import { patientsPerRow } from "../measuring/patients.ts";
import { besideReal, skipped } from "../measuring/verdict.ts";

const RESAMPLES = 100;

/** What a two-class model says of the held-out rows of one group, rows counted by their weights. */
export interface GroupTally {
  rows: number;
  /** of the positive class */
  positives: number;
  /** predicted to be of it; rows whose risk ties at the threshold count in part */
  flagged: number;
  /** of it, and predicted to be */
  hits: number;
  /** sum of the predicted probabilities */
  probability: number;
}

/** One number of a group that a model should give all groups alike. */
export interface GroupRate {
  readonly name: string;
  readonly unit: Unit;
  /** the rate, and of how many rows it is one; NaN where there is none */
  of(tally: GroupTally): { readonly value: number; readonly rows: number };
}

export interface GapQuestion {
  readonly rates: readonly GroupRate[];
  /** held-out patients of either class that a group needs */
  readonly leastOfClass: number;
  /** the sentence; `own` and `real` are the gaps of both models in percentage points */
  words(models: {
    readonly positive: string;
    readonly column: string;
    readonly own: string;
    readonly real: string;
  }): string;
}

interface Speaking {
  readonly grouping: Grouping;
  readonly groups: Grouping["groups"];
}

/**
 * The greatest difference between two groups of a rate, for the model learned from synthetic rows, where it exceeds that
 * of the model learned from real rows most; both scored on the same held-out rows. Positive is predicted for as many of
 * them as train has of the positive class, the likeliest ones. Intervals: paired bootstrap of the held-out rows, centred.
 */
export async function measureGap(
  question: GapQuestion,
  tables: Tables,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<Measurement> {
  const models = await groupModels(tables, pulse);
  await pulse();
  if ("reason" in models) return skipped(models.reason);
  const { predicted } = models;
  const positive = predicted.type === "classes" ? predicted.positive : undefined;
  if (predicted.type !== "classes" || positive === undefined) {
    return skipped(`Only a target of two classes is compared between groups; ${models.target} is not one.`);
  }
  const answers = {
    real: answersOf(models.real, predicted),
    synthetic: answersOf(models.synthetic, predicted),
  };
  const { patients: whose } = models.groupings.tables.holdout;
  const enough = (rows: Int32Array): boolean =>
    [0, 1].every((label) => {
      const of = rows.filter((row) => answers.real.truth[row] === label);
      return (
        (whose ? new Set(of.map((row) => whose[row] as number)) : new Set(of)).size >= question.leastOfClass
      );
    });
  const speaking = models.groupings.single
    .map((grouping): Speaking => ({
      grouping,
      groups: grouping.groups.filter(({ tooSmall, rows }) => tooSmall === undefined && enough(rows[1])),
    }))
    .filter(({ groups }) => groups.length > 1);
  if (speaking.length === 0)
    return skipped("No column has two groups with enough held-out patients to compare.");
  const gaps = (weights?: Uint16Array) =>
    speaking.map(({ groups }) => ({
      real: gapOf(
        question.rates,
        groups.map(({ rows }) => tallyOf(answers.real, rows[1], weights)),
      ),
      synthetic: gapOf(
        question.rates,
        groups.map(({ rows }) => tallyOf(answers.synthetic, rows[1], weights)),
      ),
    }));
  const plain = gaps();
  const at = plain.reduce(
    (best, gap, i) =>
      gap.synthetic - gap.real > (plain[best]?.synthetic as number) - (plain[best]?.real as number)
        ? i
        : best,
    0,
  );
  const { real, synthetic } = plain[at] as { real: number; synthetic: number };
  const drawn = { real: [real], synthetic: [synthetic] };
  for (let i = 0; i < (valueOnly ? 0 : RESAMPLES); i++) {
    const one = gaps(bootstrapWeights(predicted.labels.length, rng, whose))[at];
    drawn.real.push(one?.real as number);
    drawn.synthetic.push(one?.synthetic as number);
    await pulse();
  }
  await pulse();
  const more = centred(
    drawn.synthetic.map((gap, i) => gap - (drawn.real[i] as number)),
    synthetic - real,
    0.95,
  );
  const most = question.rates.some(({ unit }) => unit === "number") ? 2 : 1;
  const inRange = ({ low, high }: { low: number; high: number }) => ({
    low: Math.max(0, Math.min(most, low)),
    high: Math.max(0, Math.min(most, high)),
  });
  return {
    ...besideReal(
      "lower",
      synthetic,
      { low: real + more.low, high: real + more.high },
      { value: real, interval: inRange(centred(drawn.real, real, 0.9)) },
      (gap) => 100 - 100 * Math.max(0, gap - real),
      more,
    ),
    interval: inRange(centred(drawn.synthetic, synthetic, 0.95)),
    sentence: question.words({
      positive: positive.name,
      column: speaking[at]?.grouping.columns.join(" and ") ?? "",
      own: (100 * synthetic).toFixed(1),
      real: (100 * real).toFixed(1),
    }),
    detail: detailOf(question, models, answers, enough),
    ...(models.notes.length > 0 ? { note: models.notes.join(" ") } : {}),
  };
}

/** A bootstrap interval moved to the estimate: differences of extremes are larger in resamples. */
function centred(values: readonly number[], value: number, share: number): { low: number; high: number } {
  const known = values.filter((one) => !Number.isNaN(one));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const { low, high } = percentileInterval(known, share);
  return { low: Math.min(value, value + low - mean), high: Math.max(value, value + high - mean) };
}

/** Which threshold is meant, beside every gap in every report. */
export const THRESHOLD =
  "The outcome is predicted for as many held-out patients as have it, the likeliest ones; those whose risks tie at that threshold count in equal parts.";

/** A model's answers on held-out rows: 1 or 0 of the positive class, -1 not known; predicted probability, share flagged. */
export interface Answers {
  readonly truth: Int8Array;
  readonly probability: Float64Array;
  readonly flagged: Float64Array;
}

function answersOf(
  scores: readonly Float64Array[],
  { labels, positive }: Extract<PredictedTarget, { type: "classes" }>,
): Answers {
  const label = positive?.label ?? 1;
  const probability = (scores[0] as Float64Array).map((p) => (label === 1 ? p : 1 - p));
  const truth = Int8Array.from(labels, (own) => (own < 0 ? -1 : own === label ? 1 : 0));
  return { truth, probability, flagged: flaggedShares(truth, probability) };
}

/**
 * As many rows flagged as are positive, the likeliest ones: 1 above the threshold, 0 below it, and the same part of each
 * row that ties at it, which is the expectation when ties are broken by lot. So a model that ranks without a fault raises
 * no false alarm, and one that gives everybody one risk flags every group alike.
 * @param truth 1, 0, or -1 where it is not known; such rows do not count
 */
export function flaggedShares(truth: Int8Array, probability: Float64Array): Float64Array {
  const known = probability.filter((_, row) => (truth[row] as number) >= 0).sort();
  const wanted = truth.reduce((sum, is) => sum + (is === 1 ? 1 : 0), 0);
  const threshold = known[known.length - wanted] ?? Infinity;
  let [above, level] = [0, 0];
  for (const p of known) {
    if (p > threshold) above++;
    else if (p === threshold) level++;
  }
  const part = level > 0 ? (wanted - above) / level : 0;
  return probability.map((p) => (p > threshold ? 1 : p === threshold ? part : 0));
}

export function tallyOf(
  { truth, probability, flagged }: Answers,
  rows: ArrayLike<number>,
  weights?: Uint16Array,
): GroupTally {
  const tally = { rows: 0, positives: 0, flagged: 0, hits: 0, probability: 0 };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const is = truth[row] as number;
    const weight = weights ? (weights[row] as number) : 1;
    if (is < 0 || weight === 0) continue;
    const flag = flagged[row] as number;
    tally.rows += weight;
    tally.positives += weight * is;
    tally.flagged += weight * flag;
    tally.hits += weight * flag * is;
    tally.probability += weight * (probability[row] as number);
  }
  return tally;
}

/** Over the rates, the greatest difference between two groups. */
export function gapOf(rates: readonly GroupRate[], tallies: readonly GroupTally[]): number {
  return rates.reduce((worst, rate) => {
    const values = tallies.map((tally) => rate.of(tally).value).filter((value) => !Number.isNaN(value));
    return values.length < 2 ? worst : Math.max(worst, Math.max(...values) - Math.min(...values));
  }, 0);
}

function detailOf(
  question: GapQuestion,
  { groupings }: GroupModels,
  answers: { readonly real: Answers; readonly synthetic: Answers },
  enough: (rows: Int32Array) => boolean,
): Detail {
  const worth = patientsPerRow(groupings.tables.holdout);
  const measured = (rate: GroupRate, tally: GroupTally): Measured => {
    const { value, rows: all } = rate.of(tally);
    const rows = worth * all;
    if (rate.unit === "share")
      return { value, interval: wilson(worth < 1 ? value * rows : Math.round(value * rows), rows) };
    const half = 1.96 * Math.sqrt(0.25 / rows);
    return { value, interval: { low: value - half, high: value + half } };
  };
  const groups = [...groupings.single, ...groupings.crossed].flatMap((grouping) => grouping.groups);
  return {
    type: "groups",
    unit: "models trained on real and on synthetic rows, asked of held-out rows",
    groups: groups.map(({ name, patients, rows, tooSmall }) => {
      const reason =
        tooSmall ?? (enough(rows[1]) ? undefined : "Too few held-out patients have one of the outcomes.");
      if (reason !== undefined) return { name, patients: patients.train, reason };
      const [real, synthetic] = [tallyOf(answers.real, rows[1]), tallyOf(answers.synthetic, rows[1])];
      return {
        name,
        patients: patients.train,
        figures: question.rates.map((rate) => ({
          name: rate.name,
          unit: rate.unit,
          real: measured(rate, real),
          synthetic: measured(rate, synthetic),
        })),
      };
    }),
  };
}
