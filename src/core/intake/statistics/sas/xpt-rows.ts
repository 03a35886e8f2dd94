import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { batchRows, type StoredBatch } from "../stored-table.ts";
import type { StoredText } from "../stored-text.ts";
import { ibmNumber, missingKind } from "./ibm-number.ts";
import { XPT, type XptMember } from "./xpt-headers.ts";

/** Rows of fixed length, `count` of them from byte `dataAt` on. Throws FaultError `file-damaged`. */
export async function* xptRows(
  file: FileBytes,
  { variables, rowLength, dataAt }: XptMember,
  count: number,
  text: StoredText,
): AsyncGenerator<StoredBatch, undefined> {
  const cursor = new ByteCursor(file, XPT);
  try {
    await cursor.skip(dataAt, "what stands before its rows");
    const most = Math.max(1, Math.min(batchRows(variables.length), Math.floor((1 << 22) / rowLength)));
    for (let done = 0; done < count;) {
      const rows = Math.min(most, count - done);
      await cursor.need(rows * rowLength, "its rows");
      const bytes = cursor.take(rows * rowLength);
      const kinds = new Map<number, Uint8Array>();
      const columns = variables.map(({ text: texts, length, at }, i) => {
        if (texts) {
          return Array.from({ length: rows }, (_, row) => {
            const from = row * rowLength + at;
            return text.decode(bytes.subarray(from, from + length));
          });
        }
        const values = new Float64Array(rows);
        for (let row = 0; row < rows; row++) {
          const from = row * rowLength + at;
          const value = ibmNumber(bytes, from, length);
          values[row] = value;
          if (value === value) continue;
          const kind = missingKind(bytes[from] as number);
          if (kind === 0) continue;
          const marks = kinds.get(i) ?? new Uint8Array(rows);
          marks[row] = kind;
          kinds.set(i, marks);
        }
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
