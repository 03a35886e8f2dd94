import { joined, nameWords } from "./name-words.ts";
import { fullNames, shortNames, unitSpellings } from "./names/name-lists.ts";

/** What a clinical quantity can be and what it usually is, in one unit. */
export interface ClinicalUnit {
  readonly unit: string;
  /** as it stands in a column's name, without marks: "mgdl" for glucose_mg_dl */
  readonly hints: readonly string[];
  /** beyond these a value cannot be: an error of writing, of the unit, or a code for "not measured" */
  readonly plausible: readonly [number, number];
  /** adults, both sexes; -Infinity or Infinity where one side is open */
  readonly reference?: readonly [number, number];
  /** a cohort's median, sick or well; decides the unit where the name does not say; without it the name must say */
  readonly typical?: readonly [number, number];
}

export interface Quantity {
  readonly name: string;
  /** names of columns in English, German, French and Spanish, words run together: "systolicbloodpressure" */
  readonly names: readonly string[];
  /** abbreviations that stand for other things too, and count only with a unit or a fitting median: "k" */
  readonly short?: readonly string[];
  readonly units: readonly ClinicalUnit[];
  /** of the reference range */
  readonly source: string;
}

export type Range = readonly [number, number];
export const upTo = (high: number): Range => [-Infinity, high];
export const from = (low: number): Range => [low, Infinity];

/** A unit of a quantity. `hints`: apart by spaces, as in `ClinicalUnit`. */
export function unit(
  name: string,
  hints: string,
  plausible: Range,
  reference?: Range,
  typical?: Range,
): ClinicalUnit {
  return {
    unit: name,
    hints: [...new Set([...hints.split(" ").filter(Boolean), ...unitSpellings(name)])],
    plausible,
    ...(reference === undefined ? {} : { reference }),
    ...(typical === undefined ? {} : { typical }),
  };
}
/** `names`: apart by |, words apart by spaces; those of the lists in `names/` are its too. */
export const quantity = (
  name: string,
  names: string,
  source: string,
  ...units: ClinicalUnit[]
): Quantity => ({
  name,
  names: [...new Set([...names.split("|").map((one) => joined(nameWords(one))), ...fullNames(name)])],
  short: shortNames(name),
  units,
  source,
});

/** A quantity whose names stand in the lists of `names/`. */
export const listed = (name: string, source: string, ...units: ClinicalUnit[]): Quantity => ({
  name,
  names: fullNames(name),
  short: shortNames(name),
  units,
  source,
});

export const LAB = "ABIM Laboratory Reference Ranges 2025; Tietz Fundamentals of Clinical Chemistry 2019";
export const VITAL = "Royal College of Physicians, NEWS2 2017";
export const ESH = "ESH Guidelines 2023";
export const ADA = "ADA Standards of Care 2024";
export const KDIGO = "KDIGO 2024";
export const ESC = "ESC Guidelines 2021";
export const ATP = "NCEP ATP III 2001";
export const NONE = "No reference range applies.";

export const MGDL = "mgdl mgperdl mgprodl";
export const MMOL = "mmoll mmolperl mmol meql meq";
export const UMOL = "umoll umolperl umol moll mikromoll";
export const GDL = "gdl gperdl gprodl";
export const GL = "gl gperl";
export const PERCENT = "percent pct prozent perc";
export const UNITS = "ul iul unitsl ui u iu";
