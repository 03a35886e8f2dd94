import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { closeOrders } from "./close-orders.ts";

const order = { low: 0, high: 1, strict: false };

/** A column between 0 and 100, and one that lies `gap()` above it. */
function pair(gap: (uniform: () => number) => number, rows = 600) {
  const rng = createRng(5);
  const low = Float64Array.from({ length: rows }, () => 100 * rng.uniform());
  const high = low.map((value) => value + gap(() => rng.uniform()));
  return madeTable([numbers("low", low), numbers("high", high)]);
}

test("a start just before its stop, and two times that are often one, are close", () => {
  expect(
    closeOrders(
      [order],
      pair((uniform) => uniform() ** 3),
    ),
  ).toEqual([order]);
  expect(
    closeOrders(
      [order],
      pair((uniform) => (uniform() < 0.2 ? 0 : 40 + uniform())),
    ),
  ).toEqual([order]);
});

test("a worst value well above the mean one is not: a few rows are drawn again", () => {
  expect(
    closeOrders(
      [order],
      pair((uniform) => 3 + 40 * uniform()),
    ),
  ).toEqual([]);
});

test("without a row that has both nothing is close", () => {
  const table = madeTable([numbers("low", [1, NaN, 2, NaN]), numbers("high", [NaN, 2, NaN, 3])]);
  expect(closeOrders([order], table)).toEqual([]);
});
