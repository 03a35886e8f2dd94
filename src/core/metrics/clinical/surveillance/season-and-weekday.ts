import { breathe } from "../../../math/breathe.ts";
import { eventColumns, type EventColumn } from "../../measuring/events/event-columns.ts";
import {
  daysOfWeek,
  monthsOfYear,
  periodShares,
  type Periods,
} from "../../measuring/events/period-shares.ts";
import { besideEstimate } from "../../measuring/estimate.ts";
import { valueAlone } from "../../measuring/value-only.ts";
import { percentage, skipped } from "../../measuring/verdict.ts";
import { noiseVerdict, type Metric } from "../../metric.ts";

/** A season is asked for from so many days on. */
const LEAST_DAYS = 1.5 * 365;

/** 1 - total variation distance of shares by month of the year and by day of the week. */
export const seasonAndWeekday: Metric = {
  id: "season-and-weekday",
  about: "events",
  name: "Season and weekdays",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary: "Whether winters and weekends have as many events as they did.",
  reference: "Total variation distance of shares by month of the year and day of the week",
  scored: false,
  limits: "A season is asked for from one and a half years on; holidays and single years are not.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const asked = eventColumns(tables).flatMap(patternsOf);
    if (asked.length === 0) return skipped("No date column has events to be followed over time.");
    if (tables.holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const { own, reference, sorted } = await periodShares(tables, asked, rng, pulse, valueOnly);
    if (valueOnly) return valueAlone(own.value);
    return {
      ...besideEstimate("higher", own, reference, [0, 1], (value) => 100 * value),
      sentence:
        `Months of the year and days of the week agree with the training rows to ${percentage(own.value)}; ` +
        `of as many held-out real rows to ${percentage(reference.value)}.`,
      detail: {
        type: "per-column",
        columns: sorted.map((one) => ({ ...one, verdict: noiseVerdict(one.noise) })),
      },
    };
  },
};

const patternsOf = (column: EventColumn): (readonly [EventColumn, Periods])[] => {
  const long = column.span.last - column.span.first >= LEAST_DAYS;
  return [...(long ? [[column, monthsOfYear] as const] : []), [column, daysOfWeek] as const];
};
