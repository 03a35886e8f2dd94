import { hasHeader } from "../../table/read/lines/sniff-dialect.ts";
import type { CellRange } from "./sheet-cells.ts";
import { MergedRanges, type SampleRow, type SheetSurvey } from "./survey-sheet.ts";

/** Where the table of a sheet lies. Rows are numbered as the sheet shows them. */
export interface FoundTable {
  /** the row of the names; undefined: there are none */
  readonly header: number | undefined;
  /** the first row of values */
  readonly first: number;
  /** the last one; what stands below it is no row of the table */
  readonly last: number;
  /** names by column, "" where a column has none */
  readonly names: readonly string[];
  /** rows that say something above the names */
  readonly above: number;
  /** remarks below the table */
  readonly below: number;
  /** rows of one cell that is merged across most columns: they head a part of the table */
  readonly sections: ReadonlySet<number>;
}

/** Least share of the columns that the row of the names fills. */
const FILLED = 0.6;
/** Rows above the names, at most. */
const MOST_ABOVE = 30;

/** Finds the table of a sheet; `headerRow` as a person said, 0: there are no names. */
export function findTable(survey: SheetSurvey, headerRow: number | undefined): FoundTable {
  const merged = new MergedRanges(survey.ranges);
  const rows = survey.sample.map((row) => ({ ...row, filled: filledDown(row, survey.sample, merged) }));
  const at = headerRow === undefined || headerRow === 0 ? startOf(rows, survey.width, merged) : undefined;
  const start = at === undefined ? undefined : rows[at];
  const end = { ...endOf(survey), sections: sectionsOf(survey) };
  if (headerRow !== undefined && headerRow > 0) {
    const row = rows.find(({ number }) => number === headerRow);
    const above = survey.sample.filter(({ number }) => number < headerRow).length;
    const names = namesOf(row, rows, survey.width, merged);
    return { header: headerRow, first: headerRow + 1, ...end, names, above };
  }
  const lines = rows.slice(at ?? 0).map(({ filled }) => lineOf(filled, survey.width));
  const headed = headerRow === undefined && start !== undefined && hasHeader(lines);
  const above = at ?? 0;
  if (headed) {
    const names = namesOf(start, rows, survey.width, merged);
    return { header: start.number, first: start.number + 1, ...end, names, above };
  }
  const names = Array.from({ length: survey.width }, (_, i) => `column_${i + 1}`);
  return { header: undefined, first: start?.number ?? 1, ...end, names, above };
}

const sectionsOf = ({ ranges, singles, width }: SheetSurvey): ReadonlySet<number> =>
  new Set(
    ranges
      .filter(
        ({ top, bottom, left, right }) =>
          top === bottom && 2 * (right - left + 1) > width && singles.has(top),
      )
      .map(({ top }) => top),
  );

type FilledRow = SampleRow & { readonly filled: ReadonlyMap<number, string> };

const lineOf = (texts: ReadonlyMap<number, string>, width: number): string[] =>
  Array.from({ length: width }, (_, column) => texts.get(column) ?? "");

/** The texts of a row with those of merged cells that reach down into it. */
function filledDown(
  row: SampleRow,
  sample: readonly SampleRow[],
  merged: MergedRanges,
): ReadonlyMap<number, string> {
  const filled = new Map(row.texts);
  for (const { top, left, right } of merged.in(row.number)) {
    if (top === row.number || left !== right) continue;
    const text = sample.find(({ number }) => number === top)?.texts.get(left);
    if (text !== undefined && !filled.has(left)) filled.set(left, text);
  }
  return filled;
}

/** The first row that fills most columns, or the one below it where that names groups of columns. */
function startOf(rows: readonly FilledRow[], width: number, merged: MergedRanges): number | undefined {
  const full = (row: FilledRow | undefined): boolean =>
    row !== undefined && row.filled.size >= FILLED * width;
  const found = rows.findIndex(full);
  if (found < 0 || found > MOST_ABOVE) return undefined;
  let at = found;
  while (groupsIn(rows[at] as FilledRow, merged).length > 0 && full(rows[at + 1])) at++;
  return at;
}

/** Cells of a row that stand above several columns. */
const groupsIn = (row: SampleRow, merged: MergedRanges): CellRange[] =>
  merged
    .in(row.number)
    .filter(
      ({ top, bottom, left, right }) =>
        top === row.number && bottom === top && right > left && row.texts.has(left),
    );

/** The names, with the group that stands above them where they would else be the same. */
function namesOf(
  row: FilledRow | undefined,
  rows: readonly FilledRow[],
  width: number,
  merged: MergedRanges,
): string[] {
  const names = row === undefined ? [] : lineOf(row.filled, width).map((name) => name.trim());
  const above = row && rows[rows.indexOf(row) - 1];
  const groups =
    above === undefined || above.number !== (row?.number ?? 0) - 1 ? [] : groupsIn(above, merged);
  return Array.from({ length: width }, (_, column) => {
    const name = names[column] ?? "";
    const group = groups.find(({ left, right }) => left <= column && column <= right);
    const text = group && above?.texts.get(group.left)?.trim();
    const twin = name !== "" && names.indexOf(name) !== names.lastIndexOf(name);
    return text !== undefined && twin ? `${text} ${name}` : name;
  });
}

/** The last row of the table: remarks of one cell, below an empty row, are none of it. */
function endOf({ tail, width }: SheetSurvey): { last: number; below: number } {
  const last = tail.at(-1)?.number ?? 0;
  if (width < 3) return { last, below: 0 };
  let below = 0;
  while (below < tail.length - 1 && tail[tail.length - 1 - below]?.texts.size === 1) below++;
  const end = tail[tail.length - 1 - below];
  const first = tail[tail.length - below];
  if (below === 0 || end === undefined || first === undefined || first.number === end.number + 1)
    return { last, below: 0 };
  return { last: end.number, below };
}
