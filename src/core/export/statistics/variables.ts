import { FaultError } from "../../fault.ts";
import { codeOf } from "../../table/formats/value-codes.ts";
import { isCommonLevel } from "../../table/rare-levels.ts";
import type { Column, Schema, Table, ValueLabel } from "../../table/table.ts";
import { storedColumns, type StoredCell, type StoredColumn } from "../stored-columns.ts";

/** A column as statistics programs have it: numbers with what they stand for, or texts of a fixed width. */
export interface Variable {
  readonly column: StoredColumn;
  readonly type: "number" | "text";
  /** What its numbers are milliseconds of, since 1970-01-01T00:00 or since midnight. */
  readonly moments?: "date" | "datetime" | "time";
  /** Decimal places that its numbers are shown with. */
  readonly decimals: number;
  /** Bytes of the longest text, 1 at least. */
  readonly width: number;
  /** Codes with what they stand for, in the order of the codes; codes of numbers are numbers. */
  readonly labels: readonly ValueLabel[];
  /** Row -> number of one block's column, NaN = missing. */
  numbers(column: Column): (row: number) => number;
  /** Row -> text of one block's column as bytes, none = missing. Throws FaultError `export-impossible`. */
  texts(column: Column): (row: number) => Uint8Array;
}

const encoder = new TextEncoder();
const NONE = new Uint8Array(0);

/** Widest text that both formats have room for. */
const WIDEST = 32_767;
/** Room for texts of later blocks that are longer than those of the first, where they are made of numbers. */
const SPARE = 8;

/** The columns of `schema`; `first`: the first block, whose levels are those of all blocks. `rows`: of all blocks, about. */
export function variables(
  schema: Schema,
  first: Table | undefined,
  rows: number,
  format: string,
): Variable[] {
  return storedColumns(schema, first).map((column, i) => variable(column, first?.columns[i], rows, format));
}

function variable(column: StoredColumn, first: Column | undefined, rows: number, format: string): Variable {
  const { schema } = column;
  const moments = momentsOf(column);
  const number = moments !== undefined || isNumber(column, first);
  const code = codingOf(column, first);
  const labels = number && column.type === "boolean" ? truthLabels(first) : labelsOf(column, first, code);
  const width = number ? 8 : widthOf(column, first, rows);
  return {
    column,
    type: number ? "number" : "text",
    ...(moments && { moments }),
    decimals: schema.kind === "decimal" ? Math.min(schema.number?.decimals ?? 2, 16) : 0,
    width,
    labels: number ? labels.filter(({ code }) => Number.isFinite(Number(code))) : labels,
    numbers: (of) => numbersOf(column, of, moments !== undefined, code, format),
    texts: (of) => textsOf(column, of, width, format),
  };
}

/** Days, moments, and times of a day; dates of which a part is missing are texts. */
function momentsOf({ type, schema }: StoredColumn): Variable["moments"] {
  if (type === "date" || type === "datetime") return type;
  const pattern = schema.date?.pattern ?? "";
  return schema.kind === "datetime" && /^[Hh]/.test(pattern) && !/[YD]/.test(pattern) ? "time" : undefined;
}

/** Numbers, yes and no, and levels all of whose codes are numbers; a number beside limits such as "<5" is a text. */
function isNumber(column: StoredColumn, first: Column | undefined): boolean {
  const { type, schema } = column;
  if ((schema.limits ?? []).length > 0) return false;
  if (type === "boolean" || type === "integer" || type === "decimal") return true;
  if (first?.type !== "coded" || first.levels.length === 0) return false;
  if (schema.valueLabels === undefined && !STORED_NUMBER.test(schema.storedAs ?? "")) return false;
  const code = codingOf(column, first);
  return first.levels.every((level) => isCode(code(level)));
}

/** A format of numbers in SPSS, SAS or Stata: its column has numbers, such as those of patients, though they are learned as none. */
const STORED_NUMBER = /^(F|N|E|COMMA|DOT|BEST|Z)?\d+(\.\d*)?$|^%-?0?\d+\.\d+[gf]c?$/;

/** The code of a level; of the one that stands for all rare ones, where codes are numbers, the next number. */
function codingOf({ schema }: StoredColumn, first: Column | undefined): (level: string) => string {
  const code = codeOf(schema) ?? ((level: string) => level);
  const levels = first?.type === "coded" ? first.levels : [];
  const common = levels.find(isCommonLevel);
  if (common === undefined) return code;
  const stored = [
    ...levels.filter((level) => level !== common).map(code),
    ...(schema.valueLabels ?? []).map((it) => it.code),
  ];
  if (!stored.every(isCode)) return code;
  const next = String(Math.floor(Math.max(0, ...stored.map(Number))) + 1);
  return (level) => (level === common ? next : code(level));
}

const isCode = (text: string): boolean =>
  text !== "" && String(Number(text)) === text && Number.isFinite(Number(text));

/** The labels of the source, and what a code stands for that a level has only here. */
function labelsOf(
  { schema }: StoredColumn,
  first: Column | undefined,
  code: (level: string) => string,
): readonly ValueLabel[] {
  const labels = schema.valueLabels ?? [];
  const common = first?.type === "coded" ? first.levels.find(isCommonLevel) : undefined;
  return labels.length === 0 || common === undefined || code(common) === common
    ? labels
    : [...labels, { code: code(common), label: common }];
}

function truthLabels(first: Column | undefined): ValueLabel[] {
  const levels = first?.type === "coded" ? first.levels : [];
  return ["false", "true"].flatMap((word, code) => {
    const label = levels.find((level) => level.toLowerCase() === word);
    return label === undefined ? [] : [{ code: String(code), label }];
  });
}

function numbersOf(
  column: StoredColumn,
  of: Column,
  moments: boolean,
  code: (level: string) => string,
  format: string,
): (row: number) => number {
  if (of.type === "numeric" && moments) return (row) => of.values[row] as number;
  if (of.type === "coded" && column.type === "text") {
    const values = Float64Array.from(of.levels, (level) => Number(code(level)));
    const stray = of.levels.find((_, level) => Number.isNaN(values[level] as number));
    if (stray !== undefined) {
      throw new FaultError({
        code: "export-impossible",
        format,
        reason: `“${stray.slice(0, 40)}” in “${column.schema.name}” stands among numbers.`,
        remedy: "Write CSV or Parquet.",
      });
    }
    return (row) => values[of.codes[row] as number] ?? NaN;
  }
  const cells = column.cells(of);
  return (row) => numberOf(cells(row));
}

function numberOf(cell: StoredCell): number {
  if (typeof cell === "number") return cell;
  if (typeof cell === "boolean") return cell ? 1 : 0;
  return cell === null ? NaN : Number(cell);
}

/** Made-up ids grow with their rows: later blocks may have longer ones than the first. */
function widthOf(column: StoredColumn, first: Column | undefined, rows: number): number {
  if (first === undefined) return 1;
  const text = column.texts(first);
  let width = 1;
  if (first.type === "numeric") {
    for (let row = 0; row < first.values.length; row++)
      width = Math.max(width, encoder.encode(text(row)).length);
    return width + SPARE;
  }
  const code = codeOf(column.schema) ?? ((level: string) => level);
  for (const level of first.levels) width = Math.max(width, encoder.encode(code(level)).length);
  for (const { code: stored } of column.schema.valueLabels ?? [])
    width = Math.max(width, encoder.encode(stored).length);
  const identifies = column.schema.kind === "identifier" || column.schema.role === "identifier";
  const grows = identifies ? String(rows).length - String(Math.max(1, first.codes.length)).length : 0;
  return Math.min(WIDEST, width + Math.max(0, grows));
}

function textsOf(
  column: StoredColumn,
  of: Column,
  width: number,
  format: string,
): (row: number) => Uint8Array {
  const fitting = (text: string): Uint8Array => {
    const bytes = encoder.encode(text);
    if (bytes.length <= width) return bytes;
    throw new FaultError({
      code: "export-impossible",
      format,
      reason: `A cell of “${column.schema.name}” has ${bytes.length.toLocaleString("en")} bytes; the column was made for ${width.toLocaleString("en")}.`,
      remedy: "Write CSV or Parquet.",
    });
  };
  if (of.type === "numeric") {
    const text = column.texts(of);
    return (row) => fitting(text(row));
  }
  const code = codeOf(column.schema) ?? ((level: string) => level);
  const bytes = of.levels.map((level) => fitting(code(level)));
  return (row) => bytes[of.codes[row] as number] ?? NONE;
}

/** As much of `text` as `most` bytes hold, in whole characters. */
export function cutBytes(text: string, most: number): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.length <= most) return bytes;
  let end = most;
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/** Names as a program allows them, each other than the ones before it whatever the case of its letters. */
export function distinctNames(
  names: readonly string[],
  allowed: (name: string) => string,
  most: number,
): string[] {
  const used = new Set<string>();
  const decoder = new TextDecoder();
  return names.map((name) => {
    const said = allowed(name);
    let own = decoder.decode(cutBytes(said, most));
    for (let n = 2; used.has(own.toLowerCase()); n++)
      own = `${decoder.decode(cutBytes(said, most - String(n).length - 1))}_${n}`;
    used.add(own.toLowerCase());
    return own;
  });
}
