import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { batchRows, type StoredBatch } from "../stored-table.ts";
import type { StoredText } from "../stored-text.ts";
import { bytesOf, DTA, ended, type DtaHeader, type DtaType } from "./dta-header.ts";

const LETTER = 96;

/** The rows of a Stata file. `texts`: those of strL columns. Throws FaultError `file-damaged`. */
export async function* dtaRows(
  file: FileBytes,
  header: DtaHeader,
  text: StoredText,
  texts: ReadonlyMap<string, string>,
): AsyncGenerator<StoredBatch, undefined> {
  const { variables, rowLength, dataAt, rows: count, littleEndian, version } = header;
  const cursor = new ByteCursor(file, DTA);
  try {
    await cursor.skip(dataAt, "what stands before its rows");
    const most = Math.max(
      1,
      Math.min(batchRows(variables.length), Math.floor((1 << 22) / Math.max(1, rowLength))),
    );
    for (let done = 0; done < count;) {
      const rows = Math.min(most, count - done);
      await cursor.need(rows * rowLength, `row ${(done + 1).toLocaleString("en")} or one after it`);
      const bytes = cursor.take(rows * rowLength);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const kinds = new Map<number, Uint8Array>();
      let at = 0;
      const columns = variables.map(({ type }, i) => {
        const from = at;
        at += bytesOf(type);
        if (type === "strL")
          return longTexts(view, from, rows, rowLength, version, littleEndian, texts, cursor);
        if (typeof type === "number") {
          return Array.from({ length: rows }, (_, row) => {
            const start = row * rowLength + from;
            return text.decode(ended(bytes.subarray(start, start + type)));
          });
        }
        const marks = new Uint8Array(rows);
        const values = numbers(type, view, from, rows, rowLength, littleEndian, marks);
        if (marks.some((mark) => mark > 0)) kinds.set(i, marks);
        return values;
      });
      yield { rows, columns, kinds };
      done += rows;
    }
  } finally {
    await cursor.close();
  }
  return undefined;
}

/** Numbers beyond the last one of their type are missing: “.”, then “.a” to “.z”. */
function numbers(
  type: Exclude<DtaType, number | "strL">,
  view: DataView,
  from: number,
  rows: number,
  rowLength: number,
  littleEndian: boolean,
  marks: Uint8Array,
): Float64Array {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = row * rowLength + from;
    let kind = -1;
    if (type === "byte") {
      const value = view.getInt8(at);
      values[row] = value;
      if (value > 100) kind = value - 101;
    } else if (type === "int") {
      const value = view.getInt16(at, littleEndian);
      values[row] = value;
      if (value > 32740) kind = value - 32741;
    } else if (type === "long") {
      const value = view.getInt32(at, littleEndian);
      values[row] = value;
      if (value > 2_147_483_620) kind = value - 2_147_483_621;
    } else if (type === "float") {
      values[row] = view.getFloat32(at, littleEndian);
      const high = view.getUint32(at, littleEndian);
      if (high >= 0x7f000000 && high <= 0x7fffffff) kind = Math.min(26, (high - 0x7f000000) >> 11);
    } else {
      values[row] = view.getFloat64(at, littleEndian);
      const high = view.getUint32(littleEndian ? at + 4 : at, littleEndian);
      if (high >= 0x7fe00000 && high <= 0x7fffffff) kind = Math.min(26, (high - 0x7fe00000) >> 8);
    }
    if (kind < 0) continue;
    values[row] = NaN;
    if (kind > 0) marks[row] = LETTER + kind;
  }
  return values;
}

function longTexts(
  view: DataView,
  from: number,
  rows: number,
  rowLength: number,
  version: number,
  littleEndian: boolean,
  texts: ReadonlyMap<string, string>,
  cursor: ByteCursor,
): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const key = placeOf(view, row * rowLength + from, version, littleEndian);
    if (key === "0,0") return "";
    const found = texts.get(key);
    if (found === undefined)
      throw cursor.damaged(`A long text of row ${row + 1} or one like it is not in the file.`);
    return found;
  });
}

/** v and o of a strL cell: 4 and 4 bytes in version 117, 2 and 6 in 118, 3 and 5 in 119. */
function placeOf(view: DataView, at: number, version: number, littleEndian: boolean): string {
  const first = version === 117 ? 4 : version === 118 ? 2 : 3;
  const whole = (from: number, length: number): number => {
    let value = 0;
    for (let i = 0; i < length; i++)
      value = value * 256 + view.getUint8(littleEndian ? from + length - 1 - i : from + i);
    return value;
  };
  return `${whole(at, first)},${whole(at + first, 8 - first)}`;
}
