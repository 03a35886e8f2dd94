import type { NumericColumn, Table } from "../../table/table.ts";
import { binsFor } from "../columns/table-code.ts";
import type { Order } from "./with-orders.ts";

/** Share of broken pairings within bins, or of equal values, from which an order is close. */
const BROKEN = 0.06;
const EQUAL = 0.1;

/**
 * Those of `orders` that a model of both columns' bins would break in many rows: within a bin of the lower column (n / 12
 * of them, as numbers are cut) at least 6% of the pairings of one row's lower with another row's higher value do, or the
 * two are equal in a tenth of the rows. Elsewhere a gap in place of a column hides what else goes with it, and drawing
 * a few rows again costs less.
 */
export const closeOrders = (orders: readonly Order[], table: Table): Order[] =>
  orders.filter((order) => isClose(order, table));

function isClose({ low, high }: Order, { columns, rows }: Table): boolean {
  const [lower, higher] = [low, high].map((j) => (columns[j] as NumericColumn).values) as [
    Float64Array,
    Float64Array,
  ];
  const both = Array.from({ length: rows }, (_, row) => row)
    .filter((row) => Number.isFinite(lower[row]) && Number.isFinite(higher[row]))
    .sort((a, b) => (lower[a] as number) - (lower[b] as number) || a - b);
  const bins = binsFor(rows);
  let [broken, asked, equal] = [0, 0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const inside = both.slice(
      Math.round((bin * both.length) / bins),
      Math.round(((bin + 1) * both.length) / bins),
    );
    const shift = Math.max(1, inside.length >> 1);
    inside.forEach((row, k) => {
      const other = inside[(k + shift) % inside.length] as number;
      asked++;
      if ((lower[row] as number) > (higher[other] as number)) broken++;
      if (lower[row] === higher[row]) equal++;
    });
  }
  return asked > 0 && (broken >= BROKEN * asked || equal >= EQUAL * asked);
}
