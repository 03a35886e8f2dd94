import { breathe } from "../../../math/breathe.ts";
import { Z90, wilson } from "../../../math/intervals.ts";
import type { Agreement } from "../../../surveillance/outbreaks.ts";
import { eventColumns } from "../../measuring/events/event-columns.ts";
import {
  watchedColumn,
  weeksIn,
  dispersionOf,
  type WatchedColumn,
} from "../../measuring/events/watched-samples.ts";
import { valueAlone } from "../../measuring/value-only.ts";
import { besideReal, count, skipped } from "../../measuring/verdict.ts";
import type { Detail, Metric, Tables } from "../../metric.ts";

/** Share of the outbreaks of either table that both have. */
export const outbreakAgreement: Metric = {
  id: "outbreak-agreement",
  about: "events",
  name: "Outbreaks",
  family: "clinical",
  better: "higher",
  ideal: 1,
  margin: 0.2,
  range: [0, 1],
  summary:
    "Whether weeks that raise an alarm in the real rows raise one in the synthetic rows too, and no others do.",
  reference:
    "Farrington et al. 1996 with Noufaily et al. 2013, or EARS C2 for short series (Hutwagner et al. 2003); alarms at most one week apart count as one",
  scored: false,
  limits:
    "Outbreaks are few, so the interval is wide; a detector misses small ones, and raises an alarm in about 1 of 200 quiet weeks.",
  effort: 3,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const columns = eventColumns(tables);
    if (columns.length === 0) return skipped("No date column has events to be followed over time.");
    if (tables.holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const watched: WatchedColumn[] = [];
    for (const column of columns) {
      const found = await watchedColumn(tables, column, rng.fork(column.name), pulse);
      if (found) watched.push(found);
    }
    if (watched.length === 0) return skipped("The series are too short or too thin to tell outbreaks.");
    const own = shared(watched.flatMap(({ synthetic }) => synthetic));
    if (own.all === 0 && shared(watched.map(({ whole }) => whole)).all === 0)
      return skipped("No week of the real or the synthetic rows raises an alarm.");
    const value = own.all > 0 ? own.both / own.all : 1;
    if (valueOnly) return valueAlone(value);
    const held = shared(watched.flatMap(({ holdout }) => holdout));
    const usual = held.all > 0 ? held.both / held.all : 1;
    const trials = (of: typeof own, samples: number): number => Math.max(1, of.all / Math.max(1, samples));
    const [mine, theirs] = [
      trials(own, watched[0]?.synthetic.length ?? 1),
      trials(held, watched[0]?.holdout.length ?? 1),
    ];
    return {
      ...besideReal(
        "higher",
        value,
        wilson(value * mine, mine),
        { value: usual, interval: wilson(usual * theirs, theirs, Z90) },
        (share) => 100 * share,
      ),
      sentence: watched.map(sentenceOf).join(" "),
      detail: { type: "figures", rows: columns.flatMap((column) => dispersionRow(tables, column)) },
    };
  },
};

/** Outbreaks of both tables together, and those that have a partner in the other. */
function shared(agreements: readonly Agreement[]): { both: number; all: number } {
  let [both, all] = [0, 0];
  for (const { real, found, synthetic, alone } of agreements) {
    both += found + (synthetic - alone);
    all += real + synthetic;
  }
  return { both, all };
}

function sentenceOf({ name, whole: { real, found, alone } }: WatchedColumn): string {
  const outbreaks = (n: number): string => `${count(n)} ${n === 1 ? "outbreak" : "outbreaks"}`;
  return `Of ${outbreaks(real)} in the real weeks of ${name} the synthetic rows have ${count(found)}, and ${count(alone)} of their own.`;
}

type Figures = Extract<Detail, { type: "figures" }>["rows"];

/** Overdispersion beside it, each as it would be with as many events as train has. */
function dispersionRow(
  { train, holdout, synthetic }: Tables,
  column: ReturnType<typeof eventColumns>[number],
): Figures {
  const real = weeksIn(train, column);
  const [own, made, held] = [real, weeksIn(synthetic, column), weeksIn(holdout, column)].map((series) =>
    dispersionOf(series, real.events),
  );
  if (own === undefined || made === undefined) return [];
  return [
    {
      name: `${column.name}, variance of weekly counts in parts of their mean`,
      unit: "number",
      synthetic: { value: made },
      ...(held !== undefined && { baseline: { value: held } }),
      chance: own,
      note: "Beside it, as chance: the training rows.",
    },
  ];
}
