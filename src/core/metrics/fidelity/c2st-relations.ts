import { breathe } from "../../math/breathe.ts";
import { wilson } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { fitBoosting } from "../../math/trees/boosting.ts";
import type { BoostedTrees } from "../../math/trees/boosting.ts";
import type { Feature } from "../../math/trees/bins.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { boostingFor, learnedRows } from "../measuring/bounds.ts";
import { featuresOf, stackFeatures, takeFeatures } from "../measuring/features.ts";
import { isFew, patientsWhere } from "../measuring/patients.ts";
import { MADE, REAL, realBesideSynthetic } from "../measuring/real-rows.ts";
import type { Compared } from "../measuring/real-rows.ts";
import { percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Measurement, Metric, Pulse, Tables } from "../metric.ts";
import { comparablePairs, relationFeatures } from "./relation-features.ts";
import type { ComparablePair } from "./relation-features.ts";
import { toldApart } from "./told-apart.ts";
import type { Learn } from "./told-apart.ts";

const MOST_ROWS = 2000;
/** Pairs that are shown, each with at least this share of what all splits gain. */
const SHOWN = 5;
const TELLING = 0.05;
/** Shares of rows closer than this are called alike. */
const ALIKE = 0.02;

/** AUC of gradient boosting that sees the differences between columns too, over 5 folds; .5 = it cannot tell rows apart. */
export const c2stRelations: Metric = {
  id: "c2st-relations",
  name: "Told apart by differences",
  family: "fidelity",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How well a classifier tells a synthetic row from a held-out real one when it also sees the difference of each two comparable numbers, such as two times.",
  reference:
    "Classifier two-sample test: Lopez-Paz and Oquab 2017, with gradient boosting, AUC, and differences of columns with their signs",
  scored: true,
  relations: true,
  limits:
    "Shows differences only, of at most 60 pairs of numbers on comparable scales or of dates; sums, ratios and relations of three columns are left to the classifier.",
  remedy:
    "Do not compute with the difference of the columns named. Use a method that keeps orders and equal values (Auto), or set their order as a rule before training.",
  claim: () => ({
    not: "compute with differences between its columns, such as the time from one event to the next",
    because: "a classifier can tell its rows from real ones by the differences between their columns",
  }),
  effort: 6,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const pairs = comparablePairs(tables.train);
    if (pairs.length === 0)
      return skipped("No two numbers are on comparable scales, and there are no two dates.");
    const most = learnedRows(tables.train.columns.length + 2 * pairs.length, MOST_ROWS);
    const how = {
      learn: boosting(pairs),
      most,
      classifier: "a classifier that also sees the differences between columns",
      subject: "“Told apart by differences” is measured on",
      besides: { above: 750, folds: 2 },
    };
    const told = await toldApart(tables, how, rng, pulse, valueOnly);
    if (told.status !== "ok" || valueOnly) return told;
    return besidePairs(told, await tellingPairs(tables, pairs, most, rng.fork("pairs"), pulse));
  },
};

const featuresWith = (
  columns: readonly AlignedColumn[],
  pairs: readonly ComparablePair[],
  side: number,
): Feature[] => [...featuresOf(columns, side), ...relationFeatures(columns, pairs, side)];

const boosting =
  (pairs: readonly ComparablePair[]): Learn =>
  (columns, labels) => {
    const features = stackFeatures(featuresWith(columns, pairs, 0), featuresWith(columns, pairs, 1));
    return async (inside, outside, pulse) => {
      const booster = await fitted(features, labels, inside, pulse);
      return booster.predict(takeFeatures(features, outside))[0] ?? [];
    };
  };

const fitted = (
  features: readonly Feature[],
  labels: Int32Array,
  rows: Int32Array,
  pulse: Pulse,
): Promise<BoostedTrees> =>
  fitBoosting(features, { type: "classes", labels, classes: 2 }, rows, boostingFor(features.length), pulse);

/** A pair of columns, and how often the one is above, equal to or below the other. */
interface TellingPair extends ComparablePair {
  /** what its two features gain, in parts of what all do */
  readonly gain: number;
  /** the relation that is furthest off, e.g. "is above" */
  readonly relation: string;
  readonly real: number;
  readonly made: number;
  /** synthetic rows that have both, and those of them for which the relation holds */
  readonly rows: number;
  readonly holding: number;
  /** it holds for some real patients, and for too few to tell of */
  readonly few: boolean;
}

/** The pairs by whose difference one classifier of all real and synthetic rows tells them apart, most telling first. */
async function tellingPairs(
  tables: Tables,
  pairs: readonly ComparablePair[],
  most: number,
  rng: Rng,
  pulse: Pulse,
): Promise<TellingPair[]> {
  const compared = realBesideSynthetic(tables, most, rng);
  const { columns, rows } = compared;
  const all = rows[REAL] + rows[MADE];
  const sides = [REAL, MADE].map((side) => relationFeatures(columns, pairs, side));
  const features = stackFeatures(
    [...featuresOf(columns, REAL), ...(sides[REAL] ?? [])],
    [...featuresOf(columns, MADE), ...(sides[MADE] ?? [])],
  );
  const labels = Int32Array.from({ length: all }, (_, row) => (row < rows[REAL] ? 0 : 1));
  const { gains } = await fitted(features, labels, Int32Array.from(labels.keys()), pulse);
  const total = gains.reduce((a, b) => a + b, 0);
  const gainOf = (p: number): number => {
    const at = columns.length + 2 * p;
    return total > 0 ? ((gains[at] as number) + (gains[at + 1] as number)) / total : 0;
  };
  return pairs
    .map((pair, p) => {
      const signs = [REAL, MADE].map((side) => sides[side]?.[2 * p + 1]) as [Feature, Feature];
      return { ...pair, gain: gainOf(p), ...furthestRelation(pair, signs, compared) };
    })
    .sort((x, y) => y.gain - x.gain);
}

const RELATIONS = [
  { sign: 1, number: "is above", date: "is after" },
  { sign: 0, number: "equals", date: "equals" },
  { sign: -1, number: "is below", date: "is before" },
] as const;

/** Of above, equal and below, the one whose share of rows differs most between the sides. */
function furthestRelation(
  { date }: ComparablePair,
  signs: readonly [Feature, Feature],
  { whose }: Compared,
): Pick<TellingPair, "relation" | "real" | "made" | "rows" | "holding" | "few"> {
  const [real, made] = signs.map((feature) =>
    feature.type === "numeric" ? feature.values : new Float64Array(0),
  ) as [Float64Array, Float64Array];
  const known = (values: Float64Array): number =>
    values.reduce((n, sign) => n + (Number.isNaN(sign) ? 0 : 1), 0);
  const [n, m] = [known(real), known(made)];
  const found = RELATIONS.map((words) => {
    const count = (values: Float64Array): number =>
      values.reduce((sum, own) => sum + (own === words.sign ? 1 : 0), 0);
    const holding = count(made);
    const patients = patientsWhere(real.length, (row) => real[row] === words.sign, whose);
    return {
      relation: date ? words.date : words.number,
      real: count(real) / Math.max(1, n),
      made: holding / Math.max(1, m),
      rows: m,
      holding,
      few: isFew(patients),
    };
  });
  return found.reduce((worst, one) =>
    Math.abs(one.made - one.real) > Math.abs(worst.made - worst.real) ? one : worst,
  );
}

type Told = Extract<Measurement, { status: "ok" }>;

/** What was told apart, with the pairs that tell it where it is more than two real samples are. */
function besidePairs(told: Told, pairs: readonly TellingPair[]): Told {
  if (told.loss.interval.low <= 0) return told;
  const telling = pairs.filter(({ gain }) => gain >= TELLING);
  const [first] = telling;
  if (first === undefined)
    return { ...told, sentence: `${told.sentence} It goes by single columns more than by any difference.` };
  const rows = telling.slice(0, SHOWN).map(rowOf);
  const { detail } = told;
  return {
    ...told,
    sentence: `${told.sentence} It relies most on ${first.a} and ${first.b}: ${wordsOf(first)}.`,
    ...(detail?.type === "figures" && { detail: { ...detail, rows: [...detail.rows, ...rows] } }),
  };
}

function wordsOf({ a, b, relation, real, made, few }: TellingPair): string {
  if (Math.abs(made - real) < ALIKE) return "how far apart they are differs from real rows";
  const usual = few ? "in those of fewer than 5 real patients" : `in ${percentage(real)} of real ones`;
  return `${a} ${relation} ${b} in ${percentage(made)} of synthetic rows and ${usual}`;
}

function rowOf({
  a,
  b,
  relation,
  real,
  made,
  few,
  rows,
  holding,
}: TellingPair): Extract<Detail, { type: "figures" }>["rows"][number] {
  return {
    name: `${a} ${relation} ${b}`,
    unit: "share",
    synthetic: { value: made, interval: wilson(holding, rows) },
    ...(few ? { note: "fewer than 5 real patients" } : { baseline: { value: real } }),
  };
}
