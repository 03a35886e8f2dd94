import { looseValues, type LooseList, type LooseObject, type LooseValue } from "./lenient-json.ts";
import { lineTables } from "./line-tables.ts";
import { bareCell, MOST_ROWS, type Expected, type RawRow, type RawTable } from "./raw-table.ts";

type Keyed = { readonly cells: ReadonlyMap<string, string>; readonly cut: boolean };

/**
 * Tables in JSON: a list of objects under any name, one object a line, lists of lists with or without names, an object of
 * columns, or of rows by their number. Objects within a row are taken as its columns.
 */
export function jsonTables(text: string, expected: Expected): RawTable[] {
  const keyed: Keyed[] = [];
  const others: RawTable[] = [];
  const texts: string[] = [];
  const visit = (value: LooseValue): void => {
    if (keyed.length >= MOST_ROWS) return;
    if (typeof value === "string") {
      if (value.includes("\n")) texts.push(value);
      return;
    }
    if ("list" in value) {
      const table = listTable(value, expected);
      if (table) others.push(table);
      else value.list.forEach(visit);
      return;
    }
    const table = columnTable(value, expected);
    if (table) others.push(table);
    else if (isRow(value, expected))
      keyed.push({ cells: flat(value, expected).cells, cut: value.cut || isCut(value) });
    else value.entries.forEach(([, inner]) => visit(inner));
  };
  looseValues(text).forEach(visit);
  const lines = texts.flatMap((own) => lineTables({ text: own, fenced: true, open: false }, expected));
  return [...keyedTable(keyed.filter(isGiven)), ...others, ...lines];
}

/** Whether the text ends in an object within it. */
const isCut = ({ entries }: LooseObject): boolean =>
  entries.some(([, inner]) => !isScalar(inner) && "entries" in inner && (inner.cut || isCut(inner)));

/** A program has calls where a row has values. */
const isGiven = ({ cells }: Keyed): boolean =>
  3 * [...cells.values()].filter((cell) => cell.includes("(")).length < cells.size;

const isScalar = (value: LooseValue): value is string => typeof value === "string";

/** A row: a name that was asked for has a value, here or further down; several patients under names of their own are not. */
function isRow(value: LooseObject, expected: Expected): boolean {
  const least = (names: readonly string[]): boolean =>
    names.length > 0 && expected.matches(names) >= Math.min(2, expected.names.length, names.length);
  const own = value.entries.flatMap(([name, inner]) => (isScalar(inner) ? [name] : []));
  if (own.length > 1 && least(own)) return true;
  const { cells, again } = flat(value, expected);
  return least([...cells.keys()]) && (again.size < 2 || expected.matches([...again]) < 2);
}

interface Flat {
  readonly cells: ReadonlyMap<string, string>;
  /** names that stand in it more than once */
  readonly again: ReadonlySet<string>;
}

/** Cells of an object and of those in it, the outer ones first. */
function flat(value: LooseObject, expected: Expected): Flat {
  const cells = new Map<string, string>();
  const again = new Set<string>();
  let level: (readonly [string, LooseObject])[] = [["", value]];
  while (level.length > 0) {
    const next: (readonly [string, LooseObject])[] = [];
    for (const [outer, { entries }] of level)
      for (const [key, inner] of entries) {
        const measured = isScalar(inner) ? inner : measuredIn(inner);
        if (measured === undefined) {
          if (!isScalar(inner) && "entries" in inner) next.push([key, inner]);
          continue;
        }
        const name = nameOf(outer, key, expected);
        if (cells.has(name)) again.add(name);
        else cells.set(name, bareCell(measured));
      }
    level = next;
  }
  return { cells, again };
}

/** "systolic" under "blood pressure" is named by both, where it is not known alone. */
function nameOf(outer: string, key: string, expected: Expected): string {
  if (outer === "" || expected.matches([key]) > 0) return key;
  const both = `${outer} ${key}`;
  return expected.matches([both]) > 0 ? both : key;
}

/** { "value": 88, "unit": "bpm" } as a cell. */
function measuredIn(value: LooseValue): string | undefined {
  if (isScalar(value) || !("entries" in value)) return undefined;
  const of = (names: RegExp): string | undefined => {
    const found = value.entries.find(([key]) => names.test(key))?.[1];
    return found !== undefined && isScalar(found) ? found : undefined;
  };
  const own = of(/^(value|val|wert|valor|valeur|amount|quantity)$/i);
  if (own === undefined) return undefined;
  const unit = of(/^(units?|uom|einheit|unidad|unité)$/i);
  return own === "" || unit === undefined ? own : `${own} ${unit}`;
}

function keyedTable(rows: readonly Keyed[]): RawTable[] {
  if (rows.length === 0) return [];
  const names = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  const cutRows = rows.map(({ cells, cut }): RawRow => ({
    cells: names.map((name) => cells.get(name) ?? ""),
    ...(cut && { cut: true as const }),
  }));
  return [{ names, rows: cutRows }];
}

/** A list of lists of scalars; its first may be names. */
function listTable({ list }: LooseList, expected: Expected): RawTable | undefined {
  const lists = list.filter((one): one is LooseList => !isScalar(one) && "list" in one);
  if (lists.length < 1 || 2 * lists.length < list.length) return undefined;
  const rows = lists
    .filter((one) => one.list.every(isScalar) && one.list.length > 1)
    .slice(0, MOST_ROWS)
    .map((one): RawRow => ({
      cells: one.list.filter(isScalar).map(bareCell),
      ...(one.cut && { cut: true as const }),
    }));
  const [first] = rows;
  if (first === undefined || 2 * rows.length < lists.length) return undefined;
  const named = expected.matches(first.cells) >= Math.max(2, first.cells.length / 2);
  return named ? { names: first.cells, rows: rows.slice(1) } : { rows };
}

/** { "age": [34, 51], "sex": ["F", "M"] }, { "columns": [...], "data": [[...]] } or { "age": { "0": 34 } }. */
function columnTable({ entries, cut }: LooseObject, expected: Expected): RawTable | undefined {
  const lists = entries.flatMap(([name, value]) => {
    if (isScalar(value)) return [];
    if ("list" in value)
      return value.list.every(isScalar) ? [{ name, cells: value.list.filter(isScalar), cut: value.cut }] : [];
    const cells = value.entries.map(([, cell]) => cell);
    const numbered = value.entries.every(([key]) => /^\d+$/.test(key));
    return numbered && cells.every(isScalar) && cells.length > 0
      ? [{ name, cells: cells.filter(isScalar), cut: value.cut }]
      : [];
  });
  const columns = entries.find(([name]) => /^(columns|header|headers|fields)$/i.test(name))?.[1];
  const data = entries.find(([name]) => /^(data|rows|values|records)$/i.test(name))?.[1];
  if (columns && data && !isScalar(columns) && "list" in columns && !isScalar(data) && "list" in data) {
    const rows = listTable(data, expected)?.rows;
    if (rows) return { names: columns.list.filter(isScalar).map(bareCell), rows };
  }
  const names = lists.map(({ name }) => name);
  if (names.length < 2 || expected.matches(names) < Math.max(2, names.length / 2)) return undefined;
  const most = Math.min(MOST_ROWS, Math.max(...lists.map(({ cells }) => cells.length)));
  const least = Math.min(...lists.map(({ cells }) => cells.length));
  const rows = Array.from({ length: most }, (_, row): RawRow => ({
    cells: lists.map(({ cells }) => bareCell(cells[row] ?? "")),
    ...((cut || row >= least) && row >= least && { cut: true as const }),
  }));
  return { names, rows };
}
