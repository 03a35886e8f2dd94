import type { Table } from "../../table/table.ts";
import type { Condition, Reading } from "./readable-truth.ts";

type On = Condition & { readonly column: string };

/** Cells of a column as numbers, or as the names of its levels. */
interface Cells {
  readonly number: (row: number) => number;
  readonly holds: (row: number, it: Condition) => boolean;
  readonly there: (row: number) => boolean;
}

function cellsOf({ schema, columns }: Table, name: string): Cells {
  const column = columns[schema.columns.findIndex((it) => it.name === name)];
  if (column === undefined) throw new Error(`No column ${name} in the table.`);
  if (column.type === "coded") {
    const level = (row: number): string => column.levels[column.codes[row] as number] ?? "";
    return {
      number: () => NaN,
      holds: (row, it) => "levels" in it && it.levels.includes(level(row)),
      there: (row) => (column.codes[row] as number) >= 0,
    };
  }
  const value = (row: number): number => column.values[row] as number;
  return {
    number: value,
    holds: (row, it) =>
      !("levels" in it) &&
      (!("atLeast" in it) || value(row) >= it.atLeast) &&
      (!("below" in it) || value(row) < it.below),
    there: (row) => !Number.isNaN(value(row)),
  };
}

/** Rows in which a patient's first is told by another id in the row before; and pairs of a row and the patient's next. */
function rowsOf({ columns, rows }: Table): { first: number[]; all: number[]; next: [number, number][] } {
  const [id] = columns;
  if (id?.type !== "coded") throw new Error("The first column does not name the patient.");
  const same = (row: number): boolean => row > 0 && id.codes[row] === id.codes[row - 1];
  const all = [...Array(rows).keys()];
  return {
    all,
    first: all.filter((row) => !same(row)),
    next: all.filter(same).map((row) => [row - 1, row]),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const product = (a: readonly number[], ma: number, b: readonly number[], mb: number): number =>
    a.reduce((sum, value, i) => sum + (value - ma) * ((b[i] as number) - mb), 0);
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my));
}

/** The value of a planted truth in `table`, whose first column names the patient; NaN where no row tells. */
export function readPlanted(table: Table, reading: Reading): number {
  const { first, all, next } = rowsOf(table);
  const cells = (name: string): Cells => cellsOf(table, name);
  switch (reading.of) {
    case "share": {
      const column = cells(reading.column);
      const rows = (reading.rows === "first" ? first : all).filter(column.there);
      return mean(rows.map((row) => Number(column.holds(row, reading.is))));
    }
    case "correlation": {
      const [a, b] = [cells(reading.columns[0]), cells(reading.columns[1])];
      const rows = first.filter((row) => a.there(row) && b.there(row));
      const values = (it: Cells, name: string): number[] =>
        rows.map((row) => (reading.logarithm.includes(name) ? Math.log(it.number(row)) : it.number(row)));
      return correlation(values(a, reading.columns[0]), values(b, reading.columns[1]));
    }
    case "difference": {
      const [value, where] = [cells(reading.column), cells(reading.where.column)];
      const rows = first.filter((row) => value.there(row) && where.there(row));
      const of = (holds: boolean): number =>
        mean(rows.filter((row) => where.holds(row, reading.where) === holds).map(value.number));
      return of(true) - of(false);
    }
    case "transition": {
      const [column, time] = [cells(reading.column), cells(reading.time)];
      const seen = next.filter(
        ([a, b]) =>
          column.there(a) &&
          column.there(b) &&
          column.holds(a, reading.from) &&
          time.there(a) &&
          time.there(b),
      );
      const years = seen.reduce(
        (sum, [a, b]) => sum + (time.number(b) - time.number(a)) / reading.perYear,
        0,
      );
      return seen.filter(([, b]) => column.holds(b, reading.to)).length / years;
    }
    case "slope": {
      const [value, time] = [cells(reading.column), cells(reading.time)];
      const holds = reading.where.map((it: On) => ({ it, column: cells(it.column) }));
      const kept = next.filter((pair) =>
        pair.every(
          (row) =>
            value.there(row) && time.there(row) && holds.every(({ it, column }) => column.holds(row, it)),
        ),
      );
      const years = kept.reduce(
        (sum, [a, b]) => sum + (time.number(b) - time.number(a)) / reading.perYear,
        0,
      );
      return kept.reduce((sum, [a, b]) => sum + value.number(b) - value.number(a), 0) / years;
    }
    case "start": {
      const [value, began] = [cells(reading.column), cells(reading.began.column)];
      const change = (to: boolean): number =>
        mean(
          next
            .filter(
              ([a, b]) =>
                value.there(a) &&
                value.there(b) &&
                !began.holds(a, reading.began) &&
                began.holds(b, reading.began) === to,
            )
            .map(([a, b]) => value.number(b) - value.number(a)),
        );
      return change(true) - change(false);
    }
  }
}
