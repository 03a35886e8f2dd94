import type { NotMeasured, Report } from "../../report/report.ts";

/** Measures without an answer, those with one reason together; in the order of the rows. */
export function notMeasuredOf(rows: Report["metrics"]): NotMeasured[] {
  const groups = new Map<string, { family: NotMeasured["family"]; why: string; metrics: string[] }>();
  for (const { info, result } of rows) {
    if (result.status === "ok") continue;
    const key = `${info.family} ${result.reason}`;
    const known = groups.get(key);
    if (known) known.metrics.push(info.id);
    else groups.set(key, { family: info.family, why: result.reason, metrics: [info.id] });
  }
  return [...groups.values()];
}
