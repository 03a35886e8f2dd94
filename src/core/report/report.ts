import type { Kind } from "../table/table.ts";
import type { Family, Interval, MetricInfo, MetricResult, Verdict } from "../metrics/metric.ts";
import type { Params } from "../synthesizers/synthesizer.ts";
import type { ReadItem } from "./read-item.ts";

/**
 * Real train, held-out real and synthetic over the same bins; shares of all rows (missing included). Bins with 1 to 4
 * patients are merged with their neighbours, so widths may differ: draw share / width. The end bins hold what lies beyond
 * them. `holdout` is empty when there is none; `edges` too when every cell is missing.
 */
export interface HistogramComparison {
  readonly type: "histogram";
  /** bins + 1 edges, in the column's units (milliseconds for datetimes) */
  readonly edges: readonly number[];
  /** the same over bins equal in log(value); offered when skew > 2 and all values > 0 */
  readonly log?: {
    readonly edges: readonly number[];
    readonly real: readonly number[];
    readonly holdout: readonly number[];
    readonly synthetic: readonly number[];
  };
  readonly real: readonly number[];
  readonly holdout: readonly number[];
  readonly synthetic: readonly number[];
  readonly decimals: number;
  readonly datePattern?: string;
}

export interface BarsComparison {
  readonly type: "bars";
  /**
   * Ordered by the real share; all of at most 8, else 7 and "Other (n levels)" as the last, which also stands for levels
   * of 1 to 4 patients.
   */
  readonly levels: readonly string[];
  readonly real: readonly number[];
  readonly holdout: readonly number[];
  readonly synthetic: readonly number[];
  /** The levels of "Other" that at least 5 patients have. */
  readonly others?: readonly { readonly level: string; readonly real: number; readonly synthetic: number }[];
}

export interface ColumnComparison {
  readonly name: string;
  readonly kind: Kind;
  readonly chart: HistogramComparison | BarsComparison;
  /** Shares of missing cells. `few`: 1 to 4 patients are missing in a real table; its share is given as 0, write "< 5". */
  readonly missing: {
    readonly real: number;
    readonly holdout: number;
    readonly synthetic: number;
    readonly few?: boolean;
  };
  /** Kolmogorov-Smirnov statistic or total variation distance, missing as a value of its own. */
  readonly distance: number;
  /** distance / its sampling noise */
  readonly noise: number;
  readonly verdict: Verdict;
  /** One remark when the verdict is not `within`: which part of the range is too rare or too frequent. */
  readonly remark?: string;
}

export type Association = "pearson" | "cramers-v" | "correlation-ratio";

/** Square matrices over `names`, row-major nested; NaN where undefined (constant column). */
export interface CorrelationComparison {
  readonly names: readonly string[];
  readonly real: readonly (readonly number[])[];
  readonly synthetic: readonly (readonly number[])[];
  /** |synthetic| - |real|: negative = weaker in synthetic */
  readonly difference: readonly (readonly number[])[];
  /** all pairs, worst first, at most 50 */
  readonly worst: readonly {
    readonly a: string;
    readonly b: string;
    readonly measure: Association;
    readonly real: number;
    readonly synthetic: number;
    /** standard error of the difference */
    readonly noise: number;
  }[];
}

/** One of the five sides: its worst scored metric speaks for it. */
export type Axis =
  | {
      readonly family: Family;
      /** which metric speaks */
      readonly metric: string;
      /** 0..100, 100 = cannot be told from real */
      readonly score: Extract<MetricResult, { status: "ok" }>["score"];
      readonly verdict: Verdict;
      readonly sentence: string;
    }
  | { readonly family: Family; readonly skipped: string };

/** One map of rows in two dimensions. Train is drawn as cells, never as points. */
export interface MapOfRows {
  readonly method: "pca" | "umap";
  /** ends of the map */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** cells of the grid in each direction */
  readonly side: number;
  /** share of train's rows in each of side x side cells, row by row from low x, low y; 0 where under 5 patients */
  readonly cells: readonly number[];
  /** synthetic rows, at most 1,000 */
  readonly points: readonly (readonly [number, number])[];
  /** pca: each axis' share of the variance */
  readonly variance?: readonly number[];
  /** umap: how far neighbours on the map are neighbours in fact, 0 to 1 */
  readonly trustworthiness?: number;
}

/** Maps for the eye; no number of the report is read from them. */
export interface MapComparison {
  readonly maps: readonly MapOfRows[];
}

/** The highest risk of Anonymeter's attacks, each what it gains by a patient's having been learned from. */
export interface SummaryRisk {
  /** 0..1 */
  readonly value: number;
  /** 95%, of that attack alone */
  readonly interval: Interval;
  /** the metric it is from */
  readonly attack: string;
  /** how many of the three attacks could be measured */
  readonly measured: number;
  readonly threshold: number;
  readonly sentence: string;
}

/** Everything Compare shows of one run. JSON-safe; no row of a table in it; cells under 5 patients merged away. */
export interface Report {
  readonly version: 2;
  readonly run: RunFacts;
  readonly shape: {
    readonly train: number;
    readonly holdout: number;
    readonly synthetic: number;
    readonly columns: number;
  };
  readonly target?: string;
  /** the five sides, worst first, those that could not be measured last */
  readonly axes: readonly Axis[];
  /** the highest of the three attack risks; left out when none could be measured */
  readonly risk?: SummaryRisk;
  /** worst first */
  readonly metrics: readonly {
    readonly info: MetricInfo;
    readonly result: MetricResult;
    readonly seconds: number;
  }[];
  readonly columns: readonly ColumnComparison[];
  readonly correlations: CorrelationComparison;
  /** left out where a table is too small for a map */
  readonly map?: MapComparison;
  /** The verdict of the page: "Good for {uses}", and "Not yet for {claim about the worst}" if there is one. */
  /** what of the real table's file was not understood, as `sharedReading` lets it be told; left out where it is not known */
  readonly reading?: readonly ReadItem[];
  readonly headline: string;
  readonly caveat?: string;
  readonly notes: readonly string[];
}

export interface EndedEarly {
  /** privacy: its rows came to lie nearer to training rows than to held-out ones */
  readonly by: "person" | "privacy";
  readonly step: number;
}

export interface RunFacts {
  readonly table: string;
  readonly synthesizer: string;
  readonly synthesizerName: string;
  readonly params: Params;
  readonly seed: number;
  readonly device: string;
  readonly seconds: number;
  /** ISO date-time of the run's end */
  readonly finishedAt: string;
  /** Its training did not go to its end: who ended it, and the step the model is of. */
  readonly endedEarly?: EndedEarly;
  /** What the person must know of the fit: what was chosen and why, what was left out, a device that was lost. */
  readonly notices?: readonly string[];
}
