import { writeDuration } from "./dates/durations.ts";
import type { NumberFormat } from "../table.ts";

/** The marks a column of numbers is written with. */
export type NumberMarks = Pick<NumberFormat, "decimalMark" | "thousandsMark">;

export const PLAIN: NumberMarks = { decimalMark: ".", thousandsMark: "" };

/** What a text that is a number shows of how it was written. */
export interface WrittenNumber {
  readonly value: number;
  /** Decimal places as written. */
  readonly shown: number;
  /** Decimal places without trailing zeros. */
  readonly decimals: number;
  /** Written with at least one thousands mark. */
  readonly grouped: boolean;
  /** Neither exponent, nor plus sign, nor a printer's minus sign, nor a bare mark: `formatNumber` could have written it. */
  readonly plain: boolean;
}

const patterns = new Map<string, RegExp>();
const escape = (mark: string): string =>
  mark === " " ? "[\\u0020\\u00a0\\u202f]" : mark === "'" ? "['\\u2019]" : `\\${mark}`;

function patternFor({ decimalMark, thousandsMark }: NumberMarks): RegExp {
  const key = decimalMark + thousandsMark;
  let pattern = patterns.get(key);
  if (pattern === undefined) {
    const plain = "0|[1-9]\\d*";
    const grouped = thousandsMark === "" ? "" : `[1-9]\\d{0,2}(?:${escape(thousandsMark)}\\d{3})+|`;
    pattern = new RegExp(
      `^([+\u2212\u2013-]?)(?:(${grouped}${plain})(?:(${escape(decimalMark)})(\\d*))?|${escape(decimalMark)}(\\d+))([eE][+-]?\\d{1,4})?$`,
    );
    patterns.set(key, pattern);
  }
  return pattern;
}

const SPECIAL = /^[+-]?(inf|infinity|∞)$/i;

/**
 * `text` (trimmed) as a number under `marks`, or undefined when it is not one. Leading zeros ("007") and whole numbers
 * of more than 15 digits are codes, not numbers. "Infinity" and 1e400 are numbers without a finite value.
 */
export function readNumber(text: string, marks: NumberMarks): WrittenNumber | undefined {
  const match = patternFor(marks).exec(text);
  if (match === null) {
    if (!SPECIAL.test(text)) return undefined;
    return {
      value: text.startsWith("-") ? -Infinity : Infinity,
      shown: 0,
      decimals: 0,
      grouped: false,
      plain: false,
    };
  }
  const [, written = "", whole = "", mark, after, bare, exponent = ""] = match;
  const sign = /[\u2212\u2013]/.test(written) ? "-" : written;
  const digits = whole.replace(/\D/g, "");
  const fraction = after ?? bare ?? "";
  if (exponent === "" && fraction === "" && digits.length > 15) return undefined;
  let decimals = fraction.length;
  while (decimals > 0 && fraction.charCodeAt(decimals - 1) === 48) decimals--;
  const value = Number(`${sign}${digits === "" ? "0" : digits}.${fraction || "0"}${exponent}`);
  return {
    value,
    shown: fraction.length,
    decimals: exponent === "" ? decimals : placesOf(value),
    grouped: digits.length !== whole.length,
    plain:
      written !== "+" &&
      written === sign &&
      exponent === "" &&
      bare === undefined &&
      !(mark !== undefined && fraction === "") &&
      !(sign === "-" && value === 0),
  };
}

/** The value of `text` alone, NaN when it is not a number; the fast way for long columns. */
export function numberOf(text: string, marks: NumberMarks): number {
  return patternFor(marks).test(text) || SPECIAL.test(text) ? (readNumber(text, marks)?.value ?? NaN) : NaN;
}

/** Decimal places that are counted; numbers that need more are written with an exponent. */
const MOST_PLACES = 20;

/** Decimal places of the shortest text of `value`, at most 20. */
export function placesOf(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return 0;
  const text = String(Math.abs(value));
  const e = text.indexOf("e");
  const mantissa = e < 0 ? text : text.slice(0, e);
  const dot = mantissa.indexOf(".");
  const places = (dot < 0 ? 0 : mantissa.length - dot - 1) - (e < 0 ? 0 : Number(text.slice(e + 1)));
  return Math.min(MOST_PLACES, Math.max(0, places));
}

/** `value` (finite) as the source would write it, with its unit where cells have one. */
export function formatNumber(value: number, format: NumberFormat): string {
  if (format.clock !== undefined) return writeDuration(value, format.clock);
  const text = digitsOf(value, format);
  return format.suffix === undefined && format.prefix === undefined ? text : affixed(text, value, format);
}

function affixed(text: string, value: number, { prefix = "", suffix = "", one }: NumberFormat): string {
  const behind = value === 1 && one !== undefined ? one : suffix;
  if (prefix === "" || !text.startsWith("-")) return prefix + text + behind;
  return `-${prefix}${text.slice(1)}${behind}`;
}

function digitsOf(value: number, format: NumberFormat): string {
  const least = format.leastDecimals ?? 0;
  let text = String(value);
  if (text.includes("e-") && format.decimals >= MOST_PLACES && loses(value))
    return text.replace(".", format.decimalMark);
  const point = text.indexOf(".");
  if (text.includes("e") || (point >= 0 && text.length - point - 1 > format.decimals)) {
    text = rounded(value, format.decimals);
  }
  const dot = text.indexOf(".");
  let whole = dot < 0 ? text : text.slice(0, dot);
  let fraction = dot < 0 ? "" : text.slice(dot + 1);
  if (fraction.length < least) fraction = fraction.padEnd(least, "0");
  if (format.thousandsMark !== "") {
    whole = whole.replace(/\B(?=(\d{3})+(?!\d))/g, format.thousandsMark);
  }
  return fraction === "" ? whole : whole + format.decimalMark + fraction;
}

/** Whether 20 decimal places are too few for `value`, as for 5.4e-79, which SAS transport files have in place of 0. */
const loses = (value: number): boolean =>
  Math.abs(Number(value.toFixed(MOST_PLACES)) - value) > 1e-9 * Math.abs(value);

/** `value` in plain digits with at most `decimals` places and no trailing zeros. */
function rounded(value: number, decimals: number): string {
  const fixed = value.toFixed(Math.min(MOST_PLACES, decimals));
  const text = fixed.includes("e") ? BigInt(Math.round(value)).toString() : fixed;
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}
