/** What a report says of events over time. */
import * as z from "zod";
import { number } from "../metrics/metric-shape.ts";

const numbers = z.array(number).max(6000);

export const incidenceSeries = z
  .object({
    /** Rows with this level of a category; left out: all rows with a date. */
    by: z.object({ column: z.string(), level: z.string() }).exactOptional(),
    every: z.enum(["day", "week"]),
    /** First day of the first period, in days since 1970-01-01; of weeks a Monday. */
    start: z.number().int(),
    /** Real rows in each period; NaN where 1 to 4 patients are behind them, or where such a count could be worked out. */
    real: numbers,
    /** `real` is in whole fives, because other counts of the same rows are shown beside it. */
    rounded: z.literal(true).exactOptional(),
    /** Synthetic rows in each; left out where there is no synthetic table. */
    synthetic: numbers.exactOptional(),
    /** Synthetic rows in the periods for each real one: what to divide `synthetic` by to set it beside `real`. */
    scale: number.exactOptional(),
    /** Whether the dates begin or end within the first or the last week. */
    partial: z.object({ first: z.boolean(), last: z.boolean() }),
    /** Periods that raise an alarm, from 0, and by which detector; left out where none could be told. */
    alarms: z
      .object({
        detector: z.enum(["farrington", "ears-c2"]),
        /** the first period that could be judged */
        from: z.number().int(),
        real: z.array(z.number().int()),
        synthetic: z.array(z.number().int()).exactOptional(),
      })
      .exactOptional(),
    /** Why no alarms could be told. */
    unwatched: z.string().exactOptional(),
  })
  .refine(
    ({ real, synthetic }) => synthetic === undefined || synthetic.length === real.length,
    "series of different lengths",
  );

export const incidence = z.object({
  columns: z.array(z.object({ name: z.string(), series: z.array(incidenceSeries).max(40) })).max(8),
});
