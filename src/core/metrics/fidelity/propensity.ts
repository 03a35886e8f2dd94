import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { independentColumns } from "../../math/linear/linear-algebra.ts";
import { logistic } from "../../math/logistic.ts";
import { linearScores, widthOf } from "../../math/regression/design.ts";
import type { Design } from "../../math/regression/design.ts";
import { fitRidgeLogistic } from "../../math/regression/ridge-logistic.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { around, count, besideReal, skipped } from "../measuring/verdict.ts";
import type { Interval, Metric, Pulse } from "../metric.ts";
import { designOf } from "./logistic-design.ts";

const MOST_ROWS = 3000;
const LEAST_ROWS = 30;
/** Weights of the regression, at most; beyond that fewer levels and then fewer columns are used. */
const MOST_WEIGHTS = 200;
const MOST_LEVELS = 30;
/** With at most so many main effects their products are added. */
const MOST_MAIN_EFFECTS = 12;
/** Rows for each weight below which nothing can be said. */
const ROWS_PER_WEIGHT = 3;
/** Rows for each weight below which there are no products. */
const ROWS_PER_PRODUCT = 20;
/** What pMSE is when every row is told for certain, half of them synthetic. */
const MOST = 0.25;

/** Mean squared difference of propensity scores from 1/2 (pMSE), and over its mean for a correct synthesis (S_pMSE). */
export const propensity: Metric = {
  id: "propensity",
  name: "Propensity score",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 0.02,
  range: [0, MOST],
  summary: "How far a regression's guesses of who is synthetic stray from even odds.",
  reference:
    "pMSE: Woo et al. 2009; its null expectation and standardised form: Snoke et al. 2018 (synthpop's utility.gen)",
  scored: false,
  limits: "Sees only what main effects and, in narrow tables, products of two columns show.",
  effort: 1.5,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    const least = Math.min(train.rows, holdout.rows, synthetic.rows);
    if (least < LEAST_ROWS) {
      return skipped(
        `The smallest of the three tables has ${count(least)} rows; at least ${LEAST_ROWS} are needed.`,
      );
    }
    const most = Math.max(1000, Math.min(MOST_ROWS, Math.floor(300_000 / train.columns.length)));
    const size = Math.min(least, most);
    const own = await scoresOf(train, synthetic, size, rng.fork("synthetic"), pulse);
    if (!own)
      return skipped(`${count(size)} rows of each table are too few for a regression on these columns.`);
    if (valueOnly) return valueAlone(own.error);
    const reference = await scoresOf(train, holdout, size, rng.fork("holdout"), pulse);
    if (!reference) return skipped(`${count(size)} rows are too few for a regression on these columns.`);
    return {
      ...besideReal(
        "lower",
        own.error,
        own.interval(Z95),
        { value: reference.error, interval: reference.interval(Z90) },
        (error) => 100 * (1 - error / MOST),
      ),
      sentence:
        `The propensity scores' mean squared error is ${own.ratio.toFixed(1)} times what a correct synthesis would give; ` +
        `for held-out real rows it is ${reference.ratio.toFixed(1)} times.`,
      detail: {
        type: "figures",
        rows: [
          {
            name: "pMSE: mean squared difference of propensity scores from 1/2",
            unit: "number",
            synthetic: { value: own.error, interval: own.interval(Z95) },
            baseline: { value: reference.error, interval: reference.interval(Z90) },
            chance: own.expected,
          },
          {
            name: "S_pMSE: pMSE over its mean for a correct synthesis",
            unit: "number",
            synthetic: { value: own.ratio, interval: own.interval(Z95, own.expected) },
            baseline: { value: reference.ratio, interval: reference.interval(Z90, reference.expected) },
            chance: 1,
          },
        ],
      },
      ...noteOf(size < Math.max(train.rows, holdout.rows, synthetic.rows) ? size : undefined, own),
    };
  },
};

function noteOf(rows: number | undefined, { left, weights, products }: Scores): { note: string } {
  const parts = [
    `The propensity regression has ${count(weights)} weights${products ? ", products of columns among them" : ""}`,
    ...(rows === undefined ? [] : [`uses ${count(rows)} rows of each table`]),
    ...(left === 0 ? [] : [`leaves ${count(left)} columns out, drawn at random`]),
  ];
  return { note: `${parts.join(", ")}.` };
}

interface Scores {
  readonly error: number;
  /** the error's mean for a correct synthesis */
  readonly expected: number;
  readonly ratio: number;
  readonly weights: number;
  readonly products: boolean;
  /** columns that were left out */
  readonly left: number;
  /** of the error, in units of `unit` (1) */
  interval(z: number, unit?: number): Interval;
}

/**
 * pMSE of `size` rows of each of two tables. With N rows of which the share c is of table `b`, and k weights, a correct
 * synthesis gives (k - 1)(1 - c)² c / N on average (Snoke et al. 2018, appendix); two samples of one population 1 / (1 - c)
 * times that. Interval: N pMSE / (c (1 - c)) is about a noncentral chi-square with k - 1 degrees of freedom.
 */
async function scoresOf(
  a: Table,
  b: Table,
  size: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Scores | undefined> {
  const { design, products, left } = mainEffects(
    [atMost(a, size, rng.fork("a")), atMost(b, size, rng.fork("b"))],
    rng,
  );
  const rows = design.rows;
  await pulse();
  const weights = 1 + independentColumns(columnsOf(design), rows);
  if (rows < ROWS_PER_WEIGHT * weights) return undefined;
  const labels = Array.from({ length: rows }, (_, row) => (row < size ? 0 : 1));
  const model = await fitRidgeLogistic(design, labels, new Float64Array(widthOf(design)), pulse, 1e-6);
  const share = 0.5;
  let error = 0;
  for (const m of linearScores(design, model.weights)) error += (logistic(m) - share) ** 2 / rows;
  const unit = (share * (1 - share)) / rows;
  const freedom = Math.max(1, weights - 1);
  const excess = Math.max(0, error / unit - freedom);
  const spread = unit * Math.sqrt(2 * freedom + 4 * excess);
  const expected = freedom * unit * (1 - share);
  return {
    error,
    expected,
    ratio: error / expected,
    weights,
    products,
    left,
    interval: (z, scale = 1) => {
      const { low, high } = around(error, z * spread, [0, MOST]);
      return { low: low / scale, high: high / scale };
    },
  };
}

/** Main effects of as many columns and levels as fit, and their products where they are few. */
function mainEffects(
  tables: readonly [Table, Table],
  rng: Rng,
): { design: Design; products: boolean; left: number } {
  const names = columnNames(tables[0]);
  let columns = alignColumns(tables, names);
  let mostLevels = MOST_LEVELS;
  const make = (): Design => designOf(columns, { mostLevels, referenceLevel: true });
  let design = make();
  while (widthOf(design) > MOST_WEIGHTS && mostLevels > 2) {
    mostLevels = Math.floor(mostLevels / 2);
    design = make();
  }
  while (widthOf(design) > MOST_WEIGHTS) {
    const kept = Math.max(1, Math.floor((0.95 * columns.length * MOST_WEIGHTS) / widthOf(design)));
    const drawn = rng.fork("columns").choose(columns.length, kept).sort();
    columns = Array.from(drawn, (i) => columns[i] as (typeof columns)[number]);
    design = make();
  }
  const left = names.length - columns.length;
  const effects = widthOf(design) - 1;
  const withProducts = 1 + (effects * (effects + 1)) / 2;
  if (effects > MOST_MAIN_EFFECTS || design.rows < ROWS_PER_PRODUCT * withProducts) {
    return { design, products: false, left };
  }
  const main = columnsOf(design);
  const numbers = main.flatMap((x, i) => [
    x,
    ...main.slice(i + 1).map((y) => x.map((v, row) => v * (y[row] as number))),
  ]);
  return { design: { rows: design.rows, numbers, factors: [] }, products: true, left };
}

/** Every weight's column but the intercept's. */
const columnsOf = (design: Design): Float64Array[] => [
  ...design.numbers,
  ...design.factors.flatMap(({ codes, levels }) =>
    Array.from({ length: levels }, (_, level) =>
      Float64Array.from(codes, (code) => (code === level ? 1 : 0)),
    ),
  ),
];
