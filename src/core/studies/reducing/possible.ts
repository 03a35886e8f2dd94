import type { StudyFigure } from "../../report/study.ts";

/** A figure of an AUC or R² whose interval ends where the measure does: at 1, and at 0 unless the figure itself is below. */
export function possible(found: StudyFigure | undefined): StudyFigure | undefined {
  if (found?.interval === undefined) return found;
  const { value, interval } = found;
  const least = value < 0 ? -1 : 0;
  return { value, interval: { low: Math.max(least, interval.low), high: Math.min(1, interval.high) } };
}
