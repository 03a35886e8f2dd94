import Papa from "papaparse";
import { FaultError } from "../../../fault.ts";
import { ColumnCells, type RawCells } from "../column-cells.ts";
import { checkWidth, findHeader, namedRow } from "./header.ts";
import type { ColumnHints } from "../../hints.ts";
import type { MissingTokens } from "../../formats/missing-tokens.ts";
import type { NumberContext } from "../../formats/number-marks.ts";
import type { Repair } from "../../repair.ts";
import { RowShape } from "./row-shape.ts";
import { sampleRows, sniffDialect, type Sniffed } from "./sniff-dialect.ts";
import type { Dialect } from "../../table.ts";
import { remarkLabel, totalsLabel } from "../totals-rows.ts";
import type { Damage } from "../rows.ts";
import type { ReadRows } from "../rows.ts";

/** Told of every record of the file in its order: its cells, and which row of the columns they are, -1 for none. */
export type RecordWatch = (cells: readonly string[], row: number) => void;

/**
 * By whom a text was written that a reader of another format made, with commas, double quotes and line feeds. `typed`: the
 * names on the first line, every other record a row, missing only what is empty. `by hand`: as people fill sheets, so that
 * titles, units and sums may stand among the rows.
 */
export type Written = "typed" | "by hand";

export interface RowOptions {
  readonly watch?: RecordWatch;
  readonly written?: Written | undefined;
  /** The row of the names, counted from 1 with blank ones; 0: there are none. Left out: it is found. */
  readonly headerRow?: number | undefined;
}

const MADE: Sniffed = { delimiter: ",", quote: '"', newline: "\n", skip: 0 };

/** Lines of a quoted cell that a person is told of, whatever stands on them. */
const MANY_LINES = 40;

/** Characters without a complete row after which a quote is taken to be open for good. */
const LONGEST_ROW = 1 << 23;
/** A character that no table uses, for reading quotes as plain characters. */
const NO_QUOTE = "\u0001";

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly type: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

interface RaggedRow {
  readonly row: number;
  readonly line: number;
  readonly cells: readonly string[];
}

/** Text to rows to columns. Counts rows from 1 below the header, and lines of the file for faults. */
export class RowReader {
  /** Rows so far. */
  count = 0;
  private readonly file: string;
  private readonly tokens: MissingTokens;
  private readonly repair: Repair;
  private readonly context: NumberContext = { decimalComma: false, dayFirst: false };
  private notes: string[] = [];
  private dialect: Sniffed = { delimiter: ",", quote: '"', newline: "\n", skip: 0 };
  private parser = new Papa.Parser({});
  private rest = "";
  private line = 1;
  private names: readonly string[] = [];
  private hints: ColumnHints = new Map();
  private unnamed: ReadonlySet<number> = new Set();
  private headed = false;
  private repeated = 0;
  private emptyEnds = 0;
  private columns: ColumnCells[] = [];
  /** Lines still to come before the first row: what stands above the names, and the names. */
  private above = 0;
  private ragged: RaggedRow | undefined;
  private raggedCount = 0;
  private readonly raggedOthers: number[] = [];
  private trimmed = 0;
  private blank = 0;
  private damaged = false;
  private damage: Damage | undefined;
  private shape = new RowShape([], 0, ",", "\n");
  private long: { readonly line: number; readonly column: string; readonly lines: number } | undefined;
  private longOthers = 0;
  private titles = 0;
  private readonly shortTotals: string[] = [];
  private readonly watch: RecordWatch;
  private readonly written: Written | undefined;
  private readonly headerRow: number | undefined;

  constructor(file: string, tokens: MissingTokens, repair: Repair, options: RowOptions = {}) {
    this.file = file;
    this.tokens = tokens;
    this.repair = repair;
    this.watch = options.watch ?? (() => {});
    this.written = options.written;
    this.headerRow = options.headerRow ?? (options.written === undefined ? undefined : 1);
  }

  /** The first text of the file: settles dialect and header. `last` when the whole file is in it. */
  start(text: string, last: boolean): void {
    const body = text.replace(/^\ufeff/, "");
    if (body.trim() === "") throw new FaultError({ code: "file-empty", file: this.file });
    const sniffed = this.written === undefined ? sniffDialect(body, !last) : MADE;
    const quote = this.repair.literalQuotes === true ? NO_QUOTE : sniffed.quote;
    this.dialect = sniffed;
    this.parser = new Papa.Parser({
      delimiter: sniffed.delimiter,
      quoteChar: quote,
      newline: sniffed.newline === "\r" ? "\r" : "\n",
    });
    const rest = body.slice(sniffed.skip);
    if (sniffed.skip > 0) this.line++;
    const { delimiter, newline } = sniffed;
    const sample = sampleRows(rest, delimiter, quote, newline, !last);
    const above = this.headerRow && rowsAbove(rest, sniffed, quote, this.headerRow);
    this.header(
      sample.map((row) => this.mended(row)),
      above,
    );
    const lines = sampleRows(rest, delimiter, NO_QUOTE, newline, !last);
    this.shape = new RowShape(lines, this.names.length, delimiter, newline === "\r" ? "\r" : "\n");
    this.feed(rest, last);
  }

  /** `above`: records above the names, where their row was given; 0 with no names where that row is 0. */
  private header(sample: readonly string[][], above: number | undefined): void {
    if (sample.length === 0) throw this.endless();
    const given = above === undefined ? undefined : { above, headed: this.headerRow !== 0 };
    const header = this.written === "typed" ? namedRow(sample[0] as string[]) : findHeader(sample, given);
    this.names = header.names;
    this.hints = header.hints;
    this.headed = header.headed;
    this.unnamed = header.unnamed;
    this.notes.push(...header.notes);
    this.titles = header.above;
    this.above = header.above + (header.headed ? 1 : 0) + header.below;
    this.columns = this.names.map(() => new ColumnCells(this.tokens, this.context));
    this.context.decimalComma = this.dialect.delimiter === ";";
  }

  /** The first line goes on beyond what is read of any file's head. */
  private endless(): FaultError {
    return new FaultError({
      code: "file-binary",
      file: this.file,
      looksLike: "one line that does not end where a table's names would",
    });
  }

  /** The next text; `last` at the end of the file. */
  feed(text: string, last: boolean): void {
    const input = this.rest + text;
    const parsed = this.parser.parse(input, 0, !last) as Parsed;
    const used = last ? input.length : parsed.meta.cursor;
    const broken = parsed.errors.find(
      (error) => error.type === "Quotes" && (error.row ?? 0) < parsed.data.length,
    );
    const lines = newlines(input, used, this.dialect.newline);
    const severalLines = lines > parsed.data.length || (last && lines === parsed.data.length);
    if (text.includes("\ufffd")) this.damaged = true;
    parsed.data.forEach((row, i) => {
      if (broken?.row === i) throw this.unclosed(parsed.data, i);
      if (severalLines && this.written === undefined && this.repair.longQuotes !== true)
        this.checkLines(row, parsed.data, i);
      if (this.damaged) this.countDamage(row, parsed.data, i);
      const cells = this.mended(row);
      this.watch(cells, this.row(cells, parsed.data, i) ? this.count - this.raggedCount - 1 : -1);
    });
    this.line += lines;
    this.rest = last ? "" : input.slice(used);
    if (this.rest.length > LONGEST_ROW) throw this.tooLong();
  }

  /** A line that was read without quotes: with them where they open and close its cells. */
  private mended(row: string[]): string[] {
    const { delimiter, quote } = this.dialect;
    if (this.repair.literalQuotes !== true || !row.some((cell) => cell.startsWith(quote))) return row;
    const parser = new Papa.Parser({ delimiter, quoteChar: quote, newline: "\n" });
    const { data, errors } = parser.parse(row.join(delimiter), 0, false) as Parsed;
    return data.length === 1 && !errors.some(({ type }) => type === "Quotes") ? (data[0] as string[]) : row;
  }

  /** Quoted cells of several lines: throws where most of these look like rows, else remembers the odd ones. */
  private checkLines(row: readonly string[], all: readonly string[][], i: number): void {
    const mark = this.dialect.newline === "\r" ? "\r" : "\n";
    row.forEach((cell, at) => {
      if (!cell.includes(mark)) return;
      const { lines, rows } = this.shape.linesWithin(row, at);
      const before = row.slice(0, at).reduce((sum, one) => sum + newlines(one, one.length, mark), 0);
      const line = this.lineOf(all, i) + before;
      const column = this.names[at] ?? `column ${at + 1}`;
      if (rows > 0 && 2 * rows >= lines) {
        throw new FaultError({ code: "rows-in-quotes", row: this.count + 1, line, column, lines, rows });
      }
      if (rows === 0 && lines < MANY_LINES) return;
      if (this.long !== undefined) this.longOthers++;
      this.long ??= { line, column, lines: lines + 1 };
    });
  }

  private countDamage(row: readonly string[], all: readonly string[][], i: number): void {
    row.forEach((cell, at) => {
      const places = cell.split("\ufffd").length - 1;
      if (places === 0) return;
      const first = this.damage ?? {
        places: 0,
        line: this.lineOf(all, i),
        column: this.names[at] ?? `column ${at + 1}`,
      };
      this.damage = { ...first, places: first.places + places };
    });
  }

  /** `row` without empty cells beyond the names, as a delimiter at the end of each line makes them. */
  private cut(row: string[]): string[] {
    const width = this.names.length;
    if (row.length <= width || width === 0) return row;
    for (let at = width; at < row.length; at++) if ((row[at] as string).trim() !== "") return row;
    this.emptyEnds++;
    return row.slice(0, width);
  }

  /** Whether it is a row of the table. */
  private row(whole: string[], all: readonly string[][], i: number): boolean {
    const row = this.above > 0 ? whole : this.cut(whole);
    if (row.length === 1 && isBlank(row) && (this.names.length > 1 || i === all.length - 1)) return false;
    if (this.above > 0) {
      this.above--;
      return false;
    }
    if (this.written !== "typed" && row.length > 1 && row.length === this.names.length && isBlank(row)) {
      this.blank++;
      return false;
    }
    if (this.isHeaderAgain(row)) {
      this.repeated++;
      return false;
    }
    const label = this.written === "typed" || row.length === this.names.length ? undefined : totalsLabel(row);
    if (label !== undefined) {
      this.shortTotals.push(label);
      return false;
    }
    const remark = row.length === 1 ? remarkLabel(row, this.names.length) : undefined;
    if (remark !== undefined) {
      this.shortTotals.push(remark);
      return false;
    }
    this.count++;
    if (row.length !== this.names.length) {
      this.raggedCount++;
      if (this.ragged !== undefined && this.raggedOthers.length < 20) this.raggedOthers.push(this.count);
      this.ragged ??= { row: this.count, line: this.lineOf(all, i), cells: row };
      return false;
    }
    for (let column = 0; column < row.length; column++) {
      const cell = row[column] as string;
      (this.columns[column] as ColumnCells).push(this.trim(cell));
    }
    return true;
  }

  /** The line of names once more, as files put together from several have it. */
  private isHeaderAgain(row: readonly string[]): boolean {
    if (
      !this.headed ||
      this.written === "typed" ||
      row[0] !== this.names[0] ||
      row.length !== this.names.length ||
      row.length < 2
    )
      return false;
    return row.every((cell, i) => cell === this.names[i]);
  }

  private trim(cell: string): string {
    const length = cell.length;
    if (length === 0) return cell;
    const first = cell.charCodeAt(0);
    const last = cell.charCodeAt(length - 1);
    if (first > 32 && first < 127 && last > 32 && last < 127) return cell;
    const trimmed = cell.trim();
    if (trimmed.length < length && !(last === 13 && trimmed.length === length - 1)) this.trimmed++;
    return trimmed;
  }

  private lineOf(rows: readonly string[][], i: number): number {
    let line = this.line;
    for (let before = 0; before < i; before++) {
      line++;
      for (const cell of rows[before] as string[]) line += newlines(cell, cell.length, this.dialect.newline);
    }
    return line;
  }

  /** A row that does not end: of a quote that is never closed, or of too many cells. */
  private tooLong(): FaultError {
    if (this.rest.includes(this.dialect.quote)) return this.unclosed([], 0);
    checkWidth(this.rest.split(this.dialect.delimiter).length);
    return this.endless();
  }

  private unclosed(rows: readonly string[][], i: number): FaultError {
    return new FaultError({
      code: "unclosed-quote",
      row: this.count + (this.above > 0 ? 0 : 1),
      line: this.lineOf(rows, i),
    });
  }

  /** The columns, when the file has ended. Throws for a header alone and for ragged rows that were not allowed. */
  finish(): ReadRows {
    if (this.count === 0) {
      throw new FaultError({ code: "header-only", file: this.file, columns: this.names.length });
    }
    this.checkRagged();
    if (this.trimmed > 0) {
      this.notes.push(
        `${this.trimmed.toLocaleString("en")} cell${this.trimmed === 1 ? " has" : "s have"} spaces or tabs around the text; they are taken off.`,
      );
    }
    if (this.emptyEnds > 0) {
      this.notes.push(
        `${this.emptyEnds === this.count ? "Every row ends" : `${this.emptyEnds.toLocaleString("en")} row${this.emptyEnds === 1 ? " ends" : "s end"}`} in empty cells beyond the last name; they are left out.`,
      );
    }
    if (this.repeated > 0) {
      this.notes.push(
        `The line of names stands ${this.repeated === 1 ? "once" : `${this.repeated.toLocaleString("en")} times`} more among the rows; it is left out there.`,
      );
    }
    if (this.long !== undefined) {
      const { line, column, lines } = this.long;
      this.notes.push(
        `The quoted cell that opens on line ${line.toLocaleString("en")}, in “${column}”, goes on for ${lines.toLocaleString("en")} lines${this.longOthers === 0 ? "" : `; ${this.longOthers.toLocaleString("en")} more ${this.longOthers === 1 ? "cell is" : "cells are"} like it`}. If its quotes are stray, read quotes as ordinary text.`,
      );
    }
    const { names, cells } = this.withoutEmptyEnd();
    return {
      names,
      cells,
      hints: this.hints,
      rows: this.count - this.raggedCount,
      dialect: {
        delimiter: this.dialect.delimiter,
        quote: this.dialect.quote,
        newline: this.dialect.newline,
      },
      context: this.context,
      notes: this.notes,
      ...(this.damage && { damage: this.damage }),
      skipped: { above: this.titles, blank: this.blank, ragged: this.raggedCount },
      shortTotals: this.shortTotals,
    };
  }

  /** The columns without those at the end that have neither a name nor a cell. */
  private withoutEmptyEnd(): Pick<ReadRows, "names" | "cells"> {
    const cells = this.columns.map((column) => column.done());
    let width = this.names.length;
    const isEmpty = (at: number): boolean => {
      const column = cells[at] as RawCells;
      return column.type === "texts" && column.levels.every((text) => text === "");
    };
    while (width > 1 && this.unnamed.has(width - 1) && isEmpty(width - 1)) width--;
    if (width === this.names.length) return { names: this.names, cells };
    const left = this.names.slice(width);
    const note = `Column${left.length === 1 ? "" : "s"} ${left.map((_, i) => width + i + 1).join(", ")} ${left.length === 1 ? "has" : "have"} neither a name nor a cell and ${left.length === 1 ? "is" : "are"} left out.`;
    this.notes = [
      ...this.notes.filter((said) => !left.some((name) => said.includes(`it is called “${name}”`))),
      note,
    ];
    return { names: this.names.slice(0, width), cells: cells.slice(0, width) };
  }

  private checkRagged(): void {
    if (this.ragged === undefined) return;
    if (this.repair.skipRaggedRows !== true) {
      throw new FaultError({
        code: "ragged-row",
        row: this.ragged.row,
        line: this.ragged.line,
        cells: this.ragged.cells.length,
        expected: this.names.length,
        alsoRows: this.raggedCount - 1,
        otherRows: this.raggedOthers,
        raw: [...this.ragged.cells],
      });
    }
  }
}

const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === "");

function newlines(text: string, end: number, newline: Dialect["newline"]): number {
  const mark = newline === "\r" ? "\r" : "\n";
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && at < end; at = text.indexOf(mark, at + 1)) count++;
  return count;
}

/** Records that say something above row `headerRow` of the text. */
function rowsAbove(text: string, { delimiter, newline }: Sniffed, quote: string, headerRow: number): number {
  const parser = new Papa.Parser({
    delimiter,
    quoteChar: quote,
    newline: newline === "\r" ? "\r" : "\n",
    preview: headerRow - 1,
  });
  if (headerRow < 2) return 0;
  const { data } = parser.parse(text, 0, false) as Parsed;
  return data.filter((row) => row.length > 1 || !isBlank(row)).length;
}
