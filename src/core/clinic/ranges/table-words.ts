import { quantileSorted } from "../../math/statistics.ts";
import type { ColumnSchema } from "../../table/table.ts";
import { matchColumn, within, type ColumnMatch } from "./match-column.ts";
import { LONGEST } from "./name-words.ts";
import { tellingWords } from "./names/name-lists.ts";

/** Columns that must bear a word, and quantities that they must be without it, before it is taken for a word of the table. */
const LEAST_BEARERS = 5;
const LEAST_QUANTITIES = 4;
/** Of the columns known without the word, so many must have a median as usual. */
const LEAST_FITTING = 0.8;

/** A column that no reading of its name fits, and its present values in order. */
export interface UnknownColumn {
  readonly schema: ColumnSchema;
  readonly sorted: () => Float64Array;
}

/** A name without its first or last word. */
interface Cut {
  readonly column: UnknownColumn;
  /** "first preop", "last egreso" */
  readonly word: string;
  readonly rest: string;
}

const FIRST = /^[^\p{L}\p{N}]*(\p{L}[\p{L}\p{N}]*?)(?:[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu}))(.+)$/u;
const LAST = /^(.+?)(?:[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu}))([\p{L}\p{N}]+)[^\p{L}\p{N}]*$/u;

function cuts(column: UnknownColumn): Cut[] {
  const { name } = column.schema;
  if (name.length > LONGEST) return [];
  const [, first, afterFirst] = FIRST.exec(name) ?? [];
  const [, beforeLast, last] = LAST.exec(name) ?? [];
  return [
    { end: "first", word: first, rest: afterFirst },
    { end: "last", word: last, rest: beforeLast },
  ].flatMap(({ end, word, rest }) => {
    const plain = word?.toLowerCase();
    return plain === undefined || rest === undefined || tellingWords.has(plain)
      ? []
      : [{ column, word: `${end} ${plain}`, rest }];
  });
}

/**
 * What columns measure whose names begin or end with a word that many columns of the table bear, and that says nothing of the
 * quantity: the "admit" of admit_sodium, the "apache" of bun_apache. The word is left out where five columns bear it, four
 * different quantities are known without it, and four in five of those have a median as usual; so "sodium_sd" stays unknown,
 * and words that make something else of a quantity (doses, limits, other people's) are never left out. Never certain.
 */
export function matchesByTableWords(unknown: readonly UnknownColumn[]): Map<ColumnSchema, ColumnMatch> {
  const byWord = new Map<string, Cut[]>();
  for (const cut of unknown.flatMap(cuts)) byWord.set(cut.word, [...(byWord.get(cut.word) ?? []), cut]);
  const found = new Map<ColumnSchema, ColumnMatch>();
  for (const [word, bearers] of byWord) {
    if (bearers.length < LEAST_BEARERS) continue;
    const matches = bearers.flatMap(({ column: { schema, sorted }, rest }) => {
      const match = matchColumn({ ...schema, name: rest }, sorted());
      return match === undefined ? [] : [{ schema, match, fits: fits(match, sorted()) }];
    });
    const fitting = matches.filter((one) => one.fits);
    const quantities = new Set(fitting.map(({ match }) => match.quantity.name));
    if (quantities.size < LEAST_QUANTITIES || fitting.length < LEAST_FITTING * matches.length) continue;
    for (const { schema, match } of fitting) {
      if (!found.has(schema)) found.set(schema, without(word.replace(/^\w+ /, ""), bearers.length, match));
    }
  }
  return found;
}

function fits({ unit }: ColumnMatch, sorted: Float64Array): boolean {
  const usual = unit?.typical ?? unit?.plausible;
  return usual !== undefined && sorted.length > 0 && within(quantileSorted(sorted, 0.5), usual);
}

const without = (word: string, bearers: number, match: ColumnMatch): ColumnMatch => ({
  ...match,
  sure: match.sure === "certain" ? "likely" : match.sure,
  why: `${match.why}, leaving out “${word}”, which ${bearers} columns bear`,
  beside: [word, match.beside].filter(Boolean).join(" "),
});
