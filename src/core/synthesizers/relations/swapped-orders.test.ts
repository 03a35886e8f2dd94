import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { keptOf } from "./kept-rules.ts";
import { swappedOrders } from "./swapped-orders.ts";

const rng = createRng(11);
const means = Float64Array.from({ length: 400 }, () => Math.round(100 * rng.uniform()));
const others = means.map((mean) => mean + 5 + Math.round(60 * rng.uniform()));
const worsts = others.map((other) => other + 5 + Math.round(60 * rng.uniform()));
const train = madeTable([numbers("mean", means), numbers("other", others), numbers("worst", worsts)]);

const valuesOf = (table: Table, j: number): number[] => [...(table.columns[j] as NumericColumn).values];

test("rows in the wrong order are sorted, and every value stays", async () => {
  const rule = { kind: "order", columns: ["mean", "other", "worst"], strict: [false, false] } as const;
  const kept = await keptOf(train, [rule]);
  expect(kept?.derivations.steps).toEqual([]);
  const drawn = madeTable([
    numbers("mean", [10, 90, NaN, 40]),
    numbers("other", [20, 50, 70, 40]),
    numbers("worst", [30, 10, 60, NaN]),
  ]);
  const settled = swappedOrders(kept as NonNullable<typeof kept>, drawn);
  expect(valuesOf(settled, 0)).toEqual([10, 10, NaN, 40]);
  expect(valuesOf(settled, 1)).toEqual([20, 50, 60, 40]);
  expect(valuesOf(settled, 2)).toEqual([30, 90, 70, NaN]);
  expect(valuesOf(drawn, 0)).toEqual([10, 90, NaN, 40]);
});

test("columns of a formula are left to rejection", async () => {
  const total = others.map((other, i) => other + (means[i] as number));
  const table = madeTable([numbers("mean", means), numbers("other", others), numbers("total", total)]);
  const kept = await keptOf(table, [
    { kind: "order", columns: ["mean", "other"], strict: [false] },
    {
      kind: "formula",
      column: "total",
      equals: {
        type: "arithmetic",
        operator: "+",
        left: { type: "column", name: "mean" },
        right: { type: "column", name: "other" },
      },
    },
  ]);
  const drawn = madeTable([numbers("mean", [90]), numbers("other", [10]), numbers("total", [100])]);
  expect(swappedOrders(kept as NonNullable<typeof kept>, drawn)).toBe(drawn);
});
