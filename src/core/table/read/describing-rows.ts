import type { ColumnHint } from "../hints.ts";
import { isMissing, missingTokens } from "../formats/missing-tokens.ts";
import { looksLikeUnit } from "../formats/units.ts";
import { isValue } from "./is-value.ts";

/** Lines right below the names that describe the columns: their units, their labels, a survey tool's ids. */
export interface DescribingRows {
  readonly lines: number;
  /** by position */
  readonly hints: ReadonlyMap<number, ColumnHint>;
}

/** Most such lines. */
const MOST = 3;
/** Fewest rows below them that must show what patients look like. */
const LEAST_BELOW = 3;
/** Share of a column's cells that must be numbers or dates. */
const MOSTLY = 0.8;

const tokens = missingTokens();
const isEmpty = (text: string): boolean => isMissing(text, tokens);

/**
 * How many of `rows`, the first ones below the names, describe the columns: words stand where the rows further down have
 * numbers or dates, and nothing in them is a level of those rows.
 */
export function describingRows(rows: readonly (readonly string[])[]): DescribingRows {
  const cells = rows.map((row) => row.map((cell) => cell.trim()));
  let lines = 0;
  while (lines < MOST && describes(cells[lines] ?? [], cells.slice(lines + 1), cells.slice(MOST))) lines++;
  const hints = new Map<number, ColumnHint>();
  for (const row of cells.slice(0, lines)) {
    row.forEach((text, i) => {
      if (text === "") return;
      const before = hints.get(i) ?? {};
      if (looksLikeUnit(text)) hints.set(i, { ...before, unit: before.unit ?? text });
      else hints.set(i, { ...before, label: before.label ?? text });
    });
  }
  return { lines, hints };
}

function describes(
  row: readonly string[],
  below: readonly (readonly string[])[],
  surely: readonly (readonly string[])[],
): boolean {
  const rest = surely.length >= LEAST_BELOW ? surely : below;
  if (rest.length < LEAST_BELOW) return false;
  let words = 0;
  let columns = 0;
  for (let i = 0; i < row.length; i++) {
    const text = row[i] as string;
    const others = rest.map((cells) => cells[i] ?? "").filter((cell) => !isEmpty(cell));
    if (others.length > 0 && others.filter(isValue).length >= MOSTLY * others.length) {
      columns++;
      if (isEmpty(text)) continue;
      if (isValue(text)) return false;
      words++;
    } else if (!isEmpty(text) && others.includes(text)) return false;
  }
  return words > 0 && 2 * words >= columns;
}
