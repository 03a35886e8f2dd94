import { mostlyWithheld, shareLevels } from "../table/rare-levels.ts";
import { withPatients } from "../table/split.ts";
import { cellFormatter } from "../table/formats/format-cell.ts";
import { selectColumns, type Column, type ColumnSchema, type Schema, type Table } from "../table/table.ts";
import { FreshIds } from "./fresh-ids.ts";

/**
 * How a column of the synthetic table comes about. `learned`: from the model. `id-text`, `id-number`: fresh made-up ids
 * in the form of the source's (`ColumnSchema.fresh`), which have nothing to do with them. `empty`: every cell is missing, so that code written for the source runs.
 */
export type Filling = "learned" | "id-text" | "id-number" | "empty";

/** One per column of `table`. Numbers are made up where the source's ids were whole numbers without leading zeros. */
export function fillings(table: Table): Filling[] {
  return table.schema.columns.map((column, i) => filling(column, table.columns[i] as Column));
}

function filling({ kind, role, fresh }: ColumnSchema, column: Column): Filling {
  const learned = role !== "identifier" && role !== "omit" && kind !== "identifier" && kind !== "text";
  if (fresh !== undefined && !learned) {
    if (fresh === "") return "empty";
    return wholeNumbers(column) ? "id-number" : "id-text";
  }
  if (role === "identifier" || kind === "identifier") return wholeNumbers(column) ? "id-number" : "id-text";
  return role === "omit" || kind === "text" ? "empty" : "learned";
}

/**
 * The columns that a synthesizer sees, and which rows are one patient's. Identifiers and free text are never among them,
 * whatever their role says.
 */
export function learnedTable(table: Table): Table {
  const how = fillings(table);
  return selectColumns(
    withPatients(table),
    how.flatMap((filling, i) => (filling === "learned" ? [i] : [])),
  );
}

/** What stays with a run whose table has columns left out for their rare levels; undefined where it has none. */
export function leftOutNotice(table: Table): string | undefined {
  const { patients } = withPatients(table);
  const names = table.schema.columns.flatMap(({ name, kind, role }, i) => {
    const column = table.columns[i] as Column;
    if (role !== "omit" || (kind !== "category" && kind !== "boolean") || column.type !== "coded") return [];
    return mostlyWithheld(column, shareLevels(column, patients)) ? [`“${name}”`] : [];
  });
  if (names.length === 0) return undefined;
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
  const [are, come, their] = names.length > 1 ? ["are", "come", "their"] : ["is", "comes", "its"];
  return `${shown} ${are} left out and ${come} out empty: more than half of ${their} cells have a level that fewer than 5 patients share.`;
}

function wholeNumbers(column: Column): boolean {
  if (column.type === "numeric") return true;
  return column.levels.length > 0 && column.levels.every((level) => /^(0|[1-9]\d*)$/.test(level));
}

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** Ids that run on from row to row, where the source's have no form. */
function runningIds(kind: ColumnSchema["kind"], style: Filling, numbers: Float64Array): Column {
  if (NUMERIC.has(kind)) return { type: "numeric", values: numbers };
  const id = (n: number): string => (style === "id-number" ? String(n) : `SYN-${String(n).padStart(6, "0")}`);
  return levelled(Array.from(numbers, id));
}

const levelled = (texts: readonly string[]): Column => ({
  type: "coded",
  codes: Int32Array.from(texts.keys()),
  levels: texts,
});

function freshIds(kind: ColumnSchema["kind"], ids: FreshIds, rows: number): Column {
  const texts = Array.from({ length: rows }, () => ids.take());
  return NUMERIC.has(kind) ? { type: "numeric", values: Float64Array.from(texts, Number) } : levelled(texts);
}

function emptyColumn(kind: ColumnSchema["kind"], rows: number): Column {
  return NUMERIC.has(kind)
    ? { type: "numeric", values: new Float64Array(rows).fill(NaN) }
    : { type: "coded", codes: new Int32Array(rows).fill(-1), levels: [] };
}

/** What the ids of a column were, as they were written; none where its table is not at hand. */
function realIds(source: Table | undefined, name: string): ReadonlySet<string> {
  const i = source?.schema.columns.findIndex((column) => column.name === name) ?? -1;
  const [column, schema] = [source?.columns[i], source?.schema.columns[i]];
  if (source === undefined || column === undefined || schema === undefined) return new Set();
  if (column.type === "coded") return new Set(column.levels);
  const format = cellFormatter(column, schema);
  return new Set(Array.from({ length: source.rows }, (_, row) => format(row)));
}

export interface PuttingBack {
  readonly schema: Schema;
  readonly filling: readonly Filling[];
  /** Columns that do not change within a patient, of patients over time: one id a patient. */
  readonly statics?: readonly string[] | undefined;
  /** Same seed, same ids. */
  readonly seed: number;
  /** The table that was learned from, where it is at hand: none of its ids is made up. */
  readonly source?: Table | undefined;
}

/**
 * Takes the learned columns of one block of rows after another, in the order of `schema`, and gives them with the left-out
 * columns back in their places, and with `Table.patients` where it came with them. Ids run on from block to block and are
 * all different, but for those of one patient's rows in a column of `statics`; rows of a patient stand beside each other.
 */
export function createPutBack({
  schema,
  filling,
  statics = [],
  seed,
  source,
}: PuttingBack): (sampled: Table) => Table {
  const makers = schema.columns.map(({ name, kind, fresh }, i): ((rows: number) => Column) => {
    const how = filling[i] as Filling;
    if (fresh && (how === "id-text" || how === "id-number")) {
      const real = realIds(source, name);
      const ids = new FreshIds(fresh, { seed: seed + i, real, wholeNumber: how === "id-number" });
      return (rows) => freshIds(kind, ids, rows);
    }
    let first = 0;
    return (rows) => {
      const numbers = Float64Array.from({ length: rows }, (_, row) => first + row + 1);
      first += rows;
      return runningIds(kind, how, numbers);
    };
  });
  return (sampled) => {
    const { name, rows, patients } = sampled;
    const learned = sampled.columns.values();
    const of = patients && ordinals(patients);
    const columns = schema.columns.map((column, i): Column => {
      const how = filling[i] as Filling;
      if (how === "learned") return learned.next().value as Column;
      if (how === "empty") return emptyColumn(column.kind, rows);
      const make = makers[i] as (rows: number) => Column;
      if (of === undefined || !statics.includes(column.name)) return make(rows);
      return repeated(make((of.at(-1) ?? -1) + 1), of);
    });
    return { name, rows, columns, schema, ...(patients && { patients }) };
  };
}

/** Which patient of the block each row is of: 0 for the first. */
function ordinals(patients: Int32Array): Int32Array {
  let at = -1;
  return patients.map((patient, row) => (row === 0 || patient !== patients[row - 1] ? ++at : at));
}

/** The cell of its patient in each row. */
const repeated = (column: Column, of: Int32Array): Column =>
  column.type === "numeric"
    ? { type: "numeric", values: Float64Array.from(of, (patient) => column.values[patient] as number) }
    : { ...column, codes: of.map((patient) => column.codes[patient] as number) };
