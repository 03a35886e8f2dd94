import { namedQuantity } from "../../../clinic/ranges/quantity-names.ts";
import type { KnownTable } from "./known-table.ts";
import { isNumbering } from "./match-columns.ts";
import { isNoValue } from "./read-cells.ts";
import type { RawRow, RawTable } from "./reading/raw-table.ts";

/** Rows of a reply in the columns that were asked for, as texts. */
export interface PlacedRows {
  /** one text a row for each column of the known table; undefined: the reply has no such column */
  readonly columns: readonly (readonly string[] | undefined)[];
  readonly rows: number;
  /** rows that were refused before any cell was read */
  readonly cut: number;
  readonly wrongWidth: number;
  /** what was done, a sentence each */
  readonly notes: readonly string[];
}

/** Share of rows that must have one cell more than there are names before the first is taken for a number of the row. */
const MOST_SHIFTED = 0.5;

/** Puts the rows of a reply's tables under the columns they belong to. Tables that have none of them are left out. */
export function placeRows(
  tables: readonly RawTable[],
  known: KnownTable,
  asked?: readonly string[],
): PlacedRows {
  const width = known.real.columns.length;
  const columns: (string[] | undefined)[] = Array.from({ length: width }, () => undefined);
  const notes = new Set<string>();
  let [rows, cut, wrongWidth] = [0, 0, 0];
  let names = asked;
  for (const table of tables) {
    const placed = placesOf(table, names, known);
    if (placed === undefined) continue;
    if (table.names) names = table.names;
    placed.notes.forEach((note) => notes.add(note));
    const [first, ...below] = table.rows;
    const aboutNames = table.names !== undefined && first !== undefined && isAboutNames(first, placed, known);
    if (aboutNames) notes.add("A line below the names has units or kinds and no values; it is left out.");
    for (const row of aboutNames ? below : table.rows) {
      const cells =
        row.cells.length === placed.width + 1 && placed.shifted
          ? row.cells.slice(1)
          : trimmed(row, placed.width);
      if (row.cut && (cells.length < placed.width || isLastCut(cells))) {
        cut++;
        continue;
      }
      if (cells.length !== placed.width) {
        wrongWidth++;
        continue;
      }
      placed.places.forEach((at, i) => {
        if (at === undefined) return;
        const own = (columns[at] ??= Array.from({ length: rows }, () => ""));
        own.push(inUnit(cells[i] ?? "", placed.units[i]));
      });
      rows++;
      for (const own of columns) if (own && own.length < rows) own.push("");
    }
  }
  return { columns, rows, cut, wrongWidth, notes: [...notes] };
}

/** Of an object that was cut, the cells that are there cannot be told from those that were to come. */
const isLastCut = (cells: readonly string[]): boolean =>
  cells.at(-1) === "" || cells.some((cell) => cell === "");

/** Empty cells beyond the width are marks at the end of a line. */
function trimmed({ cells }: RawRow, width: number): readonly string[] {
  let length = cells.length;
  while (length > width && cells[length - 1] === "") length--;
  return length === cells.length ? cells : cells.slice(0, length);
}

interface Places {
  readonly width: number;
  readonly places: readonly (number | undefined)[];
  /** rows have a number of their own before the first name */
  readonly shifted: boolean;
  /** by place: the unit that a name gives, where it is not the column's own */
  readonly units: readonly (string | undefined)[];
  readonly notes: readonly string[];
}

/** `before`: names that stood above an earlier table of the reply, or that were asked for; a table without its own has them if it is as wide. */
function placesOf(
  { names, rows }: RawTable,
  before: readonly string[] | undefined,
  known: KnownTable,
): Places | undefined {
  if (names) return namedPlaces(rows, names, known);
  const fits = before && rows.filter(({ cells }) => cells.length === before.length).length;
  return before && fits !== undefined && 2 * fits >= rows.length
    ? namedPlaces(rows, before, known)
    : unnamedPlaces(rows, known);
}

function namedPlaces(
  rows: readonly RawRow[],
  names: readonly string[],
  known: KnownTable,
): Places | undefined {
  const { columns, renamed, byPlace } = known.names.match(names);
  const found = columns.filter((at) => at !== undefined).length;
  const least = Math.min(2, known.real.columns.length);
  if (found < least || (!byPlace && 3 * found < names.length && found < 4)) return undefined;
  const extra = names.filter((name, i) => columns[i] === undefined && !isNumbering(name));
  const shown = renamed.filter(({ name, written }) => name.toLowerCase() !== written.toLowerCase());
  const longer = rows.filter(({ cells }) => cells.length === names.length + 1);
  return {
    width: names.length,
    places: columns,
    // A decimal comma makes a row longer too; then nothing must move.
    shifted: longer.length > MOST_SHIFTED * rows.length && tellsRowsApart(longer),
    units: names.map((name, i) => otherUnit(name, columns[i], known)),
    notes: [
      ...(shown.length > 0
        ? [`${listed(shown.map(({ name, written }) => `“${short(written)}” is taken for “${name}”`))}.`]
        : []),
      ...(extra.length > 0
        ? [
            `${extra.length === 1 ? "1 column" : `${extra.length} columns`} beyond those asked for left aside: ${listed(extra.map((name) => `“${short(name)}”`))}.`,
          ]
        : []),
    ],
  };
}

function unnamedPlaces(rows: readonly RawRow[], known: KnownTable): Places | undefined {
  const width = known.real.columns.length;
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const usual = [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  if (usual !== width && usual !== width + 1) return undefined;
  const numbered = usual === width + 1 && isRunning(rows);
  return {
    width,
    places: Array.from({ length: width }, (_, i) => i),
    shifted: numbered,
    units: [],
    notes: ["There is no line of names; columns are taken in the order asked for."],
  };
}

/** Whether the first cells number the rows, with gaps or not, or are as many names. */
function tellsRowsApart(rows: readonly RawRow[]): boolean {
  if (isRunning(rows)) return true;
  const first = rows.map(({ cells }) => cells[0] ?? "");
  if (first.every((text) => /^\d+$/.test(text)))
    return first.every((text, i) => i === 0 || Number(text) > Number(first[i - 1]));
  return new Set(first).size === first.length && first.every((text) => /^\p{L}.*\d/u.test(text));
}

/** The unit in a name as a reply has it ("creatinine (µmol/L)"), where the column of the table is known to have another. */
function otherUnit(name: string, at: number | undefined, { quantities }: KnownTable): string | undefined {
  const own = at === undefined ? undefined : quantities[at];
  const named = own && namedQuantity(name);
  const unit = named && named.quantity === own.quantity ? named.unit?.unit : undefined;
  return unit === own?.unit.unit ? undefined : unit;
}

const inUnit = (cell: string, unit: string | undefined): string =>
  unit !== undefined && /^[<>~]?\s*[\d.,]+$/.test(cell) ? `${cell} ${unit}` : cell;

/** Whether a first row has units or kinds in it: words in two columns of numbers or more, and a number in none. */
function isAboutNames({ cells }: RawRow, { places }: Places, { levels }: KnownTable): boolean {
  const numbers = places.flatMap((at, i) =>
    at !== undefined && levels[at] === undefined ? [cells[i] ?? ""] : [],
  );
  const words = numbers.filter((cell) => /\p{L}{2}|%|°/u.test(cell) && !isNoValue(cell)).length;
  return words >= 2 && !numbers.some((cell) => /^[^\p{L}(]*\d/u.test(cell) && !/^10[\^*⁹]/.test(cell));
}

/** Whether the first cells count the rows. */
function isRunning(rows: readonly RawRow[]): boolean {
  let [running, seen] = [0, 0];
  let before: number | undefined;
  for (const { cells } of rows) {
    const number = Number(cells[0]?.replace(/^\D+/, ""));
    if (before !== undefined) {
      seen++;
      if (number === before + 1) running++;
    }
    before = number;
  }
  return seen === 0 || running >= 0.8 * seen;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
function listed(parts: readonly string[]): string {
  const shown = parts.slice(0, 6).join(", ");
  return parts.length > 6 ? `${shown} and ${parts.length - 6} more` : shown;
}
