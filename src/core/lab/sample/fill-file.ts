import { FaultError } from "../../fault.ts";
import {
  followFile,
  type FileRecord,
  type FileStretch,
  type FollowOptions,
} from "../../table/read/follow-file.ts";
import { isMissing, isMissingNumber, missingTokens } from "../../table/formats/missing-tokens.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { isMissingCell } from "../../table/table.ts";
import { textEncoder } from "../../table/formats/text-coding.ts";
import { cellWriters, quoter } from "../../table/write-csv.ts";
import { asLearned, completeBlocks, learnedPlaces } from "./complete.ts";
import { emptyByRule, type EmptyByRule } from "./empty-by-rule.ts";
import { handOver } from "./hand-over.ts";
import type { TrainedModel } from "../model-file/model-file.ts";

export interface FillRequest extends FollowOptions {
  /** The file that the table was read from. */
  readonly source: AsyncIterable<Uint8Array>;
  readonly seed: number;
  /** Fills in what is empty by rule too. */
  readonly fillAll?: boolean;
}

/** A stretch of the filled file. */
export interface FilledPart {
  readonly bytes: Uint8Array;
  /** The same stretch of the list of filled cells: their record as a spreadsheet numbers it, column and value. */
  readonly list: Uint8Array;
  /** rows of the table so far */
  readonly rows: number;
  /** cells filled so far */
  readonly cells: number;
  /** empty cells so far for which no value goes with the rest of their row */
  readonly unfilled: number;
}

/**
 * The file of `table` with the empty cells of the columns that `model` learned filled in, and the list of those cells. It
 * is written from the file's own text: only cells that are empty there, or hold a text that means missing, are replaced.
 * All others, cells that could not be read, rows of totals and lines that are no rows come back as they stand, character
 * for character. What is empty by rule stays empty unless it is asked for. Rejects with FaultError `columns-differ` where
 * a learned column is missing or holds another kind of cells, `file-changed`, `file-unkept`.
 */
export async function* fillFile(
  model: TrainedModel,
  table: Table,
  { source, seed, fillAll, ...options }: FillRequest,
): AsyncGenerator<FilledPart, undefined> {
  const fitting = asLearned(table, model);
  const all = fillAll === true;
  const blocks = completeBlocks(model, fitting, seed, all);
  const filler = new Filler(fitting, model, blocks, all ? [] : await emptyByRule(table));
  const { dialect } = table.schema;
  const encode = textEncoder(dialect.encoding);
  const given = new Fingerprint();
  const kept = new Fingerprint();
  const mark = encode(dialect.bom ? "\ufeff" : "");
  const head = encode(["spreadsheet_row", "column", "value"].join(dialect.delimiter) + dialect.newline);
  kept.add(mark);
  yield { bytes: mark, list: join(mark, head), rows: 0, cells: 0, unfilled: 0 };
  try {
    yield* handOver<FilledPart>((give) =>
      followFile(watched(source, given), table, options, async (stretch) => {
        kept.add(encode(stretch.text));
        const { text, list } = await filler.fill(stretch);
        const { rows, cells, unfilled } = filler;
        await give({ bytes: encode(text), list: encode(list), rows, cells, unfilled });
      }),
    );
  } finally {
    await filler.end();
  }
  if (!given.equals(kept))
    throw new FaultError({ code: "file-unkept", file: options.name, encoding: dialect.encoding });
  return undefined;
}

/** Puts made cells into the text of the file, record by record, block by block. */
class Filler {
  rows = 0;
  cells = 0;
  unfilled = 0;
  private readonly fitting: Table;
  private readonly places: readonly number[];
  private readonly blocks: AsyncGenerator<Table>;
  private readonly left: ReadonlyMap<string, readonly Uint8Array[]>;
  private readonly writers: ReturnType<typeof cellWriters>;
  private readonly isEmpty: readonly ((text: string) => boolean)[];
  private block: { readonly first: number; readonly end: number; readonly columns: readonly Column[] } = {
    first: 0,
    end: 0,
    columns: [],
  };
  private texts: readonly ((row: number) => string)[] = [];

  constructor(
    fitting: Table,
    model: TrainedModel,
    blocks: AsyncGenerator<Table>,
    rules: readonly EmptyByRule[],
  ) {
    this.fitting = fitting;
    this.places = learnedPlaces(fitting, model);
    this.blocks = blocks;
    const left = new Map<string, Uint8Array[]>();
    for (const { column, rows } of rules) left.set(column, [...(left.get(column) ?? []), rows]);
    this.left = left;
    this.writers = cellWriters(fitting.schema, { source: fitting });
    const tokens = missingTokens(fitting.schema.missingTokens);
    this.isEmpty = fitting.schema.columns.map(({ number, date }) => {
      const meansMissing = number !== undefined || date !== undefined ? isMissingNumber : isMissing;
      return (text) => meansMissing(text.trim(), tokens);
    });
  }

  async fill({ text, records }: FileStretch): Promise<{ text: string; list: string }> {
    let filled = "";
    let list = "";
    let from = 0;
    for (const record of records) {
      if (record.row < 0) continue;
      this.rows++;
      const gaps = this.places.filter((place) => this.isGap(record, place));
      if (gaps.length === 0) continue;
      await this.reach(record.row);
      for (const place of gaps.sort((a, b) => a - b)) {
        const cell = this.made(record.row, place);
        if (cell === undefined) {
          this.unfilled++;
          continue;
        }
        const start = record.spans.starts[place] as number;
        const end = record.spans.ends[place] as number;
        filled += text.slice(from, start) + this.quotedAs(text.slice(start, end), cell);
        from = end;
        list += this.listed(record, place, cell);
        this.cells++;
      }
    }
    return { text: filled + text.slice(from), list };
  }

  end(): Promise<unknown> {
    return this.blocks.return(undefined);
  }

  private isGap({ row, cells }: FileRecord, place: number): boolean {
    if (!isMissingCell(this.fitting.columns[place] as Column, row)) return false;
    if (this.isEmpty[place]?.(cells[place] ?? "") !== true) return false;
    const { name } = this.fitting.schema.columns[place] as ColumnSchema;
    return this.left.get(name)?.some((rows) => rows[row] === 1) !== true;
  }

  private async reach(row: number): Promise<void> {
    while (row >= this.block.end) {
      const next = await this.blocks.next();
      if (next.done === true) return;
      const first = this.block.end;
      const { columns, rows } = next.value;
      this.block = { first, end: first + rows, columns };
      this.texts = this.places.map((place, i) =>
        (this.writers[place] as (column: Column) => (row: number) => string)(columns[i] as Column),
      );
    }
  }

  /** The made cell as it is written; undefined where the model has none. */
  private made(row: number, place: number): string | undefined {
    const i = this.places.indexOf(place);
    const at = row - this.block.first;
    return isMissingCell(this.block.columns[i] as Column, at) ? undefined : this.texts[i]?.(at);
  }

  /** In quotes where the empty cell was. */
  private quotedAs(before: string, cell: string): string {
    const { quote } = this.fitting.schema.dialect;
    return before.startsWith(quote) && !cell.startsWith(quote) ? quote + cell + quote : cell;
  }

  private listed({ record }: FileRecord, place: number, cell: string): string {
    const { dialect, columns } = this.fitting.schema;
    const name = quoter(dialect)((columns[place] as ColumnSchema).name);
    return [record, name, cell].join(dialect.delimiter) + dialect.newline;
  }
}

async function* watched(source: AsyncIterable<Uint8Array>, print: Fingerprint): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    print.add(piece);
    yield piece;
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Tells whether two streams of bytes are the same (FNV-1a). */
class Fingerprint {
  private hash = 0x811c9dc5;
  private length = 0;

  add(bytes: Uint8Array): void {
    let { hash } = this;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
    this.hash = hash;
    this.length += bytes.length;
  }

  equals({ hash, length }: Fingerprint): boolean {
    return this.hash === hash && this.length === length;
  }
}
