import { expect, test } from "vitest";
import { rhoOf } from "../../../private/accounting/zcdp.ts";
import { offeredDelta } from "../open-private.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import { columnsToDrop } from "./columns-to-drop.ts";

const { schema } = madeTable([
  levels("dead", [], [], { kind: "boolean", role: "target" }),
  levels("ethnicity", [], [], { role: "sensitive" }),
  ...Array.from({ length: 100 }, (_, i) => numbers(`lab ${i}`, [], { decimals: 1 })),
  ...Array.from({ length: 60 }, (_, i) => levels(`code ${i}`, [], [])),
  ...Array.from({ length: 38 }, (_, i) => levels(`sign ${i}`, [], [], { kind: "boolean" })),
]);
const nothing = { columns: [] };

test("of 200 columns and 300 rows at epsilon 1 those without declared levels go first, then numbers", () => {
  const dropped = columnsToDrop(schema, nothing, 300, rhoOf(1, offeredDelta(300)));
  expect(dropped.length).toBeGreaterThan(60);
  expect(dropped.length).toBeLessThan(200);
  expect(dropped.filter((name) => name.startsWith("code"))).toHaveLength(60);
  expect(dropped).not.toContain("dead");
  expect(dropped).not.toContain("ethnicity");
  expect(dropped).not.toContain("sign 0");
});

test("none of them goes with 100,000 rows, and a declared range keeps its column", () => {
  expect(columnsToDrop(schema, nothing, 100_000, rhoOf(1, offeredDelta(100_000)))).toEqual([]);
  const facts = { columns: [{ name: "lab 99", range: { from: 0, to: 9, why: "declared" as const } }] };
  expect(columnsToDrop(schema, facts, 300, rhoOf(1, offeredDelta(300)))).not.toContain("lab 99");
});
