import type { CellValues } from "./cell-values.ts";
import type { Keep } from "./join.ts";

/** What can be kept of several cells of a kind. */
export const KEPT: Readonly<Record<CellValues["kind"], readonly Keep[]>> = {
  numbers: ["first", "last", "least", "greatest", "mean", "count"],
  dates: ["first", "last", "least", "greatest", "count"],
  texts: ["first", "last", "count"],
};

/** The cell that stands for those of `rows`, which are in their order; "" where all are missing. */
export function keptCell(column: CellValues, rows: ArrayLike<number>, keep: Keep): string {
  switch (keep) {
    case "first":
      return firstPresent(column, rows, 0, 1);
    case "last":
      return firstPresent(column, rows, rows.length - 1, -1);
    case "least":
      return extreme(column, rows, (value, best) => value < best, /^[<≤]/);
    case "greatest":
      return extreme(column, rows, (value, best) => value > best, /^[>≥]/);
    case "mean":
      return mean(column, rows);
    case "count":
      return String(present(column, rows));
  }
}

const levelOf = ({ codes }: CellValues, row: number): number => codes[row] as number;

function firstPresent(column: CellValues, rows: ArrayLike<number>, from: number, step: 1 | -1): string {
  for (let i = from; i >= 0 && i < rows.length; i += step) {
    const level = levelOf(column, rows[i] as number);
    if (column.missing[level] !== true) return column.levels[level] as string;
  }
  return "";
}

/** A limit lies beyond its number: of 5 and "<5", "<5" is the least. */
function extreme(
  column: CellValues,
  rows: ArrayLike<number>,
  better: (value: number, best: number) => boolean,
  beyond: RegExp,
): string {
  let best = -1;
  let bestValue = NaN;
  for (let i = 0; i < rows.length; i++) {
    const level = levelOf(column, rows[i] as number);
    const value = column.values[level] as number;
    if (!Number.isFinite(value)) continue;
    const further = value === bestValue && beyond.test(column.levels[level] as string);
    if (best < 0 || better(value, bestValue) || further) {
      best = level;
      bestValue = value;
    }
  }
  return best < 0 ? "" : (column.levels[best] as string);
}

/** With one decimal more than the values have, and their decimal mark; a limit counts as its number. */
function mean(column: CellValues, rows: ArrayLike<number>): string {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = column.values[levelOf(column, rows[i] as number)] as number;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  if (count === 0) return "";
  return String(Number((sum / count).toFixed(Math.min(10, column.decimals + 1)))).replace(
    ".",
    column.marks.decimalMark,
  );
}

function present(column: CellValues, rows: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++)
    if (column.missing[levelOf(column, rows[i] as number)] !== true) count++;
  return count;
}
