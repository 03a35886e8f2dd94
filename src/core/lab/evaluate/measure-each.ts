import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import { tooFewForSide } from "../../metrics/measuring/least-rows.ts";
import { judgedResult } from "../../metrics/measuring/judge.ts";
import type { Measurement, Metric, MetricInfo, Pulse, Tables } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";
import { besideExtremes, extremesOf, type Extremes } from "./extremes.ts";

/** Every metric measured and judged beside the others, in the metrics' order. `begin` is told of each before it. */
export async function measureEach(
  tables: Tables,
  metrics: readonly Metric[],
  rng: Rng,
  pulse: Pulse,
  begin: (metric: Metric) => Promise<void> = async () => {},
): Promise<Report["metrics"]> {
  const found: { metric: Metric; result: Measurement; seconds: number }[] = [];
  const extremes = extremesOf(tables, rng.fork("extremes"));
  for (const metric of metrics) {
    await begin(metric);
    const started = performance.now();
    const result = await attempt(metric, tables, extremes, rng.fork(metric.id), pulse);
    found.push({ metric, result, seconds: (performance.now() - started) / 1000 });
  }
  return judgedTogether(found).map((row) => asFarAsTold(row, tables));
}

/**
 * With too few patients for its side a measure gives no answer; an alarm that is heard nevertheless stays. Of attacks not even
 * that: their control is then a handful of patients.
 */
function asFarAsTold(row: Report["metrics"][number], tables: Tables): Report["metrics"][number] {
  const { info, result } = row;
  if (result.status === "skipped") return row;
  const alarms = result.verdict === "worse" || result.verdict === "much-worse";
  const reason = alarms && !info.attack ? undefined : tooFewForSide(info.family, tables);
  return reason === undefined ? row : { ...row, result: { status: "skipped", reason, wants: "patients" } };
}

async function attempt(
  metric: Metric,
  tables: Tables,
  extremes: Extremes,
  rng: Rng,
  pulse: Pulse,
): Promise<Measurement> {
  try {
    const result = await metric.compute(tables, rng, pulse);
    return await besideExtremes(result, metric, extremes, rng, pulse);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    return { status: "skipped", reason: `It could not be measured: ${(error as Error).message}` };
  }
}

/** Scored measures are judged beside each other; evidence beside all that was measured. */
function judgedTogether(
  found: readonly { metric: Metric; result: Measurement; seconds: number }[],
): Report["metrics"] {
  const measured = found.filter(({ result }) => result.status === "ok");
  const deciding = measured.filter(({ metric }) => metric.scored);
  return found.map(({ metric, result, seconds }) => ({
    info: infoOf(metric),
    result: judgedResult(metric, result, (metric.scored ? deciding : measured).length),
    seconds,
  }));
}

/** What a report says of a metric: everything but what it does. */
function infoOf(metric: Metric): MetricInfo {
  const {
    compute: _,
    effort: __,
    claim: ___,
    bears: ____,
    remedy: _____,
    relations: ______,
    ...info
  } = metric;
  return info;
}
