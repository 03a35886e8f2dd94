import type { CellTexts } from "./cell-texts.ts";
import type { FoundTable } from "./find-table.ts";
import type { CellRange, RowWatch, StoredCell } from "./sheet-cells.ts";
import { MergedRanges, type SheetSurvey } from "./survey-sheet.ts";

/** Turns the cells of a sheet into the records of its table. */
export class SheetRows implements RowWatch {
  readonly names: readonly string[];
  /** Nothing more will come: the sheet goes on below its table. */
  done = false;
  private readonly columns: readonly number[];
  private readonly found: FoundTable;
  private readonly texts: CellTexts;
  private readonly survey: SheetSurvey;
  private readonly ranges: MergedRanges;
  /** What stands in the top left of merged cells that have been met. */
  private readonly values = new Map<CellRange, string>();
  private cells: string[];
  private any = false;
  private ready: string[][] = [];

  constructor(survey: SheetSurvey, found: FoundTable, texts: CellTexts) {
    this.survey = survey;
    this.found = found;
    this.texts = texts;
    this.ranges = new MergedRanges(survey.ranges);
    this.cells = new Array<string>(survey.width).fill("");
    // A column without a name and without a value below it only keeps others apart.
    this.columns = found.names.flatMap((name, column) =>
      name === "" && !survey.valued(column, found.first) ? [] : [column],
    );
    this.names = this.columns.map((column) => found.names[column] as string);
  }

  cell(column: number, cell: StoredCell): void {
    if (column >= this.cells.length) return;
    const text = this.texts.textOf(cell, this.survey.moments.has(column));
    if (text === "") return;
    this.cells[column] = text;
    this.any = true;
  }

  row(number: number): void {
    if (number > this.found.last) this.done = true;
    if (!this.any || this.done) return;
    const { cells } = this;
    this.cells = new Array<string>(cells.length).fill("");
    this.any = false;
    for (const range of this.ranges.in(number)) this.fill(cells, range, number);
    if (number < this.found.first || this.found.sections.has(number)) return;
    this.ready.push(this.columns.map((column) => cells[column] as string));
  }

  /** Known from the survey. */
  merged(): void {}

  /** The records since the last call. */
  taken(): string[][] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  private fill(cells: string[], range: CellRange, number: number): void {
    if (range.top === number) this.values.set(range, cells[range.left] ?? "");
    const text = this.values.get(range) ?? "";
    if (range.bottom === number) this.values.delete(range);
    if (text === "") return;
    for (let column = range.left; column <= range.right && column < cells.length; column++)
      if (cells[column] === "") cells[column] = text;
  }
}
