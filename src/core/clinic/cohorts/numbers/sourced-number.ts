/** Where numbers of the simulator were published. */
export interface Source {
  /** what numbers name it by: "ogden-2018" */
  readonly id: string;
  /** authors, title, where it appeared */
  readonly citation: string;
  readonly year: number;
  /** a DOI ("10.1056/…") or the address of the publication */
  readonly at: string;
}

/**
 * How a number came from its source. `stated`: it stands there. `computed`: from figures that stand there, by the formula in
 * its note. `calibrated`: set so that simulated rows show the figure in its note. `chosen`: within what the source allows,
 * for want of a figure; its note says why this one.
 */
export type Origin = "stated" | "computed" | "calibrated" | "chosen";

export type Measure =
  | "mean"
  | "standard deviation"
  | "share"
  | "relative risk"
  | "odds ratio"
  | "hazard ratio"
  | "rate"
  | "effect"
  | "coefficient"
  | "correlation"
  | "duration"
  | "limit";

/** One number of the simulator, as its row stands in the page. */
export interface SourcedNumber {
  /** "sbp.mean.women.40": what stages ask by */
  readonly id: string;
  /** "Systolic pressure, women of 40 to 49" */
  readonly about: string;
  readonly measure: Measure;
  readonly value: number;
  /** "mmHg"; "1" for a plain number */
  readonly unit: string;
  /** whom the source measured: "US adults, NHANES 2011 to 2014" */
  readonly population: string;
  /** id of its `Source` */
  readonly source: string;
  readonly how: Origin;
  /** table or page of the source; the formula, figure or reason behind a number that does not stand there */
  readonly note?: string;
  /** what a file edited by hand may set it to, both ends included */
  readonly range: readonly [number, number];
}

/** What rows of a table of numbers share. */
export interface Shared {
  readonly measure: Measure;
  readonly unit: string;
  readonly population: string;
  readonly source: string;
  readonly how: Origin;
  readonly note?: string;
  readonly range: readonly [number, number];
}

/** Numbers of one table of a source: what they share, and id, words and value of each. */
export function sourced(
  shared: Shared,
  rows: readonly (readonly [id: string, about: string, value: number, own?: Partial<Shared>])[],
): SourcedNumber[] {
  return rows.map(([id, about, value, own]) => ({ id, about, value, ...shared, ...own }));
}
