import type { TextCells } from "../../column-cells.ts";
import { readNumber, type NumberMarks } from "../../../formats/number-format.ts";
import { chooseMarks, type NumberContext } from "../../../formats/number-marks.ts";

/** Levels that write the same number differently ("1", "1.0") under the text most cells have. */
export function mergeNumbers(
  cells: TextCells,
  kept: readonly number[],
  context: NumberContext,
): Map<number, string> | undefined {
  if (kept.length > 1000) return undefined;
  const { marks, fits } = chooseMarks(
    kept.map((level) => cells.levels[level] as string),
    context,
  );
  if (fits < kept.length) return undefined;
  return sameValue(cells, kept, marks);
}

function sameValue(cells: TextCells, kept: readonly number[], marks: NumberMarks): Map<number, string> {
  const best = new Map<number, number>();
  const value = (level: number): number => readNumber(cells.levels[level] as string, marks)?.value ?? NaN;
  for (const level of kept) {
    const rival = best.get(value(level));
    if (rival === undefined || (cells.counts[level] as number) > (cells.counts[rival] as number)) {
      best.set(value(level), level);
    }
  }
  return new Map(kept.map((level) => [level, cells.levels[best.get(value(level)) as number] as string]));
}
