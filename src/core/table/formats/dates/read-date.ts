import type { DateFormat } from "../../table.ts";
import { monthOf } from "./months.ts";
import { piecesOf, type Pattern } from "./tokens.ts";

/** Latest year that two digits stand for unless a column says otherwise, as in POSIX. */
export const LATEST_YEAR = 2068;
export const DAY = 86_400_000;
/** Days from 1899-12-30, where Excel counts from, to 1970-01-01. */
const EPOCH_SERIAL = 25_569;

/**
 * Milliseconds since 1970-01-01T00:00 of `text` under `format` or one of its other patterns, as its wall clock shows it,
 * without a zone, to the microsecond; NaN when it fits none. A text of less precision is the start of its period and one millisecond
 * more for each place in `coarser`.
 */
export function readDate(text: string, format: string | DateFormat): number {
  if (typeof format === "string") return readPattern(text, piecesOf(format), LATEST_YEAR);
  const { pattern, others, coarser, latestYear = LATEST_YEAR } = format;
  let value = readPattern(text, piecesOf(pattern), latestYear);
  if (!Number.isNaN(value)) return value;
  for (const other of others ?? []) {
    value = readPattern(text, piecesOf(other), latestYear);
    if (!Number.isNaN(value)) return value;
  }
  for (let k = 0; k < (coarser?.length ?? 0); k++) {
    for (const other of [coarser?.[k]?.pattern as string, ...(coarser?.[k]?.others ?? [])]) {
      value = readPattern(text, piecesOf(other), latestYear);
      if (!Number.isNaN(value)) return value + k + 1;
    }
  }
  return NaN;
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** Letters beyond ASCII are those of month names: "ä", "é", "û". */
const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c >= 0xc0;

/** The date and time that is being read, reused from call to call. */
const found = {
  year: 1970,
  month: 1,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  fraction: 0,
  /** 0: 24 hours; 1: before noon; 2: afternoon */
  half: 0,
  /** hours to 24 */
  late: false,
  serial: NaN,
};

function readPattern(text: string, { head, pieces }: Pattern, latestYear: number): number {
  if (head !== "" && !text.startsWith(head)) return NaN;
  found.year = 1970;
  found.month = 1;
  found.day = 1;
  found.hour = 0;
  found.minute = 0;
  found.second = 0;
  found.fraction = 0;
  found.half = 0;
  found.late = false;
  found.serial = NaN;
  let at = head.length;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as (typeof pieces)[number];
    at = readPiece(text, at, piece, latestYear);
    if (at < 0) return NaN;
    const { literal } = piece;
    if (literal === "") continue;
    if (!text.startsWith(literal, at)) return NaN;
    at += literal.length;
  }
  return at === text.length ? moment() : NaN;
}

function readPiece(text: string, at: number, piece: Pattern["pieces"][number], latestYear: number): number {
  switch (piece.token) {
    case "YYYY":
      return (found.year = digits(text, at, 4, 4)) < 0 ? -1 : at + 4;
    case "YY": {
      const yy = digits(text, at, 2, 2);
      found.year = latestYear - ((((latestYear - yy) % 100) + 100) % 100);
      return yy < 0 ? -1 : at + 2;
    }
    case "MM":
      return (found.month = digits(text, at, 2, 2)) < 0 ? -1 : at + 2;
    case "M":
      return (found.month = digits(text, at, 1, 2)) < 0 ? -1 : at + width;
    case "DD":
      return (found.day = digits(text, at, 2, 2)) < 0 ? -1 : at + 2;
    case "D":
      return (found.day = digits(text, at, 1, 2)) < 0 ? -1 : at + width;
    case "MMMM":
    case "MMM":
    case "MON":
    case "mon":
      return readMonth(text, at, piece.literal);
    case "kk":
    case "HH":
    case "hh":
      found.late ||= piece.token === "kk";
      return (found.hour = digits(text, at, 2, 2)) < 0 ? -1 : at + 2;
    case "k":
    case "H":
    case "h":
      found.late ||= piece.token === "k";
      return (found.hour = digits(text, at, 1, 2)) < 0 ? -1 : at + width;
    case "mm":
      return (found.minute = digits(text, at, 2, 2)) < 0 ? -1 : at + 2;
    case "ss":
      return (found.second = digits(text, at, 2, 2)) < 0 ? -1 : at + 2;
    case "S":
      return readFraction(text, at, piece.digits, piece.digits);
    case "F":
      if (text.charCodeAt(at) !== 46) return at;
      return readFraction(text, at + 1, 1, 9);
    case "A":
    case "a":
      return readHalf(text, at);
    case "ZZ":
    case "ZZZ":
      return readOffset(text, at);
    case "SERIAL":
      return readSerial(text, at);
  }
}

/** How many digits were read last. */
let width = 0;

/** The number that the `least` to `most` digits at `at` write; -1 where there are fewer. */
function digits(text: string, at: number, least: number, most: number): number {
  let value = 0;
  width = 0;
  while (width < most) {
    const c = text.charCodeAt(at + width);
    if (!isDigit(c)) break;
    value = 10 * value + c - 48;
    width++;
  }
  return width < least ? -1 : value;
}

function readMonth(text: string, at: number, literal: string): number {
  let end = at;
  while (end < text.length && isLetter(text.charCodeAt(end))) end++;
  if (literal !== "" && isLetter(literal.charCodeAt(0))) end = text.indexOf(literal, at);
  if (end <= at) return -1;
  found.month = monthOf(text.slice(at, end));
  if (found.month === 0) return -1;
  return text.charCodeAt(end) === 46 && literal.charCodeAt(0) !== 46 ? end + 1 : end;
}

/** To the microsecond; digits beyond tell nothing that a value could hold. */
function readFraction(text: string, at: number, least: number, most: number): number {
  const value = digits(text, at, least, most);
  if (value < 0) return -1;
  const length = width;
  found.fraction = length <= 6 ? value * 10 ** (6 - length) : Math.floor(value / 10 ** (length - 6));
  return at + length;
}

const HALF = /^([ap])\.?\s?m\.?/i;

function readHalf(text: string, at: number): number {
  const match = HALF.exec(text.slice(at, at + 6));
  if (match === null) return -1;
  found.half = (match[1] as string).toLowerCase() === "p" ? 2 : 1;
  return at + match[0].length;
}

const OFFSET = /^(?:Z|[+-]\d{2}(?::?\d{2})?)$/;

function readOffset(text: string, at: number): number {
  return OFFSET.test(text.slice(at)) ? text.length : -1;
}

const SERIAL = /^\d{1,6}(?:\.\d+)?$/;

function readSerial(text: string, at: number): number {
  const rest = text.slice(at);
  if (!SERIAL.test(rest)) return -1;
  found.serial = Number(rest);
  return text.length;
}

/** Milliseconds of the day 1970-01-01 + `days`; written times are whole seconds. */
const ofSerial = (serial: number): number => Math.round((serial - EPOCH_SERIAL) * 86_400) * 1000;
export const serialOf = (ms: number): number => ms / DAY + EPOCH_SERIAL;

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** What was found as milliseconds; NaN for a day or a time that is none. */
function moment(): number {
  if (!Number.isNaN(found.serial)) return ofSerial(found.serial);
  const { year, month, day, minute, second, fraction, half, late } = found;
  let { hour } = found;
  if (half !== 0) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half === 2 ? 12 : 0);
  }
  if (year < 1 || month < 1 || month > 12 || day < 1 || minute > 59 || second > 59) return NaN;
  const length = month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] as number);
  if (day > length) return NaN;
  const whole = late && hour === 24 && minute === 0 && second === 0 && fraction === 0;
  if (hour > 23 && !whole) return NaN;
  const days = daysBefore(year, month) + day - 1;
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction / 1000;
}

/** Days from 1970-01-01 to the first of `month` of `year`, in the Gregorian calendar. */
function daysBefore(year: number, month: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - 400 * era;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
  const dayOfEra = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return 146_097 * era + dayOfEra - 719_468;
}
