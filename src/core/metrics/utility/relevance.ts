import { correlationRatio, cramersV, pearson } from "../../math/scores/association.ts";
import type { AlignedColumn } from "../measuring/align.ts";

/** What is explained: numbers (missing = NaN), or codes below `levels` (missing = -1). */
export type Explained =
  | { readonly type: "number"; readonly values: Float64Array }
  | { readonly type: "classes"; readonly labels: Int32Array; readonly classes: number };

/** How strongly table `side` of `column` goes with `explained`, 0..1 by the measure that fits both; 0 where undefined. */
export function relevance(column: AlignedColumn, side: number, explained: Explained): number {
  const strength =
    column.type === "numeric"
      ? ofNumber(column.values[side] as Float64Array, explained)
      : ofLevels(column.codes[side] as Int32Array, column.levels.length, explained);
  return Number.isFinite(strength) ? Math.abs(strength) : 0;
}

const ofNumber = (values: Float64Array, explained: Explained): number =>
  explained.type === "number"
    ? pearson(values, explained.values)
    : correlationRatio(explained.labels, explained.classes, values);

const MOST_LEVELS = 1000;

function ofLevels(codes: Int32Array, levels: number, explained: Explained): number {
  if (explained.type === "number") return correlationRatio(codes, levels, explained.values);
  return levels > MOST_LEVELS ? 0 : cramersV(codes, levels, explained.labels, explained.classes);
}

/** At most `most` of `columns`, those that go strongest with `explained` in table `side`, strongest first. */
export const mostRelevant = (
  columns: readonly AlignedColumn[],
  side: number,
  explained: Explained,
  most: number,
): AlignedColumn[] =>
  columns
    .map((column) => ({ column, strength: relevance(column, side, explained) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, most)
    .map(({ column }) => column);
