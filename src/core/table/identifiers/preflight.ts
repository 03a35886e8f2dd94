import { distinctNumbers } from "../../math/first-equal.ts";
import { namesGroup } from "../column-names.ts";
import { readDate } from "../formats/dates/read-date.ts";
import { folded, sexIn } from "../formats/answer-words.ts";
import { missingLevels, type MissingTokens } from "../formats/missing-tokens.ts";
import type { IdentifierClass } from "../identifies.ts";
import type { RawCells } from "../read/column-cells.ts";
import { holdsDates, type Facts } from "../read/kinds/column-facts.ts";
import type { Kind } from "../table.ts";
import { namedAs, namesOwnAge, plainName } from "./column-words.ts";
import type { DatedRows } from "./birth-dates.ts";
import { identify, type Identified, type SeenColumn } from "./identify.ts";
import { patientColumn, type FoundPatients, type PatientView } from "./patient-column.ts";

/** Rows that are looked at one by one. */
const ROWS = 20_000;
const DAY = 86_400_000;
/** Least share of words for a sex among the cells of a column of them. */
const MOSTLY_SEXES = 0.8;

/** Looks at every column for what can tell who a person is. One item each. */
export function identifyColumns(columns: readonly SeenColumn[]): (Identified | undefined)[] {
  const days = columns.map(daysOf);
  const ages = columns.map(agesOf).find((one) => one !== undefined);
  return withPairs(
    columns,
    columns.map((column, i) => {
      const own = days[i];
      const rows: DatedRows | undefined = own && {
        own,
        others: days.filter((other, at) => at !== i && other !== undefined) as Float64Array[],
        ...(ages && { ages }),
      };
      return knownOr(column, [own, ...(rows?.others ?? []), ages], () => identify(column, rows));
    }),
  );
}

/** What a column was found to be beside the same dates and ages: facts stand for their cells. */
const known = new WeakMap<
  Facts,
  { readonly beside: readonly unknown[]; readonly found: Identified | undefined }
>();

function knownOr(
  { facts }: SeenColumn,
  beside: readonly unknown[],
  find: () => Identified | undefined,
): Identified | undefined {
  const before = known.get(facts);
  const own = beside[0] === undefined ? [] : beside;
  if (before?.beside.length === own.length && own.every((one, i) => one === before.beside[i]))
    return before.found;
  const found = find();
  known.set(facts, { beside: own, found });
  return found;
}

const daysKnown = new WeakMap<Facts, Float64Array | undefined>();

/** The first rows of a column of dates, in days; the same ones for the same facts. */
function daysOf(column: SeenColumn): Float64Array | undefined {
  if (!daysKnown.has(column.facts)) daysKnown.set(column.facts, daysIn(column));
  return daysKnown.get(column.facts);
}

function daysIn({ facts, cells }: SeenColumn): Float64Array | undefined {
  if (facts.date === undefined || !holdsDates(facts)) return undefined;
  if (cells.type === "values") return cells.values.slice(0, ROWS).map((value) => value / DAY);
  const { format } = facts.date;
  const known = new Map<number, number>();
  return Float64Array.from(cells.codes.subarray(0, ROWS), (code) => {
    const day = known.get(code) ?? readDate(cells.levels[code] as string, format) / DAY;
    known.set(code, day);
    return day;
  });
}

function agesOf({ facts, cells }: SeenColumn): Float64Array | undefined {
  if (!namesOwnAge(plainName(facts.name)) || facts.numberShare < 0.8 || facts.high > 130) return undefined;
  if (cells.type === "values") return cells.values.slice(0, ROWS);
  return Float64Array.from(cells.codes.subarray(0, ROWS), (code) => {
    const text = cells.levels[code] as string;
    return /^\d/.test(text) ? parseFloat(text.replace(",", ".")) : NaN;
  });
}

/** Two neighbouring columns of five decimals or more, the first within the latitudes people live at, both close together. */
function withPairs(
  columns: readonly SeenColumn[],
  identified: (Identified | undefined)[],
): (Identified | undefined)[] {
  const degrees = ({ facts }: SeenColumn, low: number, high: number): boolean =>
    facts.numberShare >= 0.95 &&
    facts.writing.decimals >= 5 &&
    facts.low >= low &&
    facts.high <= high &&
    facts.high - facts.low > 0.01 &&
    facts.high - facts.low < 25 &&
    facts.distinct > 0.5 * facts.present;
  const pair: Identified = {
    what: "coordinates",
    why: "Two neighbouring columns in degrees, as latitude and longitude are.",
    out: true,
  };
  const found = [...identified];
  columns.forEach((column, i) => {
    const next = columns[i + 1];
    if (next === undefined || identified[i] !== undefined || identified[i + 1] !== undefined) return;
    const here = degrees(column, 24, 72) && degrees(next, -130, 45);
    const turned = degrees(column, -130, 45) && degrees(next, 24, 72);
    if (here || turned) [found[i], found[i + 1]] = [pair, pair];
  });
  return found;
}

/** How a column was inferred, as far as it matters here. */
export interface KnownKind {
  readonly kind: Kind;
  /** both words for a sex */
  readonly sexes: boolean;
}

/** Finds the patients among columns that were identified and whose kinds are known. */
export function findPatients(
  columns: readonly SeenColumn[],
  identified: readonly (IdentifierClass | undefined)[],
  kinds: readonly KnownKind[],
  tokens: readonly MissingTokens[],
): FoundPatients {
  return patientColumn(
    columns.map(({ facts, cells }, i): PatientView => {
      const { kind, sexes } = kinds[i] as KnownKind;
      const what = identified[i];
      const codes = codesOf(cells, tokens[i] as MissingTokens);
      const ofPerson = what === "birth-date" || sexes || (namesGroup(facts.name) && facts.distinct <= 50);
      return {
        name: facts.name,
        codes: ofPerson ? alikeAsOne(codes, cells, facts) : codes,
        present: facts.present,
        distinct: facts.texts === undefined ? distinctOf(cells, facts.distinct) : facts.distinct,
        what,
        id: kind === "identifier",
        date: kind === "datetime",
        decimals: kind === "decimal" || kind === "boolean" || kind === "constant",
        numbers: facts.numberShare >= 0.8,
        sequential: facts.sequential,
        ofPerson,
        guessed: what === "birth-date" && !namedAs(facts.name).classes.includes("birth-date"),
        inOrder: orderOf(facts, () => risesWithRows(codes, cells)),
        formed: isFormed(facts),
      };
    }),
  );
}

/** Fewest patients with several dates that show whether these change. */
const LEAST_PATIENTS = 5;

/** Whether dates that look like births by their cells are none: among a patient's rows they mostly change. */
export function areNoBirths(
  { facts, cells }: SeenColumn,
  patient: SeenColumn,
  tokens: MissingTokens,
): boolean {
  if (namedAs(facts.name).classes.includes("birth-date")) return false;
  const [own, whose] = [codesOf(cells, tokens), codesOf(patient.cells, tokens)];
  const first = new Map<number, number>();
  const [several, changing] = [new Set<number>(), new Set<number>()];
  whose.forEach((one, row) => {
    const code = own[row] as number;
    if (one < 0 || code < 0) return;
    const before = first.get(one);
    if (before === undefined) first.set(one, code);
    else several.add(one);
    if (before !== undefined && before !== code) changing.add(one);
  });
  return several.size >= LEAST_PATIENTS && 2 * changing.size > several.size;
}

/** Places where several people are treated, in five languages. */
const OF_A_PLACE =
  /(hospital|clinic|site|cent(er|re)|ward|unit|facility|practice|station|krankenhaus|klinik|abteilung|hopital|clinique|service|centro|reparto|ospedale|clinica)/;
/** Patients of each place, on average; fewer, and a number of theirs would pass for a place. */
const LEAST_OF_A_PLACE = 2;

/** Whether what is named like a record number names places by its cells: several patients share each, and stay in it. */
export function areOfPlaces(
  { facts, cells }: SeenColumn,
  patient: SeenColumn,
  tokens: { readonly own: MissingTokens; readonly whose: MissingTokens },
): boolean {
  if (!OF_A_PLACE.test(plainName(facts.name))) return false;
  const [own, whose] = [codesOf(cells, tokens.own), codesOf(patient.cells, tokens.whose)];
  const places = new Map<number, number>();
  const moved = new Set<number>();
  whose.forEach((one, row) => {
    const place = own[row] as number;
    if (one < 0 || place < 0) return;
    if ((places.get(one) ?? place) !== place) moved.add(one);
    places.set(one, place);
  });
  const different = new Set(places.values()).size;
  return (
    different >= LEAST_PATIENTS &&
    places.size >= LEAST_OF_A_PLACE * different &&
    moved.size <= 0.02 * places.size
  );
}

/** Share of the texts that must be as long as most, or numbers that must be there of those between least and greatest. */
const NEARLY_ALL = 0.95;
const DENSE = 0.8;
/** Fewest characters of a number that is given out at random. */
const LEAST_WIDTH = 4;

/** Whether the values look given out: equally long, with letters, or nearly every whole number of a range. */
function isFormed({ texts, low, high, numbers, distinct, writing }: Facts): boolean {
  if (writing.decimals === 0 && high > low && numbers >= DENSE * (high - low + 1)) return true;
  if (texts === undefined) {
    const width = (value: number): number => String(Math.abs(value)).length;
    return Number.isFinite(low) && width(low) === width(high) && width(low) >= LEAST_WIDTH;
  }
  const lengths = new Map<number, number>();
  for (const { length } of texts.levels) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  const [usual = 0, count = 0] = [...lengths].sort(([, a], [, b]) => b - a)[0] ?? [];
  if (usual >= LEAST_WIDTH && count >= NEARLY_ALL * distinct) return true;
  return texts.levels.filter((text) => /\p{L}/u.test(text)).length >= NEARLY_ALL * distinct;
}

function distinctOf(cells: RawCells, otherwise: number): number {
  return cells.type === "texts" ? otherwise : distinctNumbers(cells.values);
}

function codesOf(cells: RawCells, tokens: MissingTokens): Int32Array {
  if (cells.type === "texts") {
    const missing = missingLevels(cells.levels, tokens);
    return cells.codes.slice(0, ROWS).map((code) => (missing[code] === true ? -1 : code));
  }
  const places = new Map<number, number>();
  return Int32Array.from(cells.values.subarray(0, ROWS), (value) => {
    if (Number.isNaN(value)) return -1;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
}

/** The codes where spellings of one answer, and notations of one day, are the same. */
function alikeAsOne(codes: Int32Array, cells: RawCells, { date }: Facts): Int32Array {
  if (cells.type !== "texts") return codes;
  const places = new Map<string, number>();
  const present = cells.counts.reduce((sum, count) => sum + count, 0);
  const sexes = cells.counts.reduce(
    (sum, count, level) => (sexIn(cells.levels[level] as string) === undefined ? sum : sum + count),
    0,
  );
  const sexOf = sexes >= MOSTLY_SEXES * present ? sexIn : () => undefined;
  const same = cells.levels.map((text) => {
    const moment = date === undefined ? NaN : readDate(text, date.format);
    const meant = Number.isNaN(moment) ? (sexOf(text) ?? folded(text)) : String(moment);
    const place = places.get(meant) ?? places.size;
    places.set(meant, place);
    return place;
  });
  return codes.map((code) => (code < 0 ? code : (same[code] as number)));
}

const ordered = new WeakMap<Facts, boolean>();

function orderOf(facts: Facts, find: () => boolean): boolean {
  const before = ordered.get(facts) ?? find();
  ordered.set(facts, before);
  return before;
}

/** Whether the values stand in rising order by the rows in which they are first met. */
function risesWithRows(codes: Int32Array, cells: RawCells): boolean {
  const textOf = (row: number): string =>
    cells.type === "texts" ? (cells.levels[cells.codes[row] as number] as string) : String(cells.values[row]);
  const seen = new Set<number>();
  let [last, rises, steps] = ["", 0, 0];
  codes.forEach((code, row) => {
    if (code < 0 || seen.has(code)) return;
    seen.add(code);
    const text = textOf(row);
    if (seen.size > 1) {
      steps++;
      if (byNumber.compare(text, last) > 0) rises++;
    }
    last = text;
  });
  return steps >= 10 && rises >= 0.95 * steps;
}

const byNumber = new Intl.Collator("en", { numeric: true });
