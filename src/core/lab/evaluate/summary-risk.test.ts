import { describe, expect, it } from "vitest";
import type { MetricInfo, Verdict } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { Report } from "../../report/report.ts";
import { wordHeadline } from "./headline.ts";
import { RISK_THRESHOLD, summaryRisk } from "./summary-risk.ts";

type Row = Report["metrics"][number];
const attacks = new Set(metrics.flatMap(({ id, attack }) => (attack ? [id] : [])));

function row(id: string, value: number, high: number, verdict: Verdict = "good", scored = true): Row {
  const info: MetricInfo = {
    id,
    name: id,
    family: id === "column-shapes" ? "fidelity" : "privacy",
    better: "lower",
    ideal: 0,
    margin: 0.05,
    range: [0, 1],
    summary: "",
    reference: "",
    scored,
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
    expect(risk?.sentence).toContain("above 0.09, though the interval reaches below it");
    expect(risk?.sentence).toContain("not derived for synthetic data");
  });

  it("is left out when no attack could be measured, and says how many were", () => {
    expect(summaryRisk([row("dcr-share", 0.5, 0.6)])).toBeUndefined();
    expect(summaryRisk([row("linkability", 0, 0.01)])).toMatchObject({ measured: 1, attack: "linkability" });
  });
});

describe("the headline", () => {
  it.each([
    ["singling-out", "singles out"],
    ["membership-distance", "who was learned from"],
    ["attribute-inference", "attributes"],
  ])("puts a failed %s before all else, whatever DCR says", (id, words) => {
    const { headline, caveat } = wordHeadline(
      [
        row("dcr-share", 0.5, 0.52),
        row("column-shapes", 0.9, 0.95, "much-worse"),
        row(id, 0.4, 0.5, "much-worse"),
      ],
      metrics,
      undefined,
    );
    expect(headline).toContain("among those who may see the real table");
    expect(caveat).toMatch(/^Not for giving to others/);
    expect(caveat).toContain(words);
  });

  it("names a use that every metric which bears it was measured for and holds", () => {
    const shapes = row("column-shapes", 0.1, 0.2);
    const pairs = row("pair-trends", 0.1, 0.2);
    const useOf = (rows: Row[]): string => wordHeadline(rows, metrics, undefined).headline;
    expect(useOf([shapes])).toBe("Use for software tests and teaching");
    expect(useOf([shapes, pairs])).toBe("Use for software tests and teaching");
    expect(useOf([shapes, pairs, row("c2st", 0.6, 0.7)])).toContain("teaching and method development");
    expect(useOf([shapes, pairs, row("c2st", 0.7, 0.8)])).not.toContain("method development");
  });

  it("does not let evidence that is not scored forbid a use", () => {
    const { headline } = wordHeadline([row("nndr", 0.4, 0.5, "much-worse", false)], metrics, undefined);
    expect(headline).not.toContain("among those");
  });
});
