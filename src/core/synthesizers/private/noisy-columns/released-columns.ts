import type { ReleasedTable } from "../../synthesizer.ts";
import { tokensOfColumn, type NoisyColumns } from "./noisy-columns.ts";

/** Every column by itself, as the noisy table that a model with a guarantee has of it. */
export const releasedColumns = ({ columns }: Pick<NoisyColumns, "columns">): ReleasedTable[] =>
  columns.map((column, j) => ({
    columns: [column.name],
    shares: column.shares,
    noise: Math.sqrt(column.variance),
    cellsOf: (rows) => {
      const own = rows.columns[j];
      return own === undefined ? new Int32Array(rows.rows).fill(-1) : tokensOfColumn(column, own);
    },
  }));
