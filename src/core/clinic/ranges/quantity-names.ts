import { wordsOf } from "../../table/column-names.ts";
import type { ClinicalUnit, Quantity } from "./clinical-quantity.ts";
import { quantities } from "./reference-ranges.ts";

/** Words that leave a quantity what it is: where, when and of whom it was measured. */
const QUALIFIERS = new Set(
  (
    "serum plasma blood blut s p b fs venous arterial capillary min minimum lowest max maximum highest mean avg average " +
    "median mittel mittelwert first last initial final baseline admission adm admit discharge at on in of the day tag " +
    "value val wert result lab labor level spiegel patient patients pat pt subject measured measurement resting fasting " +
    "nuechtern visit current index entry enrolment enrollment enrollement diagnosis diagnose recruitment aufnahme entlassung bei " +
    "0 1 2 3 4 5 6 12 24 48 72 24h d0 d1 t0 t1 v1 v2"
  ).split(" "),
);

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

const byName = new Map(
  quantities.flatMap((quantity) => quantity.names.map((name) => [name, quantity] as const)),
);

/** Starts and ends of every run of words, longest first. */
function* runs(words: readonly string[]): Generator<readonly [number, number]> {
  for (let length = words.length; length > 0; length--) {
    for (let start = 0; start + length <= words.length; start++) yield [start, start + length];
  }
}

/**
 * The quantity that a name stands for, by whole words: some run of them is one of its names, and every other word is a
 * unit of it or says where or when it was measured. "glucose_mg_dl" and "Natrium bei Aufnahme" are known, "glucose
 * change" and "sodium intake" are not.
 */
export function namedQuantity(name: string): NamedQuantity | undefined {
  const words = plainWords(name);
  for (const [start, end] of runs(words)) {
    const quantity = byName.get(words.slice(start, end).join(""));
    if (quantity === undefined) continue;
    const named = withRest(quantity, [...words.slice(0, start), ...words.slice(end)]);
    if (named !== undefined) return named;
  }
  return undefined;
}

function withRest(quantity: Quantity, rest: readonly string[]): NamedQuantity | undefined {
  const qualifies = (words: readonly string[]): boolean => words.every((word) => QUALIFIERS.has(word));
  for (const [start, end] of runs(rest)) {
    const hint = rest.slice(start, end).join("");
    const unit = quantity.units.find(({ hints }) => hints.includes(hint));
    const others = [...rest.slice(0, start), ...rest.slice(end)];
    if (unit && qualifies(others)) return { quantity, unit, beside: others.join(" ") };
  }
  return qualifies(rest) ? { quantity, beside: rest.join(" ") } : undefined;
}
