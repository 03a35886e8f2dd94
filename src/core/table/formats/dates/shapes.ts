import { monthOf } from "./months.ts";

/** The patterns that a text could be written by, told from its shape alone; how likely each is, is told by other texts. */

const LONGEST = 48;
const NONE: readonly string[] = [];

const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 4000;

/** Patterns that fit texts of the shape of `text`, the more usual first; none for what has no date's shape. */
export function patternsOf(text: string): readonly string[] {
  if (text.length > LONGEST || text.length < 4 || !/\d/.test(text)) return NONE;
  const zone =
    text.includes(":") || text.length > 13 || text.endsWith("Uhr") ? (ZONE.exec(text)?.[0] ?? "") : "";
  const key = shapeOf(text.slice(0, text.length - zone.length)) + zone;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = [...new Set(whole(text, zone))];
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** Digits count for each other, but for a day or month of zeros. */
const shapeOf = (text: string): string =>
  text
    .slice(0, 10)
    .replace(/(?<!\d)00(?!\d)/g, "oo")
    .replace(/\d/g, "9") + text.slice(10).replace(/\d/g, "9");

/** What stands behind a time of day: "Z", "+01:00", " UTC", " Uhr". */
const ZONE =
  /(?:(?<=\d)\s?(?:Z|UTC|GMT|Uhr|h)|(?<=:\d\d|:\d\d[.,]\d{1,9}|\d{12}|\d{14}|\.\d{1,6})\s?[+-]\d{2}(?::?\d{2})?)$/;
const COMPACT = /^(\d{8})(?:([T _-]?)(\d{4}|\d{6})(?:([.,])(\d{1,9}))?)?$/;
const CLOCK =
  /^(|.*?[^\d])(\d{1,2})([:.h])(\d{2})(?:([:.])(\d{2})(?:([.,])(\d{1,9}))?)?(\s?[AaPp]\.?\s?[Mm]\.?)?$/;
/** What stands between a day and its time. */
const HOURS = /^(.*\d)(T|[ ])(\d{2})$/;
const BETWEEN = /^(.*?)(T|t|[ :,_-]+|\s(?:um|at|à|a las)\s)$/;

const safe = (literal: string): string =>
  literal.replace(/[A-Za-zÀ-ÿ]+/g, (word) => (word === "T" || word === "Z" ? word : `[${word}]`));

function whole(text: string, zone: string): string[] {
  const body = text.slice(0, text.length - zone.length);
  const tail = safe(zone);
  const compact = COMPACT.exec(body);
  if (compact !== null) return compactOf(compact).map((pattern) => pattern + tail);
  if (/^\d+$/.test(body) || SERIAL.test(body)) return tail === "" ? digitsOf(body) : [];
  const clock = CLOCK.exec(body);
  if (clock === null) return tail === "" ? [...daysOf(body), ...hoursOf(body)] : [];
  const [, head = ""] = clock;
  const times = timesOf(clock);
  if (head === "")
    return clock[3] === ":" || clock[3] === "h" || zone !== ""
      ? times.map((time) => time + tail)
      : daysOf(body);
  const parts = BETWEEN.exec(head);
  const days = parts === null ? [] : daysOf(parts[1] as string);
  if (days.length === 0) return tail === "" ? daysOf(body) : [];
  const between = safe(parts?.[2] as string);
  return days.flatMap((day) => times.map((time) => day + between + time + tail));
}

/** "2022-06-23T16": a day and its hour. */
function hoursOf(body: string): string[] {
  const parts = HOURS.exec(body);
  if (parts === null) return [];
  return daysOf(parts[1] as string).flatMap((day) =>
    /D/.test(day) ? [`${day}${parts[2] as string}HH`] : [],
  );
}

/** Numbers that are days as Excel counts them. */
const SERIAL = /^[1-9]\d{3,4}(?:\.\d+)?$/;

/** Whether texts of `pattern` are numbers as well, unless more speaks for a date. */
export const isDigitsAlone = (pattern: string): boolean =>
  /^(?:YYYY|YY|MM|DD|HH|kk|mm|ss|00)+(?:[.,]S+)?$|^SERIAL$/.test(pattern);

function digitsOf(body: string): string[] {
  const serial = SERIAL.test(body) ? ["SERIAL"] : [];
  if (body.length === 4) return ["YYYY", "HHmm", "kkmm", ...serial];
  if (/^\d{6}$/.test(body)) return ["YYYYMM", "YYMMDD", "DDMMYY"];
  return serial;
}

function compactOf([, , between, time, mark, fraction]: RegExpExecArray): string[] {
  const days = ["YYYYMMDD"];
  if (time === undefined) return [...days, "YYYYMM00", "YYYY0000", "DDMMYYYY", "MMDDYYYY"];
  const clock = time.length === 4 ? "HHmm" : "HHmmss";
  const after = fraction === undefined ? "" : (mark as string) + "S".repeat(fraction.length);
  return days.map((day) => day + (between as string) + clock + after);
}

function timesOf([
  ,
  ,
  hours = "",
  mark = "",
  ,
  second,
  seconds,
  dot,
  fraction,
  half,
]: RegExpExecArray): string[] {
  if (second !== undefined && second !== mark) return [];
  const colon = mark === "h" ? "[h]" : mark;
  const rest =
    `${colon}mm` +
    (seconds === undefined ? "" : `${second as string}ss`) +
    (fraction === undefined ? "" : (dot as string) + "S".repeat(fraction.length));
  if (half !== undefined) {
    const space = /^\s/.test(half) ? " " : "";
    const token = /[AP]/.test(half) ? "A" : "a";
    return (hours.length === 2 ? ["hh", "h"] : ["h"]).map((hour) => hour + rest + space + token);
  }
  return (hours.length === 2 ? ["HH", "H", "kk", "k"] : ["H", "k"]).map((hour) => hour + rest);
}

const NUMBERS = /^(\d{1,4})([-/. ]|\. )(\d{1,2})\2(\d{4}|\d{1,2})$/;
const MONTH = /^(\d{4})([-/.])(\d{1,2})$|^(\d{1,2})([-/.])(\d{4})$/;
const UNKNOWN = /^(\d{4})-(\d{2}|UNK?|XX|--)-(UNK?|XX|--)$/i;
const DAY_FIRST =
  /^(\d{1,2}|UNK?|XX)([^\p{L}\d]{0,2}|\sde\s)(\p{L}{2,10}\.?)([^\p{L}\d]{0,2}|\sde\s|\sdel\s)(\d{4}|\d{2})$/iu;
const MONTH_FIRST = /^(\p{L}{3,10}\.?)([^\p{L}\d]{1,2})(\d{1,2})([^\p{L}\d]{1,2})(\d{4})$/u;
const YEAR_FIRST = /^(\d{4})([^\p{L}\d]{0,2})(\p{L}{3,10}\.?)([^\p{L}\d]{0,2})(\d{1,2})$/u;
const MONTH_NAMED = /^(\p{L}{3,10}\.?)([^\p{L}\d]{0,2}|\sde\s)(\d{4}|\d{2})$/u;

function daysOf(text: string): string[] {
  const numbers = NUMBERS.exec(text);
  if (numbers !== null) return ofNumbers(numbers);
  const month = MONTH.exec(text);
  if (month !== null) return ofMonth(month);
  return [...ofUnknown(text), ...ofWords(text)];
}

/** "D" and "DD" for a part of two digits, "D" for one of one. */
const forms = (letter: "D" | "M", part: string): string[] =>
  part.length === 2 ? [letter + letter, letter] : [letter];

/** Both parts padded, or neither. */
function paired(a: string, b: string, make: (width: (letter: "D" | "M") => string) => string[]): string[] {
  const padded = a.length === 2 && b.length === 2;
  return [...(padded ? make((letter) => letter + letter) : []), ...make((letter) => letter)];
}

function ofNumbers([, first = "", mark = "", middle = "", last = ""]: RegExpExecArray): string[] {
  if (first.length === 4)
    return last.length > 2
      ? []
      : [
          ...paired(middle, last, (w) => [`YYYY${mark}${w("M")}${mark}${w("D")}`]),
          ...(last === "00" && middle === "00"
            ? [`YYYY${mark}00${mark}00`]
            : last === "00"
              ? [`YYYY${mark}MM${mark}00`]
              : []),
        ];
  if (first.length === 3 || last.length === 1) return [];
  const year = last.length === 4 ? "YYYY" : "YY";
  const zeros =
    first === "00" ? [middle === "00" ? `00${mark}00${mark}${year}` : `00${mark}MM${mark}${year}`] : [];
  return [
    ...paired(first, middle, (w) => [
      `${w("D")}${mark}${w("M")}${mark}${year}`,
      ...(mark.startsWith(".") ? [] : [`${w("M")}${mark}${w("D")}${mark}${year}`]),
    ]),
    ...(mark === "." ? paired(first, middle, (w) => [`${w("M")}.${w("D")}.${year}`]) : []),
    ...(year === "YY" && first.length === 2 && middle.length === 2 ? [`YY${mark}MM${mark}DD`] : []),
    ...zeros,
  ];
}

function ofMonth([, year, mark = "", month = "", first = "", between = "", last]: RegExpExecArray): string[] {
  if (year !== undefined) return forms("M", month).map((m) => `YYYY${mark}${m}`);
  return last === undefined ? [] : forms("M", first).map((m) => `${m}${between}YYYY`);
}

/** "2019-05-XX", "2019-UN-UN", "2019-05--" and the like: what is not known is written so. */
function ofUnknown(text: string): string[] {
  const match = UNKNOWN.exec(text);
  if (match === null) return [];
  const [, , month = "", day = ""] = match;
  const dayless = `-${safe(day)}`;
  return /\d/.test(month) ? [`YYYY-MM${dayless}`] : [`YYYY-${safe(month)}${dayless}`];
}

/** A month's name and what stands behind it: a point before a space is the name's own. */
function named(word: string, behind: string): { readonly behind: string } | undefined {
  const bare = word.endsWith(".") ? word.slice(0, -1) : word;
  if (monthOf(bare) === 0) return undefined;
  if (!word.endsWith(".")) return { behind };
  return { behind: behind === "" ? `.` : behind };
}

function ofWords(text: string): string[] {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) {
    const [, day = "", a = "", word = "", b = "", year = ""] = dayFirst;
    const y = year.length === 4 ? "YYYY" : "YY";
    if (!/\d/.test(day)) {
      const head = safe(day) + safe(a);
      if (/^(UNK?|XXX?)$/i.test(word)) return [`${head}${safe(word)}${safe(b)}${y}`];
      const name = named(word, b);
      return name === undefined ? [] : [`${head}MMM${safe(name.behind)}${y}`];
    }
    const name = named(word, b);
    if (name === undefined) return [];
    return forms("D", day).map((d) => `${d}${safe(a)}MMM${safe(name.behind)}${y}`);
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) {
    const [, word = "", a = "", day = "", b = ""] = monthFirst;
    const name = named(word, a);
    return name === undefined ? [] : forms("D", day).map((d) => `MMM${safe(name.behind)}${d}${safe(b)}YYYY`);
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, , a = "", word = "", b = "", day = ""] = yearFirst;
    const name = named(word, b);
    return name === undefined ? [] : forms("D", day).map((d) => `YYYY${safe(a)}MMM${safe(name.behind)}${d}`);
  }
  const month = MONTH_NAMED.exec(text);
  if (month === null) return [];
  const [, word = "", a = "", year = ""] = month;
  if (year.length === 2 && a === "") return [];
  const name = named(word, a);
  return name === undefined ? [] : [`MMM${safe(name.behind)}${year.length === 4 ? "YYYY" : "YY"}`];
}
