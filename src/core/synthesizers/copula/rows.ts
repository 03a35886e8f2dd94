import type { AnyColumnCode, TableCode } from "../../codec/columns/table-code.ts";
import { normalCdf } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";
import type { Dimension } from "./dimensions.ts";
import { binAt } from "./dimensions.ts";

export const emptyCells = (code: TableCode, rows: number): Float64Array[] =>
  code.columns.map(() => new Float64Array(rows));

/** Normal scores of all dimensions as the cells of one row. */
export function writeRow(
  code: TableCode,
  dimensions: readonly Dimension[],
  scores: Float64Array,
  cells: readonly Float64Array[],
  row: number,
  rng: Rng,
): void {
  code.columns.forEach((column, j) => {
    (cells[j] as Float64Array)[row] = column.code.cellOf(firstPresent(column), rng);
  });
  dimensions.forEach((dimension, k) => {
    const values = cells[dimension.column] as Float64Array;
    const own = code.columns[dimension.column] as AnyColumnCode;
    const share = Math.min(1 - 1e-12, Math.max(1e-12, normalCdf(scores[k] as number)));
    if (dimension.part === "missing") {
      if (binAt(dimension.edges, share) === 1) values[row] = own.type === "numeric" ? NaN : -1;
    } else if (own.type === "numeric") values[row] = own.code.valueAt(share, rng);
    else {
      const token = dimension.levels?.[binAt(dimension.edges, share)] ?? -1;
      if (token >= 0) values[row] = own.code.cellOf(token, rng);
    }
  });
}

/** The token of a column that holds one value, missing or not. */
const firstPresent = ({ code }: AnyColumnCode): number => (code.missing === 0 && code.count > 1 ? 1 : 0);
