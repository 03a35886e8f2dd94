import { robustCholesky, solveFactored } from "../../math/linear/linear-algebra.ts";
import { logistic } from "../../math/logistic.ts";
import { crossProducts, crossSums, linearScores, widthOf } from "../../math/regression/design.ts";
import type { Design } from "../../math/regression/design.ts";
import { fitLogistic } from "../../math/regression/logistic-regression.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { Feature } from "../../math/trees/bins.ts";
import { fitBoosting } from "../../math/trees/boosting.ts";
import type { Booster, BoostingSettings, Target } from "../../math/trees/boosting.ts";
import { fitForest } from "../../math/trees/random-forest.ts";
import type { ForestSettings } from "../../math/trees/random-forest.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { boostingFor } from "../measuring/bounds.ts";
import { featuresOf } from "../measuring/features.ts";
import type { Task } from "../measuring/prediction-task.ts";
import type { Pulse } from "../metric.ts";

/** A learner of a target from features. */
export interface Predictor {
  readonly name: string;
  fit(
    features: readonly Feature[],
    target: Target,
    rows: Int32Array,
    rng: Rng,
    pulse: Pulse,
  ): Promise<Booster>;
}

/** scikit-learn's defaults: see `boostingFor`. */
export const gradientBoosting: Predictor = {
  name: "Gradient boosting",
  fit: (features, target, rows, _rng, pulse) =>
    fitBoosting(features, target, rows, boostingFor(features.length), pulse),
};

/** A third of the work for nearly the same score: 50 trees of 16 leaves at twice the rate, 64 bins. */
const BRISK: BoostingSettings = { iterations: 50, rate: 0.2, mostLeaves: 16, leastRows: 20, mostBins: 64 };

export const briskBoosting: Predictor = {
  name: "Gradient boosting",
  fit: (features, target, rows, _rng, pulse) => fitBoosting(features, target, rows, BRISK, pulse),
};

/** Rows that a forest learns from at most, since its trees are deep. */
export const FOREST_ROWS = 2000;
const FOREST: ForestSettings = { trees: 40, leastRows: 5, mostBins: 64 };

export const randomForest: Predictor = {
  name: "Random forest",
  fit: (features, target, rows, rng, pulse) => {
    const drawn = rng.choose(rows.length, Math.min(rows.length, FOREST_ROWS));
    const learned = drawn.map((i) => rows[i] as number);
    return fitForest(features, target, learned, rng, FOREST, pulse);
  },
};

/** scikit-learn's defaults, C = 1 and alpha = 1, on standardised numbers. */
const RIDGE = 1;

/**
 * Logistic regression of classes (one against the rest where they are more than two), ridge regression of a number.
 * @param ridge of the squared coefficients: 1 / C
 */
export const linearModel = (unit: Task["unit"], ridge = RIDGE): Predictor => ({
  name: unit === "AUROC" ? "Logistic regression" : "Ridge regression",
  fit: (features, target, rows, _rng, pulse) => fitLinear(features, target, rows, ridge, pulse),
});

/** The predictors of a task, gradient boosting first. */
export const predictorsFor = (task: Task): Predictor[] => [
  gradientBoosting,
  linearModel(task.unit),
  randomForest,
];

/**
 * `predictor` learned from the rows of table `side` whose target is known (`rows` of them where given). What comes back
 * predicts the known rows of a table. Where nothing is known it predicts 0 for all.
 */
export async function learn(
  predictor: Predictor,
  { targets, rows }: Task,
  inputs: readonly AlignedColumn[],
  side: number,
  rng: Rng,
  pulse: Pulse,
): Promise<(side: number) => Float64Array[]> {
  const target = targets[side] as Target;
  const known = rows[side] as Int32Array;
  if (known.length === 0) {
    const outputs = target.type === "classes" && target.classes > 2 ? target.classes : 1;
    return (other) =>
      Array.from({ length: outputs }, () => new Float64Array((rows[other] as Int32Array).length));
  }
  const model = await predictor.fit(featuresOf(inputs, side), target, known, rng, pulse);
  return (other) => {
    const predicted = model.predict(featuresOf(inputs, other));
    return predicted.map((scores) =>
      Float64Array.from(rows[other] as Int32Array, (row) => scores[row] as number),
    );
  };
}

const MOST_LEVELS = 30;
/** Levels of all columns together, about, since the work grows with their square. */
const MOST_COLUMNS = 300;
const FURTHEST = 30;

async function fitLinear(
  features: readonly Feature[],
  target: Target,
  rows: Int32Array,
  ridge: number,
  pulse: Pulse,
): Promise<Booster> {
  const place = placing(features, rows);
  const design = place(features, rows);
  if (target.type === "number") {
    const values = Float64Array.from(rows, (row) => target.values[row] as number);
    const coefficients = ridgeRegression(design, values, ridge);
    await pulse();
    return { predict: (given) => [linearScores(place(given), coefficients)] };
  }
  const wanted = target.classes === 2 ? [1] : Array.from({ length: target.classes }, (_, k) => k);
  const fits: Float64Array[] = [];
  for (const k of wanted) {
    const labels = Int32Array.from(rows, (row) => (target.labels[row] === k ? 1 : 0));
    fits.push((await fitLogistic(design, labels, ridge, pulse)).coefficients);
  }
  return {
    predict: (given) => {
      const own = place(given);
      const shares = fits.map((coefficients) => linearScores(own, coefficients).map(logistic));
      if (shares.length === 1) return shares;
      const totals = shares[0]?.map((_, row) => shares.reduce((sum, p) => sum + (p[row] as number), 0));
      return shares.map((p) => p.map((x, row) => x / ((totals?.[row] as number) || 1)));
    },
  };
}

function ridgeRegression(design: Design, values: Float64Array, ridge: number): Float64Array {
  const width = widthOf(design);
  const products = crossProducts(design, new Float64Array(design.rows).fill(1));
  for (let j = 1; j < width; j++) products[j * width + j] = (products[j * width + j] as number) + ridge;
  const coefficients = crossSums(design, values);
  solveFactored(robustCholesky(products, width), width, coefficients);
  return coefficients;
}

/**
 * How features become a design: numbers standardised by `rows` (missing = their mean, and a 0/1 column beside them), one
 * column for each of the 30 most frequent levels (fewer where columns are many) and for missing.
 */
export function placing(
  features: readonly Feature[],
  rows: Int32Array,
): (given: readonly Feature[], rows?: Int32Array) => Design {
  const coded = features.filter(({ type }) => type === "coded").length;
  const most = Math.max(2, Math.min(MOST_LEVELS, Math.floor(MOST_COLUMNS / Math.max(1, coded))));
  const ways = features.map((feature) =>
    feature.type === "numeric" ? numberWay(feature.values, rows) : levelWay(feature, rows, most),
  );
  return (given, wanted) => {
    const first = given[0];
    const all = !first ? 0 : first.type === "numeric" ? first.values.length : first.codes.length;
    const taken = wanted ?? Int32Array.from({ length: all }, (_, row) => row);
    const numbers: Float64Array[] = [];
    const factors: { codes: Int32Array; levels: number }[] = [];
    given.forEach((feature, f) => {
      const way = ways[f] as (typeof ways)[number];
      if (feature.type === "numeric" && way.type === "numeric")
        numbers.push(...way.place(feature.values, taken));
      if (feature.type === "coded" && way.type === "coded") factors.push(way.place(feature.codes, taken));
    });
    return { rows: taken.length, numbers, factors };
  };
}

function numberWay(values: Float64Array, rows: Int32Array) {
  const present = Float64Array.from(rows, (row) => values[row] as number).filter((x) => !Number.isNaN(x));
  const centre = present.length > 0 ? mean(present) : 0;
  const deviation = standardDeviation(present);
  const scale = deviation > 0 && Number.isFinite(deviation) ? deviation : 1;
  const flagged = present.length < rows.length;
  const place = (own: Float64Array, taken: Int32Array): Float64Array[] => {
    const z = Float64Array.from(taken, (row) => {
      const x = ((own[row] as number) - centre) / scale;
      return Number.isNaN(x) ? 0 : Math.max(-FURTHEST, Math.min(FURTHEST, x));
    });
    return flagged ? [z, Float64Array.from(taken, (row) => (Number.isNaN(own[row]) ? 1 : 0))] : [z];
  };
  return { type: "numeric" as const, place };
}

function levelWay({ codes, levels }: Extract<Feature, { type: "coded" }>, rows: Int32Array, most: number) {
  const counts = new Float64Array(levels + 1);
  const slot = (code: number): number => (code < 0 ? levels : code);
  for (const row of rows)
    counts[slot(codes[row] as number)] = (counts[slot(codes[row] as number)] as number) + 1;
  const order = Array.from(counts.keys()).filter((level) => (counts[level] as number) > 0);
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const column = new Int32Array(levels + 1).fill(-1);
  order.slice(0, most).forEach((level, i) => (column[level] = i));
  const place = (own: Int32Array, taken: Int32Array) => ({
    codes: Int32Array.from(taken, (row) => column[slot(own[row] as number)] ?? -1),
    levels: Math.min(order.length, most),
  });
  return { type: "coded" as const, place };
}
