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
}

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
export type MetricResult =
  | {
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
      /** Who or what, how much, against what. */
      readonly sentence: string;
      readonly detail?: Detail;
      /** What was left out or drawn to keep the work bounded, one sentence. */
      readonly note?: string;
    }
  | { readonly status: "skipped"; readonly reason: string };

/** Closed union: one chart component each. */
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
      /** utility: one row per predictor */
      readonly rows: readonly {
        readonly name: string;
        readonly real: number;
        readonly realInterval: Interval;
        readonly synthetic: number;
        readonly syntheticInterval: Interval;
      }[];
      readonly unit: string;
    };

/** Lets other work through; rejects with FaultError `cancelled` when the work is no longer wanted. */
export type Pulse = () => Promise<void>;

export interface Metric extends MetricInfo {
  /**
   * Must let a macrotask through at least every 50 ms of work by awaiting `pulse` (`breathe` when none is given), which
   * rejects to cancel. Rejects with FaultError.
   */
  compute(tables: Tables, rng: Rng, pulse?: Pulse): Promise<MetricResult>;
}
