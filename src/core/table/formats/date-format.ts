/** Date patterns of one column: which fit its texts, how to read a text and how to write a moment. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const TOKEN = /MON|YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|SSS|A/g;

const READS: Readonly<Record<string, string>> = {
  YYYY: "(\\d{4})",
  YY: "(\\d{2})",
  MON: "([A-Z]{3})",
  MMM: "([A-Z][a-z]{2})",
  MM: "(\\d{2})",
  M: "(\\d{1,2})",
  DD: "(\\d{2})",
  D: "(\\d{1,2})",
  HH: "(\\d{2})",
  H: "(\\d{1,2})",
  hh: "(\\d{2})",
  h: "(\\d{1,2})",
  mm: "(\\d{2})",
  ss: "(\\d{2})",
  SSS: "(\\d{3})",
  A: "([AaPp][Mm])",
};

interface Compiled {
  readonly regex: RegExp;
  readonly tokens: readonly string[];
  readonly parts: readonly string[];
}

const compiled = new Map<string, Compiled>();

function compile(pattern: string): Compiled {
  let it = compiled.get(pattern);
  if (it === undefined) {
    const tokens: string[] = [];
    const parts: string[] = [];
    let source = "^";
    let at = 0;
    for (const match of pattern.matchAll(TOKEN)) {
      const literal = pattern.slice(at, match.index);
      source += literal.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&") + (READS[match[0]] ?? "");
      parts.push(literal);
      tokens.push(match[0]);
      at = match.index + match[0].length;
    }
    const tail = pattern.slice(at);
    parts.push(tail);
    it = { regex: new RegExp(`${source}${tail.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$`), tokens, parts };
    compiled.set(pattern, it);
  }
  return it;
}

/** A two-digit year up to 68 is of this century, as in POSIX. */
const century = (yy: number): number => (yy <= 68 ? 2000 + yy : 1900 + yy);

/** Milliseconds since 1970-01-01T00:00 of `text` under `pattern`, without a zone; NaN when it does not fit. */
export function readDate(text: string, pattern: string): number {
  const { regex, tokens } = compile(pattern);
  const match = regex.exec(text);
  if (match === null) return NaN;
  let year = 1970;
  let month = 1;
  let day = 1;
  let hour = 0;
  let minute = 0;
  let second = 0;
  let milli = 0;
  let afternoon: boolean | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const part = match[i + 1] as string;
    switch (tokens[i]) {
      case "YYYY":
        year = Number(part);
        break;
      case "YY":
        year = century(Number(part));
        break;
      case "MON":
      case "MMM":
        month = 1 + MONTHS.findIndex((name) => name.toLowerCase() === part.toLowerCase());
        break;
      case "MM":
      case "M":
        month = Number(part);
        break;
      case "DD":
      case "D":
        day = Number(part);
        break;
      case "A":
        afternoon = /p/i.test(part);
        break;
      case "mm":
        minute = Number(part);
        break;
      case "ss":
        second = Number(part);
        break;
      case "SSS":
        milli = Number(part);
        break;
      default:
        hour = Number(part);
    }
  }
  if (afternoon !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (afternoon ? 12 : 0);
  }
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return NaN;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  if (moment.getUTCDate() !== day) return NaN;
  return moment.setUTCHours(hour, minute, second, milli);
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** The moment `ms` (finite) written under `pattern`. */
export function formatDate(ms: number, pattern: string): string {
  const { tokens, parts } = compile(pattern);
  const moment = new Date(ms);
  if (Number.isNaN(moment.getTime())) return "";
  const hour = moment.getUTCHours();
  const write = (token: string): string => {
    switch (token) {
      case "YYYY":
        return String(moment.getUTCFullYear()).padStart(4, "0");
      case "YY":
        return two(moment.getUTCFullYear() % 100);
      case "MON":
        return (MONTHS[moment.getUTCMonth()] ?? "").toUpperCase();
      case "MMM":
        return MONTHS[moment.getUTCMonth()] ?? "";
      case "MM":
        return two(moment.getUTCMonth() + 1);
      case "M":
        return String(moment.getUTCMonth() + 1);
      case "DD":
        return two(moment.getUTCDate());
      case "D":
        return String(moment.getUTCDate());
      case "HH":
        return two(hour);
      case "H":
        return String(hour);
      case "hh":
        return two(hour % 12 || 12);
      case "h":
        return String(hour % 12 || 12);
      case "mm":
        return two(moment.getUTCMinutes());
      case "ss":
        return two(moment.getUTCSeconds());
      case "SSS":
        return String(moment.getUTCMilliseconds()).padStart(3, "0");
      default:
        return hour < 12 ? "AM" : "PM";
    }
  };
  let text = parts[0] ?? "";
  tokens.forEach((token, i) => {
    text += write(token) + (parts[i + 1] ?? "");
  });
  return text;
}

const DAYS = [
  "YYYY-MM-DD",
  "DD.MM.YYYY",
  "D.M.YYYY",
  "DD.MM.YY",
  "D.M.YY",
  "MM/DD/YYYY",
  "DD/MM/YYYY",
  "M/D/YYYY",
  "D/M/YYYY",
  "MM/DD/YY",
  "DD/MM/YY",
  "M/D/YY",
  "D/M/YY",
  "YYYY/MM/DD",
  "YYYY/M/D",
  "DD-MM-YYYY",
  "MM-DD-YYYY",
  "D-M-YYYY",
  "DD-MMM-YYYY",
  "D-MMM-YYYY",
  "DD-MMM-YY",
  "DD-MON-YYYY",
  "DD-MON-YY",
  "DD MON YYYY",
  "DD MMM YYYY",
  "D MMM YYYY",
] as const;
const CLOCKS = [
  "",
  " HH:mm",
  " H:mm",
  " HH:mm:ss",
  " H:mm:ss",
  " HH:mm:ss.SSS",
  " hh:mm A",
  " h:mm A",
  " hh:mm:ss A",
  " h:mm:ss A",
] as const;
const ISO = ["THH:mm", "THH:mm:ss", "THH:mm:ss.SSS", "THH:mmZ", "THH:mm:ssZ", "THH:mm:ss.SSSZ"] as const;
/** Digits only; believed only when the column's name speaks of a date. */
const COMPACT = "YYYYMMDD";

const CANDIDATES: readonly string[] = [
  ...DAYS.flatMap((day) => CLOCKS.map((clock) => day + clock)),
  ...ISO.map((clock) => `YYYY-MM-DD${clock}`),
  "HH:mm",
  "H:mm",
  "HH:mm:ss",
  "H:mm:ss",
  ...["+00:00", ".000+00:00"].map((zone) => `YYYY-MM-DDTHH:mm:ss${zone}`),
];

export interface DateGuess {
  readonly pattern: string;
  /** Distinct texts that fit. */
  readonly fits: number;
  /** The same texts read with day and month the other way round fit as well. */
  readonly ambiguous: boolean;
  /** `formatDate` gives every text that fits back as it was. */
  readonly exact: boolean;
}

const swapped = (pattern: string): string =>
  pattern.replace(/MM|M|DD|D/g, (token) => (token.startsWith("M") ? "D" : "M").repeat(token.length));

/** Every text that fits is written back as it was: tells "M" from "MM". */
function writesBack(texts: readonly string[], pattern: string): boolean {
  return texts.every((text) => {
    const ms = readDate(text, pattern);
    return Number.isNaN(ms) || formatDate(ms, pattern) === text;
  });
}

/**
 * The pattern that most of `texts` fit, chosen over all of them: a day above 12 anywhere settles day and month. When
 * nothing settles them, `dayFirst` does; between hyphens the day comes first. `compact` allows YYYYMMDD. Undefined when none fits any text.
 */
export function guessDate(
  texts: readonly string[],
  options: { dayFirst: boolean; compact: boolean },
): DateGuess | undefined {
  const probe = texts.slice(0, 60);
  const candidates = (options.compact ? [...CANDIDATES, COMPACT] : CANDIDATES)
    .map((pattern) => ({ pattern, hits: count(probe, pattern) }))
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .slice(0, 12)
    .map(({ pattern }) => ({ pattern, fits: count(texts, pattern) }));
  const best = Math.max(0, ...candidates.map(({ fits }) => fits));
  if (best === 0) return undefined;
  const equal = candidates.filter(({ fits }) => fits === best);
  const dayAt = (pattern: string): boolean => pattern.indexOf("D") < pattern.indexOf("M");
  const faithful = equal.filter(({ pattern }) => writesBack(texts, pattern));
  const pool = faithful.length > 0 ? faithful : equal;
  const chosen =
    pool.find(({ pattern }) => dayAt(pattern) === (options.dayFirst || pattern.includes("-"))) ?? pool[0];
  if (chosen === undefined) return undefined;
  const other = swapped(chosen.pattern);
  const ambiguous =
    /(M+)[/-](D+)|(D+)[/-](M+)[/-]/.test(chosen.pattern) &&
    !/MMM|MON/.test(chosen.pattern) &&
    !chosen.pattern.startsWith("YYYY") &&
    count(texts, other) === best &&
    texts.some((text) => readDate(text, other) !== readDate(text, chosen.pattern));
  return { pattern: chosen.pattern, fits: best, ambiguous, exact: faithful.length > 0 };
}

function count(texts: readonly string[], pattern: string): number {
  let hits = 0;
  for (const text of texts) if (!Number.isNaN(readDate(text, pattern))) hits++;
  return hits;
}
