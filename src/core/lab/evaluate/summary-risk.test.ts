import { describe, expect, it } from "vitest";
import type { MetricInfo, Verdict } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Report } from "../../report/report.ts";
import { judge } from "../../metrics/measuring/judge.ts";
import { axesOf } from "./axes.ts";
import { RISK_THRESHOLD, summaryRisk } from "./summary-risk.ts";

type Row = Report["metrics"][number];
const attacks = new Set(metrics.flatMap(({ id, attack }) => (attack ? [id] : [])));

function row(id: string, value: number, high: number, verdict: Verdict = "good"): Row {
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
    verdict,
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
    expect(risk?.sentence).toContain("above 9%, though the interval reaches under it");
    expect(risk?.sentence).toContain("not derived for synthetic data");
  });

  it("is left out when no attack could be measured, and says how many were", () => {
    expect(summaryRisk([row("dcr-share", 0.5, 0.6)])).toBeUndefined();
    expect(summaryRisk([row("linkability", 0, 0.01)])).toMatchObject({ measured: 1, attack: "linkability" });
  });
});

describe("what is said of the threshold", () => {
  it("is never below where an interval of any attack reaches above it", () => {
    const said = (...rows: Row[]): string => summaryRisk(rows)?.sentence ?? "";
    expect(said(row("linkability", 0.02, 0.05))).toContain("the interval lies below 9%");
    const few = row("linkability", 0.02, 0.2);
    expect(said(few)).toContain("it cannot be shown that it lies under 9%");
    expect(said(row("singling-out", 0.03, 0.06), few)).toContain("another attack reaches above it");
    for (const text of [said(few), said(row("singling-out", 0.03, 0.06), few)])
      expect(text).not.toContain("below");
  });

  it("stands beside a good side only where the risk lies under it", () => {
    const speaking = metrics.filter(({ attack }) => attack);
    expect(speaking.length).toBeGreaterThanOrEqual(3);
    for (const { id, scored: speaks, family, margin } of speaking) {
      expect({ id, speaks, family }).toEqual({ id, speaks: true, family: "privacy" });
      expect(margin).toBeLessThanOrEqual(RISK_THRESHOLD);
    }
    for (const [value, high] of [
      [0.158, 0.3],
      [0.1, 0.12],
      [0.02, 0.2],
      [0.02, 0.05],
    ] as const) {
      const { verdict } = judge({ value, interval: { low: 0, high } }, RISK_THRESHOLD, 25);
      const rows = [row("near-copies", 0, 0.005), row("linkability", value, high, verdict)];
      const side = axesOf(rows).find(({ family }) => family === "privacy")?.verdict;
      if (high > RISK_THRESHOLD) expect(side).not.toBe("good");
      else expect(side).toBe("good");
    }
  });
});
