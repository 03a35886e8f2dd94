/** What a report says of columns, pairs of columns and rows. */
import * as z from "zod";
import { number, verdict } from "../metrics/metric-shape.ts";

const numbers = z.array(number);

const binned = {
  /** bins + 1 edges, in the column's units (milliseconds for datetimes) */
  edges: numbers,
  real: numbers,
  holdout: numbers,
  synthetic: numbers,
};
/** One share per bin; the holdout's are left out when there is none. */
const fits = (chart: {
  edges: number[];
  real: number[];
  holdout: number[];
  synthetic: number[];
}): boolean => {
  const bins = Math.max(0, chart.edges.length - 1);
  const counts = [chart.real.length, chart.synthetic.length, chart.holdout.length || bins];
  return counts.every((count) => count === bins);
};

export const histogram = z
  .object({
    type: z.literal("histogram"),
    ...binned,
    /** the same over bins equal in log(value); offered when skew > 2 and all values > 0 */
    log: z.object(binned).refine(fits, "bins and edges do not fit").exactOptional(),
    decimals: z.number(),
    datePattern: z.string().exactOptional(),
  })
  .refine(fits, "bins and edges do not fit");

export const bars = z
  .object({
    type: z.literal("bars"),
    /**
     * Ordered by the real share; all of at most 8, else 7 and "Other (n levels)" as the last, which also stands for levels
     * of 1 to 4 patients.
     */
    levels: z.array(z.string()),
    real: numbers,
    holdout: numbers,
    synthetic: numbers,
    /** The levels of "Other" that at least 5 patients have. */
    others: z.array(z.object({ level: z.string(), real: z.number(), synthetic: z.number() })).exactOptional(),
  })
  .refine(
    ({ levels, real, holdout, synthetic }) =>
      [real.length, synthetic.length, holdout.length || levels.length].every(
        (count) => count === levels.length,
      ),
    "levels and shares do not fit",
  );

export const kindShape = z.enum([
  "integer",
  "decimal",
  "datetime",
  "category",
  "boolean",
  "identifier",
  "text",
  "constant",
]);

export const columnComparison = z.object({
  name: z.string(),
  kind: kindShape,
  chart: z.union([histogram, bars]),
  /** Shares of missing cells. `few`: 1 to 4 patients are missing in a real table; its share is given as 0, write "< 5". */
  missing: z.object({ real: number, holdout: number, synthetic: number, few: z.boolean().exactOptional() }),
  /** Kolmogorov-Smirnov statistic or total variation distance, missing as a value of its own. */
  distance: number,
  /** distance / its sampling noise */
  noise: number,
  verdict,
  /** One remark when the verdict is not `within`: which part of the range is too rare or too frequent. */
  remark: z.string().exactOptional(),
});

export const association = z.enum(["pearson", "cramers-v", "correlation-ratio"]);

export const correlations = z
  .object({
    names: z.array(z.string()),
    real: z.array(numbers),
    synthetic: z.array(numbers),
    /** |synthetic| - |real|: negative = weaker in synthetic */
    difference: z.array(numbers),
    /** all pairs, worst first, at most 50 */
    worst: z.array(
      z.object({
        a: z.string(),
        b: z.string(),
        measure: association,
        real: number,
        synthetic: number,
        /** standard error of the difference */
        noise: number,
      }),
    ),
  })
  .refine(
    ({ names, real, synthetic, difference }) =>
      [real, synthetic, difference].every(
        (matrix) => matrix.length === names.length && matrix.every((row) => row.length === names.length),
      ),
    "the matrices are not square",
  );

const ends = z.tuple([z.number(), z.number()]);

export const mapOfRows = z
  .object({
    method: z.enum(["pca", "umap"]),
    /** ends of the map */
    x: ends,
    y: ends,
    /** cells of the grid in each direction */
    side: z.number().int().min(1).max(64),
    /** share of train's rows in each of side x side cells, row by row from low x, low y; 0 where under 5 patients */
    cells: z.array(z.number()),
    /** synthetic rows */
    points: z.array(ends).max(1000),
    /** pca: each axis' share of the variance */
    variance: z.array(z.number()).exactOptional(),
    /** umap: how far neighbours on the map are neighbours in fact, 0 to 1 */
    trustworthiness: z.number().exactOptional(),
  })
  .refine(({ side, cells }) => cells.length === side * side, "cells and grid do not fit");

export const mapComparison = z.object({ maps: z.array(mapOfRows).max(4) });
