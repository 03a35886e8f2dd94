import type { FeatureTable } from "../../../codec/features.ts";
import { featureTable } from "../../../codec/features.ts";
import { learnColumn } from "../../../codec/columns/table-code.ts";
import type { AnyColumnCode } from "../../../codec/columns/table-code.ts";
import { snap } from "../../../codec/columns/grid.ts";
import type { TokenCodec } from "../../../codec/token.ts";
import { tokenCodec } from "../../../codec/token.ts";
import type { Column, ColumnSchema, NumberFormat, Table } from "../../../table/table.ts";
import { takeRows } from "../../../table/table.ts";
import type { Clock } from "./clock.ts";
import { lengthsOf, rounded, ticksOf } from "./clock.ts";
import type { CoursePlan } from "../../../visits/course-plan.ts";
import type { VisitRows } from "./visit-rows.ts";

/**
 * What the table of patients is made of, one row a patient: the columns that do not change, of the end of follow-up the
 * ticks from the first visit to it, the first time where it varies, the number of visits where it is drawn first.
 */
export interface StaticParts {
  /** columns of the table of visits, in the order in which they stand here */
  readonly columns: readonly number[];
  /** places in the table of patients; -1 where there is none */
  readonly first: number;
  readonly left: number;
  readonly count: number;
}

export function staticParts({ statics: own, end }: CoursePlan, clock: Clock): StaticParts {
  const left = end === undefined ? -1 : own.indexOf(end);
  const first = clock.first === undefined ? own.length : -1;
  return { columns: own, left, first, count: clock.counted ? own.length + (first >= 0 ? 1 : 0) : -1 };
}

const PLAIN: NumberFormat = { decimals: 0, decimalMark: ".", thousandsMark: "" };

/** Schemas of the table of patients. */
export function staticSchemas(
  schemas: readonly ColumnSchema[],
  { columns, left, first, count }: StaticParts,
  time: number,
): ColumnSchema[] {
  const made = columns.map((i, at): ColumnSchema => {
    const { course: _course, ...schema } = schemas[i] as ColumnSchema;
    return at === left ? leftSchema(schema, schemas[time] as ColumnSchema) : schema;
  });
  const { course: _course, ...own } = schemas[time] as ColumnSchema;
  if (first >= 0) made.push({ ...own, role: "feature" });
  if (count >= 0) made.push(numberSchema(freeName("visits", made), 0));
  return made;
}

function leftSchema({ name, kind, number }: ColumnSchema, time: ColumnSchema): ColumnSchema {
  if (kind === "datetime") return numberSchema(name, 0);
  return numberSchema(name, Math.max(number?.decimals ?? 0, time.number?.decimals ?? 0));
}

const numberSchema = (name: string, decimals: number): ColumnSchema => ({
  name,
  kind: decimals === 0 ? "integer" : "decimal",
  role: "feature",
  reason: "",
  missingToken: "",
  number: { ...PLAIN, decimals },
});

function freeName(wanted: string, schemas: readonly ColumnSchema[]): string {
  const taken = new Set(schemas.map(({ name }) => name));
  let name = wanted;
  while (taken.has(name)) name = `${name}_`;
  return name;
}

/** One row a patient. */
export function staticTable(visits: VisitRows, parts: StaticParts, clock: Clock): Table {
  const { table, starts, rows, time, times } = visits;
  const patients = starts.length - 1;
  const own = takeRows(
    table,
    Int32Array.from({ length: patients }, (_, p) => rows[starts[p] as number] as number),
  );
  const firstTime = Float64Array.from({ length: patients }, (_, p) => times[starts[p] as number] as number);
  const columns = parts.columns.map((i, at): Column => {
    const column = own.columns[i] as Column;
    if (at !== parts.left || column.type !== "numeric") return column;
    return {
      type: "numeric",
      values: column.values.map((end, p) => rounded((end - (firstTime[p] as number)) / clock.tick)),
    };
  });
  if (parts.first >= 0) columns.push({ type: "numeric", values: firstTime });
  if (parts.count >= 0) columns.push({ type: "numeric", values: lengthsOf(starts) });
  return {
    name: table.name,
    rows: patients,
    columns,
    schema: { ...table.schema, columns: staticSchemas(table.schema.columns, parts, time) },
  };
}

/** First time, ticks to the end of follow-up, ticks that no visit goes beyond, and visits of each row of a table of patients. */
export interface KnownOfPatients {
  readonly first: Float64Array;
  readonly left: Float64Array;
  readonly until: Float64Array;
  readonly count: Float64Array;
}

export function knownOf(patients: Table, parts: StaticParts, clock: Clock): KnownOfPatients {
  const numbers = (at: number, instead: number): Float64Array => {
    const column = patients.columns[at];
    return column?.type === "numeric" ? column.values : new Float64Array(patients.rows).fill(instead);
  };
  const first = numbers(parts.first, clock.first ?? NaN);
  const left = numbers(parts.left, NaN);
  return { first, left, until: untilOf(first, left, clock), count: numbers(parts.count, NaN) };
}

/** Ticks to the end of follow-up or to where all courses are cut off, whichever is first. */
function untilOf(first: Float64Array, left: Float64Array, { window, tick }: Clock): Float64Array {
  if (window === undefined) return left;
  return left.map((own, p) => {
    const cut = "ticks" in window ? window.ticks : rounded((window.time - (first[p] as number)) / tick);
    return Number.isNaN(own) ? cut : Math.min(own, cut);
  });
}

/** Column `at` of the table of patients as the table of visits has it: cells by patient. */
export function visitCells(
  patients: Table,
  parts: StaticParts,
  known: KnownOfPatients,
  at: number,
  schema: ColumnSchema,
  clock: Clock,
): Column {
  const column = patients.columns[at] as Column;
  if (at !== parts.left || column.type !== "numeric") return column;
  const { grid } = ticksOf(schema);
  return {
    type: "numeric",
    values: column.values.map((left, p) => snap((known.first[p] as number) + left * clock.tick, grid)),
  };
}

/** What does not change as inputs of the networks: the tokens of its own code. */
export interface StaticFeatures {
  readonly codec: TokenCodec;
  readonly tables: readonly FeatureTable[];
  readonly width: number;
}

export const learnStaticFeatures = (patients: Table): StaticFeatures =>
  staticFeatures(
    tokenCodec({
      name: patients.name,
      schema: patients.schema,
      columns: patients.columns.map((_, i): AnyColumnCode => learnColumn(patients, i)),
    }),
  );

export function staticFeatures(codec: TokenCodec): StaticFeatures {
  const tables = codec.code.columns.map((column) => featureTable(column));
  return { codec, tables, width: tables.reduce((sum, { width }) => sum + width, 0) };
}

/** patients x width */
export function staticFeaturesOf({ codec, tables, width }: StaticFeatures, patients: Table): Float32Array {
  const tokens = codec.tokens(patients);
  const data = new Float32Array(patients.rows * width);
  for (let p = 0; p < patients.rows; p++) {
    let at = p * width;
    tables.forEach((table, j) => {
      const token = tokens[p * tables.length + j] as number;
      data.set(table.data.subarray(token * table.width, (token + 1) * table.width), at);
      at += table.width;
    });
  }
  return data;
}
