import { numberOf, PLAIN } from "../../table/formats/number-format.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";

/**
 * What reading a rule takes into account of a column: with a kind, dates and words are told from numbers; with levels, a
 * level needs no quotes.
 */
export type RuleColumn = Pick<ColumnSchema, "name"> &
  Partial<Pick<ColumnSchema, "kind" | "number" | "date">> & { readonly levels?: readonly string[] };

/** The columns of a table as rules speak of them. */
export const ruleColumns = ({ schema, columns }: Table): RuleColumn[] =>
  schema.columns.map((column, j) => {
    const cells = columns[j];
    return cells?.type === "coded" ? { ...column, levels: cells.levels } : column;
  });

/** What a value is, as far as the text and the columns tell. `span`: time between two dates, in milliseconds. */
export type Sort = "number" | "date" | "span" | "level" | "text" | "condition" | "unknown";

/** `unknown` also where levels are numbers: they can be compared either way. */
export function sortOfColumn({ kind, levels, number }: RuleColumn): Sort {
  if (kind === undefined) return "unknown";
  if (kind === "datetime") return "date";
  if (kind === "integer" || kind === "decimal") return "number";
  const numeric = levels?.some((level) => Number.isFinite(numberOf(level, number ?? PLAIN))) ?? true;
  return numeric ? "unknown" : "level";
}

/** Whether a column's cells are texts, by its kind. */
export const isCoded = ({ kind }: RuleColumn): boolean =>
  kind !== undefined && kind !== "integer" && kind !== "decimal" && kind !== "datetime";

const LONGEST_NAME = 60;

/** The name among `known` that `name` was probably meant to be: at most a third of its characters are other ones. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue;
    const apart = editsBetween(wanted, candidate.toLowerCase());
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best;
}

/** Characters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
function editsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + same,
          swapped ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
