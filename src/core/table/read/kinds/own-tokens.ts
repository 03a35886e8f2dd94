import type { RawCells, TextCells } from "../column-cells.ts";
import { isMissing, type MissingTokens } from "../../formats/missing-tokens.ts";

/** As sodium and Namibia are written; of other spellings none is a code. */
const NA = ["NA", "Na"] as const;
/** Short codes in capitals, as analytes, countries and arms are written. */
const CODE = /^[A-Z]{1,5}\d{0,2}[A-Z]?\d?$/;
/** Share of a column's other levels that must be such codes. */
const MOSTLY = 0.8;
/** Fewest other levels that show what the column holds. */
const LEAST_LEVELS = 2;
/** Beside potassium, of which one must be there too. */
const ANALYTES =
  /^(?:cl|ca|i?ca2?\+?|mg|p|po4|phos|hco3|co2|bun|urea|ure|cre|crea|creat|krea|glu|gluc|hb|hgb|crp|lac|lact|alb|ph|wbc|plt|ast|alt|ldh|got|gpt|bili)$/i;

/**
 * The tokens of each column. “NA” is a level of one, sodium or Namibia, where potassium and another analyte are levels
 * beside it; else where its other levels are short codes in capitals, the column has no other gap, and no column of the
 * file has “NA” but those that share its levels: a file that writes what is missing so would have it elsewhere too.
 */
export function ownTokens(cells: readonly RawCells[], tokens: MissingTokens): MissingTokens[] {
  if (tokens.given !== undefined) return cells.map(() => tokens);
  const found = cells.map(spellingsIn);
  const holders = cells.filter((_, i) => (found[i] as readonly string[]).length > 0);
  const alone = holders.every(
    (column) => amongCodes(column, tokens) && alike(column, holders[0] as RawCells),
  );
  return cells.map((column, i) => {
    const spelled = found[i] as readonly string[];
    if (spelled.length === 0 || column.type !== "texts") return tokens;
    const capitals = spelled.length === 1 && spelled[0] === "NA";
    return amongAnalytes(column) || (alone && capitals) ? { ...tokens, levels: new Set(spelled) } : tokens;
  });
}

function spellingsIn(column: RawCells): readonly string[] {
  if (column.type === "values") return NA.filter((text) => column.missing.has(text));
  return NA.filter((text) => (column.counts[column.levels.indexOf(text)] ?? 0) > 0);
}

const levelsIn = ({ levels, counts }: TextCells): string[] =>
  levels.filter((_, level) => (counts[level] as number) > 0);

const isNA = (text: string): boolean => (NA as readonly string[]).includes(text);

function amongAnalytes(column: TextCells): boolean {
  const there = levelsIn(column);
  return there.some((text) => /^k\+?$/i.test(text)) && there.some((text) => ANALYTES.test(text));
}

function amongCodes(column: RawCells, tokens: MissingTokens): boolean {
  if (column.type !== "texts") return false;
  const there = levelsIn(column).filter((text) => !isNA(text));
  if (there.length < LEAST_LEVELS || there.some((text) => isMissing(text, tokens))) return false;
  return there.filter((text) => CODE.test(text)).length >= MOSTLY * there.length;
}

/** Whether at least half of the levels of one are levels of the other: two columns of countries. */
function alike(a: RawCells, b: RawCells): boolean {
  if (a === b) return true;
  if (a.type !== "texts" || b.type !== "texts") return false;
  const [one, other] = [a, b].map((column) => new Set(levelsIn(column).filter((text) => !isNA(text))));
  const shared = [...(one as Set<string>)].filter((text) => (other as Set<string>).has(text)).length;
  return 2 * shared >= Math.min((one as Set<string>).size, (other as Set<string>).size);
}
