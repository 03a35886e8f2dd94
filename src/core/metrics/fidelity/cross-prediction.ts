import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { robustCholesky, solveFactored } from "../../math/linear/linear-algebra.ts";
import { normalQuantile } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { encoded } from "../measuring/encoded.ts";
import type { EncodedColumn } from "../measuring/encoded.ts";
import { MADE, REAL, realBesideSynthetic } from "../measuring/real-rows.ts";
import type { Compared } from "../measuring/real-rows.ts";
import { LEAST_PATIENTS, patientsWhere } from "../measuring/patients.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { around, besideReal, skipped } from "../measuring/verdict.ts";
import { lookRows, lossOfLooks, reachOf } from "../measuring/worst-look.ts";
import type { Look } from "../measuring/worst-look.ts";
import type { Metric, Pulse } from "../metric.ts";

const MOST_ROWS = 4000;
const LEAST_ROWS = 40;
const FOLDS = 5;
const RIDGE = 10;
const MARGIN = 0.03;
/** One report in 20 calls fresh rows worse, by about 25 measures together. */
const ALARMS = 0.002;

/** How much worse each column follows from the others in synthetic rows than in real ones, by one model of real rows. */
export const crossPrediction: Metric = {
  id: "cross-prediction",
  name: "Each column from the others",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: MARGIN,
  range: [-1, 1],
  summary:
    "Whether each column follows from the others as it does in real patients: a model learned from real rows is asked of synthetic ones.",
  reference: "Cross-classification, real to synthetic: Goncalves et al. 2020; ridge regression, 5 folds",
  scored: true,
  limits: "Sees straight-line relationships only, and loosening, not tightening.",
  remedy:
    "Do not use the column named for estimates of effects. Train longer or with more rows, or try a method that learns relationships.",
  claim: ({ column }) => ({
    not: "draw conclusions about relationships from it",
    because: `${column === undefined ? "some columns do" : `${column} does`} not follow from the other columns as in real patients`,
  }),
  sees: (loss) => `noise of ${Math.sqrt(Math.max(0, loss)).toFixed(2)} standard deviations on one number`,
  effort: 2,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const { train, holdout, synthetic } = tables;
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    if (train.columns.length < 2) return skipped("There is only one column.");
    const compared = realBesideSynthetic(tables, MOST_ROWS, rng);
    if (compared.rows[REAL] < LEAST_ROWS)
      return skipped(
        `There are ${compared.rows[REAL]} real rows; at least ${LEAST_ROWS} are needed to learn from.`,
      );
    await pulse();
    const columns = encoded(compared);
    const found = await errorsOf(columns, compared, rng.fork("folds"), pulse);
    if (found.length === 0) return skipped("No column varies in the real rows.");
    const looks = found.map((column) => lookOf(column, compared, found.length));
    const { loss, found: off, ranked } = lossOfLooks(looks, MARGIN, averageOf(found, compared));
    if (valueOnly) return valueAlone(clamped(loss.value));
    const worst = ranked[0] as Found;
    const held = heldOut(off.length > 0 ? [worst] : looks, compared);
    return {
      ...besideReal(
        "lower",
        clamped(loss.value),
        { low: clamped(loss.interval.low), high: clamped(loss.interval.high) },
        { value: held.value, interval: around(held.value, Z90 * held.error, [-1, 1]) },
        (value) => 100 * (1 - Math.max(0, value) / 2),
      ),
      loss,
      sentence: sentenceOf(worst, off.length, looks.length),
      detail: { type: "per-column", columns: lookRows(ranked, off, MARGIN) },
      ...drawnNote("“Each column from the others” uses", [train, holdout, synthetic], MOST_ROWS),
    };
  },
};

const clamped = (x: number): number => Math.max(-1, Math.min(1, x));

/** Squared error of each row, as a share of the column's variance in real rows; NaN where the column is missing. */
interface Errors {
  readonly name: string;
  readonly real: Float64Array;
  readonly made: Float64Array;
}

interface Found extends Look {
  readonly real: number;
  readonly made: number;
  readonly errors: Errors;
}

/** Of the rows of each fold by a ridge regression on the other folds' real rows; synthetic rows are dealt to folds too. */
async function errorsOf(
  columns: readonly EncodedColumn[],
  { rows, whose }: Compared,
  rng: Rng,
  pulse: Pulse,
): Promise<Errors[]> {
  const folds = [
    partsOf(rows[REAL], FOLDS, rng, whose),
    partsOf(rows[MADE], FOLDS, rng.fork("made")),
  ] as const;
  const starts: number[] = [];
  let width = 1;
  for (const { parts } of columns) {
    starts.push(width);
    width += parts.length;
  }
  const parts = columns.flatMap((column) => column.parts);
  const sides = [sparseRows(parts, REAL, rows[REAL]), sparseRows(parts, MADE, rows[MADE])] as const;
  const grams = Array.from({ length: FOLDS }, () => new Float64Array(width * width));
  for (let row = 0; row < rows[REAL]; row++) {
    addOuter(grams[folds[REAL][row] as number] as Float64Array, width, sides[REAL][row] as Sparse);
    if (row % 500 === 0) await pulse();
  }
  const asked = columns.map((column, c) => ({ column, at: starts[c] as number, scale: varianceOf(column) }));
  const varying = asked.filter(({ column, scale }) => scale > 1e-6 && variesInEnough(column, whose));
  const errors = varying.map(({ column }) => ({
    name: column.name,
    real: new Float64Array(rows[REAL]).fill(NaN),
    made: new Float64Array(rows[MADE]).fill(NaN),
  }));
  for (let fold = 0; fold < FOLDS; fold++) {
    const gram = new Float64Array(width * width);
    grams.forEach((own, f) => f !== fold && own.forEach((x, i) => (gram[i] = (gram[i] as number) + x)));
    for (const [k, { column, at, scale }] of varying.entries()) {
      await pulse();
      const known = withoutGaps(gram, width, column, sides[REAL], folds[REAL], fold);
      const weights = regress(
        known,
        width,
        at,
        column.parts.length,
        column.type === "number" ? 1 : column.parts.length,
      );
      for (const side of [REAL, MADE] as const) {
        const own = side === REAL ? errors[k]?.real : errors[k]?.made;
        for (let row = 0; row < rows[side]; row++) {
          if (folds[side][row] !== fold || isMissing(column, side, row)) continue;
          (own as Float64Array)[row] =
            squared(column, weights, sides[side][row] as Sparse, side, row) / scale;
        }
      }
    }
  }
  return errors;
}

const isMissing = ({ type, parts }: EncodedColumn, side: 0 | 1, row: number): boolean =>
  type === "number" && parts[1]?.[side][row] === 1;

/**
 * Whether at least five real patients have another value than most have: with fewer, how much the column varies, which all
 * errors are a share of, hangs on who came.
 */
function variesInEnough(column: EncodedColumn, whose?: Int32Array): boolean {
  const parts = column.type === "number" ? column.parts.slice(0, 1) : column.parts;
  const there = (row: number): boolean => !isMissing(column, REAL, row);
  return parts.some(([real]) => {
    const usual = mostFrequent(real.filter((_, row) => there(row)));
    return patientsWhere(real.length, (row) => there(row) && real[row] !== usual, whose) >= LEAST_PATIENTS;
  });
}

/** The value that stands there most often; NaN of none. */
function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const x of values) counts.set(x, (counts.get(x) ?? 0) + 1);
  return [...counts].reduce((most, own) => (own[1] > most[1] ? own : most), [NaN, 0] as const)[0];
}

/** Sum over its parts of the variance among the real rows that have it. */
function varianceOf(column: EncodedColumn): number {
  const asked = column.type === "number" ? column.parts.slice(0, 1) : column.parts;
  return asked.reduce((sum, [real]) => {
    const present = real.filter((_, row) => !isMissing(column, REAL, row));
    return sum + standardDeviation(present) ** 2;
  }, 0);
}

/** What is learned from for one column: without the rows of the other folds in which it is missing. */
function withoutGaps(
  gram: Float64Array,
  width: number,
  column: EncodedColumn,
  rows: readonly Sparse[],
  folds: Uint8Array,
  fold: number,
): Float64Array {
  if (column.type !== "number" || column.parts.length < 2) return gram;
  const known = gram.slice();
  rows.forEach((row, i) => {
    if (folds[i] !== fold && isMissing(column, REAL, i)) addOuter(known, width, row, -1);
  });
  return known;
}

interface Sparse {
  readonly at: Int32Array;
  readonly values: Float64Array;
}

function sparseRows(parts: EncodedColumn["parts"], side: 0 | 1, rows: number): Sparse[] {
  return Array.from({ length: rows }, (_, row) => {
    const at: number[] = [0];
    const values: number[] = [1];
    parts.forEach((part, p) => {
      const x = part[side][row] as number;
      if (x === 0) return;
      at.push(p + 1);
      values.push(x);
    });
    return { at: Int32Array.from(at), values: Float64Array.from(values) };
  });
}

function addOuter(gram: Float64Array, width: number, { at, values }: Sparse, times = 1): void {
  for (let i = 0; i < at.length; i++) {
    const start = (at[i] as number) * width;
    const x = times * (values[i] as number);
    for (let j = 0; j < at.length; j++) {
      const place = start + (at[j] as number);
      gram[place] = (gram[place] as number) + x * (values[j] as number);
    }
  }
}

/** Weights (width each) of the first `wanted` of the parts at `at` on all columns but those `many` parts. */
function regress(
  gram: Float64Array,
  width: number,
  at: number,
  many: number,
  wanted: number,
): Float64Array[] {
  const others = Int32Array.from({ length: width }, (_, i) => i).filter((i) => i < at || i >= at + many);
  const n = others.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const from = (others[i] as number) * width;
    for (let j = 0; j < n; j++) matrix[i * n + j] = gram[from + (others[j] as number)] as number;
    if (i > 0) matrix[i * n + i] = (matrix[i * n + i] as number) + RIDGE;
  }
  const factor = robustCholesky(matrix, n);
  return Array.from({ length: wanted }, (_, k) => {
    const sums = Float64Array.from(others, (i) => gram[i * width + at + k] as number);
    solveFactored(factor, n, sums);
    const weights = new Float64Array(width);
    others.forEach((i, j) => (weights[i] = sums[j] as number));
    return weights;
  });
}

function squared(
  column: EncodedColumn,
  weights: readonly Float64Array[],
  { at, values }: Sparse,
  side: 0 | 1,
  row: number,
): number {
  let total = 0;
  weights.forEach((own, k) => {
    let predicted = 0;
    for (let i = 0; i < at.length; i++) predicted += (own[at[i] as number] as number) * (values[i] as number);
    total += ((column.parts[k]?.[side][row] as number) - predicted) ** 2;
  });
  return total;
}

const known = (errors: Float64Array): Float64Array => errors.filter((x) => !Number.isNaN(x));

/** What the synthetic rows' error has more than the real rows'; a column without a synthetic value has lost all. */
function lookOf(errors: Errors, { worth }: Compared, looks: number): Found {
  const [real, made] = [known(errors.real), known(errors.made)];
  const [usual, own] = [mean(real), made.length > 0 ? mean(made) : mean(real) + 1];
  const [n, m] = [Math.max(1, real.length * worth), Math.max(1, made.length * worth)];
  return {
    name: errors.name,
    effect: own - usual,
    error: pooledDeviation(real, made) * Math.sqrt(1 / n + 1 / m) * wider(looks, n + m - 2),
    real: 1 - usual,
    made: 1 - own,
    errors,
  };
}

/**
 * How much further Student's t reaches at `ALARMS` for each of `looks` columns than what `lossOfLooks` takes off, which allows
 * this one measure what all measures of a report may have together. Student's t by the first term of its expansion
 * (Abramowitz and Stegun 1964, 26.7.5).
 */
function wider(looks: number, freedom: number): number {
  const z = normalQuantile(1 - ALARMS / looks);
  const t = z + (z ** 3 + z) / (4 * Math.max(1, freedom));
  return t / ((reachOf(looks) / Z95) * normalQuantile(1 - ALARMS));
}

/**
 * Of both sides about their own means: where nothing is wrong all rows are of one kind, and the few that a model misses by far,
 * which decide how a mean varies, may all be on one side.
 */
function pooledDeviation(real: Float64Array, made: Float64Array): number {
  const [n, m] = [real.length, made.length];
  if (n < 2 || m < 2) return standardDeviation(n < 2 ? made : real);
  return Math.sqrt((n * standardDeviation(real) ** 2 + m * standardDeviation(made) ** 2) / (n + m));
}

/** Of all columns: a row's mean error, which carries how columns hang together into the standard error. */
function averageOf(found: readonly Errors[], { rows, worth }: Compared): { value: number; high: number } {
  const perRow = (side: "real" | "made", count: number): Float64Array => {
    const means = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      let [sum, n] = [0, 0];
      for (const errors of found) {
        const x = errors[side][row] as number;
        if (Number.isNaN(x)) continue;
        sum += x;
        n++;
      }
      means[row] = n > 0 ? sum / n : NaN;
    }
    return known(means);
  };
  const [real, made] = [perRow("real", rows[REAL]), perRow("made", rows[MADE])];
  const error = (own: Float64Array): number =>
    standardDeviation(own) / Math.sqrt(Math.max(1, own.length * worth));
  const value = mean(made) - mean(real);
  return { value, high: value + Z95 * Math.hypot(error(real), error(made)) };
}

/** The same for held-out rows against those learned from, mean over `looks`. */
function heldOut(looks: readonly Found[], { learned, worth }: Compared): { value: number; error: number } {
  const each = looks.map((look) => {
    const { real } = look.errors;
    const [train, held] = [known(real.subarray(0, learned)), known(real.subarray(learned))];
    const error = (own: Float64Array): number =>
      standardDeviation(own) / Math.sqrt(Math.max(1, own.length * worth));
    const value = train.length > 0 && held.length > 0 ? mean(held) - mean(train) : 0;
    return { value, error: Math.hypot(error(train), error(held)) };
  });
  return {
    value: clamped(mean(each.map(({ value }) => value))),
    error: mean(each.map(({ error }) => error)) / Math.sqrt(each.length),
  };
}

const r2 = (x: number): string => x.toFixed(2);

function sentenceOf({ name, real, made }: Found, off: number, looks: number): string {
  const both = `R² ${r2(Math.max(-9, made))} in synthetic and ${r2(real)} in real rows`;
  if (off === 0)
    return `Each of ${looks} columns follows from the others about as in real patients; least so ${name} (${both}).`;
  return (
    `${off === 1 ? "One" : off} of ${looks} columns follows less from the others than in real patients; ` +
    `furthest off ${name}: by one model of real rows, ${both}.`
  ).replace(/^(\d+) of (\d+) columns follows/, "$1 of $2 columns follow");
}
