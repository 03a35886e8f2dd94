import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { batchRows, type StoredBatch } from "../stored-table.ts";
import type { StoredText } from "../stored-text.ts";
import { unpacked } from "./sav-blocks.ts";
import type { SavColumn } from "./sav-columns.ts";
import { SAV, type SavDictionary } from "./sav-dictionary.ts";
import { ByteCodes, PlainElements, type Elements } from "./sav-elements.ts";

/** Bytes asked for at once. */
const BLOCK = 1 << 19;

/** The rows of a system file, however they are packed. Throws FaultError `file-damaged`. */
export async function* savRows(
  file: FileBytes,
  dictionary: SavDictionary,
  columns: readonly SavColumn[],
  text: StoredText,
): AsyncGenerator<StoredBatch, undefined> {
  const { dataAt, compression, littleEndian, bias, rows } = dictionary;
  const source =
    compression === 2 ? { name: file.name, pieces: () => unpacked(file, dataAt, littleEndian) } : file;
  const cursor = new ByteCursor(source, SAV);
  cursor.littleEndian = littleEndian;
  try {
    if (compression !== 2) await cursor.skip(dataAt, "its dictionary");
    const elements = compression === 0 ? new PlainElements(cursor) : new ByteCodes(cursor, bias);
    const count = columns.reduce(
      (sum, { segments }) => sum + (segments.length === 0 ? 1 : elementsOf(segments)),
      0,
    );
    if (count === 0) throw cursor.damaged("It has no column.");
    const most = batchRows(columns.length);
    const room = 9 * count + 16;
    for (let done = 0; rows < 0 || done < rows;) {
      const into = columns.map(({ segments }) =>
        segments.length === 0 ? new Float64Array(most) : new Array<string>(),
      );
      let row = 0;
      for (; row < most && (rows < 0 || done + row < rows); row++) {
        if (cursor.left < room) await cursor.reach(Math.max(BLOCK, room));
        if (!elements.begins()) break;
        readRow(elements, columns, into, row, text);
      }
      if (row > 0)
        yield {
          rows: row,
          columns: into.map((cells) => (cells instanceof Float64Array ? cells.subarray(0, row) : cells)),
        };
      done += row;
      if (row < most && (rows < 0 || done < rows)) {
        if (rows >= 0)
          throw cursor.damaged(
            `It ends after ${done.toLocaleString("en")} of ${rows.toLocaleString("en")} rows.`,
          );
        return undefined;
      }
    }
  } finally {
    await cursor.close();
  }
  return undefined;
}

const elementsOf = (segments: readonly number[]): number =>
  segments.reduce((sum, width) => sum + Math.ceil(width / 8), 0);

function readRow(
  elements: Elements,
  columns: readonly SavColumn[],
  into: readonly (Float64Array | string[])[],
  row: number,
  text: StoredText,
): void {
  for (let i = 0; i < columns.length; i++) {
    const { segments, width } = columns[i] as SavColumn;
    const cells = into[i] as Float64Array | string[];
    if (cells instanceof Float64Array) cells[row] = elements.number();
    else cells.push(readText(elements, segments, width, text));
  }
}

let scratch = new Uint8Array(1024);

/** A text over its segments; the bytes that fill the last element of each are left away. */
function readText(elements: Elements, segments: readonly number[], width: number, text: StoredText): string {
  const whole = elementsOf(segments) * 8;
  if (scratch.length < whole) scratch = new Uint8Array(whole);
  let length = 0;
  for (const segment of segments) {
    for (let filled = 0; filled < segment; filled += 8) elements.bytes(scratch, length + filled);
    length += segment;
  }
  return text.decode(scratch.subarray(0, Math.min(length, width)));
}
