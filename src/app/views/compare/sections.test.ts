import { expect, test } from "vitest";
import type { Detail, Family } from "../../../core/metrics/metric.ts";
import { sectionOf, type MetricRow } from "./sections.ts";

const mark = { low: 0, high: 1 };
const column = (name: string) => ({ name, value: 0.1, noise: 1, verdict: "good" as const });

function row(family: Family, detail?: Detail): MetricRow {
  const baseline = { value: 1, interval: mark };
  return {
    info: {
      id: "m",
      name: "M",
      family,
      better: "higher",
      ideal: 1,
      margin: 0.05,
      range: [0, 1],
      summary: "",
      reference: "",
      scored: true,
      limits: "Sees what it sees.",
    },
    result: {
      status: "ok",
      value: 1,
      interval: mark,
      baseline,
      score: { value: 100, interval: mark, baseline },
      loss: { value: 0, interval: { low: 0, high: 0 } },
      judgement: { margin: 0.05, seen: 0.1 },
      verdict: "good",
      sentence: "",
      ...(detail === undefined ? {} : { detail }),
    },
    seconds: 0,
  };
}

test("a metric stands where its detail is told: by column, by pair, or with its side", () => {
  const names = new Set(["age", "sex"]);
  const told = (family: Family, ...of: string[]) =>
    sectionOf(row(family, { type: "per-column", columns: of.map(column) }), names);
  expect(told("fidelity", "age", "sex")).toBe("columns");
  expect(told("fidelity", "age with sex")).toBe("relationships");
  expect(told("clinical", "age")).toBe("clinical");
  expect(sectionOf(row("fidelity"), names)).toBe("fidelity");
  expect(sectionOf(row("fairness"), names)).toBe("groups");
});

test("a metric that was not measured stands with its side", () => {
  const skipped = { ...row("fidelity"), result: { status: "skipped" as const, reason: "Too few rows." } };
  expect(sectionOf(skipped, new Set())).toBe("fidelity");
});
