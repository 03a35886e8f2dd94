import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import { tooFewForSide } from "../../metrics/measuring/least-rows.ts";
import { besideExtremes, courseExtremesOf, extremesOf, type Extremes } from "./extremes.ts";
import { judgedResult } from "../../metrics/measuring/judge.ts";
import type { Measurement, Metric, MetricInfo, Pulse, Tables } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";

/** What one metric measured, before it is judged. */
export interface Found {
  readonly metric: Metric;
  readonly result: Measurement;
  readonly seconds: number;
}

/** A metric draws from a stream named by its id. One that fails by itself is skipped with its reason. */
export async function measureOne(metric: Metric, tables: Tables, rng: Rng, pulse: Pulse): Promise<Found> {
  const started = performance.now();
  const result = await attempt(metric, tables, rng.fork(metric.id), pulse);
  return { metric, result, seconds: (performance.now() - started) / 1000 };
}

/** Every metric measured and judged beside the others, in the metrics' order. */
export async function measureEach(
  tables: Tables,
  metrics: readonly Metric[],
  rng: Rng,
  pulse: Pulse,
): Promise<Report["metrics"]> {
  const found: Found[] = [];
  const extremes = extremesBy(rng);
  for (const metric of metrics)
    found.push(
      await placed(await measureOne(metric, tables, rng, pulse), extremes(tables, metric), rng, pulse),
    );
  return judgedTogether(found, tables);
}

/** The extremes of each set of tables that is measured, made once; those of courses keep patients whole. */
export function extremesBy(rng: Rng): (tables: Tables, metric: Pick<Metric, "about">) => Extremes {
  const [rows, courses] = [new Map<Tables, Extremes>(), new Map<Tables, Extremes>()];
  return (tables, { about }) => {
    const [known, of] = about === "courses" ? [courses, courseExtremesOf] : [rows, extremesOf];
    const made = known.get(tables) ?? of(tables, rng.fork("extremes"));
    known.set(tables, made);
    return made;
  };
}

/** What was found with the extremes beside it, measured from the metric's own stream. */
export async function placed(found: Found, extremes: Extremes, rng: Rng, pulse: Pulse): Promise<Found> {
  const { metric, seconds } = found;
  const started = performance.now();
  const result = await besideExtremes(found.result, metric, extremes, rng.fork(metric.id), pulse);
  return { metric, result, seconds: seconds + (performance.now() - started) / 1000 };
}

/**
 * With too few patients for its side a measure gives no answer; an alarm that is heard nevertheless stays. Of attacks not even
 * that: their control is then a handful of patients.
 */
function asFarAsTold(
  row: Report["metrics"][number],
  tables: Pick<Tables, "train" | "holdout">,
): Report["metrics"][number] {
  const { info, result } = row;
  if (result.status === "skipped") return row;
  const alarms = result.verdict === "worse" || result.verdict === "much-worse";
  const reason = alarms && !info.attack ? undefined : tooFewForSide(info.family, tables);
  return reason === undefined ? row : { ...row, result: { status: "skipped", reason, wants: "patients" } };
}

async function attempt(metric: Metric, tables: Tables, rng: Rng, pulse: Pulse): Promise<Measurement> {
  try {
    return await metric.compute(tables, rng, pulse);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    return { status: "skipped", reason: `It could not be measured: ${(error as Error).message}` };
  }
}

/** Scored measures are judged beside each other; evidence beside all that was measured. */
export function judgedTogether(
  found: readonly Found[],
  tables: Pick<Tables, "train" | "holdout">,
): Report["metrics"] {
  const measured = found.filter(({ result }) => result.status === "ok");
  const deciding = measured.filter(({ metric }) => metric.scored);
  return found.map(({ metric, result, seconds }) => {
    const judged = judgedResult(metric, result, (metric.scored ? deciding : measured).length);
    return asFarAsTold({ info: infoOf(metric), result: judged, seconds }, tables);
  });
}

/** What a report says of a metric: everything but what it does. */
export function infoOf(metric: Metric): MetricInfo {
  const {
    compute: _,
    effort: __,
    claim: ___,
    bears: ____,
    remedy: _____,
    copies: ______,
    relations: _______,
    sees: ________,
    about: _________,
    ...info
  } = metric;
  return info;
}
