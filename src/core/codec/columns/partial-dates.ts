import type { Rng } from "../../math/rng.ts";
import { endOf, markOf, startOf } from "../../table/formats/dates/precision.ts";
import { levelOf } from "../../table/formats/dates/tokens.ts";
import type { Column, ColumnSchema, DateFormat, Table } from "../../table/table.ts";
import { LEAST_SHARED } from "./column-code.ts";

/**
 * Dates of which some tell the month or the year only. They are learned as whole dates, those that tell less spread over
 * their period, and each drawn date then tells as much as the shares of the source have it.
 */

const DAY = 86_400_000;
const timeOfDay = (value: number): number => value - Math.floor(value / DAY) * DAY;

/** Places of the columns that have dates of less precision. */
export const partialDates = ({ schema }: Pick<Table, "schema">): number[] =>
  schema.columns.flatMap(({ kind, date }, j) => (kind === "datetime" && date?.coarser ? [j] : []));

/**
 * `table` with whole dates in `columns`, the same one where a patient has a date again that is not the time of a visit; their
 * schemas have the shares of its own cells, none that fewer than five patients make up.
 */
export function withWholeDates(table: Table, columns: readonly number[], rng: Rng): Table {
  const schemas = [...table.schema.columns];
  const cells = [...table.columns];
  for (const j of columns) {
    const column = cells[j] as Column;
    const schema = schemas[j] as ColumnSchema;
    if (column.type !== "numeric" || schema.date === undefined) continue;
    const again = schema.course === "time" ? undefined : table.patients;
    cells[j] = { type: "numeric", values: spread(column.values, schema.date, rng.fork(schema.name), again) };
    schemas[j] = { ...schema, date: sharesOf(column.values, schema.date, table.patients) };
  }
  return { ...table, columns: cells, schema: { ...table.schema, columns: schemas } };
}

function sharesOf(values: Float64Array, format: DateFormat, whose?: Int32Array): DateFormat {
  const { coarser = [] } = format;
  const counts = new Float64Array(coarser.length + 1);
  const patients = Array.from(counts, () => new Set<number>());
  let present = 0;
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) return;
    const mark = markOf(value, coarser.length);
    counts[mark] = (counts[mark] as number) + 1;
    patients[mark]?.add(whose?.[row] ?? row);
    present++;
  });
  const shared = (k: number): number =>
    (patients[k + 1]?.size ?? 0) < LEAST_SHARED ? 0 : (counts[k + 1] as number);
  return { ...format, coarser: coarser.map((it, k) => ({ ...it, share: shared(k) / Math.max(1, present) })) };
}

/**
 * Each value that tells less at a day of its period, by chance, at the time of day of another. `whose`: rows of one patient
 * with one value get one day.
 */
function spread(
  values: Float64Array,
  { coarser = [] }: DateFormat,
  rng: Rng,
  whose: Int32Array | undefined,
): Float64Array {
  const whole = values.filter((value) => Number.isFinite(value) && markOf(value, coarser.length) === 0);
  const dayOf = (value: number, mark: number): number => {
    const start = value - mark;
    const days = (endOf(start, levelOf(coarser[mark - 1]?.pattern ?? "")) - start) / DAY;
    const other = whole.length > 0 ? timeOfDay(whole[rng.integer(whole.length)] as number) : 0;
    return days < 1 ? start : start + DAY * rng.integer(Math.round(days)) + other;
  };
  const known = new Map<string, number>();
  return values.map((value, row) => {
    const mark = Number.isFinite(value) ? markOf(value, coarser.length) : 0;
    if (mark === 0) return value;
    const key = `${whose?.[row] ?? ""} ${value}`;
    const day = (whose && known.get(key)) ?? dayOf(value, mark);
    known.set(key, day);
    return day;
  });
}

/** The golden ratio less one: its multiples spread evenly over (0, 1) however many are taken. */
const GOLDEN = 0.618033988749895;

/**
 * `values` of whole dates with as many of less precision as `format` says: evenly from row to row from a drawn start, so
 * that shares differ from those of the source by no more than rounding. `allowed`: whether a row may have a value.
 */
export function coarsened(
  values: Float64Array,
  { coarser = [] }: DateFormat,
  rng: Rng,
  allowed: (row: number, value: number) => boolean,
): Float64Array {
  const levels = coarser.map(({ pattern }) => levelOf(pattern));
  let at = rng.uniform();
  return values.map((value, row) => {
    if (!Number.isFinite(value)) return value;
    at = (at + GOLDEN) % 1;
    let below = 0;
    for (let k = 0; k < coarser.length; k++) {
      below += coarser[k]?.share ?? 0;
      if (at >= below) continue;
      const less = startOf(value, levels[k] as (typeof levels)[number]) + k + 1;
      return allowed(row, less) ? less : value;
    }
    return value;
  });
}
