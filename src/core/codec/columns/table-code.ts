import { CLOCKS } from "../../table/formats/dates/durations.ts";
import { COURSE_PARTS, DELIMITERS, ENCODINGS, KINDS, MEASURES, QUOTES, ROLES } from "../../table/table.ts";
import type { Column, ColumnSchema, DateFormat, QuantityChoice, Schema, Table } from "../../table/table.ts";
import type { CodedLevels } from "./coded-levels.ts";
import { learnCodedLevels, loadCodedLevels } from "./coded-levels.ts";
import { asIndex, asList, asNumber, asOneOf, asRecord, asText, asTexts, damaged } from "../saved-state.ts";
import { gridOf } from "./grid.ts";
import type { NumericBins } from "./numeric-bins.ts";
import { learnNumericBins, loadNumericBins } from "./numeric-bins.ts";

/** How finely a table is cut. */
export interface CodeOptions {
  /** Bins of a numeric column; by the rows where it is left out. */
  readonly bins?: number;
  /**
   * One bin per value where the values are few (up to 130, ten rows each) but more than the bins, so that whole numbers
   * are exact; true unless said.
   */
  readonly lattice?: boolean;
  /** Whose row it is (`Table.patients`); five of them must share what is kept. Left out: one patient a row. */
  readonly patients?: Int32Array | undefined;
}

export type AnyColumnCode = (
  | {
      readonly type: "numeric";
      readonly code: NumericBins;
      /** Its values are codes for something, in no order that counts (`markCodedNumbers`). */
      readonly nominal?: boolean;
    }
  | { readonly type: "coded"; readonly code: CodedLevels; readonly levels: readonly string[] }
) & {
  /** What this column's own patients alone had and the code does not know. Known while it is learned, not saved. */
  readonly withheld?: Withheld;
};

/** Different levels or numbers that were left out because fewer than five patients share them, and the rows that had them. */
export interface Withheld {
  readonly levels: number;
  readonly rows: number;
}

/** Everything that is learned of the columns one by one; with it a table of the same shape can be written anew. */
export interface TableCode {
  readonly name: string;
  readonly schema: Schema;
  readonly columns: readonly AnyColumnCode[];
}

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Bins of a numeric column for a table of `rows` rows: a dozen rows or more in each. */
export const binsFor = (rows: number): number => Math.round(clip(rows / 12, 12, 64));

/** Levels of a coded column with a token of their own: ten rows each where the levels are many. */
export const ownLevelsFor = (rows: number): number => Math.round(clip(rows / 10, 20, 100));

/** Learns one column of a table of `rows` rows. */
export function learnColumnCode(
  column: Column,
  schema: ColumnSchema,
  rows: number,
  options: CodeOptions = {},
): AnyColumnCode {
  if (column.type === "numeric") {
    const { bins = binsFor(rows) } = options;
    const { limits } = schema;
    const code = learnNumericBins(column.values, gridOf(schema), {
      ...options,
      bins,
      ...(limits && { limits }),
    });
    const present = code.bins.length > 0 ? [] : column.values.filter(Number.isFinite);
    const withheld = { levels: new Set(present).size, rows: present.length };
    return { type: "numeric", code, ...(withheld.rows > 0 && { withheld }) };
  }
  const { patients } = options;
  const { rareLevels } = schema;
  const { code, withheld } = learnCodedLevels(column, { most: ownLevelsFor(rows), patients, rareLevels });
  return { type: "coded", code, levels: code.levels, ...(withheld.rows > 0 && { withheld }) };
}

/** Learns column `i` of `table`. */
export function learnColumn(table: Table, i: number, options: CodeOptions = {}): AnyColumnCode {
  const schema = table.schema.columns[i] as ColumnSchema;
  const { patients } = table;
  return learnColumnCode(table.columns[i] as Column, schema, table.rows, { patients, ...options });
}

/** Learns every column; a second or so for a million rows of 15. Long fits call `learnColumn` one by one. */
export function learnTableCode(table: Table, options: CodeOptions = {}): TableCode {
  const columns = table.columns.map((_, i) => learnColumn(table, i, options));
  return { name: table.name, schema: table.schema, columns };
}

/**
 * The cells of `column` at `rows` (all where left out) as `code` knows them: values (NaN = missing), or codes into the
 * code's levels (-1 = missing, their number where the level is not known). Levels are matched by name.
 */
export function cellsOf(
  column: Column,
  own: AnyColumnCode,
  rows?: ArrayLike<number>,
): Float64Array | Int32Array {
  const count = rows ? rows.length : column.type === "numeric" ? column.values.length : column.codes.length;
  const at = (i: number): number => (rows ? (rows[i] as number) : i);
  if (own.type === "numeric") {
    if (column.type !== "numeric") return new Float64Array(count).fill(NaN);
    return rows
      ? Float64Array.from({ length: count }, (_, i) => column.values[at(i)] as number)
      : column.values;
  }
  const cells = new Int32Array(count).fill(-1);
  if (column.type !== "coded") return cells;
  const places = placesOf(column.levels, own.code);
  for (let i = 0; i < count; i++) {
    const code = column.codes[at(i)] as number;
    if (code >= 0) cells[i] = places[code] ?? own.code.levels.length;
  }
  return cells;
}

const known = new WeakMap<CodedLevels, WeakMap<readonly string[], Int32Array>>();

/** Where each of `levels` stands among the code's own. */
function placesOf(levels: readonly string[], code: CodedLevels): Int32Array {
  const lists = known.get(code) ?? new WeakMap<readonly string[], Int32Array>();
  known.set(code, lists);
  const found = lists.get(levels);
  if (found) return found;
  const place = new Map(code.levels.map((level, i) => [level, i]));
  const places = Int32Array.from(levels, (level) => place.get(level) ?? code.levels.length);
  lists.set(levels, places);
  return places;
}

/** A table of `rows` rows whose column i holds `cells[i]`. */
export function assembleTable(code: TableCode, rows: number, cells: readonly Float64Array[]): Table {
  const columns = code.columns.map((column, i): Column => {
    const values = cells[i] as Float64Array;
    return column.type === "numeric"
      ? { type: "numeric", values }
      : { type: "coded", codes: Int32Array.from(values), levels: column.code.levels };
  });
  return { name: code.name, rows, columns, schema: code.schema };
}

/**
 * JSON-safe. Holds bin knots, counts, the names of levels that at least 5 rows share, and the schema without what
 * reading it came across (reasons may quote cells); no row.
 */
export function saveTableCode(code: TableCode): Readonly<Record<string, unknown>> {
  return {
    ...saveTableSchema(code),
    columns: code.columns.map((column) => ({
      type: column.type,
      code: column.code.save(),
      ...(column.type === "numeric" && column.nominal && { nominal: true }),
    })),
  };
}

/** What rows look like, without what is learned of them; JSON-safe, and like `saveTableCode` without what reading came across. */
export const saveTableSchema = ({
  name,
  schema,
}: Pick<TableCode, "name" | "schema">): Readonly<Record<string, unknown>> => ({
  name,
  schema: { ...schema, columns: schema.columns.map(savedColumnSchema) },
});

/** Inverse of `saveTableSchema`; throws FaultError `model-damaged`. */
export function loadTableSchema(saved: unknown): Pick<TableCode, "name" | "schema"> {
  const state = asRecord(saved, "columns");
  return { name: asText(state["name"], "name"), schema: loadSchema(state["schema"]) };
}

/** Inverse of `saveTableCode`; throws FaultError `model-damaged`. */
export function loadTableCode(saved: unknown): TableCode {
  const state = asRecord(saved, "columns");
  const { name, schema } = loadTableSchema(saved);
  const columns = asList(state["columns"], "columns").map((item): AnyColumnCode => {
    const column = asRecord(item, "columns");
    const type = asOneOf(column["type"], ["numeric", "coded"], "columns");
    if (type === "numeric") {
      const nominal = column["nominal"] === true;
      return { type, code: loadNumericBins(column["code"]), ...(nominal && { nominal }) };
    }
    const code = loadCodedLevels(column["code"]);
    return { type, code, levels: code.levels };
  });
  if (columns.length !== schema.columns.length) return damaged("columns");
  return { name, schema, columns };
}

function loadSchema(saved: unknown): Schema {
  const state = asRecord(saved, "schema");
  const dialect = asRecord(state["dialect"], "dialect");
  return {
    columns: asList(state["columns"], "schema").map(loadColumnSchema),
    dialect: {
      delimiter: asOneOf(dialect["delimiter"], DELIMITERS, "dialect"),
      quote: asOneOf(dialect["quote"], QUOTES, "dialect"),
      newline: asOneOf(dialect["newline"], ["\n", "\r\n", "\r"], "dialect"),
      bom: dialect["bom"] === true,
      encoding: asOneOf(dialect["encoding"], ENCODINGS, "dialect"),
    },
    missingTokens: asTexts(state["missingTokens"], "missing tokens"),
  };
}

/** Without what reading the column came across: reasons may quote cells, findings count single ones. */
export function savedColumnSchema({
  findings: _counts,
  outsider: _named,
  ...column
}: ColumnSchema): ColumnSchema {
  return { ...column, reason: "" };
}

/** Throws FaultError `model-damaged`. */
export function loadColumnSchema(saved: unknown): ColumnSchema {
  const state = asRecord(saved, "schema");
  const number = state["number"] === undefined ? undefined : asRecord(state["number"], "number format");
  const date = state["date"] === undefined ? undefined : asRecord(state["date"], "date format");
  return {
    name: asText(state["name"], "schema"),
    kind: asOneOf(state["kind"], KINDS, "schema"),
    role: asOneOf(state["role"], ROLES, "schema"),
    reason: asText(state["reason"], "schema"),
    missingToken: asText(state["missingToken"], "schema"),
    ...(number && {
      number: {
        decimals: asIndex(number["decimals"], 31, "number format"),
        ...(number["leastDecimals"] !== undefined && {
          leastDecimals: asIndex(number["leastDecimals"], 31, "number format"),
        }),
        ...(number["exact"] !== undefined && { exact: number["exact"] === true }),
        decimalMark: asOneOf(number["decimalMark"], [".", ","], "number format"),
        thousandsMark: asOneOf(number["thousandsMark"], ["", ".", ",", " ", "'"], "number format"),
        ...(number["clock"] !== undefined && {
          clock: asOneOf(number["clock"], CLOCKS, "number format"),
        }),
        ...textsIn(number, ["prefix", "suffix", "one"], "number format"),
      },
    }),
    ...textsIn(state, ["label", "unit", "system", "storedAs", "fresh"], "schema"),
    ...(state["measure"] !== undefined && { measure: asOneOf(state["measure"], MEASURES, "schema") }),
    ...(state["valueLabels"] !== undefined && {
      valueLabels: asList(state["valueLabels"], "value labels").map((item) => {
        const { code, label } = asRecord(item, "value labels");
        return { code: asText(code, "value labels"), label: asText(label, "value labels") };
      }),
    }),
    ...(state["limits"] !== undefined && {
      limits: asList(state["limits"], "limits").map((item) => {
        const { text, value, side } = asRecord(item, "limits");
        return {
          text: asText(text, "limits"),
          value: asNumber(value, "limits"),
          side: asOneOf(side, ["below", "above"], "limits"),
        };
      }),
    }),
    ...(state["rareLevels"] !== undefined && {
      rareLevels: asOneOf(state["rareLevels"], ["empty", "common"], "schema"),
    }),
    ...(state["survival"] !== undefined && {
      survival: asOneOf(state["survival"], ["time", "event"], "schema"),
    }),
    ...(state["course"] !== undefined && { course: asOneOf(state["course"], COURSE_PARTS, "schema") }),
    ...(state["quantity"] !== undefined && { quantity: loadQuantity(state["quantity"]) }),
    ...(date && { date: loadDateFormat(date) }),
  };
}

function loadQuantity(saved: unknown): QuantityChoice {
  const { of, unit } = asRecord(saved, "schema");
  return {
    of: of === null ? null : asText(of, "schema"),
    ...(unit !== undefined && { unit: asText(unit, "schema") }),
  };
}

function loadDateFormat(state: Readonly<Record<string, unknown>>): DateFormat {
  const texts = (key: string): Record<string, readonly string[]> =>
    state[key] === undefined ? {} : { [key]: asTexts(state[key], "date format") };
  const coarser = state["coarser"] === undefined ? undefined : asList(state["coarser"], "date format");
  return {
    pattern: asText(state["pattern"], "date format"),
    ...(state["exact"] !== undefined && { exact: state["exact"] === true }),
    ...texts("others"),
    ...texts("months"),
    ...texts("offsets"),
    ...(state["latestYear"] !== undefined && { latestYear: asNumber(state["latestYear"], "date format") }),
    ...(coarser && {
      coarser: coarser.map((item) => {
        const it = asRecord(item, "date format");
        return {
          pattern: asText(it["pattern"], "date format"),
          ...(it["others"] !== undefined && { others: asTexts(it["others"], "date format") }),
          share: asNumber(it["share"], "date format"),
        };
      }),
    }),
  };
}

/** Those of `names` that are there, as texts. */
function textsIn<K extends string>(
  state: Readonly<Record<string, unknown>>,
  names: readonly K[],
  what: string,
): Partial<Record<K, string>> {
  const there = names.filter((name) => state[name] !== undefined);
  return Object.fromEntries(there.map((name) => [name, asText(state[name], what)])) as Partial<
    Record<K, string>
  >;
}
