import type { Guarantee } from "../../../private/guarantee.ts";
import type { ReleasedTable } from "../../synthesizer.ts";
import { tokensOf } from "../noisy-columns/noisy-columns.ts";
import { releasedColumns } from "../noisy-columns/released-columns.ts";
import { cellsOfRows } from "./joint-target.ts";
import type { TargetParts } from "./target-parts.ts";

/** What the ledger calls the tables of the target with every other column. */
export const TABLES = "Target with every other column";

/** The noisy tables of the model: every column by itself, and the target with each other column. */
export function releasedTables(parts: TargetParts): ReleasedTable[] {
  const { columns, target, weights, shares } = parts;
  const noise = tableSigma(parts.guarantee) / columns.rows;
  const named = target.targets.map(({ column }) => columns.columns[column]?.name ?? "");
  const pairs = columns.columns.flatMap((column, j): ReleasedTable[] => {
    const own = shares[j];
    if (own === undefined) return [];
    return [
      {
        columns: [...named, column.name],
        shares: Float64Array.from(own, (share, at) => share * (weights[Math.floor(at / column.count)] ?? 0)),
        noise,
        cellsOf: (rows) => {
          const tokens = tokensOf(columns, rows);
          return cellsOfRows(target, tokens).map((cell, row) => {
            const token = tokens[j]?.[row] ?? -1;
            return cell < 0 || token < 0 ? -1 : cell * column.count + token;
          });
        },
      },
    ];
  });
  return [...releasedColumns(columns), ...pairs];
}

/** Standard deviation of a cell's noise; 0 where a file does not say it. */
function tableSigma(guarantee: Guarantee | Readonly<Record<string, unknown>>): number {
  const spent: unknown = guarantee["spent" as keyof typeof guarantee];
  if (!Array.isArray(spent)) return 0;
  const line: unknown = spent.find((one: unknown) => isLine(one) && one.what === TABLES);
  return isLine(line) && typeof line.sigma === "number" ? line.sigma : 0;
}

const isLine = (value: unknown): value is { readonly what: unknown; readonly sigma?: unknown } =>
  typeof value === "object" && value !== null && "what" in value;
