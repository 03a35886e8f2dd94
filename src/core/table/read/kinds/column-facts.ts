import { distinctNumbers } from "../../../math/first-equal.ts";
import { KEPT_TEXTS, type RawCells, type TextCells } from "../column-cells.ts";
import { namesDate, namesDay, namesId } from "../../column-names.ts";
import { durationClock, type DurationClock } from "../../formats/dates/durations.ts";
import { looksCompact, looksLikeClock, looksMonthly } from "../../formats/dates/compact.ts";
import { guessDate, type DateGuess } from "../../formats/dates/guess-date.ts";
import { readDate } from "../../formats/dates/read-date.ts";
import { isMissingNumber, missingLevels, type MissingTokens } from "../../formats/missing-tokens.ts";
import { PLAIN, readNumber, type NumberMarks } from "../../formats/number-format.ts";
import { chooseReading, PLAIN_READING, readCell, type NumberReading } from "../../formats/number-reading.ts";
import { LimitsSoFar, type FoundLimit } from "../../formats/place-limits.ts";
import { WritingSoFar, type NumberContext, type NumberWriting } from "../../formats/number-marks.ts";
import type { ValueCells } from "../value-cells.ts";

/** What inference looks at, of one column. Shares are of the cells that are not missing. */
export interface Facts {
  readonly name: string;
  readonly rows: number;
  /** Cells that are not missing, read as texts. */
  readonly present: number;
  /** Distinct texts among them; a long column of values that is not named like an id has at least this many. */
  readonly distinct: number;
  /** The distinct texts with their counts; absent for a long column of values. */
  readonly texts?: { readonly levels: readonly string[]; readonly counts: readonly number[] };
  /** Share of cells that are numbers, among those that are not missing in a column of numbers. */
  readonly numberShare: number;
  readonly marks: NumberMarks;
  readonly writing: NumberWriting;
  /** Limits among them, which are no numbers of their own. */
  readonly limits: readonly FoundLimit[];
  /** What stands beside the numbers, "mg/dL"; absent for bare ones. */
  readonly unit?: string;
  /** Several units side by side; then the numbers with one of them are not counted. */
  readonly units?: readonly string[];
  /** Distinct numbers. */
  readonly numbers: number;
  /** Least and greatest number; Infinity and -Infinity where there is none. */
  readonly low: number;
  readonly high: number;
  /** Whole numbers that rise by one from row to row. */
  readonly sequential: boolean;
  /** Some cells have leading zeros: codes, not numbers. */
  readonly leadingZeros: boolean;
  readonly date?: DateGuess;
  readonly dateShare: number;
  /** Durations beyond a day, written as a clock. */
  readonly durations?: DurationClock;
}

export function gatherFacts(
  name: string,
  raw: RawCells,
  tokens: MissingTokens,
  context: NumberContext,
): Facts {
  return raw.type === "texts" ? ofTexts(name, raw, tokens, context) : ofValues(name, raw);
}

function ofValues(name: string, raw: ValueCells): Facts {
  let missing = 0;
  for (const cells of raw.missing.values()) missing += cells;
  const present = raw.values.length - missing;
  const share = present === 0 ? 0 : (present - raw.strays.size) / present;
  const numbers = raw.reading.type === "numbers";
  const reading: NumberReading = raw.reading.type === "numbers" ? raw.reading : PLAIN_READING;
  const distinct = namesId(name) ? distinctNumbers(raw.values) : KEPT_TEXTS;
  return {
    name,
    rows: raw.values.length,
    present,
    distinct,
    numberShare: numbers ? share : 0,
    marks: reading.marks,
    limits: raw.limits.map(({ limit }) => limit),
    ...(reading.affix && { unit: reading.affix.unit }),
    writing: raw.writing,
    numbers: distinct,
    ...boundsOf(raw.values),
    sequential:
      numbers && raw.values.every((value, row) => row === 0 || value === (raw.values[row - 1] ?? 0) + 1),
    leadingZeros: leadingZeroShare(raw.strays.values()) > 0.5 && raw.strays.size > 0.001 * present,
    ...(raw.reading.type === "dates"
      ? {
          date: { ...raw.reading, pattern: raw.reading.format.pattern, fits: present },
        }
      : {}),
    dateShare: numbers ? 0 : share,
  };
}

function boundsOf(values: Iterable<number>): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

const LEADING_ZERO = /^0\d+$/;

function leadingZeroShare(texts: Iterable<string>): number {
  let all = 0;
  let zeros = 0;
  for (const text of texts) {
    all++;
    if (LEADING_ZERO.test(text)) zeros++;
  }
  return all === 0 ? 0 : zeros / all;
}

function ofTexts(name: string, raw: TextCells, tokens: MissingTokens, context: NumberContext): Facts {
  const missing = missingLevels(raw.levels, tokens);
  const there = takenOf(raw, (level) => missing[level] === false && (raw.counts[level] as number) > 0);
  const { levels } = there;
  const present = there.counts.reduce((sum, count) => sum + count, 0);
  const values = takenOf(there, (level) => !isMissingNumber(levels[level] as string, tokens));
  const asNumbers = numbersAmong(values, context);
  const dates = mayBeDates(name, asNumbers.share, levels) ? datesAmong(name, values, context) : undefined;
  const durations = asNumbers.share === 0 ? durationClock(values.levels) : undefined;
  return {
    name,
    rows: raw.codes.length,
    present,
    distinct: levels.length,
    texts: there,
    numberShare: asNumbers.share,
    marks: asNumbers.reading.marks,
    writing: asNumbers.writing,
    limits: asNumbers.limits,
    ...(asNumbers.reading.affix && { unit: asNumbers.reading.affix.unit }),
    ...(asNumbers.units && { units: asNumbers.units }),
    numbers: asNumbers.values.size,
    ...boundsOf(asNumbers.values),
    sequential: asNumbers.share === 1 && sequential(raw),
    leadingZeros: levels.some((text) => LEADING_ZERO.test(text)),
    ...(dates === undefined ? {} : { date: dates.guess }),
    dateShare: dates?.share ?? 0,
    ...(durations === undefined ? {} : { durations }),
  };
}

type Texts = Pick<TextCells, "levels" | "counts">;

/** The levels that are `wanted`; where that is all of them, no copy of what may be millions. */
function takenOf({ levels, counts }: Texts, wanted: (level: number) => boolean): Texts {
  const taken: number[] = [];
  let level = 0;
  while (level < levels.length && wanted(level)) level++;
  if (level === levels.length) return { levels, counts };
  for (let i = 0; i < levels.length; i++) if (i < level || (i > level && wanted(i))) taken.push(i);
  return { levels: taken.map((i) => levels[i] as string), counts: taken.map((i) => counts[i] as number) };
}

function sequential(raw: TextCells): boolean {
  if (raw.codes.length < 3) return false;
  const first = Number(raw.levels[raw.codes[0] as number]);
  if (!Number.isInteger(first)) return false;
  for (let row = 0; row < raw.codes.length; row++) {
    if (Number(raw.levels[raw.codes[row] as number]) !== first + row) return false;
  }
  return true;
}

function numbersAmong(
  { levels, counts }: Texts,
  context: NumberContext,
): {
  share: number;
  reading: NumberReading;
  units: readonly string[] | undefined;
  limits: readonly FoundLimit[];
  writing: NumberWriting;
  values: ReadonlySet<number>;
} {
  const { reading, units } = chooseReading(levels, context, counts);
  const writing = new WritingSoFar();
  const limits = new LimitsSoFar();
  const values = new Set<number>();
  let numbers = 0;
  let considered = 0;
  levels.forEach((text, i) => {
    const count = counts[i] as number;
    considered += count;
    const read = readCell(text, reading);
    if (read === undefined) return;
    numbers += count;
    const { number, limit } = read;
    if (limit !== undefined) {
      limits.add(text, limit, number.value, count);
      return;
    }
    if (!Number.isFinite(number.value)) return;
    writing.add(number);
    values.add(number.value);
  });
  return {
    share: considered === 0 ? 0 : numbers / considered,
    reading,
    units,
    limits: limits.done(),
    writing: writing.done(),
    values,
  };
}

/** Numbers are dates where the name says so, where all are days, and as bare years among dates of more precision. */
function mayBeDates(name: string, numberShare: number, levels: readonly string[]): boolean {
  if (numberShare <= 0.5 || namesDate(name)) return true;
  if (looksCompact(levels) || looksMonthly(levels) || looksLikeClock(levels, false)) return true;
  const bare = levels.filter((text) => /^\d+$/.test(text));
  if (bare.length < levels.length && looksCompact(bare)) return true;
  return numberShare < 1 && levels.every((text) => readNumber(text, PLAIN) === undefined || isYear(text));
}

/** Share of a column's different texts that must be dates where one word stands in many of its cells, "ongoing". */
const NEARLY_ALL = 0.9;
/** Least share of the cells that must be dates even so. */
const LEAST_DATES = 0.1;
/** Least share of the cells that are dates, else. */
const MOSTLY = 0.8;

/** Whether the column is one of dates: most cells are, or all of its different texts but a word or two. */
export function holdsDates({ date, dateShare, distinct }: Facts): boolean {
  if (date === undefined) return false;
  const few = distinct - date.fits <= 2 && date.fits >= 10 && date.fits >= NEARLY_ALL * distinct;
  return dateShare >= MOSTLY || (few && dateShare >= LEAST_DATES);
}

const isYear = (text: string): boolean => /^(?:18|19|20)\d\d$/.test(text);

function datesAmong(
  name: string,
  { levels, counts }: Texts,
  context: NumberContext,
): { guess: DateGuess; share: number } | undefined {
  const guess = guessDate(levels, {
    dayFirst: context.dayFirst,
    compact: namesDate(name),
    days: namesDay(name),
  });
  if (guess === undefined) return undefined;
  let dates = 0;
  let considered = 0;
  levels.forEach((text, i) => {
    considered += counts[i] as number;
    if (!Number.isNaN(readDate(text, guess.format))) dates += counts[i] as number;
  });
  return { guess, share: considered === 0 ? 0 : dates / considered };
}
