import type { Rng } from "../../../math/rng.ts";
import type { Column, ColumnSchema, Schema, Table } from "../../../table/table.ts";
import { binOf, drawIn, type NumberBins } from "./numbers-column.ts";
import { ticksOf, type Ticks } from "./ticks.ts";

export type NoisyShares = Pick<Tokens, "shares" | "variance">;

interface Tokens {
  readonly name: string;
  readonly count: number;
  /** how often each token comes, from noisy counts; positive, sums to 1 */
  readonly shares: Float64Array;
  /** variance that the noise gives each share, about */
  readonly variance: number;
  /** the token of missing cells, the last; -1: none */
  readonly missing: number;
  /** tokens have an order (missing apart) */
  readonly ordered: boolean;
}

/** Numbers or dates: one token a bin. */
export interface NumbersColumn extends Tokens {
  readonly type: "numbers";
  readonly bins: NumberBins;
  readonly ticks: Ticks;
}

/** Levels: one token each. */
export interface LevelsColumn extends Tokens {
  readonly type: "levels";
  readonly levels: readonly string[];
  /** too few patients may share some levels for them to be told: such cells come out missing */
  readonly untold: boolean;
}

/**
 * One column as tokens 0 .. count-1: bins of numbers or dates, levels, and one token for missing cells where they may be.
 * Everything in it is public or was paid for: it goes into the model file.
 */
export type NoisyColumn = NumbersColumn | LevelsColumn;

export interface NoisyColumns {
  /** of the columns that are learned, without anything that was read from cells for free */
  readonly schema: Schema;
  readonly columns: readonly NoisyColumn[];
  /** a noisy count of all rows */
  readonly rows: number;
}

/**
 * Tokens of every row, one array a column; -1 where a cell has none (a level that was not told, a missing cell where none
 * was expected). Exact: for use in queries alone. `table` has the columns, in their order.
 */
export function tokensOf({ columns }: Pick<NoisyColumns, "columns">, table: Table): Int32Array[] {
  return columns.map((column, j) => tokensOfColumn(column, table.columns[j] as Column));
}

export function tokensOfColumn(own: NoisyColumn, column: Column): Int32Array {
  if (own.type === "numbers") {
    if (column.type !== "numeric") return new Int32Array(column.codes.length).fill(own.missing);
    const empty = own.bins.knots.length === 0;
    return Int32Array.from(column.values, (value) =>
      Number.isFinite(value) && !empty ? binOf(own.bins, own.ticks, value) : own.missing,
    );
  }
  if (column.type !== "coded") return new Int32Array(column.values.length).fill(own.missing);
  const place = new Map(own.levels.map((level, token) => [level, token]));
  const tokens = column.levels.map((level) => place.get(level) ?? own.missing);
  return column.codes.map((code) => (code < 0 ? own.missing : (tokens[code] ?? own.missing)));
}

/** The table that has these tokens, one array a column; numbers anywhere within their bins. */
export function tableOf(columns: NoisyColumns, name: string, tokens: readonly Int32Array[], rng: Rng): Table {
  const rows = tokens[0]?.length ?? 0;
  return {
    name,
    rows,
    schema: columns.schema,
    columns: columns.columns.map((own, j) => columnOf(own, tokens[j] as Int32Array, rng)),
  };
}

function columnOf(own: NoisyColumn, tokens: Int32Array, rng: Rng): Column {
  if (own.type === "levels")
    return {
      type: "coded",
      levels: own.levels,
      codes: tokens.map((token) => (token === own.missing ? -1 : token)),
    };
  const { bins, ticks } = own;
  const values = Float64Array.from(tokens, (token) =>
    token === own.missing || token < 0 ? NaN : drawIn(bins, ticks, token, rng),
  );
  return { type: "numeric", values };
}

/** Column `j` of `schema` with numbers in `bins`. */
export function numbersColumn(
  schema: ColumnSchema,
  bins: NumberBins,
  { shares, variance }: NoisyShares,
  missing: boolean,
): NumbersColumn {
  const count = bins.knots.length + (missing ? 1 : 0);
  return {
    type: "numbers",
    name: schema.name,
    count,
    shares,
    variance,
    missing: missing ? count - 1 : -1,
    ordered: true,
    bins,
    ticks: ticksOf(schema),
  };
}

/** Which columns have levels that are not told, in words; undefined where none has. */
export function untoldNotice({ columns }: Pick<NoisyColumns, "columns">): string | undefined {
  const names = columns.flatMap((column) => (column.type === "levels" && column.untold ? [column.name] : []));
  if (names.length === 0) return undefined;
  const some =
    names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
  return `Levels that too few patients share to be told come out as missing cells: ${some}. Levels that are declared public all come out.`;
}
