import type { Table } from "../table/table.ts";
import type { Rng } from "../math/rng.ts";

export type Family = "fidelity" | "utility" | "privacy" | "fairness" | "clinical";

export interface MetricInfo {
  /** The literature name in kebab case: ks-complement, tstr, dcr-share. */
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  /** `middle`: the best value is `ideal` and both sides are worse (C2ST .5, DCR share .5). */
  readonly better: "higher" | "lower" | "middle";
  readonly ideal: number;
  readonly range: readonly [number, number];
  readonly summary: string;
  readonly reference: string;
  /** Its score speaks for its family in the scorecard; the others stand below as evidence. */
  readonly scored: boolean;
  /** What it cannot see, and where it ends: one or two sentences that stand beside it in every report. */
  readonly limits: string;
  /** One of the three attacks (after the Article 29 Working Party's opinion 05/2014) whose worst is the summary risk. */
  readonly attack?: true;
  /** The leaderboard's column for it, by what the column is called. */
  readonly board?: string;
  /** A part of the leaderboard's Quality, the mean of SDMetrics' quality report. */
  readonly quality?: true;
}

/** Uses that more than one metric must bear, so that they are named alike. */
export const METHOD_DEVELOPMENT = "method development";

/** train: what the synthesizer saw. holdout: real rows it never saw. Same schema in all three, learned columns only. */
export interface Tables {
  readonly train: Table;
  readonly holdout: Table;
  readonly synthetic: Table;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export type Verdict = "within" | "close" | "below";

/** DESIGN.md's rule for columns: a distance in multiples of its sampling noise. */
export const noiseVerdict = (noise: number): Verdict =>
  noise < 1.5 ? "within" : noise < 3 ? "close" : "below";

/** One number with everything a person needs beside it. */
export type MetricResult = MeasuredResult | { readonly status: "skipped"; readonly reason: string };

export interface MeasuredResult {
  readonly status: "ok";
  readonly value: number;
  /** 95% */
  readonly interval: Interval;
  /** The same number for real held-out rows in place of synthetic ones: value and 5-95% of resamples. */
  readonly baseline: { readonly value: number; readonly interval: Interval };
  /** value, interval and baseline on 0..100, 100 = cannot be told from real. */
  readonly score: {
    readonly value: number;
    readonly interval: Interval;
    readonly baseline: { readonly value: number; readonly interval: Interval };
  };
  /** DESIGN.md "Verdict rule" on the scores. */
  readonly verdict: Verdict;
  /**
   * The same number, on samples of stated size, for each column of train shuffled by itself, and for rows of train
   * drawn with replacement: what knows nothing, and what copies. Filled in by the evaluation.
   */
  readonly extremes?: { readonly independent: number; readonly bootstrap: number };
  /** Who or what, how much, against what. */
  readonly sentence: string;
  readonly detail?: Detail;
  /** What was left out or drawn to keep the work bounded, one sentence. */
  readonly note?: string;
}

/** How a number is written: a share as a percentage, a plain number with three digits, a count of rows. */
export type Unit = "share" | "number" | "count";

/** A number with its interval. */
export interface Measured {
  readonly value: number;
  readonly interval?: Interval;
}

/** Closed union: one chart component each. No row of a table is in any of them; groups of 1 to 4 patients are left out. */
export type Detail =
  | {
      readonly type: "per-column";
      /** worst first */
      readonly columns: readonly {
        readonly name: string;
        readonly value: number;
        /** distance divided by its sampling noise: < 1.5 within, < 3 close, more below */
        readonly noise: number;
        readonly verdict: Verdict;
      }[];
    }
  | {
      readonly type: "models";
      /** utility: one row per predictor, scored on held-out real rows */
      readonly rows: readonly {
        readonly name: string;
        readonly real: number;
        readonly realInterval: Interval;
        readonly synthetic: number;
        readonly syntheticInterval: Interval;
      }[];
      readonly unit: string;
    }
  | {
      /** several numbers beside each other, e.g. precision, recall, density and coverage, or the columns an attack guesses */
      readonly type: "figures";
      readonly rows: readonly {
        readonly name: string;
        readonly unit: Unit;
        readonly synthetic: Measured;
        /** held-out real rows in place of synthetic ones */
        readonly baseline?: Measured;
        /** what chance or a guess without the synthetic table gives */
        readonly chance?: number;
        readonly verdict?: Verdict;
        readonly note?: string;
      }[];
    }
  | {
      /** one regression on real and on synthetic rows, coefficient by coefficient */
      readonly type: "coefficients";
      readonly models: readonly {
        /** e.g. "Logistic regression of died" */
        readonly name: string;
        readonly rows: readonly {
          readonly term: string;
          readonly real: Measured;
          readonly synthetic: Measured;
          /** share of the two 95% intervals that overlaps (Karr et al. 2006); negative where they are apart */
          readonly overlap: number;
        }[];
      }[];
    }
  | {
      /** what is expected on x against what is seen on y, e.g. calibration */
      readonly type: "curves";
      readonly x: string;
      readonly y: string;
      readonly curves: readonly {
        readonly of: "real" | "synthetic";
        readonly name: string;
        readonly points: readonly { readonly x: number; readonly y: number; readonly rows: number }[];
      }[];
    }
  | {
      /** each group compared with itself; `rows` of a group that is too small to show are left out and `reason` says so */
      readonly type: "groups";
      readonly unit: string;
      readonly groups: readonly {
        readonly name: string;
        readonly patients?: number;
        readonly reason?: string;
        readonly figures?: readonly {
          readonly name: string;
          readonly unit: Unit;
          readonly real: Measured;
          readonly synthetic: Measured;
        }[];
        readonly verdict?: Verdict;
      }[];
    }
  | {
      /** how often each plausibility rule is broken; shares of the rows to which it applies */
      readonly type: "rules";
      readonly rules: readonly {
        readonly rule: string;
        readonly real: number;
        readonly synthetic: number;
        readonly rows: number;
        readonly interval: Interval;
        readonly verdict: Verdict;
      }[];
    };

/** Lets other work through; rejects with FaultError `cancelled` when the work is no longer wanted. */
export type Pulse = () => Promise<void>;

export interface Metric extends MetricInfo {
  /** About how long it takes, in parts of what a quick metric takes; 1 unless said. */
  readonly effort?: number;
  /** What one would wrongly claim who trusted the table although this is off; `column`: the one that is furthest off. */
  claim?(about: { readonly target?: string | undefined; readonly column?: string | undefined }): string;
  /** A use that the table is good for as far as this metric bears it; undefined where the use makes no sense here. */
  readonly bears?: {
    use(target: string | undefined): string | undefined;
    holds(result: MeasuredResult): boolean;
  };
  /**
   * Must let a macrotask through at least every 50 ms of work by awaiting `pulse` (`breathe` when none is given), which
   * rejects to cancel. `valueOnly`: only `value` will be read, so intervals, baselines and details may be skipped or
   * wrong. Rejects with FaultError.
   */
  compute(tables: Tables, rng: Rng, pulse?: Pulse, valueOnly?: boolean): Promise<MetricResult>;
}
