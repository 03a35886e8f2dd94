/** What a study found: sentences, pictures and tables as data. JSON-safe; no row of a table is in it. */
import type { Interval } from "../metrics/metric.ts";

export const STUDIES = [
  "columns",
  "rows",
  "groups",
  "problem-columns",
  "hospitals",
  "outcomes",
  "mixing",
  "transfer",
  "risk-and-use",
  "language",
] as const;
export type StudyId = (typeof STUDIES)[number];

/** How a number of a study is written: AUC and the like with three decimals, a share as a percentage, seconds as a time. */
export type StudyUnit = "AUC" | "AUROC" | "R²" | "nats" | "share" | "number" | "seconds" | "count";

/** A mean over seeds with its 95% interval; no interval where there was one seed and nothing to resample. */
export interface StudyFigure {
  readonly value: number;
  readonly interval?: Interval;
}

/** What is drawn how: synthetic as an orange outline, real solid blue, independent columns dotted, simulated in ink. */
export type StudyKind = "synthetic" | "real" | "independent" | "simulated";

export interface StudyLine {
  readonly name: string;
  readonly kind: StudyKind;
  readonly points: readonly { readonly x: number; readonly figure: StudyFigure }[];
}

/** Several figures over an ordered factor. */
export interface LinesPicture {
  readonly type: "lines";
  /** "Told from real rows, AUC" */
  readonly title: string;
  readonly unit: StudyUnit;
  readonly better: "lower" | "higher";
  /** what is along the axis, and where it has ticks; `even`: ticks are evenly spaced whatever their values */
  readonly across: { readonly name: string; readonly ticks: readonly number[]; readonly even?: boolean };
  readonly lines: readonly StudyLine[];
  /** what a guess reaches */
  readonly chance?: number;
}

/** Bars beside each other by name: groups, problem columns. A figure that is missing could not be measured. */
export interface BarsPicture {
  readonly type: "bars";
  readonly title: string;
  readonly unit: StudyUnit;
  readonly better: "lower" | "higher";
  readonly series: readonly { readonly name: string; readonly kind: StudyKind }[];
  readonly bars: readonly {
    readonly name: string;
    /** "112 patients" */
    readonly note?: string;
    readonly figures: readonly (StudyFigure | undefined)[];
  }[];
}

/** Learned from (down) against tested on (across). */
export interface MatrixPicture {
  readonly type: "matrix";
  readonly title: string;
  readonly unit: StudyUnit;
  readonly better: "lower" | "higher";
  readonly down: { readonly name: string; readonly of: readonly string[] };
  readonly across: { readonly name: string; readonly of: readonly string[] };
  readonly cells: readonly (readonly (StudyFigure | undefined)[])[];
}

/** Two figures of each point against each other: risk across, use upwards. */
export interface PointsPicture {
  readonly type: "points";
  readonly title: string;
  /** `root`: a square-root scale, for risks that are small beside that of real rows */
  readonly across: { readonly name: string; readonly unit: StudyUnit; readonly root?: boolean };
  readonly up: { readonly name: string; readonly unit: StudyUnit };
  readonly points: readonly {
    readonly name: string;
    readonly kind: StudyKind;
    readonly across: StudyFigure;
    readonly up: StudyFigure;
  }[];
}

/** One line a method, a figure with its interval in each column, real rows as a band behind. */
export interface RangesPicture {
  readonly type: "ranges";
  readonly title: string;
  readonly columns: readonly {
    readonly name: string;
    readonly unit: StudyUnit;
    readonly better: "lower" | "higher";
    readonly real?: StudyFigure;
    /** false: the number alone, without a picture */
    readonly drawn?: boolean;
  }[];
  readonly lines: readonly {
    readonly name: string;
    readonly note?: string;
    readonly kind: StudyKind;
    readonly figures: readonly (StudyFigure | undefined)[];
  }[];
}

export type StudyPicture = LinesPicture | BarsPicture | MatrixPicture | PointsPicture | RangesPicture;

export interface StudyTable {
  readonly title: string;
  /** "mean over 5 seeds, ± half of the 95% interval" */
  readonly note?: string;
  readonly columns: readonly { readonly name: string; readonly over?: string; readonly unit?: StudyUnit }[];
  /** as many cells as `columns`, beside the row's own name */
  readonly rows: readonly {
    readonly name: string;
    readonly kind?: StudyKind;
    readonly cells: readonly (StudyFigure | string | undefined)[];
  }[];
}

/** What a study has found so far. */
export interface StudyFound {
  /** the finding in one sentence, "no difference beyond noise" included, and the figures behind it */
  readonly say: { readonly bold: string; readonly rest?: string };
  /** what else is worth knowing, one sentence each */
  readonly more?: readonly string[];
  readonly pictures: readonly StudyPicture[];
  readonly tables: readonly StudyTable[];
  /** limits of what was measured, one sentence each */
  readonly notes?: readonly string[];
}

/** A study as it is shown and saved. */
export interface StudyResult extends StudyFound {
  readonly study: StudyId;
  readonly name: string;
  readonly question: string;
  readonly table: { readonly name: string; readonly rows: number; readonly columns: number };
  /** the grid in words: { name: "Patients", words: "100, 200, 400" } */
  readonly settings: readonly { readonly name: string; readonly words: string }[];
  readonly seed: number;
  readonly cells: { readonly all: number; readonly done: number };
  /** cells that could not be run, with the reason; the rest went on */
  readonly failed: readonly { readonly cell: string; readonly reason: string }[];
  readonly seconds: number;
}
