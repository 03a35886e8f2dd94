import { isDated, levelOf, piecesOf } from "../../table/formats/dates/tokens.ts";
import type { Level } from "../../table/formats/dates/tokens.ts";
import type { ColumnSchema } from "../../table/table.ts";

/** The values a numeric column can take, as its source writes them. */
export type Grid =
  | { readonly type: "decimals"; readonly decimals: number }
  /** `offset` and whole multiples of `of` from there: even numbers, halves, thousands */
  | { readonly type: "multiple"; readonly of: number; readonly offset: number; readonly decimals: number }
  | Interval
  | { readonly type: "month" }
  | { readonly type: "year" }
  /** values that the declared decimals cannot write, e.g. 1.5e-9: taken as they are */
  | { readonly type: "free" };

/** Milliseconds between two neighbouring date-times, which are `offset` (0 unless said) and whole multiples from there. */
export interface Interval {
  readonly type: "interval";
  readonly milliseconds: number;
  readonly offset?: number;
  /** of times of day: the first and the last there is */
  readonly within?: readonly [number, number];
}

const DAY = 86_400_000;

/** The grid of a column of kind integer, decimal or datetime. */
export function gridOf(column: ColumnSchema): Grid {
  if (column.kind !== "datetime") return { type: "decimals", decimals: column.number?.decimals ?? 0 };
  const pattern = column.date?.pattern ?? "ss";
  const level = levelOf(pattern);
  if (level === "year" || level === "month") return { type: level };
  const milliseconds = stepOfLevel(level, pattern);
  if (isDated(pattern)) return { type: "interval", milliseconds };
  const last = /k/.test(pattern) ? DAY : DAY - milliseconds;
  return { type: "interval", milliseconds, within: [0, last] };
}

function stepOfLevel(level: Exclude<Level, "year" | "month">, pattern: string): number {
  if (level === "day") return DAY;
  if (level === "hour") return 3_600_000;
  if (level === "minute") return 60_000;
  if (level === "second") return 1000;
  const digits = piecesOf(pattern).pieces.find(({ token }) => token === "S")?.digits ?? MOST_DIGITS;
  return 10 ** (3 - Math.min(MOST_DIGITS, digits));
}

/** of a fraction of a second that a value can hold */
const MOST_DIGITS = 6;

/** The grid's value nearest to `value`. */
export function snap(value: number, grid: Grid): number {
  switch (grid.type) {
    case "decimals": {
      const scale = 10 ** grid.decimals;
      const scaled = value * scale;
      return Math.abs(scaled) < 2 ** 53 ? Math.round(scaled) / scale : value;
    }
    case "multiple": {
      const { of, offset, decimals } = grid;
      return snap(offset + Math.round((value - offset) / of) * of, { type: "decimals", decimals });
    }
    case "interval":
      return snapInterval(value, grid);
    case "month":
      return nearestStart(value, (date) => [date.getUTCFullYear(), date.getUTCMonth()], 1);
    case "year":
      return nearestStart(value, (date) => [date.getUTCFullYear(), 0], 12);
    case "free":
      return value;
  }
}

function snapInterval(value: number, { milliseconds, offset = 0, within }: Interval): number {
  if (milliseconds < 1) return Math.round(value * 1000) / 1000;
  const snapped = offset + Math.round((value - offset) / milliseconds) * milliseconds;
  if (within === undefined) return snapped;
  if (snapped > within[1]) return snapped - milliseconds * Math.ceil((snapped - within[1]) / milliseconds);
  if (snapped < within[0]) return snapped + milliseconds * Math.ceil((within[0] - snapped) / milliseconds);
  return snapped;
}

function nearestStart(value: number, start: (date: Date) => [number, number], months: number): number {
  const [year, month] = start(new Date(value));
  const before = Date.UTC(year, month);
  const after = Date.UTC(year, month + months);
  if (Number.isNaN(before) || Number.isNaN(after)) return value;
  return value - before < after - value ? before : after;
}

/** Distance between neighbouring values of the grid (a typical one for months and years); 0 where it is free. */
export function stepOf(grid: Grid): number {
  switch (grid.type) {
    case "decimals":
      return 10 ** -grid.decimals;
    case "multiple":
      return grid.of;
    case "interval":
      return grid.milliseconds;
    case "month":
      return 30 * 86_400_000;
    case "year":
      return 365 * 86_400_000;
    case "free":
      return 0;
  }
}

/** `grid`, or the free one where some of `values` do not lie on it. */
export function gridOfValues(values: Float64Array, grid: Grid): Grid {
  const off = values.some(
    (value) => Math.abs(snap(value, grid) - value) > 1e-9 * Math.max(1, Math.abs(value)),
  );
  return off ? { type: "free" } : grid;
}
