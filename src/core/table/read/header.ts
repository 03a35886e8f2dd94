import { FaultError } from "../../fault.ts";
import type { Repair } from "../repair.ts";
import { hasHeader, usualWidth } from "./sniff-dialect.ts";

/** Most columns that the lab reads. */
export const COLUMN_LIMIT = 2000;

/** Refuses tables that are too wide, before their rows are read. */
export function checkWidth(columns: number): void {
  if (columns > COLUMN_LIMIT) {
    throw new FaultError({ code: "too-many-columns", columns, limit: COLUMN_LIMIT });
  }
}

/**
 * Names as they are used: trimmed, empty ones numbered by position, twins numbered where the repair allows it.
 * Throws FaultError `duplicate-column`.
 */
function columnNames(cells: readonly string[], repair: Repair): { names: string[]; notes: string[] } {
  const notes: string[] = [];
  const given = new Set(cells.map((cell) => cell.trim()));
  const fresh = (wish: string): string => {
    let name = wish;
    for (let n = 2; given.has(name); n++) name = `${wish}_${n}`;
    given.add(name);
    return name;
  };
  const seen = new Set<string>();
  const names = cells.map((cell, i) => {
    const name = cell.trim();
    if (name === "") {
      const made = fresh(`column_${i + 1}`);
      notes.push(`Column ${i + 1} has no name; it is called “${made}”.`);
      return made;
    }
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    if (repair.numberDuplicateColumns !== true) throw twins(cells, name);
    const made = fresh(`${name}_2`);
    notes.push(`A second column “${name}” is called “${made}”.`);
    return made;
  });
  return { names, notes };
}

function twins(cells: readonly string[], name: string): FaultError {
  const positions = cells.flatMap((cell, i) => (cell.trim() === name ? [i + 1] : []));
  return new FaultError({ code: "duplicate-column", name, positions });
}

export interface Header {
  /** Lines with words above the table, left out. */
  readonly above: number;
  /** The next line holds the names. */
  readonly headed: boolean;
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** Most lines above a table that are taken for a title. */
const TITLE_LINES = 10;

/**
 * The names of a table from its first rows; `given`: where a person said that they stand. Throws FaultError
 * `too-many-columns`, `duplicate-column`.
 */
export function findHeader(
  sample: readonly (readonly string[])[],
  repair: Repair,
  given?: Pick<Header, "above" | "headed">,
): Header {
  const above = given?.above ?? titleLines(sample);
  const rows = sample.slice(above);
  const first = rows[0] ?? [];
  checkWidth(first.length);
  const notes: string[] = [];
  if (!(given?.headed ?? hasHeader(rows))) {
    notes.push(
      "The first line holds values, not names; the columns are called column_1, column_2 and so on.",
    );
    return { above, headed: false, names: first.map((_, i) => `column_${i + 1}`), notes };
  }
  const below = rows.slice(1);
  const rowNames = below.length > 0 && below.every((row) => row.length === first.length + 1);
  const named = columnNames(rowNames ? ["row_name", ...first] : first, repair);
  notes.push(...named.notes);
  if (rowNames)
    notes.push("The first column has no name, as in tables written by R; it is called “row_name”.");
  return { above, headed: true, names: named.names, notes };
}

/** Lines at the top with at most one cell that says something, above a table of three columns or more. */
function titleLines(sample: readonly (readonly string[])[]): number {
  const usual = usualWidth(sample);
  if (usual < 3) return 0;
  const start = sample.findIndex(
    (row) => row.length >= usual - 1 && row.filter((cell) => cell.trim() !== "").length > 1,
  );
  return start > 0 && start <= TITLE_LINES ? start : 0;
}
