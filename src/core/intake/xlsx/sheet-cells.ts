import { attribute, unescaped, unescapedCell, type TagWatch } from "./xml-tags.ts";

/** A cell as it is stored (ECMA-376 part 1, 18.3.1.4): its type, the number of its style and its value. */
export interface StoredCell {
  /** "n" number, "s" number of a shared text, "str" and "inlineStr" text, "b" truth, "e" error, "d" date */
  readonly type: string;
  readonly style: number;
  readonly value: string;
  /** It holds a formula of which no result is stored. */
  readonly uncalculated: boolean;
}

export interface RowWatch {
  /** `column` counts from 0 */
  cell(column: number, cell: StoredCell): void;
  /** A row has ended; `number` as the sheet shows it. Called for rows without any cell too. */
  row(number: number, hidden: boolean): void;
  merged(range: CellRange): void;
  hiddenColumns?(from: number, to: number): void;
}

/** Rows as the sheet numbers them, columns from 0; both ends belong to it. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const MOST_COLUMNS = 16_384;
export const MOST_ROWS = 1_048_576;

/** "BC12": row 12, column 54. Undefined for what is no such reference. */
export function cellAt(reference: string): { row: number; column: number } | undefined {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  const row = Number(reference.slice(at));
  if (!(column >= 1 && column <= MOST_COLUMNS && row >= 1 && row <= MOST_ROWS)) return undefined;
  return { row, column: column - 1 };
}

/** "C5": the way a person finds a cell. */
export function referenceOf(row: number, column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters + row;
}

/** Follows the XML of a sheet, row by row. */
export class SheetCells implements TagWatch {
  /** The data of the sheet has come to its end. */
  complete = false;
  private readonly watch: RowWatch;
  private row_ = 0;
  private hidden = false;
  private column = -1;
  private type = "n";
  private style = 0;
  private value: string | undefined;
  private inline = "";
  private formula = false;
  private reading: "value" | "inline" | undefined;
  private aside = false;

  constructor(watch: RowWatch) {
    this.watch = watch;
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case "c":
        this.openCell(attributes);
        break;
      case "v":
        this.reading = "value";
        this.value = "";
        break;
      case "t":
        if (!this.aside) this.reading = "inline";
        break;
      case "rPh":
        this.aside = true;
        break;
      case "f":
        this.formula = true;
        break;
      case "row":
        this.openRow(attributes);
        break;
      case "col":
        this.openColumn(attributes);
        break;
      case "mergeCell":
        this.merge(attribute(attributes, "ref") ?? "");
        break;
    }
  }

  text(text: string): void {
    if (this.reading === "value") this.value = (this.value ?? "") + text;
    else if (this.reading === "inline") this.inline += text;
  }

  close(name: string): void {
    if (name === "v" || name === "t") this.reading = undefined;
    else if (name === "c") this.closeCell();
    else if (name === "rPh") this.aside = false;
    else if (name === "row") this.watch.row(this.row_, this.hidden);
    else if (name === "sheetData") this.complete = true;
  }

  private openRow(attributes: string): void {
    const number = Number(attribute(attributes, "r") ?? this.row_ + 1);
    this.row_ = number >= 1 && number <= MOST_ROWS ? number : this.row_ + 1;
    this.hidden = /^(1|true)$/.test(attribute(attributes, "hidden") ?? "");
    this.column = -1;
  }

  private openCell(attributes: string): void {
    const reference = attribute(attributes, "r");
    const place = reference === undefined ? undefined : cellAt(reference);
    this.column = place?.column ?? this.column + 1;
    this.type = attribute(attributes, "t") ?? "n";
    this.style = Number(attribute(attributes, "s") ?? 0);
    this.value = undefined;
    this.inline = "";
    this.formula = false;
  }

  private closeCell(): void {
    const value = this.type === "inlineStr" ? this.inline : this.value;
    const uncalculated = this.formula && value === undefined;
    if ((value === undefined || value === "") && !uncalculated) return;
    if (this.column >= MOST_COLUMNS) return;
    const text = unescaped(value ?? "");
    const isText = this.type === "str" || this.type === "inlineStr";
    this.watch.cell(this.column, {
      type: this.type,
      style: this.style,
      value: isText ? unescapedCell(text) : text.trim(),
      uncalculated,
    });
  }

  private openColumn(attributes: string): void {
    if (!/^(1|true)$/.test(attribute(attributes, "hidden") ?? "")) return;
    const from = Number(attribute(attributes, "min"));
    this.watch.hiddenColumns?.(from - 1, Number(attribute(attributes, "max") ?? from) - 1);
  }

  private merge(reference: string): void {
    const [from, to] = reference.split(":").map(cellAt);
    if (from === undefined || to === undefined) return;
    this.watch.merged({
      top: Math.min(from.row, to.row),
      left: Math.min(from.column, to.column),
      bottom: Math.max(from.row, to.row),
      right: Math.max(from.column, to.column),
    });
  }
}
