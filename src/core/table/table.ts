/**
 * Table: plain data, one typed array per column, a schema beside them. It crosses to a worker as it is.
 * Missing is NaN in numeric columns and -1 in coded ones.
 */

import type { DurationClock } from "./formats/dates/durations.ts";
import type { Identifies, PatientQuestion } from "./identifies.ts";
import type { Reading } from "./reading.ts";

/** What a column holds. Numeric kinds are stored in Float64Array, the others as codes into `levels`. */
export const KINDS = [
  "integer",
  "decimal",
  "datetime",
  "category",
  "boolean",
  "identifier",
  "text",
  "constant",
] as const;
export type Kind = (typeof KINDS)[number];

/** What a column is for. `identifier` = patient id (rows of one patient stay together); `omit` = left out. */
export const ROLES = ["feature", "target", "sensitive", "identifier", "omit"] as const;
export type Role = (typeof ROLES)[number];

/** A column's part in a survival analysis: how long a patient was followed, or whether the event was seen then. */
export type Survival = "time" | "event";

/** A column's part in patients' courses: when a visit was, or when the patient's follow-up ended. */
export const COURSE_PARTS = ["time", "end"] as const;
export type CoursePart = (typeof COURSE_PARTS)[number];

/** What becomes of cells whose level fewer than five patients share: left empty, or given one level in common. */
export type RareLevels = "empty" | "common";

/**
 * What somebody who has only the synthetic table may have to do with a column: knows it of a patient already (a
 * quasi-identifier), would like to learn it (a secret), or neither.
 */
export const OUTSIDERS = ["knows", "seeks", "neither"] as const;
export type Outsider = (typeof OUTSIDERS)[number];

/**
 * What a column measures, where that says more than its kind. `ordinal`: the levels stand in their order. `code`: written
 * by a coding system (ICD-10, ATC ...), named in the schema's `system`.
 */
export const MEASURES = ["ordinal", "count", "percentage", "duration", "clock", "code"] as const;
export type Measure = (typeof MEASURES)[number];

/** A value of a labelled column: how the source stores it, and what it stands for. The label is the level. */
export interface ValueLabel {
  readonly code: string;
  readonly label: string;
}

/**
 * A cell that says only that a value lies beyond a limit: "<5", ">89". It is held as the number `value`, beyond the limit
 * and no other cell's value, and written as `text`.
 */
export interface Limit {
  readonly text: string;
  readonly value: number;
  readonly side: "below" | "above";
}

/**
 * How fresh ids are written in the form of the source's: "9" stands for a digit, "A" for a capital letter, "a" for a
 * small one, "x" and "X" for hexadecimal digits, every other character for itself, and so does one behind a backslash:
 * "P-99999", "xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx". An empty form leaves the cells empty.
 */
export type IdForm = string;

/** How the source wrote numbers, so that what comes out looks the same. */
export interface NumberFormat {
  /** Decimal places that carry something, the most of any value of the source ("71.50", "3.00" -> 1); 0 for integers. */
  readonly decimals: number;
  /** Places every value is padded to with zeros ("40.0" -> 1, "265.000,00" -> 2); absent = 0. */
  readonly leastDecimals?: number;
  /** True when `formatNumber` gives back every cell of the source exactly, so that its text can be had again. */
  readonly exact?: boolean;
  readonly decimalMark: "." | ",";
  readonly thousandsMark: "" | "." | "," | " " | "'";
  /** What stands before and behind the number in its cell, space included: " bpm", "%". */
  readonly prefix?: string;
  readonly suffix?: string;
  /** A duration that is written as hours and minutes, "36:15": the number counts minutes, or seconds where it has them. */
  readonly clock?: DurationClock;
  /** behind the number 1 alone: " day" beside " days" */
  readonly one?: string;
}

/** Less than a whole date in a cell: "2019-05" or "2019" among full dates. */
export interface CoarserDate {
  readonly pattern: string;
  /** Patterns of the same precision that some cells have; written as `pattern`. */
  readonly others?: readonly string[];
  /** of the cells that are not missing */
  readonly share: number;
}

/**
 * How a column writes dates, date-times or times of day. `pattern` in tokens YYYY, YY, MMMM (January), MMM (Jan), MON (JAN), mon
 * (jan), MM, M, DD, D, HH, H, kk, k (hours to 24: midnight is the end of the day), hh, h (12 hours), mm, ss, S (a digit of a
 * fraction), F (a fraction as long as it is, with its point), A (AM, PM), a (am, pm), ZZ (+01:00), ZZZ (+0100), SERIAL (days as
 * Excel counts them); what is in brackets and every other character stands for itself: "DD.MM.YYYY", "M/D/YY H:mm",
 * "YYYY-MM-DDTHH:mm:ssZ". Digits that are zero in every cell stand in it as they are: "YYYY-MM-DD 00:00:00".
 */
export interface DateFormat {
  readonly pattern: string;
  /** True when `formatDate` gives back every cell of the source exactly. */
  readonly exact?: boolean;
  /** Patterns that some cells have beside it, as fine as it is; all are written by `pattern`. */
  readonly others?: readonly string[];
  /** Cells of less precision, the finest first. */
  readonly coarser?: readonly CoarserDate[];
  /** The twelve names of months as the source writes them; absent: English ones. */
  readonly months?: readonly string[];
  /** Latest year that two digits stand for; absent: 2068. */
  readonly latestYear?: number;
  /** The offset that each of the twelve months is written with, where it changes through the year. */
  readonly offsets?: readonly string[];
}

/** What reading a column came across, in counts only: no cell of the source is in it. Row numbers count from 1. */
export interface Findings {
  /** Cells that do not fit the kind and were read as missing. */
  readonly stray?: { readonly cells: number; readonly share: number; readonly firstRow: number };
  /** Numbers without a finite value (1e400, Infinity), read as missing. */
  readonly beyond?: number;
  /** Share of the cells that are numbers, in a column that is kept as text. */
  readonly numbers?: number;
  /** Day and month could be the other way round in every cell. */
  readonly dayMonthUnsettled?: boolean;
  /** A level that is a word for missing in other tables: “NA” among the names of electrolytes. */
  readonly tokenLevel?: string;
  /** Levels that differ only in upper and lower case. */
  readonly caseTwins?: number;
  /** Units that stand behind the numbers of a column that is kept as text, the most frequent first. */
  readonly units?: readonly string[];
}

/**
 * What a person says that a column measures: a clinical quantity by its name, "Potassium", and its unit, or nothing that the
 * lab knows (null).
 */
export interface QuantityChoice {
  readonly of: string | null;
  readonly unit?: string;
}

export interface ColumnSchema {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  /** Why this kind and role were inferred, one sentence for a person. */
  readonly reason: string;
  /** How a missing cell is written in the source (the column's most frequent token; "" when none was seen). */
  readonly missingToken: string;
  /** numeric kinds */
  readonly number?: NumberFormat;
  /** datetime */
  readonly date?: DateFormat;
  /** levels: what becomes of those that fewer than five patients share; absent = "empty" */
  readonly rareLevels?: RareLevels;
  /** absent: none */
  readonly survival?: Survival;
  /** At most one column of a table has each; absent: none. A time may be a date, a number or the order of visits. */
  readonly course?: CoursePart;
  /** as a person named it; absent = the measures of privacy choose by themselves */
  readonly outsider?: Outsider;
  /** as a person named it; absent = told by its name, its unit and its values */
  readonly quantity?: QuantityChoice;
  readonly findings?: Findings;
  /** What the file calls the column beside its name. */
  readonly label?: string;
  readonly unit?: string;
  readonly measure?: Measure;
  /** measure "code": the coding system, "ICD-10" */
  readonly system?: string;
  /** levels are labels; files have the codes */
  readonly valueLabels?: readonly ValueLabel[];
  /** numeric kinds */
  readonly limits?: readonly Limit[];
  /** The format that a statistics file gives the column, for writing: "F8.2", "DATE9." */
  readonly storedAs?: string;
  /** A column that is not learned: its cells come out as fresh ids of this form. */
  readonly fresh?: IdForm;
  /** what it can tell of a person, whatever is done with it; absent: nothing was seen */
  readonly identifies?: Identifies;
}

/** What stands between cells in the files that are read and written. */
export const DELIMITERS = [",", ";", "\t", "|", " "] as const;
/** What can stand around a cell. */
export const QUOTES = ['"', "'"] as const;
/** How characters are bytes, by the names that the Encoding Standard gives them. */
export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-7",
  "koi8-r",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The file's dialect, kept for writing the synthetic table in the same one. */
export interface Dialect {
  /** one of DELIMITERS */
  readonly delimiter: string;
  /** one of QUOTES */
  readonly quote: string;
  readonly newline: "\n" | "\r\n" | "\r";
  readonly bom: boolean;
  readonly encoding: Encoding;
}

export interface Schema {
  readonly columns: readonly ColumnSchema[];
  readonly dialect: Dialect;
  /** Cell texts read as missing, e.g. ["", "NA", "?"]. */
  readonly missingTokens: readonly string[];
}

/** integer, decimal, datetime (milliseconds since 1970-01-01T00:00, no zone). NaN = missing. */
export interface NumericColumn {
  readonly type: "numeric";
  readonly values: Float64Array;
}

/** category, boolean, identifier, text, constant: codes into `levels`, the cell texts of the source. -1 = missing. */
export interface CodedColumn {
  readonly type: "coded";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export type Column = NumericColumn | CodedColumn;

/** Whether a row has no cell in `column`. */
export const isMissingCell = (column: Column, row: number): boolean =>
  column.type === "numeric" ? !Number.isFinite(column.values[row]) : (column.codes[row] as number) < 0;

/** `columns[i]` is described by `schema.columns[i]`; all columns have `rows` cells. */
export interface Table {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly schema: Schema;
  /** Whose row it is, where patients have several: equal numbers for equal patients. Left out: one patient a row. */
  readonly patients?: Int32Array;
  /** What of its file was not understood. Left out: it did not come from a file. */
  readonly reading?: Reading;
  /** Which columns may name the patients. Left out: it was not asked. */
  readonly whose?: PatientQuestion;
}

/** Columns a synthesizer learns: every role but `identifier` and `omit`. */
export function learnedColumns(schema: Schema): number[] {
  return schema.columns.flatMap((column, i) =>
    column.role === "identifier" || column.role === "omit" ? [] : [i],
  );
}

/** Index of the target column, or undefined. */
export function targetColumn(schema: Schema): number | undefined {
  const i = schema.columns.findIndex((column) => column.role === "target");
  return i < 0 ? undefined : i;
}

/** The columns at `indices`, in that order; arrays are shared, not copied. */
export function selectColumns(table: Table, indices: readonly number[]): Table {
  return {
    ...table,
    columns: indices.map((i) => table.columns[i] as Column),
    schema: {
      ...table.schema,
      columns: indices.map((i) => table.schema.columns[i] as ColumnSchema),
    },
  };
}

/** The rows at `rows`, in that order, copied. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  const columns = table.columns.map((column): Column => {
    if (column.type === "numeric") {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i] as number] as number;
      return { type: "numeric", values };
    }
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i] as number] as number;
    return { type: "coded", codes, levels: column.levels };
  });
  const { patients } = table;
  const whose =
    patients && Int32Array.from({ length: rows.length }, (_, i) => patients[rows[i] as number] as number);
  return { ...table, rows: rows.length, columns, ...(whose && { patients: whose }) };
}
