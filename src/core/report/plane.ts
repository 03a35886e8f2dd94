/** Risk against use: what the page draws of runs, real rows and coarsened tables. JSON-safe; no row of a table in it. */
import type { Interval } from "../metrics/metric.ts";

export interface PlaneFigure {
  readonly value: number;
  /** 95% */
  readonly interval: Interval;
}

/** An attack's advantage: how much more often it succeeds on patients who were learned from than on others, 0 to 1. */
export interface PlaneRisk extends PlaneFigure {
  /** the attack, by its name */
  readonly attack: string;
}

/** Which columns of the real table are coarsened: those that an outsider is taken to know, or all but the target. */
export type CoarsenedBy = "known" | "all";

/** The real table coarsened, and what that cost; `core/anonymity/coarsen.ts` says how each is counted. */
export interface CoarsenedFacts {
  readonly k: number;
  readonly by: CoarsenedBy;
  readonly rows: number;
  readonly leftOut: number;
  readonly detailLost: number;
  /** distinct l-diversity of the target; left out without one */
  readonly variety?: number;
  /** share of the rows found by someone who knows the coarsened columns alone */
  readonly found: number;
}

export interface PlanePoint {
  /** the run's id, "real", "independent", "known-5", "all-5" */
  readonly id: string;
  readonly kind: "run" | "real" | "independent" | "coarsened";
  readonly name: string;
  /** left out: not measurable */
  readonly risk?: PlaneRisk;
  readonly use?: PlaneFigure;
  readonly guarantee?: {
    readonly epsilon: number;
    readonly delta: number;
    /** what no attack's advantage can pass: a limit, not a measurement */
    readonly limit: number;
    /** its noise was made for a test: it is not private, and there is no limit */
    readonly seeded?: true;
  };
  readonly coarsened?: CoarsenedFacts;
}

/** What use is measured by, the same for every point. */
export interface PlaneUse {
  readonly metric: string;
  readonly unit: "AUROC" | "R²" | "likeness";
  /** what is predicted */
  readonly target?: string;
  /** what a guess reaches */
  readonly chance: number;
}

export interface Plane {
  /** the run it was asked of */
  readonly run: string;
  /** undefined where use cannot be measured */
  readonly use?: PlaneUse;
  readonly points: readonly PlanePoint[];
  /** the advantage up to which an attack that gains nothing may seem to gain by chance (95%); left out where none was measured */
  readonly byChance?: number;
  /** the attacks that were tried on every point, by name */
  readonly attacks: readonly string[];
  /** the columns that `by: "known"` coarsens, and who said so */
  readonly known: readonly string[];
  readonly knownNote?: string;
  readonly trained: number;
  readonly heldOut: number;
}

/** A figure over runs with different noise: their mean, with its t interval. */
export interface SweepFigure extends PlaneFigure {
  readonly values: readonly number[];
}

export interface SweepStop {
  readonly epsilon: number;
  readonly delta: number;
  readonly limit: number;
  readonly use?: SweepFigure;
  readonly risk?: SweepFigure;
  /** why no run of it can be made here, a sentence: too few rows for its noise */
  readonly refused?: string;
}

/** Two neighbouring stops; 95% by Welch. */
export interface SweepStep {
  readonly from: number;
  readonly to: number;
  readonly difference: PlaneFigure;
}

/** What each epsilon costs: runs of which none is kept. */
export interface Sweep {
  readonly run: string;
  readonly synthesizer: string;
  readonly seeds: number;
  readonly seconds: number;
  readonly use?: PlaneUse;
  readonly stops: readonly SweepStop[];
  /** between the least and the greatest epsilon, for a curve */
  readonly limits: readonly { readonly epsilon: number; readonly limit: number }[];
  /** how the use of neighbouring stops differs: that of `to` less that of `from` */
  readonly steps: readonly SweepStep[];
  /** use of the real rows */
  readonly real?: PlaneFigure;
  /** the run without a guarantee, as it stands on the plane */
  readonly off?: PlanePoint;
  /** patients, or rows, that were learned from */
  readonly patients: number;
}
