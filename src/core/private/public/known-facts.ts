import {
  namedQuantity,
  plainWords,
  quantityOf,
  type NamedQuantity,
} from "../../clinic/ranges/quantity-names.ts";
import type { ClinicalUnit, Quantity } from "../../clinic/ranges/clinical-quantity.ts";
import type { ColumnSchema, Schema } from "../../table/table.ts";
import { learnedColumns } from "../../table/table.ts";
import type { PublicColumn, PublicFacts } from "./public-facts.ts";

/** One fact, and why it is public, in words. */
export interface PublicReason {
  readonly column: string;
  readonly fact: "range" | "levels" | "missing";
  readonly why: "declared" | "clinical";
  /** one sentence for a person */
  readonly sentence: string;
}

export interface KnownFacts {
  readonly facts: PublicFacts;
  readonly reasons: readonly PublicReason[];
}

/** Where a name gives no unit, the one that everybody takes it to be in. */
const USUAL_UNITS: Readonly<Record<string, string>> = { Age: "years" };

/** Years in which patients can have been born or seen. */
const YEARS = { from: 1880, to: 2100 };
const YEAR_WORDS = new Set([
  "year",
  "yr",
  "yob",
  "jahr",
  "geburtsjahr",
  "aufnahmejahr",
  "annee",
  "anno",
  "ano",
]);
/** "year of birth", "admission year"; "years since diagnosis" and "year 1 score" are no years. */
const YEAR_OF = new Set(
  "of the in de di du birth born geburt der des aufnahme admission discharge death diagnosis diagnose index visit study calendar naissance nacimiento nascita anchor".split(
    " ",
  ),
);

/** Most of what is counted of one patient. */
const MOST_COUNTED = 1000;

/**
 * What is known of clinical quantities before a patient is looked at, by the column's name and unit alone: the range that
 * is plausible in its unit, or in all units of the quantity where none is named; an age is in years then. Percentages lie
 * in 0 to 100, counts in 0 to 1,000, calendar years in 1880 to 2100.
 */
export const clinicalFacts = (schema: Schema): PublicFacts => publicFacts(schema, { columns: [] }).facts;

/** Declared facts over those of clinical quantities, and why each is public. Learned columns alone. */
export function publicFacts(schema: Schema, declared: PublicFacts): KnownFacts {
  const reasons: PublicReason[] = [];
  const columns = learnedColumns(schema).flatMap((i): PublicColumn[] => {
    const column = schema.columns[i] as ColumnSchema;
    const own = declared.columns.find(({ name }) => name === column.name);
    const known = own?.range === undefined ? clinicalRange(column) : undefined;
    if (own !== undefined) reasons.push(...declaredReasons(own));
    if (known !== undefined)
      reasons.push({ column: column.name, fact: "range", why: "clinical", sentence: known.sentence });
    if (own === undefined && known === undefined) return [];
    const range = known && { from: known.from, to: known.to, why: "clinical" as const };
    return [{ ...(own ?? { name: column.name }), ...(range && { range }) }];
  });
  return { facts: { columns }, reasons };
}

function declaredReasons({ name, range, levels: known, missing }: PublicColumn): PublicReason[] {
  const levels = known?.why === "declared" ? known : undefined;
  const reason = (fact: PublicReason["fact"], sentence: string): PublicReason => ({
    column: name,
    fact,
    why: "declared",
    sentence,
  });
  return [
    ...(range ? [reason("range", "You declared it; values beyond it are moved to its ends.")] : []),
    ...(levels ? [reason("levels", "You declared them; cells with another level count as missing.")] : []),
    ...(missing === false ? [reason("missing", "You declared that no cell is ever missing.")] : []),
  ];
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly sentence: string;
}

/** Whole numbers of the calendar, by the column's whole name. */
const CALENDAR: readonly (Range & { readonly names: ReadonlySet<string> })[] = [
  ["month|monat|month of birth|admission month", 1, 12],
  ["hour|stunde|hour of day|admission hour|admit hour", 0, 23],
  ["weekday|wochentag|day of week", 0, 7],
].map(([names, from, to]) => ({
  names: new Set(String(names).split("|")),
  from: Number(from),
  to: Number(to),
  sentence: `It is of the calendar: from ${from} to ${to}. Values beyond are moved to its ends.`,
}));

/** By a person's choice, else by the name alone or with the unit beside it: never by the values. */
function namedBeforehand(column: ColumnSchema): NamedQuantity | undefined {
  const { name, unit, quantity } = column;
  const named = quantityOf(column);
  return named ?? (unit === undefined || quantity ? undefined : namedQuantity(`${name} ${unit}`));
}

function clinicalRange(column: ColumnSchema): Range | undefined {
  const { name, kind, unit, measure } = column;
  if (kind !== "integer" && kind !== "decimal") return undefined;
  const named = namedBeforehand(column);
  if (named !== undefined) return quantityRange(named.quantity, unitNamed(named, unit));
  if (kind === "integer" && isYear(name))
    return { ...YEARS, sentence: `It is a calendar year: from ${YEARS.from} to ${YEARS.to}.` };
  const calendar = CALENDAR.find(({ names }) => names.has(plainWords(name).join(" ")));
  if (calendar !== undefined && kind === "integer") return calendar;
  if (measure === "percentage") return { from: 0, to: 100, sentence: "It is a percentage: from 0 to 100." };
  if (measure === "count")
    return {
      from: 0,
      to: MOST_COUNTED,
      sentence: `It counts something of one patient: from 0 to ${MOST_COUNTED}.`,
    };
  return undefined;
}

/** "Geburtsjahr", "year_of_birth", "admission year" */
export function isYear(name: string): boolean {
  const words = plainWords(name);
  return (
    words.some((word) => YEAR_WORDS.has(word)) && words.every((w) => YEAR_WORDS.has(w) || YEAR_OF.has(w))
  );
}

/** The unit that a column's name or its schema gives, or the one it is usually in. */
function unitNamed(named: NamedQuantity, unit: string | undefined): ClinicalUnit | undefined {
  const { quantity } = named;
  const usual = (): ClinicalUnit | undefined =>
    unit === undefined ? quantity.units.find((one) => one.unit === USUAL_UNITS[quantity.name]) : undefined;
  return named.unit ?? unitOf(quantity, unit) ?? usual();
}

/** The units a known range is wide enough for, where neither name nor schema says which; none: it is that of one. */
export function unitsSpanned(column: ColumnSchema): readonly string[] {
  const named = namedBeforehand(column);
  if (named === undefined || unitNamed(named, column.unit) !== undefined) return [];
  const usual = named.quantity.units.filter(({ typical }) => typical !== undefined);
  const units = usual.length > 1 ? usual : named.quantity.units;
  return units.length > 1 ? units.map((one) => one.unit) : [];
}

/** The unit that is taken for granted of a column that gives none. */
export function unitTaken(column: ColumnSchema): string | undefined {
  const { unit } = column;
  const named = unit === undefined ? quantityOf(column) : undefined;
  return named?.unit === undefined && named ? unitNamed(named, unit)?.unit : undefined;
}

/** The unit that the schema names, as the quantity knows it. */
function unitOf({ units }: Quantity, unit: string | undefined): ClinicalUnit | undefined {
  if (unit === undefined) return undefined;
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}%]/gu, "");
  return units.find((own) => plain(own.unit) === plain(unit) || own.hints.includes(plain(unit)));
}

function quantityRange({ name, units }: Quantity, unit: ClinicalUnit | undefined): Range {
  const likely = units.filter(({ typical }) => typical !== undefined);
  const all = (unit === undefined ? (likely.length > 0 ? likely : units) : [unit]).map(
    ({ plausible }) => plausible,
  );
  const from = Math.min(...all.map(([low]) => low));
  const to = Math.max(...all.map(([, high]) => high));
  const which = unit?.unit ?? (all.length > 1 ? "any of its units" : (likely[0] ?? units[0])?.unit);
  return {
    from,
    to,
    sentence: `What is plausible of ${name} in ${which}: from ${from} to ${to}. Values beyond are moved to its ends.`,
  };
}
