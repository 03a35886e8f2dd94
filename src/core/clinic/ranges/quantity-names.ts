import { wordsOf } from "../../table/column-names.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { ClinicalUnit, Quantity } from "./clinical-quantity.ts";
import {
  besideWords,
  loincCodes,
  nhanesCodes,
  notQuantities,
  type CodedQuantity,
} from "./names/name-lists.ts";
import { NearNames } from "./near-names.ts";
import { joined, nameWords, runs, type NameWord } from "./name-words.ts";
import { quantities } from "./reference-ranges.ts";

/** The words of a name in lower case, umlauts written out. */
export const plainWords = (name: string): string[] =>
  wordsOf(name).map((word) =>
    word.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue").replaceAll("ß", "ss"),
  );

/** What a column's name says it holds. */
export interface NamedQuantity {
  readonly quantity: Quantity;
  /** the unit that the name gives */
  readonly unit?: ClinicalUnit;
  /** the name's other words, which tell when it was measured: columns that go together share them */
  readonly beside: string;
}

/** A reading of a name, and what it rests on. */
export interface NameReading extends NamedQuantity {
  /** `code`: of LOINC or NHANES. `name`: means nothing else. `short`: stands for other things too */
  readonly by: "code" | "name" | "short";
  /** a code leaves these open; the values decide */
  readonly open?: readonly ClinicalUnit[];
  /** the unit is one word that may say something else: the "min" of "hr_min" */
  readonly unitUnsure?: true;
  /** the name is one letter off: it is never more than a guess */
  readonly misspelt?: true;
}

/** Names of more words are not looked at for a wrong letter. */
const MOST_MISSPELT = 8;

/** A name of so few letters is one piece of the column's name, not put together of several: "n/a" is not "na". */
const isShort = (text: string): boolean => /^\p{L}{1,3}$/u.test(text);

const byName = new Map(
  quantities.flatMap((quantity) => quantity.names.map((name) => [name, quantity] as const)),
);
const byShort = new Map<string, Quantity[]>();
for (const quantity of quantities) {
  for (const name of quantity.short ?? []) byShort.set(name, [...(byShort.get(name) ?? []), quantity]);
}
const near = new NearNames(byName);
const byTitle = new Map(quantities.map((quantity) => [quantity.name, quantity]));

/** The quantity of that name in the lab: "Potassium". */
export const quantityNamed = (name: string): Quantity | undefined => byTitle.get(name);

/**
 * The quantity that a name alone stands for, by whole words: some run of them is one of its names, and every other word is
 * a unit of it or says where or when it was measured. "glucose_mg_dl", "Natrium bei Aufnahme" and "K (mmol/L)" are known,
 * "glucose change", "sodium intake" and "K" are not.
 */
export function namedQuantity(name: string): NamedQuantity | undefined {
  const readings = nameReadings(name);
  const sure = readings.find(({ by, misspelt }) => by !== "short" && !misspelt);
  if (sure !== undefined) return sure;
  const [only, other] = readings.filter(({ unit }) => unit !== undefined);
  return other === undefined ? only : undefined;
}

/** The quantity of a column by the choice of a person, else by its name alone; a choice that the lab does not know is none. */
export function quantityOf({
  name,
  quantity,
}: Pick<ColumnSchema, "name" | "quantity">): NamedQuantity | undefined {
  if (quantity?.of === null) return undefined;
  const chosen = quantity && quantityNamed(quantity.of);
  if (quantity === undefined || chosen === undefined) return namedQuantity(name);
  const unit = chosen.units.find((own) => own.unit === quantity.unit);
  return { quantity: chosen, ...(unit && { unit }), beside: namedQuantity(name)?.beside ?? "" };
}

/** All that a name can stand for: one reading where the name is a code or a full name, else all its abbreviations. */
export function nameReadings(name: string): NameReading[] {
  const code = codeReading(name);
  if (code !== undefined) return [code];
  const words = nameWords(name);
  if (notQuantities.has(joined(words))) return [];
  const full = fullReading(words) ?? withoutBeside(words);
  if (full !== undefined) return [full];
  const apart = unglued(words);
  const glued = apart.length > words.length ? fullReading(apart) : undefined;
  if (glued !== undefined) return [glued];
  const short = shortReadings(words);
  const misspelt =
    short.length === 0 && words.length <= MOST_MISSPELT
      ? fullReading(words, (run) => near.nearTo(run))
      : undefined;
  return misspelt === undefined ? short : [{ ...misspelt, misspelt: true }];
}

function shortReadings(words: readonly NameWord[]): NameReading[] {
  return [...runs(words)].flatMap(([start, end]): NameReading[] => {
    const run = words.slice(start, end);
    if (!isWholePiece(words, [start, end])) return [];
    return (byShort.get(joined(run)) ?? []).flatMap((quantity) => {
      const reading = withRest(quantity, words, [start, end]);
      return reading === undefined || namesAnother(reading) ? [] : [{ ...reading, by: "short" as const }];
    });
  });
}

/** Of one or of many: "total protein", "total proteins". */
const fullyNamed = (text: string): Quantity | undefined =>
  byName.get(text) ?? (text.length > 8 ? byName.get(text.replace(/s$/, "")) : undefined);

/** Whether a word beside an abbreviation is itself the name of another quantity: the "hr" of "hst_hr" is no hour. */
const namesAnother = ({ quantity, beside }: Omit<NameReading, "by">): boolean =>
  beside.split(" ").some((word) => (byName.get(word) ?? quantity) !== quantity);

/** Letters of a name, or of a word of time and place, before two of them are told from one word. */
const LEAST_GLUED = 3;

/** Words that are a name and a word of time or place run together, taken apart: "avgsysbp", "hosplos", "sodiumserum". */
function unglued(words: readonly NameWord[]): NameWord[] {
  return words.flatMap((word) => {
    const { text } = word;
    if (byName.has(text) || besideWords.has(text)) return [word];
    for (let at = LEAST_GLUED; at <= text.length - LEAST_GLUED; at++) {
      const [left, right] = [text.slice(0, at), text.slice(at)];
      if ((besideWords.has(left) && byName.has(right)) || (byName.has(left) && besideWords.has(right)))
        return [
          { ...word, text: left },
          { ...word, text: right },
        ];
    }
    return [word];
  });
}

/** What a full name stands for, the longest first; undefined where the other words say more than when and where. */
function fullReading(
  words: readonly NameWord[],
  named = (run: readonly NameWord[]): Quantity | undefined => fullyNamed(joined(run)),
): NameReading | undefined {
  for (const [start, end] of runs(words)) {
    const run = words.slice(start, end);
    const text = joined(run);
    const quantity = named(run);
    if (quantity === undefined || (isShort(text) && piecesOf(run) > 1)) continue;
    const reading = withRest(quantity, words, [start, end]);
    if (reading !== undefined) return { ...reading, by: "name" };
  }
  return undefined;
}

/** The same where such words stand in the middle: "Arterial BP #2 [Systolic]". */
function withoutBeside(words: readonly NameWord[]): NameReading | undefined {
  const beside = words.filter(({ text }) => besideWords.has(text));
  const kept = words.filter(({ text }) => !besideWords.has(text));
  const reading = beside.length === 0 ? undefined : fullReading(kept);
  return reading && { ...reading, beside: textOf(beside) };
}

const piecesOf = (words: readonly NameWord[]): number => new Set(words.map(({ piece }) => piece)).size;

function isWholePiece(words: readonly NameWord[], [start, end]: readonly [number, number]): boolean {
  const run = words.slice(start, end);
  if (piecesOf(run) !== 1) return false;
  const piece = run[0]?.piece;
  return words[start - 1]?.piece !== piece && words[end]?.piece !== piece;
}

/** "8867-4", "LOINC_8867_4", "LBXSKSI" */
function codeReading(name: string): NameReading | undefined {
  const plain = name.trim();
  const nhanes = nhanesCodes.get(plain.toUpperCase());
  if (nhanes !== undefined) return ofCode(nhanes);
  const loinc = /(?<![\p{L}\p{N}])(\d{3,6})[-_](\d)(?![\p{L}\p{N}])/u.exec(plain);
  const known = loinc && loincCodes.get(`${loinc[1]}-${loinc[2]}`);
  return known ? ofCode(known) : undefined;
}

function ofCode({ quantity: title, units }: CodedQuantity): NameReading | undefined {
  const quantity = quantityNamed(title);
  if (quantity === undefined) return undefined;
  const open = quantity.units.filter(({ unit }) => units.length === 0 || units.includes(unit));
  const [only] = open;
  return {
    quantity,
    by: "code",
    beside: "",
    ...(open.length === 1 && only ? { unit: only } : { open }),
  };
}

const saysWhen = (words: readonly NameWord[]): boolean =>
  words.every(
    ({ text }) => besideWords.has(text) || /^([djtvhmw]|day|tag|jour|dia|visit)\d{1,3}$/.test(text),
  );

/** Whether words say where or when a quantity was measured, or name it once more: "alanine aminotransferase (ALT)". */
function qualifies(words: readonly NameWord[], { names, short = [] }: Quantity): boolean {
  if (saysWhen(words)) return true;
  for (const [start, end] of runs(words)) {
    const text = joined(words.slice(start, end));
    if (!names.includes(text) && !short.includes(text)) continue;
    if (saysWhen([...words.slice(0, start), ...words.slice(end)])) return true;
  }
  return false;
}
const textOf = (words: readonly NameWord[]): string => words.map(({ text }) => text).join(" ");

function withRest(
  quantity: Quantity,
  words: readonly NameWord[],
  [from, to]: readonly [number, number],
): Omit<NameReading, "by"> | undefined {
  const rest = [...words.slice(0, from), ...words.slice(to)];
  for (const [start, end] of runs(rest)) {
    const hint = joined(rest.slice(start, end));
    const unit = quantity.units.find(({ hints }) => hints.includes(hint));
    const others = [...rest.slice(0, start), ...rest.slice(end)];
    if (unit && qualifies(others, quantity))
      return { quantity, unit, beside: textOf(others), ...(besideWords.has(hint) && { unitUnsure: true }) };
  }
  return qualifies(rest, quantity) ? { quantity, beside: textOf(rest) } : undefined;
}
