import type { RawCells, TextCells } from "./column-cells.ts";
import { isMissing, type MissingTokens } from "../formats/missing-tokens.ts";

/** Short codes in capitals, as electrolytes, countries and arms are written. */
const CODE = /^[A-Z]{1,3}\d{0,2}$/;
/** Share of a column's other levels that must be such codes. */
const MOSTLY = 0.8;
/** Fewest other levels that show what the column holds. */
const LEAST_LEVELS = 2;

/**
 * The tokens of each column. “NA” is a level of one, sodium or Namibia, where its other levels are short codes in
 * capitals, the column has no other gap, and no other column of the file has “NA”: a file that writes what is missing so
 * would have it elsewhere too.
 */
export function ownTokens(cells: readonly RawCells[], tokens: MissingTokens): MissingTokens[] {
  if (tokens.given !== undefined) return cells.map(() => tokens);
  const holders = cells.flatMap((column, i) => (holdsNA(column) ? [i] : []));
  const [only] = holders;
  return cells.map((column, i) =>
    holders.length === 1 && i === only && column.type === "texts" && amongCodes(column, tokens)
      ? { ...tokens, levels: new Set(["NA"]) }
      : tokens,
  );
}

function holdsNA(column: RawCells): boolean {
  if (column.type === "values") return column.missing.has("NA");
  return column.levels.some((text, level) => text === "NA" && (column.counts[level] as number) > 0);
}

function amongCodes({ levels, counts }: TextCells, tokens: MissingTokens): boolean {
  const there = levels.filter((text, level) => text !== "NA" && (counts[level] as number) > 0);
  if (there.length < LEAST_LEVELS || there.some((text) => isMissing(text, tokens))) return false;
  return there.filter((text) => CODE.test(text)).length >= MOSTLY * there.length;
}
