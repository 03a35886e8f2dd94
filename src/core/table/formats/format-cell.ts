import { formatDate } from "./dates/write-date.ts";
import { formatNumber, PLAIN } from "./number-format.ts";
import { limitTexts } from "./place-limits.ts";
import type { Column, ColumnSchema, NumberFormat } from "../table.ts";

const SHORTEST: NumberFormat = { ...PLAIN, decimals: 17 };

/** How the cells of one column are written: row -> text, missing as the column's own token. */
export function cellFormatter(column: Column, schema: ColumnSchema): (row: number) => string {
  const { missingToken } = schema;
  if (column.type === "coded") {
    const { codes, levels } = column;
    return (row) => levels[codes[row] as number] ?? missingToken;
  }
  const { values } = column;
  if (schema.kind === "datetime") {
    const format = schema.date ?? "YYYY-MM-DD HH:mm:ss";
    return (row) => {
      const value = values[row] as number;
      return Number.isFinite(value) ? formatDate(value, format) : missingToken;
    };
  }
  const format = schema.number ?? (schema.kind === "integer" ? { ...PLAIN, decimals: 0 } : SHORTEST);
  const limits = limitTexts(schema.limits);
  if (limits !== undefined)
    return (row) => {
      const value = values[row] as number;
      if (!Number.isFinite(value)) return missingToken;
      return limits.get(value) ?? formatNumber(value, format);
    };
  return (row) => {
    const value = values[row] as number;
    return Number.isFinite(value) ? formatNumber(value, format) : missingToken;
  };
}
