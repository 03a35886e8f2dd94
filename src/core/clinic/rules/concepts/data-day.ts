import type { Table } from "../../../table/table.ts";
import type { KnownColumn } from "../../ranges/known-quantities.ts";
import type { ColumnConcept } from "./concept.ts";
import { quoted } from "./concept.ts";

/** Share of the rows whose ages must be those on one day, and the fewest rows that say so. */
const LEAST_SHARE = 0.95;
const LEAST_ROWS = 50;

/**
 * The day on which the ages of a table are the patients' ages, where there is one: the day that lies in most rows' year
 * between two birthdays. A table without any other date has its ages on one such day.
 */
export function dataDay(
  train: Table,
  known: readonly KnownColumn[],
  dated: readonly ColumnConcept[],
): ColumnConcept[] {
  const age = known.find(({ quantity, unit }) => quantity.name === "Age" && unit.unit === "years");
  const birth = dated.find(({ concept }) => concept === "Birth");
  if (age === undefined || birth === undefined) return [];
  const day = commonDay(valuesOf(train, age.name), valuesOf(train, birth.columns[0] ?? ""));
  if (day === undefined) return [];
  const text = new Date(day).toISOString().slice(0, 10);
  return [
    {
      concept: "Day of the data",
      columns: [],
      text: () => quoted(text),
      says: text,
      beside: "",
      goes: "each",
    },
  ];
}

function valuesOf(table: Table, name: string): Float64Array {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  return column?.type === "numeric" ? column.values : new Float64Array();
}

const YEAR = 365.2425 * 86_400_000;

/** The middle of the days that lie in the most rows' years. */
function commonDay(ages: Float64Array, births: Float64Array): number | undefined {
  const ends: { at: number; by: 1 | -1 }[] = [];
  ages.forEach((age, row) => {
    const from = (births[row] ?? NaN) + Math.floor(age) * YEAR;
    if (Number.isFinite(from)) ends.push({ at: from, by: 1 }, { at: from + YEAR, by: -1 });
  });
  const rows = ends.length / 2;
  if (rows < LEAST_ROWS) return undefined;
  ends.sort((a, b) => a.at - b.at || a.by - b.by);
  let [open, most, best, until] = [0, 0, NaN, NaN];
  for (const { at, by } of ends) {
    if (by === -1 && open === most && Number.isNaN(until)) until = at;
    open += by;
    if (open > most) [most, best, until] = [open, at, NaN];
  }
  return most >= LEAST_SHARE * rows ? (best + until) / 2 : undefined;
}
