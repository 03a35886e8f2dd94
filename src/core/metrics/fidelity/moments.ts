import { breathe } from "../../math/breathe.ts";
import { mean, skewness, sortedPresent, standardDeviation } from "../../math/statistics.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { LEAST_PATIENTS } from "../measuring/patients.ts";
import { MADE, REAL, realBesideSynthetic } from "../measuring/real-rows.ts";
import type { Compared } from "../measuring/real-rows.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, skipped } from "../measuring/verdict.ts";
import { lookRows, lossOfLooks, typicalDifference } from "../measuring/worst-look.ts";
import type { Look } from "../measuring/worst-look.ts";
import type { Metric } from "../metric.ts";

const MOST_ROWS = 20_000;
const LEAST_ROWS = 20;
/** A number of fewer different values (doses, scores) has steps in place of quantiles; mean and spread are asked all the same. */
const LEAST_VALUES = 20;
/** Beyond this skewness mean and spread are those of the logarithms, or, where some are not above 0, left out. */
const SKEWED = 2;
const FURTHEST = 100;

/**
 * How far off is no harm, in real standard deviations; about what two hospitals differ by in the same disease, and half of a
 * "small" effect (Cohen 1988). Quantiles have more, since they are harder to know: about in proportion to their error.
 */
const TOLERANCE = { mean: 0.1, spread: 0.15, middle: 0.15, outer: 0.25 } as const;
const QUANTILES = [
  [0.05, "5% quantile", TOLERANCE.outer],
  [0.25, "lower quartile", TOLERANCE.middle],
  [0.5, "median", TOLERANCE.middle],
  [0.75, "upper quartile", TOLERANCE.middle],
  [0.95, "95% quantile", TOLERANCE.outer],
] as const;

/** Mean, standard deviation and five quantiles of each number, each within its tolerance. */
export const moments: Metric = {
  id: "moments",
  name: "Means, spreads and quantiles",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 1,
  range: [0, FURTHEST],
  summary:
    "How far mean, standard deviation and quantiles of each number are off, in tolerances: 0.1 standard deviations of a mean, 0.15 of a spread or quartile, 0.25 of an outer quantile.",
  reference:
    "Equivalence with stated margins (Schuirmann 1987; Lakens 2017), Bonferroni over all numbers and statistics",
  scored: true,
  limits:
    "Sees single numbers only. Of very skewed numbers mean and spread are those of the logarithms. Good is said of the typical number.",
  remedy:
    "Do not use the number named as it is. See whether the table holds the patients you think, then train longer or try another method.",
  claim: ({ column }) => ({
    not: "quote statistics of single columns from it",
    because: column
      ? `${column} lies too high, too low or too wide`
      : "numbers lie too high, too low or too wide",
  }),

  sees: (loss) =>
    `a mean off by ${(loss * TOLERANCE.mean).toFixed(2)} standard deviations, or a spread by ${Math.round(100 * loss * TOLERANCE.spread)}%`,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const { train, holdout, synthetic } = tables;
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const compared = realBesideSynthetic(tables, MOST_ROWS, rng);
    const looks: Found[] = [];
    const held: Look[] = [];
    let numbers = 0;
    for (const column of compared.columns) {
      await pulse();
      if (column.type !== "numeric") continue;
      const own = differencesOf(column, compared);
      if (own.length > 0) numbers++;
      looks.push(...own);
      if (!valueOnly) held.push(...differencesOf(heldOut(column, compared), compared));
    }
    if (looks.length === 0) return skipped("No number varies in the real rows.");
    const { loss, found, ranked } = lossOfLooks(looks, 1, typicalDifference(looks, 2 * numbers));
    if (valueOnly) return valueAlone(clamped(loss.value));
    const usual = typicalDifference(held, 2 * numbers);
    return {
      ...besideReal(
        "lower",
        clamped(loss.value),
        { low: clamped(loss.interval.low), high: clamped(loss.interval.high) },
        { value: clamped(usual.value), interval: { low: 0, high: clamped(usual.high) } },
        (value) => 100 - 10 * value,
      ),
      loss,
      sentence: sentenceOf(ranked, found, looks.length),
      detail: { type: "per-column", columns: lookRows(ranked, found, 1) },
      ...drawnNote("“Means, spreads and quantiles” uses", [train, holdout, synthetic], MOST_ROWS),
    };
  },
};

const clamped = (x: number): number => Math.max(0, Math.min(FURTHEST, x));

export interface Found extends Look {
  readonly words: string;
}

type Numbers = Extract<AlignedColumn, { type: "numeric" }>;

/** The held-out rows in place of synthetic ones, those learned from as the real ones. */
function heldOut(column: Numbers, { learned }: Compared): Numbers {
  const real = column.values[REAL] as Float64Array;
  return { ...column, values: [real.subarray(0, learned), real.subarray(learned)] };
}

/**
 * Differences in tolerances, with the standard error that they have where nothing differs. A very skewed number is taken by its
 * logarithm; where some of it is not above 0, by its quantiles alone, in units of its quartiles' distance.
 */
export function differencesOf({ schema, values }: Numbers, { worth }: Pick<Compared, "worth">): Found[] {
  const sides = [REAL, MADE].map((side) => sortedPresent(values[side] as Float64Array)) as [
    Float64Array,
    Float64Array,
  ];
  if (sides[REAL].length < LEAST_ROWS || sides[MADE].length === 0) return [];
  const skewed = Math.abs(skewness(sides[REAL])) > SKEWED;
  const above = sides.every((own) => (own[0] as number) > 0);
  const [real, made] = skewed && above ? (sides.map((own) => own.map(Math.log)) as typeof sides) : sides;
  const quartiles = midQuantile(real, 0.75) - midQuantile(real, 0.25);
  const unit = skewed && !above && quartiles > 0 ? quartiles / 1.349 : standardDeviation(real);
  if (!(unit > 0) || !Number.isFinite(unit)) return [];
  const scale = {
    name: schema.name,
    unit,
    both: (1 / real.length + 1 / made.length) / worth,
    logarithm: skewed && above,
    told: (value: number): string => told(schema, skewed && above ? Math.exp(value) : value),
  };
  return [
    ...(skewed && !above ? [] : momentDifferences(scale, real, made)),
    ...(different(real) < LEAST_VALUES ? [] : quantileDifferences(scale, real, made)),
  ];
}

const different = (sorted: Float64Array): number =>
  sorted.reduce((sum, value, i) => sum + Number(i === 0 || value !== sorted[i - 1]), 0);

interface Scale {
  readonly name: string;
  readonly unit: number;
  /** 1/n + 1/m in patients */
  readonly both: number;
  readonly logarithm: boolean;
  told(value: number): string;
}

function momentDifferences(
  { name, unit, both, logarithm, told: words }: Scale,
  real: Float64Array,
  made: Float64Array,
): Found[] {
  const centre = mean(real);
  const fourth = mean(real.map((value) => ((value - centre) / unit) ** 4));
  const [shift, ratio] = [(mean(made) - centre) / unit, standardDeviation(made) / unit];
  if (!Number.isFinite(shift) || !Number.isFinite(ratio)) return [];
  const what = logarithm ? `geometric mean of ${name}` : `mean of ${name}`;
  return [
    {
      name,
      effect: Math.abs(shift) / TOLERANCE.mean,
      error: Math.sqrt(both) / TOLERANCE.mean,
      words: `the ${what} is ${words(mean(made))} in synthetic and ${words(centre)} in real rows`,
    },
    {
      name,
      effect: Math.abs(ratio - 1) / TOLERANCE.spread,
      error: Math.sqrt((Math.max(0, fourth - 1) / 4) * both) / TOLERANCE.spread,
      words: `the standard deviation of ${logarithm ? "the logarithm of " : ""}${name} in synthetic rows is ${ratio.toFixed(2)} times that in real rows`,
    },
  ];
}

/** Errors from order statistics: half the distance between the quantiles one standard error of the share below and above. */
function quantileDifferences(
  { name, unit, both, told: words }: Scale,
  real: Float64Array,
  made: Float64Array,
): Found[] {
  return QUANTILES.flatMap(([q, called, tolerance]): Found[] => {
    if (Math.min(q, 1 - q) * real.length < LEAST_PATIENTS) return [];
    const [x, y] = [midQuantile(real, q), midQuantile(made, q)];
    const reach = Math.sqrt(q * (1 - q) * both);
    const error = (midQuantile(real, q + reach) - midQuantile(real, q - reach)) / 2 / unit;
    if (!(error > 0)) return [];
    return [
      {
        name,
        effect: Math.abs(y - x) / unit / tolerance,
        error: error / tolerance,
        words: `the ${called} of ${name} is ${words(y)} in synthetic and ${words(x)} in real rows`,
      },
    ];
  });
}

/**
 * Quantile of ascending values by the mid-distribution function, linear between different values, so that it moves smoothly
 * where values are few (Ma, Genton and Parzen 2011).
 */
export function midQuantile(sorted: Float64Array, q: number): number {
  const n = sorted.length;
  let [before, at] = [-Infinity, NaN];
  for (let from = 0; from < n;) {
    const value = sorted[from] as number;
    const to = pastEquals(sorted, from);
    const share = (from + to) / 2 / n;
    if (share >= q) {
      if (!Number.isFinite(before) || share === before) return value;
      return at + ((q - before) / (share - before)) * (value - at);
    }
    [before, at, from] = [share, value, to];
  }
  return at;
}

/** The first place after those equal to the value at `from`. */
function pastEquals(sorted: Float64Array, from: number): number {
  let [low, high] = [from + 1, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] === sorted[from]) low = middle + 1;
    else high = middle;
  }
  return low;
}

const told = (schema: ColumnSchema, value: number): string =>
  schema.kind === "datetime" ? formatDate(value, "YYYY-MM-DD") : String(Number(value.toPrecision(3)));

/** Of the number that is furthest off its mean, if that is among what was found; it is the plainest. */
function sentenceOf(ranked: readonly Found[], found: readonly Found[], looks: number): string {
  const [worst] = ranked as readonly [Found];
  if (found.length === 0)
    return `None of ${looks} means, spreads and quantiles is off by more than its tolerance beyond chance. Furthest: ${worst.words}.`;
  const plain = found.find(({ name, words }) => name === worst.name && /mean of/.test(words)) ?? worst;
  const [one, its] = found.length === 1 ? ["is", "its"] : ["are", "their"];
  return (
    `${plain.words.charAt(0).toUpperCase()}${plain.words.slice(1)}; ` +
    `${found.length} of ${looks} means, spreads and quantiles ${one} off by more than ${its} tolerance.`
  );
}
