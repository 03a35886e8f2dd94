import { judgedMeasure } from "../../metrics/measuring/judge.ts";
import type { Measurement, MetricInfo } from "../../metrics/metric.ts";
import type { Finding, Report } from "../../report/report.ts";
import { MOST_FINDINGS } from "../evaluate/findings.ts";
import { isMeasured, worstFirst } from "../evaluate/worst-first.ts";

const REMEDY =
  "Give neither the table nor the model to others. Train on more patients, for a shorter time or with a plainer method, and attack again.";

/**
 * The report with attacks that were asked for beside its measures, in the place of earlier ones of the same kind. They are
 * evidence: sides and headline stay as they were, findings may name them.
 */
export function withAttacks(
  report: Report,
  attacks: readonly { readonly info: MetricInfo; readonly result: Measurement }[],
  seconds: number,
): Report {
  const names = new Set(attacks.map(({ info }) => info.id));
  const kept = report.metrics.filter(({ info }) => !names.has(info.id));
  const together = kept.filter(isMeasured).length + attacks.length;
  const added = attacks.map(({ info, result }) => ({
    info,
    result: result.status === "ok" ? judgedMeasure(info, result, together) : result,
    seconds: seconds / attacks.length,
  }));
  const rows = worstFirst([...kept, ...added]);
  const found = added.filter(isMeasured).filter(({ result }) => /worse/u.test(result.verdict));
  const said = found.map(({ info, result }): Finding => ({
    family: info.family,
    metric: info.id,
    title: `${info.name} succeeds`,
    text: result.sentence,
    remedy: REMEDY,
  }));
  const others = report.findings.filter(({ metric }) => !names.has(metric));
  return { ...report, metrics: rows, findings: [...said, ...others].slice(0, MOST_FINDINGS) };
}
