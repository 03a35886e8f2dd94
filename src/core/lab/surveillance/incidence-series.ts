import { breathe } from "../../math/breathe.ts";
import type { IncidenceSeries } from "../../report/report.ts";
import { roundedCounts, shownCounts } from "../../surveillance/hide-small.ts";
import {
  daysIn,
  everyFor,
  incidenceOf,
  spanOf,
  type Every,
  type Incidence,
  type OneLevel,
} from "../../surveillance/incidence.ts";
import { detectorFor, watch, type Watch } from "../../surveillance/outbreaks.ts";
import type { Table } from "../../table/table.ts";

export interface AskedSeries {
  readonly column: string;
  readonly by?: OneLevel | undefined;
  /** left out: by the length of the series and the events in it */
  readonly every?: Every | undefined;
  /** Other counts of the same rows are shown beside it: its real counts are rounded to whole fives. */
  readonly beside?: boolean;
}

/**
 * Events of one column by day or week, real beside synthetic over the days of the real table, with the alarms of one detector in
 * both. Real counts of fewer than five patients are hidden, and alarms of such periods with them. Throws FaultError
 * `unknown-column` or `no-incidence`.
 */
export async function incidenceSeries(
  real: Table,
  synthetic: Table | undefined,
  { column, by, every: asked, beside = false }: AskedSeries,
  pulse: () => Promise<void> = breathe,
): Promise<IncidenceSeries> {
  const days = daysIn(real, column);
  const span = spanOf(days);
  const events = days.reduce((n, day) => n + (Number.isNaN(day) ? 0 : 1), 0);
  const every = asked ?? (span ? everyFor(span, events) : "week");
  const own = incidenceOf(real, { column, every, by, span });
  const made = synthetic && madeLike(own, synthetic, { column, by }, span);
  const detector = detectorFor(own);
  const shown = shownCounts(own.counts, own.patients);
  const told = typeof detector === "string" ? await alarmsOf(detector, own, made, shown, pulse) : undefined;
  return {
    ...(by && { by }),
    every,
    start: own.start,
    real: beside ? roundedCounts(shown) : shown,
    ...(beside && { rounded: true as const }),
    ...(made && { synthetic: [...made.counts], scale: scaleOf(shown, made.counts) }),
    partial: own.partial,
    ...(told && { alarms: told }),
    ...(typeof detector !== "string" && { unwatched: detector.reason }),
  };
}

/** Synthetic events for each real one, in the periods that are shown; 1 where there are none. */
function scaleOf(shown: readonly number[], made: ArrayLike<number>): number {
  let [real, synthetic] = [0, 0];
  shown.forEach((count, i) => {
    if (Number.isNaN(count)) return;
    real += count;
    synthetic += made[i] as number;
  });
  return real > 0 && synthetic > 0 ? synthetic / real : 1;
}

/** The synthetic table over the same periods; of a level that it does not have there are none. */
function madeLike(
  own: Incidence,
  synthetic: Table,
  { column, by }: Pick<AskedSeries, "column" | "by">,
  span: ReturnType<typeof spanOf>,
): Incidence {
  const levels = synthetic.columns[synthetic.schema.columns.findIndex(({ name }) => name === by?.column)];
  if (by && levels?.type === "coded" && !levels.levels.includes(by.level))
    return { ...own, counts: new Float64Array(own.counts.length), events: 0 };
  return { ...incidenceOf(synthetic, { column, every: own.every, by, span }), partial: own.partial };
}

async function alarmsOf(
  detector: Watch["detector"],
  own: Incidence,
  made: Incidence | undefined,
  shown: readonly number[],
  pulse: () => Promise<void>,
): Promise<IncidenceSeries["alarms"]> {
  const watched = await watch(own, detector, pulse);
  const other = made && (await watch(made, detector, pulse));
  if ("reason" in watched) return undefined;
  const alarms = ({ watched: periods }: Watch): number[] =>
    periods.filter(({ alarm }) => alarm).map(({ at }) => at);
  return {
    detector,
    from: watched.watched[0]?.at ?? own.counts.length,
    real: alarms(watched).filter((at) => !Number.isNaN(shown[at])),
    ...(other && !("reason" in other) && { synthetic: alarms(other) }),
  };
}
