import type { FileBytes } from "../../file.ts";
import { batchRows, type StoredBatch } from "../stored-table.ts";
import type { StoredText } from "../stored-text.ts";
import type { SasVariable } from "./sas-column.ts";
import { packedRow, type SasDescription } from "./sas-description.ts";
import { sasPages, type SasHeader } from "./sas-pages.ts";
import { unpackRow } from "./unpack-row.ts";

/** The rows of a SAS data set that were not deleted. Throws FaultError `file-damaged`. */
export async function* sasRows(
  file: FileBytes,
  header: SasHeader,
  description: SasDescription,
  text: StoredText,
): AsyncGenerator<StoredBatch, undefined> {
  const { rowLength, rows, packing, variables } = description;
  const most = batchRows(variables.length);
  const batch = new Batch(variables, header.littleEndian, text, most);
  let stored = 0;
  let deleted = 0;
  let last;
  for await (const { page, cursor } of sasPages(file, header)) {
    last = cursor;
    for (const place of page.subheaders) {
      const what = packing === "none" ? undefined : packedRow(page, place, header);
      if (what === undefined) continue;
      const packed = page.bytes.subarray(place.at, place.at + place.length);
      const row = packed.length === rowLength ? packed : unpackRow(packing, packed, rowLength);
      stored++;
      if (what === "deleted") deleted++;
      if (what === "deleted") continue;
      if (row === undefined) throw cursor.damaged(`Row ${stored.toLocaleString("en")} cannot be unpacked.`);
      batch.add(row);
      if (batch.rows === most) yield batch.done();
    }
    if (!page.fits(rowLength))
      throw cursor.damaged(
        `The page before byte ${cursor.offset} says that it has more rows than it has room for.`,
      );
    for (let i = 0; i < page.rows; i++) {
      stored++;
      if (page.isDeleted(i, rowLength)) deleted++;
      else batch.add(page.row(i, rowLength));
      if (batch.rows === most) yield batch.done();
    }
  }
  if (batch.rows > 0) yield batch.done();
  if (stored !== rows && stored - deleted !== rows && last !== undefined) {
    throw last.damaged(
      `It says that it has ${rows.toLocaleString("en")} rows, and has ${stored.toLocaleString("en")}.`,
    );
  }
  return undefined;
}

/** Rows that are gathered by column. */
class Batch {
  rows = 0;
  private columns: (Float64Array | string[])[] = [];
  private kinds = new Map<number, Uint8Array>();
  private readonly scratch = new Uint8Array(8);
  private readonly number = new DataView(this.scratch.buffer);
  private readonly variables: readonly SasVariable[];
  private readonly littleEndian: boolean;
  private readonly text: StoredText;
  private readonly most: number;

  constructor(variables: readonly SasVariable[], littleEndian: boolean, text: StoredText, most: number) {
    this.variables = variables;
    this.littleEndian = littleEndian;
    this.text = text;
    this.most = most;
    this.begin();
  }

  private begin(): void {
    this.rows = 0;
    this.columns = this.variables.map(({ text }) => (text ? [] : new Float64Array(this.most)));
    this.kinds = new Map();
  }

  add(row: Uint8Array): void {
    for (let i = 0; i < this.variables.length; i++) {
      const { at, length } = this.variables[i] as SasVariable;
      const cells = this.columns[i] as Float64Array | string[];
      if (cells instanceof Float64Array) cells[this.rows] = this.value(row, at, length, i);
      else cells.push(this.text.decode(row.subarray(at, at + length)));
    }
    this.rows++;
  }

  /** A number whose last bytes may have been left away. */
  private value(row: Uint8Array, at: number, length: number, column: number): number {
    this.scratch.fill(0);
    const to = this.littleEndian ? 8 - length : 0;
    for (let i = 0; i < length; i++) this.scratch[to + i] = row[at + i] as number;
    const value = this.number.getFloat64(0, this.littleEndian);
    if (value === value) return value;
    const kind = kindOf(~(this.scratch[this.littleEndian ? 5 : 2] as number) & 0xff);
    if (kind > 0) {
      const marks = this.kinds.get(column) ?? new Uint8Array(this.most);
      marks[this.rows] = kind;
      this.kinds.set(column, marks);
    }
    return NaN;
  }

  done(): StoredBatch {
    const { rows, columns, kinds } = this;
    this.begin();
    return {
      rows,
      columns: columns.map((cells) => (cells instanceof Float64Array ? cells.subarray(0, rows) : cells)),
      kinds,
    };
  }
}

const UNDERSCORE = 0x5f;
const A = 0x41;
const Z = 0x5a;

/** The letter of a kind of missing, written as itself or as its place behind 2; 0 for the common kind. */
function kindOf(tag: number): number {
  if (tag === 0 || tag === UNDERSCORE) return UNDERSCORE;
  if (tag >= A && tag <= Z) return tag;
  return tag >= 2 && tag < 28 ? A + tag - 2 : 0;
}
