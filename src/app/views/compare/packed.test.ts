import { expect, test } from "vitest";
import type { Detail } from "../../../core/metrics/metric.ts";
import { packed } from "./packed.ts";
import type { MetricRow } from "./sections.ts";

const mark = { low: 0, high: 1 };
const measured = { value: 1, interval: mark };

function row(id: string, detail?: Detail): MetricRow {
  return {
    info: {
      id,
      name: id,
      family: "fairness",
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
      baseline: measured,
      score: { value: 100, interval: mark, baseline: measured },
      loss: measured,
      judgement: { margin: 0.05, seen: 0.1 },
      verdict: "good",
      sentence: "",
      ...(detail === undefined ? {} : { detail }),
    },
    seconds: 0,
  };
}

const groups = (figures: number): Detail => ({
  type: "groups",
  unit: "share",
  groups: [
    {
      name: "Female",
      figures: Array.from({ length: figures }, (_, i) => ({
        name: `f${i}`,
        unit: "share" as const,
        real: measured,
        synthetic: measured,
      })),
    },
  ],
});
const rules: Detail = { type: "rules", rules: [] };
const ids = (rows: readonly MetricRow[], two: boolean) =>
  packed(rows, two).map(({ place, columns }) => [
    place,
    columns.map((column) => column.map(({ info }) => info.id).join(" ")),
  ]);

test("without room for two, the order given is kept in one column", () => {
  expect(ids([row("a"), row("b", groups(5)), row("c")], false)).toEqual([["column", ["a b c"]]]);
});

test("a wide table and a lone chart take a line of their own", () => {
  expect(ids([row("a", rules), row("b", groups(5)), row("c"), row("d"), row("e")], true)).toEqual([
    ["beside", ["a"]],
    ["wide", ["b"]],
    ["column", ["c e", "d"]],
  ]);
});

test("the next block goes under the shorter column", () => {
  const tall: Detail = { type: "curves", x: "x", y: "y", curves: [] };
  expect(ids([row("a", tall), row("b"), row("c"), row("d")], true)).toEqual([["column", ["a", "b c d"]]]);
});
