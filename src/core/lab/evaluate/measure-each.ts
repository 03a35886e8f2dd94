import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
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
  for (const metric of metrics) found.push(await measureOne(metric, tables, rng, pulse));
  return judgedTogether(found);
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
export function judgedTogether(found: readonly Found[]): Report["metrics"] {
  const measured = found.filter(({ result }) => result.status === "ok");
  const deciding = measured.filter(({ metric }) => metric.scored);
  return found.map(({ metric, result, seconds }) => ({
    info: infoOf(metric),
    result: judgedResult(metric, result, (metric.scored ? deciding : measured).length),
    seconds,
  }));
}

/** What a report says of a metric: everything but what it does. */
export function infoOf(metric: Metric): MetricInfo {
  const { compute: _, effort: __, claim: ___, bears: ____, remedy: _____, copies: ______, ...info } = metric;
  return info;
}
