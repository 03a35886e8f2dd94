import { FaultError } from "../../../fault.ts";
import type { ColumnHints } from "../../hints.ts";
import { describingRows } from "./describing-rows.ts";
import { isValue } from "./is-value.ts";
import { hasHeader, usualWidth } from "./sniff-dialect.ts";

/** Most columns that the lab reads. */
export const COLUMN_LIMIT = 2000;

/** Refuses tables that are too wide, before their rows are read. */
export function checkWidth(columns: number): void {
  if (columns > COLUMN_LIMIT) {
    throw new FaultError({ code: "too-many-columns", columns, limit: COLUMN_LIMIT });
  }
}

/** Names as they are used: trimmed, empty ones numbered by position, twins numbered in their order. */
function columnNames(cells: readonly string[]): { names: string[]; notes: string[] } {
  const notes: string[] = [];
  const given = new Set(cells.map((cell) => cell.trim()));
  const fresh = (wish: string, from: number): string => {
    let name = from === 0 ? wish : `${wish}_${from}`;
    for (let n = Math.max(2, from + 1); given.has(name); n++) name = `${wish}_${n}`;
    given.add(name);
    return name;
  };
  const seen = new Set<string>();
  const names = cells.map((cell, i) => {
    const name = cell.trim();
    if (name === "") {
      const made = fresh(`column_${i + 1}`, 0);
      notes.push(`Column ${i + 1} has no name; it is called “${made}”.`);
      return made;
    }
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    const made = fresh(name, 2);
    notes.push(`Another column “${name}” is called “${made}”.`);
    return made;
  });
  return { names, notes };
}

export interface Header {
  /** Lines with words above the table, left out. */
  readonly above: number;
  /** The next line holds the names. */
  readonly headed: boolean;
  /** Lines below the names that describe the columns, left out. */
  readonly below: number;
  readonly names: readonly string[];
  /** Columns that the file gives no name. */
  readonly unnamed: ReadonlySet<number>;
  readonly hints: ColumnHints;
  readonly notes: readonly string[];
}

/** Most lines above a table that are taken for a title. */
const TITLE_LINES = 10;

/** The names that the first record of a text made by a reader holds. Throws FaultError `too-many-columns`. */
export function namedRow(first: readonly string[]): Header {
  checkWidth(first.length);
  const { names, notes } = columnNames(first);
  return { above: 0, headed: true, below: 0, names, unnamed: new Set(), hints: new Map(), notes };
}

/**
 * The names of a table from its first rows; `given`: where a person said that they stand. Throws FaultError
 * `too-many-columns`.
 */
export function findHeader(
  sample: readonly (readonly string[])[],
  given?: Pick<Header, "above" | "headed">,
): Header {
  const above = given?.above ?? titleLines(sample);
  const rows = sample.slice(above);
  const first = rows[0] ?? [];
  checkWidth(first.length);
  if (!(given?.headed ?? hasHeader(rows))) {
    const note =
      "The first line holds values, not names; the columns are called column_1, column_2 and so on.";
    const width = Math.max(first.length, usualWidth(rows));
    const names = Array.from({ length: width }, (_, i) => `column_${i + 1}`);
    return { above, headed: false, below: 0, names, unnamed: new Set(), hints: new Map(), notes: [note] };
  }
  const groups = given === undefined && isGroupRow(rows) ? 1 : 0;
  const { cells, note } = namesOver(
    groups === 1 ? joinedNames(first, rows[1] ?? []) : first,
    rows.slice(1 + groups),
  );
  const { names, notes } = columnNames(cells);
  const describing = describingRows(names, rows.slice(1 + groups));
  const hints = new Map([...describing.hints].map(([i, hint]) => [names[i] as string, hint]));
  return {
    above: above + groups,
    headed: true,
    below: describing.lines,
    names,
    unnamed: new Set(cells.flatMap((cell, i) => (cell.trim() === "" ? [i] : []))),
    hints,
    notes: [
      ...notes,
      ...(note === undefined ? [] : [note]),
      ...(groups === 1 ? ["The names stand on two lines; both were joined."] : []),
      ...(describing.lines === 0 ? [] : [describingNote(describing.lines, hints)]),
    ],
  };
}

/** What the lines below the names were taken for. */
function describingNote(lines: number, hints: ColumnHints): string {
  const units = [...hints.values()].filter(({ unit }) => unit !== undefined).length;
  const labels = [...hints.values()].filter(({ label }) => label !== undefined).length;
  const what = units === 0 ? "labels" : labels === 0 || units >= labels ? "units" : "labels and units";
  return lines === 1
    ? `The line below the names holds ${what}, not a patient. It is left out and kept beside the names.`
    : `${lines} lines below the names hold ${what}, not patients. They are left out and kept beside the names.`;
}

/** The names of `first` as the rows below need them: without an empty end that no row has, or with the row names of R. */
function namesOver(
  first: readonly string[],
  below: readonly (readonly string[])[],
): { cells: readonly string[]; note?: string } {
  const longer = below.length > 0 && below.every((row) => row.length === first.length + 1);
  const ended = below.filter((row) => (row.at(-1) as string).trim() === "").length;
  if (longer && 2 * ended < below.length) {
    return {
      cells: ["row_name", ...first],
      note: "The first column has no name, as in tables written by R; it is called “row_name”.",
    };
  }
  const usual = usualWidth(below);
  let width = first.length;
  while (width > Math.max(1, usual) && (first[width - 1] as string).trim() === "") width--;
  if (width === first.length) return { cells: first };
  return {
    cells: first.slice(0, width),
    note: "The line of names ends in a delimiter with nothing behind it; no column was made of it.",
  };
}

/** A first line of group names over a second line of names: "Vitals,,Labs," over "sbp,dbp,na,k". */
function isGroupRow(rows: readonly (readonly string[])[]): boolean {
  const [groups, names, ...below] = rows.map((row) => row.map((cell) => cell.trim()));
  if (groups === undefined || names === undefined || below.length < 2 || groups.length !== names.length)
    return false;
  const named = groups.filter((cell) => cell !== "").length;
  if (named < 2 || named === groups.length || names.some((cell) => cell === "" || isValue(cell)))
    return false;
  const values = names.filter(
    (_, i) => below.filter((row) => isValue(row[i] ?? "")).length > 0.7 * below.length,
  );
  return values.length > 0 && groups.every((cell) => !isValue(cell));
}

/** Each name behind that of its group, which stands over its first column alone; a name that is already its own stays. */
function joinedNames(groups: readonly string[], names: readonly string[]): string[] {
  let group = "";
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return names.map((name, i) => {
    const own = (groups[i] ?? "").trim();
    if (own !== "") group = own;
    return twice.has(name) && group !== "" ? `${group} ${name.trim()}` : name.trim();
  });
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
