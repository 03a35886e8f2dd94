import { breathe } from "../../../math/breathe.ts";
import { eventColumns } from "../../measuring/events/event-columns.ts";
import { periodShares, weeksOf } from "../../measuring/events/period-shares.ts";
import { besideEstimate } from "../../measuring/estimate.ts";
import { valueAlone } from "../../measuring/value-only.ts";
import { percentage, skipped } from "../../measuring/verdict.ts";
import { noiseVerdict, type Metric } from "../../metric.ts";

/** 1 - total variation distance between train's and the synthetic shares of events by week. */
export const incidence: Metric = {
  id: "incidence",
  about: "events",
  name: "Events by week",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.05,
  range: [0, 1],
  summary: "Whether events fall in the weeks in which they did, season, rise and outbreaks among them.",
  reference: "Total variation distance of shares by ISO week, on as many rows as were held out",
  scored: true,
  limits: "Sees dates only: whether an outbreak's patients are the right ones is not asked.",
  claim: () => ({
    not: "count events over time with it",
    because: "events do not fall in the weeks in which real ones did",
  }),
  remedy:
    "Check under Data that the date is read as one and learned; train with a method that learns each column's shape.",
  sees: (loss) => `${percentage(loss)} of the events in other weeks`,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const columns = eventColumns(tables);
    if (columns.length === 0) return skipped("No date column has events to be followed over time.");
    if (tables.holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const asked = columns.map((column) => [column, weeksOf(column.span)] as const);
    const { own, reference, sorted } = await periodShares(tables, asked, rng, pulse, valueOnly);
    if (valueOnly) return valueAlone(own.value);
    const [worst] = sorted;
    return {
      ...besideEstimate("higher", own, reference, [0, 1], (value) => 100 * value),
      sentence:
        `Shares of events by week agree with the training rows to ${percentage(own.value)}; ` +
        `of as many held-out real rows to ${percentage(reference.value)}.` +
        (worst && noiseVerdict(worst.noise) !== "good" ? ` Furthest off: ${worst.name}.` : ""),
      detail: {
        type: "per-column",
        columns: sorted.map((one) => ({ ...one, verdict: noiseVerdict(one.noise) })),
      },
    };
  },
};
