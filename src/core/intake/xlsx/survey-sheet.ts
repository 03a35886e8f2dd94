import type { CellRange, RowWatch, StoredCell } from "./sheet-cells.ts";
import type { CellTexts } from "./cell-texts.ts";

/** A row that says something, as texts; cells that say nothing are left out. */
export interface SampleRow {
  readonly number: number;
  readonly texts: ReadonlyMap<number, string>;
}

/** Rows of a sheet's start that are kept to find its names, and of its end to find what stands below the table. */
const SAMPLE = 60;
const TAIL = 12;

/** Merged ranges that are followed. */
const MOST_MERGED = 200_000;

/** What has to be known of a sheet before its rows can be written, found in one pass over it. */
export class SheetSurvey implements RowWatch {
  /** Rows that say something. */
  rows = 0;
  /** Columns up to the last that says something. */
  width = 0;
  errors = 0;
  uncalculated = 0;
  firstUncalculated: { row: number; column: number } | undefined;
  hiddenRows = 0;
  readonly hidden: { from: number; to: number }[] = [];
  readonly ranges: CellRange[] = [];
  readonly sample: SampleRow[] = [];
  readonly tail: SampleRow[] = [];
  /** Rows in which one cell alone says something. */
  readonly singles = new Set<number>();
  /** Columns in which some date has a time of day. */
  readonly moments = new Set<number>();
  private texts = new Map<number, string>();
  private readonly cells: CellTexts;

  constructor(cells: CellTexts) {
    this.cells = cells;
  }

  cell(column: number, cell: StoredCell): void {
    const sort = this.cells.sortOf(cell);
    if (sort === "empty") return;
    if (sort === "error") this.errors++;
    if (sort === "uncalculated") {
      this.uncalculated++;
      this.firstUncalculated ??= { row: this.next, column };
    }
    if (sort === "moment") this.moments.add(column);
    const text = this.cells.textOf(cell, false);
    if (text === "") return;
    this.texts.set(column, text);
    if (column >= this.width) this.width = column + 1;
  }

  /** Whether a column says something in or below row `first`. */
  valued(column: number, first: number): boolean {
    return (this.lastRows[column] ?? 0) >= first;
  }

  private next = 1;
  /** By column, the last row in which it says something. */
  private readonly lastRows: number[] = [];

  row(number: number, hidden: boolean): void {
    this.next = number + 1;
    const { texts } = this;
    if (texts.size === 0) return;
    this.texts = new Map();
    this.rows++;
    if (texts.size === 1) this.singles.add(number);
    if (hidden) this.hiddenRows++;
    for (const column of texts.keys()) this.lastRows[column] = number;
    const row = { number, texts };
    if (this.sample.length < SAMPLE) this.sample.push(row);
    this.tail.push(row);
    if (this.tail.length > TAIL) this.tail.shift();
  }

  merged(range: CellRange): void {
    if (this.ranges.length < MOST_MERGED) this.ranges.push(range);
  }

  hiddenColumns(from: number, to: number): void {
    this.hidden.push({ from, to });
  }
}

/** Merged ranges by their rows, to say of a cell which one it lies in. */
export class MergedRanges {
  private readonly byRow = new Map<number, CellRange[]>();
  /** Ranges of very many rows, looked through one by one. */
  private readonly tall: CellRange[] = [];

  constructor(ranges: readonly CellRange[]) {
    for (const range of ranges) {
      if (range.bottom - range.top > 1000) {
        this.tall.push(range);
        continue;
      }
      for (let row = range.top; row <= range.bottom; row++) {
        const known = this.byRow.get(row);
        if (known === undefined) this.byRow.set(row, [range]);
        else known.push(range);
      }
    }
  }

  in(row: number): CellRange[] {
    const own = this.byRow.get(row) ?? [];
    if (this.tall.length === 0) return own;
    return [...own, ...this.tall.filter(({ top, bottom }) => top <= row && row <= bottom)];
  }
}
