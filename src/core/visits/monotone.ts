import type { Column, ColumnSchema, Table } from "../table/table.ts";
import type { Courses } from "./courses.ts";

/** A column that goes one way within every patient, although it changes: age, a cumulative dose, a stage that is never left. */
export interface Monotone {
  readonly column: number;
  readonly direction: "rises" | "falls";
  /** It changes from each known value to the next, never staying. */
  readonly strictly: boolean;
}

/** Fewest changes, and patients with one, that tell of a direction: by chance alone one in 2^19 goes so. */
const LEAST_CHANGES = 20;
const LEAST_PATIENTS = 5;

/**
 * Which of `columns` never fall, or never rise, within any patient. Numbers and dates are compared as such; levels where they
 * have an order or are numbers; others never. Missing cells are passed over. Rows of one time are compared as they stand.
 */
export function monotoneOf(table: Table, courses: Courses, columns: readonly number[]): Monotone[] {
  return columns.flatMap((i) => {
    const values = orderedValues(table.columns[i] as Column, table.schema.columns[i] as ColumnSchema);
    const found = values && directionOf(values, courses);
    return found === undefined ? [] : [{ column: i, ...found }];
  });
}

/** The cells as numbers in their order, NaN where missing; undefined where levels have none. */
export function orderedValues(column: Column, { measure }: ColumnSchema): Float64Array | undefined {
  if (column.type === "numeric") return column.values;
  const numbers = column.levels.map((level) => (level.trim() === "" ? NaN : Number(level)));
  const places =
    measure === "ordinal"
      ? numbers.map((_, place) => place)
      : numbers.some((one) => Number.isNaN(one))
        ? undefined
        : numbers;
  return places && Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (places[code] as number)));
}

function directionOf(values: Float64Array, { rows, starts }: Courses): Omit<Monotone, "column"> | undefined {
  let [up, down, stays, moved] = [0, 0, 0, 0];
  for (let p = 0; p + 1 < starts.length; p++) {
    let before = NaN;
    const changes = up + down;
    for (let k = starts[p] as number; k < (starts[p + 1] as number); k++) {
      const value = values[rows[k] as number] as number;
      if (Number.isNaN(value)) continue;
      if (value > before) up++;
      else if (value < before) down++;
      else if (value === before) stays++;
      before = value;
    }
    if (up + down > changes) moved++;
    if (up > 0 && down > 0) return undefined;
  }
  if (up + down < LEAST_CHANGES || moved < LEAST_PATIENTS) return undefined;
  return { direction: up > 0 ? "rises" : "falls", strictly: stays === 0 };
}
