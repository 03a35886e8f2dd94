import type { ColumnHint } from "../../hints.ts";
import { isMissing, isMissingNumber, missingTokens } from "../../formats/missing-tokens.ts";
import { looksLikeUnit } from "../../formats/units.ts";
import { isValue } from "./is-value.ts";

/** Lines right below the names that describe the columns: their units, their labels, a survey tool's ids. */
export interface DescribingRows {
  readonly lines: number;
  /** by position */
  readonly hints: ReadonlyMap<number, ColumnHint>;
}

/** What a patient's row says where a value could not be had, in five languages. */
const NO_VALUE =
  /^(?:refused|declined|not done|not known|not (?:performed|recorded|tested|measured|applicable)|unknown|pending|h?a?emolysed|h?a?emolyzed|clotted|insufficient|invalid|error|cancell?ed|lost|dead|verweigert|abgelehnt|nicht (?:durchgeführt|erhoben|gemessen|bekannt)|unbekannt|ausstehend|fehlt|hämolytisch|hämolyse|geronnen|ungültig|refusé|non (?:fait|réalisé|connu)|inconnu|en attente|hémolysé|rechazado|no (?:realizado|hecho|conocido)|desconocido|pendiente|hemolizado|rifiutato|non (?:eseguito|noto)|sconosciuto|in attesa|emolizzato)$/i;

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
  const units = words.length > 1 && row.every((text) => isEmpty(text) || looksLikeUnit(text));
  if (words.length === 0 || (2 * words.length < columns && !units)) return false;
  const said = words.map((i) => row[i] as string);
  const answers = said.filter((text) => NO_VALUE.test(text) || isMissingNumber(text, tokens)).length;
  if (2 * answers >= words.length || (words.length > 2 && repeatsOneWord(said))) return false;
  return (
    words.length > 1 ||
    words.some((i) => looksLikeUnit(row[i] ?? "") || isAbout(names[i] ?? "", row[i] ?? ""))
  );
}

/** One word in every column, which is no unit: an answer, not what the columns are. */
const repeatsOneWord = (said: readonly string[]): boolean =>
  new Set(said).size === 1 && !looksLikeUnit(said[0] as string);

/** Whether a text says what a column's name says: one patient's "refused" does not. */
function isAbout(name: string, text: string): boolean {
  const wordsIn = (of: string): string[] => of.toLowerCase().match(/[\p{L}]{3,}/gu) ?? [];
  const said = wordsIn(text);
  return wordsIn(name).some((word) => said.some((other) => other.startsWith(word) || word.startsWith(other)));
}
