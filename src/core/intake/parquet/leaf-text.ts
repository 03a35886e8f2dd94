import type { SchemaElement } from "hyparquet";
import { NumberTexts } from "../statistics/number-texts.ts";

/** What a leaf of the schema holds, as far as it decides how its values are written. */
export type LeafSort =
  "truth" | "number" | "single" | "decimal" | "day" | "moment" | "clock" | "text" | "bytes";

/** undefined: nothing that a cell could say (intervals, shapes, documents). */
export function sortOf({
  type,
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): LeafSort | undefined {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return "decimal";
  if (converted === "DATE" || logical?.type === "DATE") return "day";
  if (logical?.type === "TIMESTAMP" || converted?.startsWith("TIMESTAMP") || type === "INT96")
    return "moment";
  if (logical?.type === "TIME" || converted?.startsWith("TIME_")) return "clock";
  if (["INTERVAL", "BSON"].includes(converted ?? "")) return undefined;
  if (["INTERVAL", "BSON", "VARIANT", "GEOMETRY", "GEOGRAPHY", "FILE"].includes(logical?.type ?? ""))
    return undefined;
  if (
    logical?.type === "UUID" ||
    logical?.type === "STRING" ||
    logical?.type === "ENUM" ||
    logical?.type === "JSON"
  )
    return "text";
  if (logical?.type === "FLOAT16" || type === "DOUBLE" || type === "INT32" || type === "INT64")
    return "number";
  if (["UTF8", "ENUM", "JSON"].includes(converted ?? "")) return "text";
  if (type === "BOOLEAN") return "truth";
  if (type === "FLOAT") return "single";
  return type === undefined ? undefined : "bytes";
}

const two = (value: number): string => String(value).padStart(2, "0");

/** What the Parquet library makes of stored days and moments: milliseconds since 1970, and whether more was there. */
export interface StoredMoment {
  readonly milliseconds: number;
  /** It has parts of a millisecond, which no table here holds. */
  readonly finer: boolean;
}

export const parsers = {
  timestampFromMilliseconds: (value: bigint): StoredMoment => ({ milliseconds: Number(value), finer: false }),
  timestampFromMicroseconds: (value: bigint): StoredMoment => parts(value, 1000n),
  timestampFromNanoseconds: (value: bigint): StoredMoment => parts(value, 1_000_000n),
  dateFromDays: (days: number): StoredMoment => ({ milliseconds: days * 86_400_000, finer: false }),
  jsonFromBytes: (bytes: Uint8Array | undefined): string | undefined =>
    bytes && new TextDecoder().decode(bytes),
};

function parts(value: bigint, each: bigint): StoredMoment {
  const whole = value / each - (value % each < 0n ? 1n : 0n);
  return { milliseconds: Number(whole), finer: value % each !== 0n };
}

export const isMoment = (value: unknown): value is StoredMoment =>
  typeof value === "object" && value !== null && "milliseconds" in value;

/** How the values of a leaf are written; `fractions`: some moment of the column has a part of a second. */
export function leafText(
  element: SchemaElement,
  sort: LeafSort,
  fractions: boolean,
): (value: unknown) => string {
  switch (sort) {
    case "day":
      return ofMoment(dayText);
    case "moment":
      return ofMoment((milliseconds) => momentText(milliseconds, fractions));
    case "clock":
      return (value) => (isPresent(value) ? clockText(clockOf(element, value), fractions) : "");
    case "decimal":
      return (value) =>
        isPresent(value) ? decimalText(wholeOf(value), element.scale ?? scaleOf(element)) : "";
    case "single":
      return ofNumber(singleText);
    case "number":
      return ofNumber(doubleText);
    case "truth":
      return (value) => (isPresent(value) ? String(value) : "");
    default:
      return (value) =>
        value instanceof Uint8Array ? bytesText(value) : isPresent(value) ? String(value) : "";
  }
}

/** Each number is written once, while there are not too many; whole ones may come with 64 bits. */
function ofNumber(write: (value: number) => string): (value: unknown) => string {
  const texts = new NumberTexts(write);
  return (value) => {
    if (typeof value !== "number") return isPresent(value) ? String(value) : "";
    return Number.isNaN(value) ? "" : texts.of(value);
  };
}

function ofMoment(write: (milliseconds: number) => string): (value: unknown) => string {
  const texts = new NumberTexts(write);
  return (value) => {
    if (!isMoment(value)) return "";
    const { milliseconds } = value;
    return Number.isNaN(milliseconds) ? write(milliseconds) : texts.of(milliseconds);
  };
}

const isPresent = (value: unknown): value is string | number | bigint | boolean | Uint8Array =>
  value !== null && value !== undefined;

const scaleOf = ({ logical_type: logical }: SchemaElement): number =>
  logical?.type === "DECIMAL" ? logical.scale : 0;

function dayText(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return String(milliseconds);
  const year = date.getUTCFullYear();
  if (year < 0 || year > 9999) return date.toISOString().slice(0, -14);
  return `${String(year).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

function momentText(milliseconds: number, fractions: boolean): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return String(milliseconds);
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const rest = fractions ? `.${String(date.getUTCMilliseconds()).padStart(3, "0")}` : "";
  return `${dayText(milliseconds)} ${clock}${rest}`;
}

/** A time of day in milliseconds since midnight. */
export function clockOf(
  { logical_type: logical, converted_type: converted }: SchemaElement,
  value: unknown,
): number {
  const unit = logical?.type === "TIME" ? logical.unit : converted === "TIME_MILLIS" ? "MILLIS" : "MICROS";
  const number = Number(value);
  return unit === "MILLIS" ? number : number / (unit === "MICROS" ? 1000 : 1_000_000);
}

function clockText(milliseconds: number, fractions: boolean): string {
  const seconds = Math.floor(milliseconds / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fractions ? `${clock}.${String(Math.floor(milliseconds) % 1000).padStart(3, "0")}` : clock;
}

/** The unscaled value of a decimal: big-endian two's complement where it is bytes. */
function wholeOf(value: string | number | bigint | boolean | Uint8Array): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value);
  let whole = 0n;
  for (const byte of value) whole = (whole << 8n) | BigInt(byte);
  return value.length > 0 && (value[0] as number) > 127 ? whole - (1n << BigInt(8 * value.length)) : whole;
}

function decimalText(whole: bigint, scale: number): string {
  if (scale <= 0) return String(whole * 10n ** BigInt(-scale));
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  return `${whole < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The fewest digits that are this number and no other one of single precision. */
function singleText(value: number): string {
  if (!Number.isFinite(value)) return doubleText(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return doubleText(short);
  }
  return doubleText(Number(value.toPrecision(9)));
}

/** NaN is what data frames write for a missing number. */
const doubleText = (value: number): string => (Number.isNaN(value) ? "" : String(value));

const decoder = new TextDecoder("utf-8", { fatal: true });

function bytesText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}
