import { cellFormatter } from "../table/formats/format-cell.ts";
import { isMissingCell, takeRows, type Column, type ColumnSchema, type Table } from "../table/table.ts";
import { certaintyPenalty, groupColumns, rangeOf, countPlaces } from "./group-columns.ts";
import { mondrian, type Groups } from "./mondrian.ts";

/** Least and greatest k that are offered. */
export const [LEAST_K, MOST_K] = [2, 50] as const;

/** A real table in which at least k patients look alike, and what that cost. Its rows are real patients, coarsened. */
export interface Coarsened {
  readonly k: number;
  /** names of the columns that are coarsened */
  readonly known: readonly string[];
  /**
   * Its rows with the kinds of the source, for models: in place of each number or date its group's median, of each level
   * its group's most frequent one.
   */
  readonly values: Table;
  /** The same rows for people: "40 to 55", "A or B"; other columns as they are. */
  readonly texts: Table;
  /** the rows of the source that these are */
  readonly rows: Int32Array;
  /** the groups, as places in `rows` */
  readonly groups: readonly Int32Array[];
  /** rows of the source that could be put into no group */
  readonly leftOut: number;
  /** patients of the smallest group: k, or more */
  readonly smallest: number;
  /**
   * Mean of `certaintyPenalty` over all rows and coarsened columns (the global certainty penalty of Ghinita, Karras, Kalnis
   * & Mamoulis 2007); a row that is left out loses everything.
   */
  readonly detailLost: number;
  /**
   * l: the fewest different values of the target that a group has (distinct l-diversity, Machanavajjhala et al. 2007). At 1
   * whoever knows that a patient is in a group knows the target.
   */
  readonly variety?: number;
  /**
   * Share of the rows that someone finds who knows the columns `known` and nothing else, and guesses among the rows of the
   * group: groups over rows.
   */
  readonly found: number;
}

/** `table` coarsened in the columns `known` until every row looks like those of at least `k` patients; `target`: a column. */
export async function coarsen(
  table: Table,
  known: readonly number[],
  k: number,
  target?: number,
  pulse?: () => Promise<void>,
): Promise<Coarsened> {
  const { groups, leftOut } = await mondrian(table, known, k, pulse);
  const columns = groupColumns(table, known);
  const lost = groups.reduce(
    (sum, rows) =>
      sum + columns.reduce((part, column) => part + rows.length * certaintyPenalty(column, rows), 0),
    leftOut.length * known.length,
  );
  const rows = Int32Array.from(groups.flatMap((own) => [...own])).sort();
  const places = new Map(Array.from(rows, (row, place) => [row, place]));
  const variety = target === undefined ? undefined : varietyOf(table.columns[target] as Column, groups);
  return {
    k,
    known: known.map((at) => (table.schema.columns[at] as ColumnSchema).name),
    values: takeRows(replaced(table, known, groups, typicalCells), rows),
    texts: takeRows(replaced(table, known, groups, groupTexts), rows),
    rows,
    groups: groups.map((own) => own.map((row) => places.get(row) as number)),
    leftOut: leftOut.length,
    smallest: groups.reduce((least, own) => Math.min(least, patientsAt(own, table.patients)), Infinity),
    detailLost: lost / Math.max(1, table.rows * known.length),
    ...(variety !== undefined && { variety }),
    found: rows.length === 0 ? 0 : groups.length / rows.length,
  };
}

const patientsAt = (rows: Int32Array, patients: Int32Array | undefined): number =>
  patients === undefined ? rows.length : new Set(Array.from(rows, (row) => patients[row])).size;

/** The fewest different values in a group; a group without any has none. */
function varietyOf(column: Column, groups: Groups["groups"]): number | undefined {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const each = groups.map(
    (rows) =>
      new Set(
        Array.from(
          rows.filter((row) => !isMissingCell(column, row)),
          (row) => cells[row],
        ),
      ).size,
  );
  return each.length === 0 ? undefined : Math.min(...each);
}

type Written = { readonly column: Column; readonly schema: ColumnSchema };

function replaced(
  table: Table,
  known: readonly number[],
  groups: Groups["groups"],
  by: (column: Column, schema: ColumnSchema, groups: Groups["groups"]) => Written,
): Table {
  const made = new Map(
    known.map((at) => [
      at,
      by(table.columns[at] as Column, table.schema.columns[at] as ColumnSchema, groups),
    ]),
  );
  return {
    ...table,
    columns: table.columns.map((column, i) => made.get(i)?.column ?? column),
    schema: {
      ...table.schema,
      columns: table.schema.columns.map((column, i) => made.get(i)?.schema ?? column),
    },
  };
}

/** The group's median, or its most frequent level; missing where most of the group's cells are. */
function typicalCells(column: Column, schema: ColumnSchema, groups: Groups["groups"]): Written {
  if (column.type === "numeric") {
    const values = new Float64Array(column.values.length).fill(NaN);
    for (const rows of groups) {
      const sorted = Float64Array.from(rows, (row) => column.values[row] as number)
        .filter((value) => !Number.isNaN(value))
        .sort();
      const typical = 2 * sorted.length < rows.length ? NaN : (sorted[(sorted.length - 1) >> 1] as number);
      for (const row of rows) values[row] = typical;
    }
    return { column: { type: "numeric", values }, schema };
  }
  const codes = new Int32Array(column.codes.length).fill(-1);
  for (const rows of groups) {
    const counts = [...countPlaces(column.codes, rows)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const [typical] = counts[0] ?? [-1];
    for (const row of rows) codes[row] = typical;
  }
  return { column: { ...column, codes }, schema };
}

/** What a group's cells have in common, as a text: "40 to 55", "A or B", and "or missing" where some miss. */
function groupTexts(column: Column, schema: ColumnSchema, groups: Groups["groups"]): Written {
  const at = new Map<string, number>();
  const rows = column.type === "numeric" ? column.values.length : column.codes.length;
  const codes = new Int32Array(rows).fill(-1);
  for (const own of groups) {
    const text =
      column.type === "numeric" ? intervalText(column.values, schema, own) : levelsText(column, own);
    if (text === undefined) continue;
    const code = at.get(text) ?? at.size;
    at.set(text, code);
    for (const row of own) codes[row] = code;
  }
  const { name, role, reason, missingToken } = schema;
  return {
    column: { type: "coded", codes, levels: [...at.keys()] },
    schema: { name, role, reason, missingToken, kind: "category" },
  };
}

function intervalText(values: Float64Array, schema: ColumnSchema, rows: Int32Array): string | undefined {
  const { low, high, missing } = rangeOf(values, rows);
  if (missing === rows.length) return undefined;
  const format = cellFormatter({ type: "numeric", values: Float64Array.of(low, high) }, schema);
  const [from, to] = [format(0), format(1)];
  const text = from === to ? from : `${from.startsWith("-") ? "from " : ""}${from} to ${to}`;
  return missing > 0 ? `${text} or missing` : text;
}

function levelsText(
  { codes, levels }: Extract<Column, { type: "coded" }>,
  rows: Int32Array,
): string | undefined {
  const own = [...countPlaces(codes, rows).keys()].sort((a, b) => a - b);
  const names = own.filter((code) => code >= 0).map((code) => levels[code] as string);
  if (names.length === 0) return undefined;
  return [...names, ...(own.includes(-1) ? ["missing"] : [])].join(" or ");
}
