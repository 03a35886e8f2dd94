import type { TextCells } from "../table/read/column-cells.ts";
import { mapTexts, textAt, textsOf, withCells } from "./cells.ts";
import {
  MOST_CHANGED,
  MOST_TEXTS,
  placeOf,
  type ChangedRow,
  type Effect,
  type TextBecomes,
} from "./step-kind.ts";
import type { ReadRows } from "../table/read/rows.ts";

/**
 * What a step does that changes the texts of one column, each distinct text once. `of`, made for the column's texts, says
 * what a text becomes: null missing, undefined that it stays.
 */
export function mapColumn(
  rows: ReadRows,
  column: string,
  ofTexts: (cells: TextCells) => (text: string) => string | null | undefined,
): Effect {
  const at = placeOf(rows, column);
  const before = textsOf(rows.cells[at] as ReadRows["cells"][number]);
  const { cells, changed, becomes } = mapTexts(before, ofTexts(before));
  return {
    rows: changed === 0 ? rows : withCells(rows, at, cells),
    cells: changed,
    away: 0,
    shows: [column],
    texts: mostFrequent(before, becomes),
    changed: firstChanged(before.codes.length, (row) => {
      const to = becomes[before.codes[row] as number];
      return to === undefined ? undefined : { before: textAt(before, row), after: to };
    }),
  };
}

function mostFrequent(
  { levels, counts }: TextCells,
  becomes: readonly (string | null | undefined)[],
): TextBecomes[] {
  const met = levels.flatMap((text, level): TextBecomes[] => {
    const to = becomes[level];
    return to === undefined ? [] : [{ text, cells: counts[level] as number, becomes: to }];
  });
  return met.sort((a, b) => b.cells - a.cells).slice(0, MOST_TEXTS);
}

/** The first rows for which `of` says something. */
export function firstChanged(
  rows: number,
  of: (row: number) => { readonly before: string; readonly after: string | null } | undefined,
): ChangedRow[] {
  const found: ChangedRow[] = [];
  for (let row = 0; row < rows && found.length < MOST_CHANGED; row++) {
    const change = of(row);
    if (change !== undefined) found.push({ row: row + 1, ...change });
  }
  return found;
}
