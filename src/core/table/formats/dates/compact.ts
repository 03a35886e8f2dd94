import { readDate } from "./read-date.ts";

/** Dates of digits alone, "20180426" or "20190222113053", and how they are told from numbers, ids and amounts. */

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
/** Days as Excel counts them that a patient's file has: 1927 to 2064. */
const SERIALS = [Date.UTC(1927, 4, 18), Date.UTC(2064, 3, 8)] as const;

/** Whether `value`, read under `pattern` of digits alone, is a moment that a patient's file would have. */
export const plausibleDigits = (value: number, pattern: string): boolean =>
  pattern === "SERIAL" ? value >= SERIALS[0] && value < SERIALS[1] : value >= EARLIEST && value < LATEST;

/** Fewest different days: one number of a hundred or so is a day by chance. */
const LEAST_DAYS = 4;
const PATTERNS: ReadonlyMap<number, string> = new Map([
  [8, "YYYYMMDD"],
  [12, "YYYYMMDDHHmm"],
  [14, "YYYYMMDDHHmmss"],
]);
/** "00000000", "99999999": no day, and no sign that the others are none. */
const UNKNOWN = /^(?:0+|9+|8+)$/;

/**
 * Whether `texts` are all of one length and all days between 1900 and 2099: fewer than 4% of the numbers of eight digits in that
 * range are, so that neither ids nor amounts pass.
 */
export function looksCompact(texts: readonly string[]): boolean {
  const length = texts[0]?.length ?? 0;
  const pattern = PATTERNS.get(length);
  if (pattern === undefined) return false;
  let days = 0;
  let dayless = 0;
  for (const text of texts) {
    if (UNKNOWN.test(text)) continue;
    if (text.length !== length) return false;
    const value = readDate(length === 8 && text.endsWith("00") ? withDay(text) : text, pattern);
    if (Number.isNaN(value) || !plausibleDigits(value, pattern)) return false;
    if (text.endsWith("00") && length === 8) dayless++;
    else days++;
  }
  return days >= LEAST_DAYS && dayless <= days;
}

/** Fewest different months: each is one number of eight by chance. */
const LEAST_MONTHS = 8;

/** Whether `texts` are months as "201904": six digits, all of them months between 1900 and 2099. */
export function looksMonthly(texts: readonly string[]): boolean {
  const known = texts.filter((text) => !UNKNOWN.test(text));
  return (
    known.length >= LEAST_MONTHS &&
    known.every((text) => {
      const value = text.length === 6 ? readDate(text, "YYYYMM") : NaN;
      return !Number.isNaN(value) && plausibleDigits(value, "YYYYMM");
    })
  );
}

/** Different minutes from which on numbers of four digits are times whatever their column is called. */
const MANY_MINUTES = 20;

/**
 * Whether `texts` are times of day as "0815": four digits that are a time, some before ten. `named`: their column is;
 * else their minutes must be many, since codes of wards are written so too.
 */
export function looksLikeClock(texts: readonly string[], named: boolean): boolean {
  if (texts.length < LEAST_DAYS || !texts.some((text) => text.startsWith("0"))) return false;
  if (texts.some((text) => text.length !== 4 || Number.isNaN(readDate(text, "kkmm")))) return false;
  return named || new Set(texts.map((text) => text.slice(2))).size >= MANY_MINUTES;
}

/** "20190500", "20190000": the month, or the year, of a day that is not known. */
const withDay = (text: string): string =>
  text.endsWith("0000") ? `${text.slice(0, 4)}0101` : `${text.slice(0, 6)}01`;
