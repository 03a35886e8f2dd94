import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from "hyparquet-writer";
import { levelOf } from "../table/formats/dates/tokens.ts";
import type { Column, ColumnSchema, Schema, Table } from "../table/table.ts";
import { storedColumns, type StoredCell, type StoredColumn } from "./stored-columns.ts";
import type { TableWriter } from "./table-writer.ts";

/** Most rows of a row group, and most cells: what is held until it is written. */
const GROUP_ROWS = 100_000;
const GROUP_CELLS = 2_000_000;

type Cells = Extract<ColumnSource["data"], readonly unknown[]>;

/**
 * Parquet, packed by Snappy, a row group at a time. Whole numbers are INT64, other numbers DOUBLE, days DATE, moments
 * TIMESTAMP without a zone (with UTC where the source wrote one), true and false BOOLEAN, all else UTF-8; a column with limits ("<5") and one of partial dates are texts as in the source. Every column may be null.
 */
export const parquetWriter: TableWriter = async function* ({ schema }, blocks) {
  const bytes = new ByteWriter();
  const taken = (): Uint8Array => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  let open: { readonly writer: ParquetWriter; readonly group: RowGroup } | undefined;
  let rows = 0;
  const begin = (first: Table | undefined): NonNullable<typeof open> => {
    const columns = storedColumns(schema, first).map(withoutLimits);
    const writer = new ParquetWriter({
      writer: bytes,
      schema: elements(columns),
      createdBy: "Semblance",
      kvMetadata: labels(schema),
    });
    return { writer, group: new RowGroup(columns) };
  };
  for await (const block of blocks) {
    open ??= begin(block);
    open.group.add(block);
    if (!open.group.full) continue;
    rows += open.group.rows;
    void open.writer.write(open.group.done());
    yield { bytes: taken(), rows };
  }
  const { writer, group } = open ?? begin(undefined);
  if (group.rows > 0) {
    rows += group.rows;
    void writer.write(group.done());
  }
  void writer.finish();
  yield { bytes: taken(), rows };
};

/** The rows that wait to be written together. */
class RowGroup {
  rows = 0;
  private readonly columns: readonly StoredColumn[];
  private data: Cells[];

  constructor(columns: readonly StoredColumn[]) {
    this.columns = columns;
    this.data = columns.map(() => []);
  }

  add(block: Table): void {
    this.columns.forEach((column, i) => {
      const cells = column.cells(block.columns[i] as Column);
      const store = storing(column);
      const data = this.data[i] as unknown[];
      for (let row = 0; row < block.rows; row++) data.push(store(cells(row)));
    });
    this.rows += block.rows;
  }

  get full(): boolean {
    return this.rows >= GROUP_ROWS || this.rows * this.columns.length >= GROUP_CELLS;
  }

  done(): { columnData: ColumnSource[]; rowGroupSize: number } {
    const columnData = this.columns.map(({ schema: { name } }, i) => ({ name, data: this.data[i] as Cells }));
    const rowGroupSize = Math.max(1, this.rows);
    this.data = this.columns.map(() => []);
    this.rows = 0;
    return { columnData, rowGroupSize };
  }
}

/** A column of numbers some of whose cells are limits has texts in all of them. */
function withoutLimits(column: StoredColumn): StoredColumn {
  if ((column.schema.limits ?? []).length === 0) return column;
  const cells = (of: Column): ((row: number) => StoredCell) => {
    const texts = column.texts(of);
    const values = column.cells(of);
    return (row) => {
      const value = values(row);
      return typeof value === "number" ? texts(row) : value;
    };
  };
  return { ...column, type: "text", cells };
}

const DAY = 86_400_000;

function storing({ schema, type }: StoredColumn): (cell: StoredCell) => unknown {
  switch (type) {
    case "integer":
      return (cell) => (typeof cell === "number" ? BigInt(Math.round(cell)) : null);
    case "datetime": {
      const per = unitOf(schema) === "MICROS" ? 1000 : 1;
      return (cell) => (typeof cell === "number" ? BigInt(Math.round(cell * per)) : null);
    }
    case "date":
      return (cell) => (typeof cell === "number" ? Math.floor(cell / DAY) : null);
    default:
      return (cell) => cell;
  }
}

function elements(columns: readonly StoredColumn[]): SchemaElement[] {
  const root: SchemaElement = { name: "root", num_children: columns.length };
  return [root, ...columns.map((column) => element(column))];
}

function element({ schema, type }: StoredColumn): SchemaElement {
  const { name } = schema;
  const plain = { name, repetition_type: "OPTIONAL" } as const;
  switch (type) {
    case "boolean":
      return { ...plain, type: "BOOLEAN" };
    case "integer":
      return { ...plain, type: "INT64" };
    case "decimal":
      return { ...plain, type: "DOUBLE" };
    case "date":
      return { ...plain, type: "INT32", converted_type: "DATE" };
    case "datetime":
      return {
        ...plain,
        type: "INT64",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: saysUtc(schema), unit: unitOf(schema) },
      };
    case "text":
      return { ...plain, type: "BYTE_ARRAY", converted_type: "UTF8" };
  }
}

const saysUtc = ({ date }: ColumnSchema): boolean => /(Z|\+00:?00)$/.test(date?.pattern ?? "");

/** A fraction of a second may be finer than a millisecond. */
const unitOf = ({ date }: ColumnSchema): "MILLIS" | "MICROS" =>
  levelOf(date?.pattern ?? "") === "fraction" ? "MICROS" : "MILLIS";

/** What codes stand for, and what columns are called beside their names, for whoever reads the file's metadata. */
function labels({ columns }: Schema): { key: string; value: string }[] {
  const said = columns.flatMap(({ name, label, unit, valueLabels }) =>
    label === undefined && unit === undefined && valueLabels === undefined
      ? []
      : [{ name, ...(label && { label }), ...(unit && { unit }), ...(valueLabels && { valueLabels }) }],
  );
  return said.length === 0 ? [] : [{ key: "semblance.columns", value: JSON.stringify(said) }];
}
