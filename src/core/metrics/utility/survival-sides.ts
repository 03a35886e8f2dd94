import { quantileSorted } from "../../math/statistics.ts";

import type { FollowUps } from "../../math/survival/kaplan-meier.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { columnNames } from "../measuring/bounds.ts";
import { drawnTables, HOLDOUT, SYNTHETIC, TRAIN } from "../measuring/prediction-task.ts";
import { count, skipped } from "../measuring/verdict.ts";
import type { Measurement, Tables } from "../metric.ts";
import type { Rng } from "../../math/rng.ts";
import { coursesOf } from "../../visits/courses.ts";
import { followUpOf, followUpsOf, knownFollowUps } from "./survival-columns.ts";
import type { FollowUp } from "./survival-columns.ts";

export const MOST_ROWS = 20_000;
/** Events in train and held out without which no curve is compared. */
const LEAST_TRAIN = 20;
const LEAST_HELD = 10;
const LEAST_ROWS = 10;

const BY_PATIENT =
  "Patients have several visits, so survival is compared by patient, from the first visit on.";

/** The follow-ups of train, holdout and synthetic rows, up to one horizon. */
export interface SurvivalSides {
  readonly columns: readonly AlignedColumn[];
  readonly followUp: FollowUp;
  /** rows of each table in which time and event are known */
  readonly rows: readonly [Int32Array, Int32Array, Int32Array];
  readonly follow: readonly [FollowUps, FollowUps, FollowUps];
  /** whose each of `rows` is, where patients have several */
  readonly whose: readonly (Int32Array | undefined)[];
  /** the time by which 90% of the training rows have left observation */
  readonly horizon: number;
}

/** What survival metrics are measured on, or why they cannot be; `of`: what a row is, in words. */
export function survivalSides(
  { train, holdout, synthetic }: Tables,
  rng: Rng,
  of: "rows" | "patients" = "rows",
): SurvivalSides | Extract<Measurement, { status: "skipped" }> {
  const reason = (words: string, wants?: "patients") =>
    skipped(words, wants) as Extract<Measurement, { status: "skipped" }>;
  if (coursesOf(train) && coursesOf(synthetic)) return reason(BY_PATIENT);
  if (holdout.rows === 0) return reason(`No ${of} were held out to compare with.`);
  const drawn = drawnTables([train, holdout, synthetic], MOST_ROWS, rng);
  const columns = alignColumns(drawn, columnNames(train));
  const followUp = followUpOf(columns);
  if ("reason" in followUp) return reason(followUp.reason);
  const rows = [TRAIN, HOLDOUT, SYNTHETIC].map((side) =>
    knownFollowUps(followUp, side),
  ) as unknown as SurvivalSides["rows"];
  const follow = rows.map((own, side) =>
    followUpsOf(followUp, side, own),
  ) as unknown as SurvivalSides["follow"];
  const events = follow.map((own) => Array.from(own.events).filter((event) => event === 1).length);
  const name = followUp.event.schema.name;
  for (const [side, least, words] of [
    [TRAIN, LEAST_TRAIN, `training ${of}`],
    [HOLDOUT, LEAST_HELD, `held-out ${of}`],
  ] as const) {
    if ((events[side] as number) < least)
      return reason(`Fewer than ${count(least)} ${words} have the event ${name}.`, "patients");
  }
  if (rows[SYNTHETIC].length < LEAST_ROWS)
    return reason(
      `Fewer than ${LEAST_ROWS} synthetic ${of} have both a ${followUp.time.schema.name} and a ${name}.`,
    );
  const horizon = quantileSorted(follow[TRAIN].times.slice().sort(), 0.9);
  if (!(horizon > 0)) return reason(`Nine of ten training ${of} have a ${followUp.time.schema.name} of 0.`);
  const whose = drawn.map(
    ({ patients }, side) => patients && rows[side]?.map((row) => patients[row] as number),
  );
  return { columns, followUp, rows, follow, whose, horizon };
}

/** "death (1)" */
export const eventWords = ({ event, classes }: FollowUp): string => `${event.schema.name} (${classes.event})`;

/** A time with three significant digits: "1,460", "12.5". */
export const timeWords = (time: number): string =>
  time.toLocaleString("en-US", time >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
