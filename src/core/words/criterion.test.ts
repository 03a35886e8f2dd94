import { expect, test } from "vitest";
import { metrics } from "../metrics/registry.ts";
import { byCriterion } from "./criterion.ts";

test("every measure of privacy stands under a criterion, in the order of the data-protection authorities", () => {
  const rows = metrics.filter(({ family }) => family === "privacy").map((info) => ({ info }));
  const groups = byCriterion(rows);
  expect(groups.map(({ name }) => name)).toEqual(["Singling out", "Linkability", "Inference", "Membership"]);
  expect(groups.flatMap((group) => group.rows)).toHaveLength(rows.length);
  const ids = (name: string) =>
    groups.find((group) => group.name === name)?.rows.map(({ info }) => info.id) ?? [];
  expect(ids("Linkability")).toEqual(expect.arrayContaining(["linkability", "identity-disclosure"]));
  expect(ids("Inference")).toEqual(expect.arrayContaining(["attribute-inference", "disco"]));
  expect(metrics.filter(({ criterion, family }) => criterion !== undefined && family !== "privacy")).toEqual(
    [],
  );
});

test("rows keep their order, and a measure of an earlier report without a criterion comes last", () => {
  const row = (id: string, criterion?: "linkability" | "singling-out") => ({
    info: { id, ...(criterion && { criterion }) },
  });
  const groups = byCriterion([
    row("old"),
    row("b", "linkability"),
    row("c", "singling-out"),
    row("a", "linkability"),
  ]);
  expect(groups.map(({ name, rows }) => [name, rows.map(({ info }) => info.id).join()])).toEqual([
    ["Singling out", "c"],
    ["Linkability", "b,a"],
    ["Other measures", "old"],
  ]);
});
