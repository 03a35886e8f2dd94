import { timeName } from "../../table/courses/time-names.ts";
import { isMissingCell, type Column, type Table } from "../../table/table.ts";
import { count } from "../../words/numbers.ts";
import { cellCode } from "../../visits/statics.ts";

/** Fewest times that a time begins again, the share of them with which it does so at one value, and rows that rise. */
const BEGINNINGS = 5;
const ALIKE = 0.8;
const RISING = 0.5;

/**
 * What to say of a table without patients whose rows go through time again and again, as visits of several patients one after
 * the other do: which columns may name them. Undefined where no column does so.
 */
export function visitsOfNobody(table: Table): string | undefined {
  if (table.schema.columns.some(({ role }) => role === "identifier")) return undefined;
  for (const [i, { name }] of table.schema.columns.entries()) {
    const said = timeName(name);
    if (said !== "when" && said !== "order") continue;
    const starts = beginnings(numbersOf(table.columns[i] as Column), table.rows);
    if (starts === undefined) continue;
    const names = table.schema.columns.flatMap(({ name: other }, j) =>
      j !== i && changesOnlyAt(table.columns[j] as Column, starts, table.rows) ? [other] : [],
    );
    const way =
      names.length === 0
        ? "Add a column that does (--patient)"
        : `${names.slice(0, 3).join(", ")} may do so (--patient)`;
    return `${name} begins again ${count(starts.length - 1)} times, as visits of ${count(starts.length)} patients would, but no column names the patient: rows are learned one by one. ${way}.`;
  }
  return undefined;
}

/** The cells as numbers, levels by what is written; undefined where they are none. */
function numbersOf(column: Column): ((row: number) => number) | undefined {
  if (column.type === "numeric") return (row) => column.values[row] as number;
  const numbers = column.levels.map((level) => (level.trim() === "" ? NaN : Number(level)));
  if (numbers.some(Number.isNaN)) return undefined;
  return (row) => numbers[column.codes[row] as number] ?? NaN;
}

/** Rows at which the time begins again, the first among them; undefined where it does not go so. */
function beginnings(at: ((row: number) => number) | undefined, rows: number): number[] | undefined {
  if (at === undefined) return undefined;
  const starts = [0];
  const first = new Map<number, number>();
  let rises = 0;
  for (let row = 1; row < rows; row++) {
    const [before, own] = [at(row - 1), at(row)];
    if (own > before) rises++;
    if (!(own < before)) continue;
    starts.push(row);
    first.set(own, (first.get(own) ?? 0) + 1);
  }
  const falls = starts.length - 1;
  const most = Math.max(0, ...first.values());
  return falls >= BEGINNINGS && most >= ALIKE * falls && rises >= RISING * rows ? starts : undefined;
}

/** Whether a column stays the same between beginnings and is another at each, as what names a patient is. */
function changesOnlyAt(column: Column, starts: readonly number[], rows: number): boolean {
  const seen = new Set<number>();
  return starts.every((from, k) => {
    const own = cellCode(column, from);
    if (isMissingCell(column, from) || seen.has(own)) return false;
    seen.add(own);
    for (let row = from + 1; row < (starts[k + 1] ?? rows); row++)
      if (cellCode(column, row) !== own) return false;
    return true;
  });
}
