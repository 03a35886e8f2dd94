import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import { countCodes } from "../../metrics/measuring/align.ts";
import { selectColumns, type Column, type Table } from "../../table/table.ts";

/** Bands of a number that is coarsened. */
const BANDS = 5;
/** Share of the rows below which a level joins the others that are as rare. */
const RARE = 0.05;
const OTHERS = "other values";

/** `table` without the columns `names`. */
export const withoutColumns = (table: Table, names: readonly string[]): Table =>
  selectColumns(
    table,
    table.schema.columns.flatMap(({ name }, i) => (names.includes(name) ? [] : [i])),
  );

/**
 * Tables with the columns `names` told coarsely, by the rows of `train`: numbers and dates become the median of their fifth,
 * levels of fewer than 5% of the rows become one. A column with few values may stay as it is.
 */
export function coarsening(train: Table, names: readonly string[]): (table: Table) => Table {
  const ways = train.schema.columns.map(({ name }, i) => {
    const column = train.columns[i];
    return column === undefined || !names.includes(name) ? undefined : coarserBy(column);
  });
  return (table) => ({ ...table, columns: table.columns.map((column, i) => ways[i]?.(column) ?? column) });
}

function coarserBy(column: Column): (given: Column) => Column {
  return column.type === "numeric" ? inBands(column.values) : withoutRare(column);
}

function inBands(values: Float64Array): (given: Column) => Column {
  const sorted = sortedPresent(values);
  const cuts = Array.from({ length: BANDS - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / BANDS));
  const bandOf = (value: number): number => cuts.filter((cut) => value >= cut).length;
  const bands = Array.from({ length: BANDS }, (): number[] => []);
  for (const value of sorted) bands[bandOf(value)]?.push(value);
  const middles = bands.map((own) => own[own.length >> 1]);
  return (given) =>
    given.type !== "numeric"
      ? given
      : {
          type: "numeric",
          values: given.values.map((value) =>
            Number.isNaN(value) ? NaN : (middles[bandOf(value)] ?? value),
          ),
        };
}

function withoutRare({ codes, levels }: Extract<Column, { type: "coded" }>): (given: Column) => Column {
  const counts = countCodes(codes, levels.length);
  const least = RARE * codes.length;
  const kept = levels.filter((_, i) => (counts[i] ?? 0) >= least);
  if (levels.length - kept.length < 2) return (given) => given;
  const all = [...kept, OTHERS];
  return (given) => {
    if (given.type !== "coded") return given;
    const places = given.levels.map((level) => {
      const at = kept.indexOf(level);
      return at < 0 ? kept.length : at;
    });
    return {
      type: "coded",
      levels: all,
      codes: given.codes.map((code) => (code < 0 ? -1 : (places[code] ?? -1))),
    };
  };
}
