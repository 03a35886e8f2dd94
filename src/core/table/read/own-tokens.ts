import type { RawCells, TextCells } from "./column-cells.ts";
import { isMissing, type MissingTokens } from "../formats/missing-tokens.ts";

/** Short codes in capitals, as electrolytes, countries and arms are written, and signs of elements. */
const CODE = /^(?:[A-Z]{1,3}|[A-Z][a-z])\d{0,2}$/;
/** The sign for missing that can be such a code, as it may be written. */
const SPELLED = ["NA", "Na"] as const;
/** Share of a column's other levels that must be such codes. */
const MOSTLY = 0.8;
/** Fewest other levels that show what the column holds. */
const LEAST_LEVELS = 2;

/**
 * The tokens of each column. “NA” (or “Na”) is a level of one, sodium or Namibia, where its other levels are short codes,
 * the column has no other gap, and no other column of the file has it so written: a file that writes what is missing so
 * would have it elsewhere too.
 */
export function ownTokens(cells: readonly RawCells[], tokens: MissingTokens): MissingTokens[] {
  if (tokens.given !== undefined) return cells.map(() => tokens);
  const levels = cells.map((): string[] => []);
  for (const spelled of SPELLED) {
    const holders = cells.flatMap((column, i) => (holds(column, spelled) ? [i] : []));
    const [only] = holders;
    const column = holders.length === 1 ? cells[only as number] : undefined;
    if (column?.type === "texts" && amongCodes(column, spelled, tokens))
      levels[only as number]?.push(spelled);
  }
  return levels.map((own) => (own.length === 0 ? tokens : { ...tokens, levels: new Set(own) }));
}

function holds(column: RawCells, token: string): boolean {
  if (column.type === "values") return column.missing.has(token);
  return column.levels.some((text, level) => text === token && (column.counts[level] as number) > 0);
}

function amongCodes({ levels, counts }: TextCells, token: string, tokens: MissingTokens): boolean {
  const there = levels.filter((text, level) => text !== token && (counts[level] as number) > 0);
  if (there.length < LEAST_LEVELS || there.some((text) => isMissing(text, tokens))) return false;
  return there.filter((text) => CODE.test(text)).length >= MOSTLY * there.length;
}
