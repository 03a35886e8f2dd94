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
export function describingRows(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): DescribingRows {
  const cells = rows.map((row) => row.map((cell) => cell.trim()));
  let lines = 0;
  while (lines < MOST && describes(names, cells[lines] ?? [], cells.slice(Math.min(MOST, lines + 1))))
    lines++;
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
  names: readonly string[],
  row: readonly string[],
  below: readonly (readonly string[])[],
): boolean {
  if (below.length < LEAST_BELOW) return false;
  const words: number[] = [];
  let columns = 0;
  for (let i = 0; i < row.length; i++) {
    const text = row[i] as string;
    const others = below.map((cells) => cells[i] ?? "").filter((cell) => !isEmpty(cell));
    if (others.length > 0 && others.filter(isValue).length >= MOSTLY * others.length) {
      columns++;
      if (isEmpty(text)) continue;
      if (isValue(text)) return false;
      words.push(i);
    } else if (!isEmpty(text) && others.includes(text)) return false;
  }
  if (words.length === 0 || 2 * words.length < columns) return false;
  return (
    words.length > 1 ||
    words.some((i) => looksLikeUnit(row[i] ?? "") || isAbout(names[i] ?? "", row[i] ?? ""))
  );
}

/** Whether a text says what a column's name says: one patient's "refused" does not. */
function isAbout(name: string, text: string): boolean {
  const wordsIn = (of: string): string[] => of.toLowerCase().match(/[\p{L}]{3,}/gu) ?? [];
  const said = wordsIn(text);
  return wordsIn(name).some((word) => said.some((other) => other.startsWith(word) || word.startsWith(other)));
}
