import type { RuleBook } from "../clinic/rules/book/rule-book.ts";
import type { Table } from "../table/table.ts";
import type { Rng } from "../math/rng.ts";
import type * as shape from "./metric-shape.ts";
import type { Told } from "./metric-shape.ts";

export type Family = Told<typeof shape.family>;

export type Criterion = Told<typeof shape.criterion>;

export type MetricInfo = Told<typeof shape.metricInfo>;

/** Uses that more than one metric must bear, so that they are named alike. */
export const METHOD_DEVELOPMENT = "method development";

/**
 * train: what the synthesizer saw. holdout: real rows it never saw; empty for a metric that does not need them. Same schema
 * in all three, learned columns only.
 */
export interface Tables {
  readonly train: Table;
  readonly holdout: Table;
  readonly synthetic: Table;
  /** What the run was told to keep in every row, as the rules' text (`core/rules`). */
  readonly rules?: readonly string[];
  /** What a person made of the clinical rules (`core/clinic/rules`). */
  readonly book?: RuleBook;
}

export type Interval = Told<typeof shape.interval>;

export type Verdict = Told<typeof shape.verdict>;

/** DESIGN.md's rule for columns: a distance in multiples of its sampling noise. */
export const noiseVerdict = (noise: number): Verdict =>
  noise < 1.5 ? "good" : noise < 3 ? "worse" : "much-worse";

/** One number with everything a person needs beside it. */
export type MetricResult = Told<typeof shape.metricResult>;

export type MeasuredResult = Told<typeof shape.measuredResult>;

/** What `Metric.compute` yields: a result before it is scored. */
export type Measurement = Told<typeof shape.measurementResult>;

export type Judgement = Told<typeof shape.judgement>;

/** How a number is written: a share as a percentage, a plain number with three digits, a count of rows. */
export type Unit = Told<typeof shape.unit>;

/** A number with its interval. */
export type Measured = Told<typeof shape.measured>;

/** Closed union: one chart component each. No row of a table is in any of them; groups of 1 to 4 patients are left out. */
export type Detail = Told<typeof shape.detail>;

/** The second sentence of the headline: "Do not {not}: {because}." `because` is also what a finding is called. */
export interface Claim {
  /** a verb and what follows it, e.g. "pass it on" */
  readonly not: string;
  /** a fact that holds when the measure is worse, without a full stop */
  readonly because: string;
}

/** Lets other work through; rejects with FaultError `cancelled` when the work is no longer wanted. */
export type Pulse = () => Promise<void>;

export interface Metric extends MetricInfo {
  /** About how long it takes, in parts of what a quick metric takes; 1 unless said. */
  readonly effort?: number;
  /**
   * "courses": it is about patients over time, and measured only where real and synthetic rows have courses
   * (`core/visits/courses.ts`). "events": only where a date column has a series (`core/surveillance/suitable.ts`).
   */
  readonly about?: "courses" | "events";
  /** What must not be done with the table while this is off, and why; `column`: the one that is furthest off. */
  claim?(about: { readonly target?: string | undefined; readonly column?: string | undefined }): Claim;
  /** It counts copies of patients, and what they are called: where it is worse, no other verdict is worth anything. */
  readonly copies?: string;
  /** It is about what columns have to do with each other: nothing is good that independent columns might reach too. */
  readonly relations?: true;
  /** What a loss of this size would be, after "would have noticed": "a group of 3% of patients lost". */
  sees?(loss: number): string;
  /** What to do when it is worse than held-out patients: one or two sentences. */
  readonly remedy?: string;
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
  compute(tables: Tables, rng: Rng, pulse?: Pulse, valueOnly?: boolean): Promise<Measurement>;
}
