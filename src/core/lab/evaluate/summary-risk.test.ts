import { describe, expect, it } from "vitest";
import type { MetricInfo } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Report } from "../../report/report.ts";
import { RISK_THRESHOLD, summaryRisk } from "./summary-risk.ts";

type Row = Report["metrics"][number];
const attacks = new Set(metrics.flatMap(({ id, attack }) => (attack ? [id] : [])));

function row(id: string, value: number, high: number): Row {
  const info: MetricInfo = {
    id,
    name: id,
    family: "privacy",
    better: "lower",
    ideal: 0,
    margin: 0.05,
    range: [0, 1],
    summary: "",
    reference: "",
    scored: true,
    limits: "Sees what it sees.",
    ...(attacks.has(id) ? { attack: true } : {}),
  };
  const interval = { low: 0, high };
  const baseline = { value: 0, interval: { low: 0, high: 0.05 } };
  const score = { value: 100 * (1 - value), interval: { low: 0, high: 100 }, baseline };
  const loss = { value, interval };
  const judgement = { margin: 0.05, seen: 0.1 };
  const result = {
    status: "ok" as const,
    value,
    interval,
    baseline,
    score,
    loss,
    judgement,
    verdict: "good" as const,
    sentence: id,
  };
  return { info, result, seconds: 0 };
}

describe("the summary risk", () => {
  it("is the highest of the three attacks with its own interval, and nothing else counts", () => {
    const risk = summaryRisk([
      row("dcr-share", 0.6, 0.7),
      row("singling-out", 0.02, 0.05),
      row("linkability", 0.11, 0.2),
      row("attribute-inference", 0.04, 0.3),
    ]);
    expect(risk).toMatchObject({ value: 0.11, interval: { low: 0, high: 0.2 }, attack: "linkability" });
    expect(risk).toMatchObject({ measured: 3, threshold: RISK_THRESHOLD });
    expect(risk?.sentence).toContain("above 0.09, though the interval reaches below it");
    expect(risk?.sentence).toContain("not derived for synthetic data");
  });

  it("is left out when no attack could be measured, and says how many were", () => {
    expect(summaryRisk([row("dcr-share", 0.5, 0.6)])).toBeUndefined();
    expect(summaryRisk([row("linkability", 0, 0.01)])).toMatchObject({ measured: 1, attack: "linkability" });
  });
});
