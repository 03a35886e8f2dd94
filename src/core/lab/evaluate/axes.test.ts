import { expect, test } from "vitest";
import type { Family, MetricInfo, Verdict } from "../../metrics/metric.ts";
import { axesOf } from "./axes.ts";
import type { Report } from "../../report/report.ts";

type Row = Report["metrics"][number];

const infoOf = (id: string, family: Family, scored: boolean): MetricInfo => ({
  id,
  name: id,
  family,
  better: "higher",
  ideal: 1,
  margin: 0.05,
  range: [0, 1],
  summary: "",
  reference: "",
  scored,
  limits: "Sees what it sees.",
});

function row(id: string, family: Family, value: number, verdict: Verdict, scored = true): Row {
  const interval = { low: value - 1, high: value + 1 };
  const score = { value, interval, baseline: { value: 95, interval: { low: 90, high: 100 } } };
  const result = {
    status: "ok" as const,
    value,
    interval,
    baseline: score.baseline,
    score,
    loss: { value: (95 - value) / 100, interval },
    judgement: { margin: 0.05, seen: 0.1 },
    verdict,
    sentence: id,
  };
  return { info: infoOf(id, family, scored), result, seconds: 0 };
}

test("the worst scored metric speaks for its side, sides come worst first, and what is not measured says why", () => {
  const axes = axesOf([
    row("a", "fidelity", 92, "good"),
    row("b", "fidelity", 84, "worse"),
    row("evidence", "fidelity", 20, "much-worse", false),
    row("c", "privacy", 60, "much-worse"),
    row("d", "utility", 94, "good"),
    { info: infoOf("e", "fairness", true), result: { status: "skipped", reason: "No group." }, seconds: 0 },
  ]);
  expect(axes.map(({ family }) => family)).toEqual([
    "privacy",
    "fidelity",
    "fairness",
    "clinical",
    "utility",
  ]);
  expect(axes.map((axis) => ("metric" in axis ? axis.metric : axis.sentence))).toEqual([
    "c",
    "b",
    "No group.",
    "Nothing measures it.",
    "d",
  ]);
});

test("copies of patients always fit: a side that they are as good at is measured and not judged", () => {
  const rows = [row("copies", "privacy", 0, "much-worse"), row("shapes", "fidelity", 99, "good")];
  const fidelity = (copies: boolean) => axesOf(rows, copies).find(({ family }) => family === "fidelity");
  expect(fidelity(false)).toMatchObject({ verdict: "good", metric: "shapes" });
  expect(fidelity(true)).toMatchObject({ verdict: "cannot-tell", answers: { good: 1 } });
  expect(fidelity(true)?.sentence).toContain("not judged");
});
