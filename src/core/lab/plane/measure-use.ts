import type { MeasuredResult, Measurement, MetricInfo } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";
import type { PlaneFigure, PlaneUse } from "../../report/plane.ts";

/** What use is read from, the first that the report has: models of the target, else whether rows are told apart. */
const PREDICTING = ["tstr", "tstr-patients"] as const;
const TOLD_APART = ["c2st", "c2st-patients"] as const;

type Row = { readonly info: Pick<MetricInfo, "id">; readonly result: MeasuredResult | Measurement };
type Measured = Extract<Measurement, { status: "ok" }> | MeasuredResult;

function measuredBy(rows: readonly Row[], id: string): Measured | undefined {
  const row = rows.find(({ info }) => info.id === id);
  return row?.result.status === "ok" ? row.result : undefined;
}

/** By what the runs of this report are compared; undefined where neither could be measured. */
export function usedBy({ metrics, target }: Pick<Report, "metrics" | "target">): PlaneUse | undefined {
  const id = [...PREDICTING, ...TOLD_APART].find((one) => measuredBy(metrics, one) !== undefined);
  if (id === undefined) return undefined;
  if (!PREDICTING.some((one) => one === id)) return { metric: id, unit: "likeness", chance: 0 };
  const detail = measuredBy(metrics, id)?.detail;
  const unit = detail?.type === "models" && detail.unit === "R²" ? "R²" : "AUROC";
  return { metric: id, unit, chance: unit === "R²" ? 0 : 0.5, ...(target !== undefined && { target }) };
}

/** 1 = rows cannot be told from real ones, 0 = always: 2 - 2 AUC, AUC of .5 or less counted as .5. */
const likeness = (auc: number): number => Math.max(0, Math.min(1, 2 - 2 * auc));

const alike = (value: number, { low, high }: PlaneFigure["interval"]): PlaneFigure => ({
  value: likeness(value),
  interval: { low: likeness(high), high: likeness(low) },
});

/** The use of the synthetic rows, and of real rows in their place. */
export function figuresOf(
  use: PlaneUse,
  rows: readonly Row[],
): { readonly own?: PlaneFigure; readonly real?: PlaneFigure } {
  const result = measuredBy(rows, use.metric);
  if (result === undefined || !Number.isFinite(result.value)) return {};
  const { value, interval, baseline, detail } = result;
  if (use.unit === "likeness")
    return { own: alike(value, interval), real: alike(baseline.value, baseline.interval) };
  const [first] = detail?.type === "models" ? detail.rows : [];
  const real =
    first === undefined
      ? { value: baseline.value, interval: baseline.interval }
      : { value: first.real, interval: first.realInterval };
  return { own: { value, interval }, real };
}
