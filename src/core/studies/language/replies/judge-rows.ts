import type { Column, ColumnSchema, Table } from "../../../table/table.ts";
import { rowsBreaking, type KnownTable } from "./known-table.ts";
import type { PlacedRows } from "./place-rows.ts";
import { isNoValue, readLevels, readNumbers, type ReadCells } from "./read-cells.ts";
import type { Refusal } from "./replies-view.ts";

/** Rows of a reply whose cells are sound, and why the others are not. */
export interface JudgedRows {
  /** in the columns of the known table; a column that the reply lacks is empty */
  readonly sound: Table;
  /** which columns of the known table the reply has */
  readonly has: readonly boolean[];
  readonly refused: readonly Refusal[];
  readonly repaired: readonly string[];
  /** by column: unknown levels and the rows that have them */
  readonly invented: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const LONGEST_EXAMPLE = 30;

export function judgeRows(placed: PlacedRows, known: KnownTable): JudgedRows {
  const { real } = known;
  const decimalComma = placed.columns.some((texts) =>
    texts?.slice(0, 200).some((text) => /^\d{1,2},\d{1,2}$/.test(text)),
  );
  const invented = new Map<string, ReadonlyMap<string, number>>();
  const read = placed.columns.map((texts, i): ReadCells | undefined => {
    const schema = real.schema.columns[i] as ColumnSchema;
    const levels = known.levels[i];
    if (texts === undefined) return undefined;
    if (levels === undefined) return readNumbers(texts, schema, known.quantities[i], decimalComma);
    const cells = readLevels(texts, levels);
    if (cells.invented.size > 0) invented.set(schema.name, cells.invented);
    return cells;
  });
  const reasons = new Map<string, { rows: number; example?: string }>();
  const refuse = (reason: string, rows: number, example?: string): void => {
    const own = reasons.get(reason) ?? { rows: 0 };
    const shown =
      own.example ??
      (example === undefined || example === "" ? undefined : example.slice(0, LONGEST_EXAMPLE));
    if (rows > 0)
      reasons.set(reason, { rows: own.rows + rows, ...(shown !== undefined && { example: shown }) });
  };
  refuse("cut off", placed.cut);
  refuse("wrong number of cells", placed.wrongWidth);
  const kept: number[] = [];
  for (let row = 0; row < placed.rows; row++) {
    const at = read.findIndex((cells) => cells?.faults.has(row));
    const fault = read[at]?.faults.get(row);
    if (fault !== undefined) refuse(fault, 1, placed.columns[at]?.[row]);
    else if (placed.columns.every((texts) => isNoValue(texts?.[row] ?? ""))) refuse("no values", 1);
    else kept.push(row);
  }
  const table = tableOf(real, read, kept);
  const broken = rowsBreaking(table, known.rules);
  refuse("breaks a rule", broken.size);
  const sound =
    broken.size === 0
      ? table
      : tableOf(
          real,
          read,
          kept.filter((_, i) => !broken.has(i)),
        );
  return {
    sound,
    has: read.map((cells) => cells !== undefined),
    refused: [...reasons].map(([reason, { rows, example }]) => ({
      reason,
      rows,
      ...(example !== undefined && { example }),
    })),
    repaired: repairs(read, real),
    invented,
  };
}

/** Rows `rows` of what was read, in the columns of `like`. */
function tableOf(like: Table, read: readonly (ReadCells | undefined)[], rows: readonly number[]): Table {
  const columns = like.columns.map((column, i): Column => {
    const values = read[i]?.values;
    if (column.type === "numeric")
      return { type: "numeric", values: Float64Array.from(rows, (row) => values?.[row] ?? NaN) };
    return {
      type: "coded",
      codes: Int32Array.from(rows, (row) => values?.[row] ?? -1),
      levels: column.levels,
    };
  });
  return { name: "reply", rows: rows.length, columns, schema: like.schema };
}

function repairs(read: readonly (ReadCells | undefined)[], { schema }: Table): string[] {
  const turned = read.flatMap((cells, i) => {
    const { turned: own } = cells ?? {};
    const name = schema.columns[i]?.name ?? "";
    return own ? [`${count(own.cells)} of “${name}” turned from ${own.from} to ${own.to}.`] : [];
  });
  const units = read.reduce((sum, cells) => sum + (cells?.units ?? 0), 0);
  return [
    ...turned,
    ...(units > 0 ? [`Units taken off in ${units === 1 ? "1 cell" : `${count(units)} cells`}.`] : []),
  ];
}

const count = (n: number): string => n.toLocaleString("en");
