import type { DateFormat } from "../../table.ts";
import { combined, type Found } from "./combine.ts";
import { looksCompact, looksLikeClock, looksMonthly, plausibleDigits } from "./compact.ts";
import { readDate } from "./read-date.ts";
import { isDigitsAlone, patternsOf } from "./shapes.ts";
import { isDated, swapped } from "./tokens.ts";
import { withMonths } from "./with-months.ts";
import { formatDate } from "./write-date.ts";

export interface DateGuess {
  /** of `format` */
  readonly pattern: string;
  readonly format: DateFormat;
  /** Distinct texts that fit. */
  readonly fits: number;
  /** The same texts read with day and month the other way round fit as well. */
  readonly ambiguous: boolean;
  /** `formatDate` gives every text that fits back as it was. */
  readonly exact: boolean;
}

export interface GuessOptions {
  /** The day comes first where nothing settles day and month. */
  readonly dayFirst: boolean;
  /** The column's name, or a person, speaks of dates: digits alone may be some. */
  readonly compact: boolean;
  /** It speaks of days and nothing else: six digits, and numbers as Excel counts days, may be some as well. */
  readonly days?: boolean;
  /** A person asks for dates: bare years are some. */
  readonly years?: boolean;
}

/** Digits that tell the whole day. */
const WHOLE_DAYS = /^(?:YYYYMMDD|DDMMYYYY|MMDDYYYY)/;
/** Texts whose shapes are looked at before patterns are counted over all. */
const PROBE = 400;
const MOST_CANDIDATES = 12;
const MOST_FORMATS = 10;

/**
 * How most of `texts` write dates: the pattern that most of them fit, and those of the others, each settled over all its
 * texts: a day above 12 anywhere settles day and month. When nothing settles them, `dayFirst` does; between hyphens the
 * day comes first. Digits alone count where `compact` allows them, or where all that are digits are days between 1900 and
 * 2099. Undefined when none fits any text.
 */
export function guessDate(texts: readonly string[], options: GuessOptions): DateGuess | undefined {
  const bare = texts.filter((text) => /^\d+$/.test(text));
  const digits = options.compact || looksCompact(bare);
  const months = options.days === true || looksMonthly(texts);
  const clock = looksLikeClock(texts, options.compact);
  const first = bestOf(texts, options, (pattern) => {
    if (!isDigitsAlone(pattern)) return true;
    if (pattern === "YYYY") return options.years === true;
    if (pattern === "HHmm" || pattern === "kkmm") return clock;
    if (pattern === "YYYYMM") return months;
    return WHOLE_DAYS.test(pattern) ? digits : options.days === true;
  });
  if (first === undefined) return undefined;
  const found: Found[] = [first];
  const lettered = isDigitsAlone(first.pattern) ? 0 : first.fits;
  for (let left = first.left; left.length > 0 && found.length < MOST_FORMATS;) {
    const next = bestOf(left, options, allowedBeside(first.pattern, lettered / texts.length));
    if (next === undefined) break;
    found.push(next);
    left = next.left;
  }
  const { format, ambiguous } = combined(found, texts.length);
  const fits = found.reduce((sum, it) => sum + it.fits, 0);
  return { pattern: format.pattern, format, fits, ambiguous, exact: writesBack(texts, format) };
}

/** Share of dates with other marks than digits beside which bare years, and numbers as Excel counts days, are dates too. */
const YEARS_BESIDE = 0.02;
const SERIALS_BESIDE = 0.5;

function allowedBeside(first: string, share: number): (pattern: string) => boolean {
  const dated = isDated(first);
  return (pattern) => {
    if (isDated(pattern) !== dated) return false;
    if (!isDigitsAlone(pattern)) return !/^YY[^Y]/.test(pattern) || /^YY[^Y]/.test(first);
    if (isDigitsAlone(first)) return pattern.startsWith("YYYY") && first.startsWith("YYYY");
    if (pattern === "SERIAL") return share >= SERIALS_BESIDE;
    return pattern.startsWith("YYYY") && share >= YEARS_BESIDE && !/(?<!Y)YY(?!Y)/.test(first);
  };
}

/** The pattern that most of `texts` fit, those that write all their texts back first; undefined where none fits any. */
function bestOf(
  texts: readonly string[],
  { dayFirst }: GuessOptions,
  allowed: (pattern: string) => boolean,
): Found | undefined {
  const candidates = candidatesOf(texts, allowed).map((pattern) => ({
    pattern,
    fits: count(texts, pattern),
  }));
  const best = Math.max(0, ...candidates.map(({ fits }) => fits));
  if (best === 0) return undefined;
  const equal = candidates.filter(({ fits }) => fits === best).map(({ pattern }) => pattern);
  const faithful =
    equal.length === 1 ? equal : equal.filter((pattern) => writesBack(texts, withMonths(pattern, texts)));
  const pool = faithful.length > 0 ? faithful : equal;
  const turned = dayOrYearFirst(pool, texts);
  const dayAt = (pattern: string): boolean => pattern.indexOf("D") < pattern.indexOf("M");
  const pattern =
    turned ?? pool.find((it) => dayAt(it) === (dayFirst || /[DM][-.] ?[DM]/.test(it))) ?? (pool[0] as string);
  const fitting: string[] = [];
  const left: string[] = [];
  for (const text of texts) (fits(text, pattern) ? fitting : left).push(text);
  return { pattern, fits: best, left, fitting, ambiguous: isAmbiguous(pattern, fitting) };
}

/** Of the two ways round of six digits, the one that has more different days than years. */
function dayOrYearFirst(pool: readonly string[], texts: readonly string[]): string | undefined {
  if (!pool.includes("YYMMDD") || !pool.includes("DDMMYY")) return undefined;
  const heads = new Set(texts.map((text) => text.slice(0, 2))).size;
  const tails = new Set(texts.map((text) => text.slice(-2))).size;
  return heads > tails ? "DDMMYY" : "YYMMDD";
}

function candidatesOf(texts: readonly string[], allowed: (pattern: string) => boolean): string[] {
  const hits = new Map<string, number>();
  const stride = Math.max(1, texts.length / PROBE);
  for (let i = 0; i < texts.length; i += stride)
    for (const pattern of patternsOf(texts[Math.floor(i)] as string))
      if (allowed(pattern)) hits.set(pattern, (hits.get(pattern) ?? 0) + 1);
  return [...hits]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_CANDIDATES)
    .map(([pattern]) => pattern);
}

const fits = (text: string, pattern: string): boolean => {
  const value = readDate(text, pattern);
  return !Number.isNaN(value) && (!isDigitsAlone(pattern) || plausibleDigits(value, pattern));
};

function count(texts: readonly string[], pattern: string): number {
  let hits = 0;
  for (const text of texts) if (fits(text, pattern)) hits++;
  return hits;
}

/** Day and month could be the other way round in all of `texts`, and would be other days in some. */
function isAmbiguous(pattern: string, texts: readonly string[]): boolean {
  if (!/(?<!M)M{1,2}[^A-Za-z[]+D|D[^A-Za-z[]+M{1,2}(?!M)/.test(pattern) || pattern.startsWith("YY"))
    return false;
  if (/D\. ?M|\. ?D/.test(pattern)) return false;
  const other = swapped(pattern);
  return (
    texts.every((text) => !Number.isNaN(readDate(text, other))) &&
    texts.some((text) => readDate(text, other) !== readDate(text, pattern))
  );
}

/** Every text that fits is written back as it was: tells "M" from "MM". */
function writesBack(texts: readonly string[], format: DateFormat): boolean {
  return texts.every((text) => {
    const ms = readDate(text, format);
    return Number.isNaN(ms) || formatDate(ms, format) === text;
  });
}
