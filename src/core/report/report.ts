/** The types of a report, read from its shape. */
import type { Told } from "../metrics/metric-shape.ts";
import type * as comparison from "./comparison-shape.ts";
import type * as courses from "./courses-shape.ts";
import type * as events from "./incidence-shape.ts";
import type * as shape from "./report-shape.ts";

/**
 * Real train, held-out real and synthetic over the same bins; shares of all rows (missing included). Bins with 1 to 4
 * patients are merged with their neighbours, so widths may differ: draw share / width. The end bins hold what lies beyond
 * them. `holdout` is empty when there is none; `edges` too when every cell is missing.
 */
export type HistogramComparison = Told<typeof comparison.histogram>;

export type BarsComparison = Told<typeof comparison.bars>;

export type ColumnComparison = Told<typeof comparison.columnComparison>;

export type Association = Told<typeof comparison.association>;

/** Square matrices over `names`, row-major nested; NaN where undefined (constant column). */
export type CorrelationComparison = Told<typeof comparison.correlations>;

/** One of the five sides: its worst scored metric speaks for it. */
export type Axis = Told<typeof shape.axis>;

export type Finding = Told<typeof shape.finding>;

export type NotMeasured = Told<typeof shape.notMeasured>;

/** One map of rows in two dimensions. Train is drawn as cells, never as points. */
export type MapOfRows = Told<typeof comparison.mapOfRows>;

/** Maps for the eye; no number of the report is read from them. */
export type MapComparison = Told<typeof comparison.mapComparison>;

/** Patients over time. Real ones are bands and shares of at least five patients; single courses are synthetic. */
export type CoursesComparison = Told<typeof courses.coursesComparison>;
export type NumberCourse = CoursesComparison["numbers"][number];
export type StepMatrix = CoursesComparison["steps"][number];
export type SurvivalComparison = NonNullable<CoursesComparison["survival"]>;
export type VisitsComparison = CoursesComparison["visiting"];
export type SyntheticTimeline = CoursesComparison["timelines"][number];
/** Events of one column by day or week, real beside synthetic. */
export type IncidenceSeries = Told<typeof events.incidenceSeries>;

/** Events over time, for each date column that has a series. */
export type IncidenceComparison = Told<typeof events.incidence>;

/** The highest risk of Anonymeter's attacks, each what it gains by a patient's having been learned from. */
export type SummaryRisk = Told<typeof shape.risk>;

/** Everything Compare shows of one run. JSON-safe; no row of a table in it; cells under 5 patients merged away. */
export type Report = Told<typeof shape.reportShape>;

export type EndedEarly = Told<typeof shape.endedEarly>;

export type RunFacts = Told<typeof shape.runFactsShape>;
