import type { KnownColumn } from "../../../clinic/ranges/known-quantities.ts";
import { conversion, unitWritten } from "../../../clinic/ranges/unit-conversions.ts";
import { affirms } from "../../../clinic/rules/concepts/level-words.ts";
import { folded, sexIn } from "../../../table/formats/answer-words.ts";
import { cutCell } from "../../../table/formats/cut-number.ts";
import { isMissing, isMissingNumber, missingTokens } from "../../../table/formats/missing-tokens.ts";
import { readNumber } from "../../../table/formats/number-format.ts";
import { chooseReading, readCell, type NumberReading } from "../../../table/formats/number-reading.ts";
import { yesAndNo } from "../../../table/read/kinds/levels/yes-no.ts";
import { life } from "../../second/same-levels.ts";
import type { ColumnSchema } from "../../../table/table.ts";

/** Why a cell makes its row be refused. */
export const CELL_FAULTS = ["not a number", "out of range", "another unit", "unknown level"] as const;
export type CellFault = (typeof CELL_FAULTS)[number];

/** The cells of one column of a reply. */
export interface ReadCells {
  /** numbers, or codes into the column's known levels; NaN and -1: missing */
  readonly values: Float64Array;
  /** by row; a row without one is sound here */
  readonly faults: ReadonlyMap<number, CellFault>;
  /** cells turned from one unit to another */
  readonly turned?: { readonly cells: number; readonly from: string; readonly to: string };
  /** cells whose unit was taken off */
  readonly units: number;
}

const TOKENS = missingTokens();
/** Texts that marks are chosen by. */
const SAMPLE = 2_000;

/** Cells of a column of numbers. `limits`: what the quantity can be, where it is known. */
export function readNumbers(
  texts: readonly string[],
  schema: ColumnSchema,
  known: KnownColumn | undefined,
  decimalComma: boolean,
): ReadCells {
  const sample = texts.filter((text) => !isMissingNumber(text, TOKENS)).slice(0, SAMPLE);
  const { reading } = chooseReading(sample, { decimalComma, dayFirst: false });
  const values = new Float64Array(texts.length).fill(NaN);
  const faults = new Map<number, CellFault>();
  const turned = new Map<string, number>();
  let units = 0;
  const [low, high] = known?.unit.plausible ?? [-Infinity, Infinity];
  const celsius = known?.unit.unit === "°C";
  const percent = known?.unit.unit === "%" || schema.measure === "percentage";
  texts.forEach((text, row) => {
    if (isMissingNumber(text, TOKENS) || NOT_GIVEN.test(text)) return;
    const read = numberIn(text, reading);
    if (read === undefined) {
      faults.set(row, "not a number");
      return;
    }
    let { value } = read;
    if (read.unit !== "") units++;
    if (celsius && (value > high || /f/i.test(read.unit)) && value >= 80 && value <= 115) {
      value = Number((((value - 32) * 5) / 9).toFixed(Math.max(1, schema.number?.decimals ?? 1)));
      turned.set("°F", (turned.get("°F") ?? 0) + 1);
    } else if (celsius && /kelvin|^k$/i.test(read.unit)) value -= 273.15;
    const other = known && !celsius ? otherUnit(known, read.unit) : undefined;
    if (known && other !== undefined) {
      const way = conversion(known.quantity.name, other, known.unit.unit);
      if (way === undefined) {
        faults.set(row, "another unit");
        return;
      }
      value = inPlaces(value * way.times + way.plus, known, schema);
      turned.set(other, (turned.get(other) ?? 0) + 1);
    }
    if (!percent && read.unit === "%" && value > 1 && high <= 1) value /= 100;
    if (value < low || value > high || !Number.isFinite(value)) faults.set(row, "out of range");
    else values[row] = value;
  });
  const cells = [...turned.values()].reduce((sum, own) => sum + own, 0);
  const from = [...turned.keys()].join(" and ");
  return {
    values,
    faults,
    units,
    ...(cells > 0 && known && { turned: { cells, from, to: known.unit.unit } }),
  };
}

/** The unit of the same quantity that a cell is in, where it is not the column's own. */
function otherUnit({ quantity, unit }: KnownColumn, written: string): string | undefined {
  const own = written === "" ? undefined : unitWritten(quantity, written);
  return own === undefined || own.unit === unit.unit ? undefined : own.unit;
}

/** To the places that the column has; an age is in years completed. */
function inPlaces(value: number, { quantity }: KnownColumn, { kind, number }: ColumnSchema): number {
  const decimals = kind === "integer" ? 0 : (number?.decimals ?? 4);
  return quantity.name === "Age" && decimals === 0 ? Math.floor(value) : Number(value.toFixed(decimals));
}

/** A number with what stands behind it. */
function numberIn(text: string, reading: NumberReading): { value: number; unit: string } | undefined {
  const bare = text.replace(ABOUT, "");
  const read = readCell(bare, reading);
  const cut = cutCell(bare);
  const unit = cut?.suffix.trim() ?? "";
  if (TWO_NUMBERS.test(unit)) return undefined;
  if (read && Number.isFinite(read.number.value)) return { value: read.number.value, unit };
  if (cut === undefined) return undefined;
  for (const marks of [reading.marks, ...OTHER_MARKS]) {
    const number = readNumber(cut.number.replace(/^([+-]?)0+(?=\d)/, "$1"), marks);
    if (number && Number.isFinite(number.value)) return { value: number.value, unit };
  }
  return undefined;
}

/** "~120", "about 120". */
const ABOUT =
  /^(?:[~≈≃∼]|(?:about|approx(?:\.|imately)?|around|roughly|circa|ca\.?|etwa|ungefähr|environ|aprox\.?)(?=[\s\d]))\s*(?=[\d.,+-])/i;
/** "120 to 130", "5 ft 10": no single number stands there. */
const TWO_NUMBERS = /^(?:to|or|and|bis|oder|und|à|ou|a|o|ft|feet|foot|['′])\s*\.?\d/i;
/** Words for a cell that has no value; in a column of levels only where none of them is so called. */
const NOT_GIVEN =
  /^\(?(?:(?:not|never) (?:recorded|reported|available|measured|done|known|specified|tested|applicable|assessed|documented|given|provided|stated)|unspecified|undocumented|unmeasured|unavailable|pending|no value|nicht (?:gemessen|bekannt|erhoben|dokumentiert)|non renseigné)\)?\.?$/i;

const OTHER_MARKS = [
  { decimalMark: ".", thousandsMark: "," },
  { decimalMark: ",", thousandsMark: "." },
  { decimalMark: ".", thousandsMark: " " },
] as const;

/** Finds a level as models write it: other case, 1.0 for 1, yes for 1, Female for F, a code for its label. */
export class LevelNames {
  readonly levels: readonly string[];
  private readonly found = new Map<string, number>();
  /** what a level says of being alive, under a name that tells of it */
  private readonly living: (level: string) => string | undefined;
  /** its levels say yes and no */
  private readonly answers: boolean;

  /** @param levels those that may be known, each shared by five patients or more */
  constructor(levels: readonly string[], { name, valueLabels }: Pick<ColumnSchema, "name" | "valueLabels">) {
    this.levels = levels;
    this.living = life(name);
    const add = (key: string, at: number): void => {
      if (key !== "" && !this.found.has(key)) this.found.set(key, at);
    };
    levels.forEach((level, at) => add(level, at));
    levels.forEach((level, at) => add(folded(level), at));
    levels.forEach((level, at) => add(numeric(level), at));
    valueLabels?.forEach(({ code, label }) => {
      const at = levels.indexOf(label);
      if (at >= 0) add(folded(code), at);
    });
    const answers = yesAndNo(levels);
    this.answers = answers !== undefined;
    if (answers) {
      for (const word of NO_WORDS) add(word, levels.indexOf(answers.no));
      for (const word of YES_WORDS) add(word, levels.indexOf(answers.yes));
    }
    levels.forEach((level, at) => {
      const said = this.living(level);
      if (said !== undefined) add(`life ${said}`, at);
    });
    const sexes = levels.map(sexIn);
    sexes.forEach((sex, at) => {
      if (sex !== undefined && sexes.indexOf(sex) === at) add(`sex ${sex}`, at);
    });
  }

  /** The level's place, -1 for an empty cell, undefined for a level that is not known. */
  at(text: string): number | undefined {
    const plain = this.found.get(text) ?? this.found.get(folded(text)) ?? this.found.get(numeric(text));
    if (plain !== undefined) return plain;
    if (isMissing(text, TOKENS)) return -1;
    const sex = sexIn(text);
    const own = sex === undefined ? undefined : this.found.get(`sex ${sex}`);
    if (own !== undefined) return own;
    const said = this.living(text);
    const alive = said === undefined ? undefined : this.found.get(`life ${said}`);
    if (alive !== undefined) return alive;
    if (NOT_GIVEN.test(text.replace(/[_-]/g, " "))) return -1;
    const [, answer] = this.answers ? (REMARKED.exec(text) ?? []) : [];
    return answer === undefined ? undefined : this.found.get(folded(answer));
  }
}

/** "Yes (mild)", "No - never": an answer with a remark. */
const REMARKED = /^\s*(\p{L}+)\s*(?:[([,;:]|[-–—](?=\s))/u;
const YES_WORDS = "yes y true t 1 ja oui si sí sim positive present".split(" ");
const NO_WORDS = "no n false f 0 nein non não negative absent none".split(" ");

/** "1.0" and "1" are the same number. */
function numeric(text: string): string {
  if (!/^[-+]?\d+([.,]\d+)?$/.test(text)) return "";
  return `number ${Number(text.replace(",", "."))}`;
}

/** Whether a text stands for no value among numbers. */
export const isNoValue = (text: string): boolean => isMissingNumber(text, TOKENS) || NOT_GIVEN.test(text);

/** Whether a word says yes or no. */
export const isAnswer = (text: string): boolean => affirms(text) !== undefined || sexIn(text) !== undefined;

/** Cells of a column of levels; `invented` has each unknown text with the rows that have it. */
export function readLevels(
  texts: readonly string[],
  names: LevelNames,
): ReadCells & { readonly invented: ReadonlyMap<string, number> } {
  const values = new Float64Array(texts.length).fill(-1);
  const faults = new Map<number, CellFault>();
  const invented = new Map<string, number>();
  const places = new Map<string, number | undefined>();
  texts.forEach((text, row) => {
    if (!places.has(text)) places.set(text, names.at(text));
    const at = places.get(text);
    if (at !== undefined) values[row] = at;
    else {
      faults.set(row, "unknown level");
      invented.set(text, (invented.get(text) ?? 0) + 1);
    }
  });
  return { values, faults, invented, units: 0 };
}
