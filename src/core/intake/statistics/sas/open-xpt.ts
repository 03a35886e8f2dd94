import type { FileBytes, OpenedFile } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { openStored, type StoredSheet } from "../open-stored.ts";
import { StoredText } from "../stored-text.ts";
import { sasColumn } from "./sas-column.ts";
import { headerOf, readLibrary, readMember, RECORD, XPT, type XptMember } from "./xpt-headers.ts";
import { xptRows } from "./xpt-rows.ts";

/**
 * Opens a SAS transport file of version 5 or 8 (SAS TS-140), each of its tables a sheet. Its encoding is not said: texts
 * that are no UTF-8 are read as windows-1252. Throws FaultError `file-damaged`.
 */
export async function openXpt(file: FileBytes): Promise<OpenedFile> {
  const cursor = new ByteCursor(file, XPT);
  const sheets: StoredSheet[] = [];
  try {
    await readLibrary(cursor);
    let next = (await cursor.atEnd()) ? undefined : await nextRecord(cursor);
    while (next !== undefined) {
      const member = await readMember(cursor, next);
      const { rows, header } = await countRows(cursor, member);
      sheets.push(sheetOf(file, member, rows));
      next = header;
    }
  } finally {
    await cursor.close();
  }
  return openStored(file.name, "xpt", "SAS transport file", sheets);
}

async function nextRecord(cursor: ByteCursor): Promise<string> {
  await cursor.need(RECORD, "a record");
  return String.fromCharCode(...cursor.take(RECORD));
}

/**
 * Goes over the rows of a table up to the next one, whose first record is `header`. The blanks that fill the last record
 * may look like rows; they are none.
 */
async function countRows(
  cursor: ByteCursor,
  member: XptMember,
): Promise<{ rows: number; header: string | undefined }> {
  const { rowLength } = member;
  const said = rowLength === 0 ? 0 : member.rows;
  if (said !== undefined) {
    const bytes = said * rowLength;
    if (!Number.isSafeInteger(bytes))
      throw cursor.damaged("It says that it has more rows than a file can hold.");
    await cursor.skip(bytes, "its rows");
    await cursor.reach(RECORD);
    const fill = (RECORD - (bytes % RECORD)) % RECORD;
    cursor.at += Math.min(fill, cursor.left);
    return { rows: said, header: (await cursor.atEnd()) ? undefined : await nextRecord(cursor) };
  }
  let bytes = 0;
  /** Blanks at the end of what was gone over, which never are more than a record for padding. */
  let blanks = 0;
  for (;;) {
    await cursor.reach(1 << 16);
    if (cursor.left === 0) break;
    if (cursor.left >= RECORD && startsMember(cursor)) {
      const header = await nextRecord(cursor);
      return { rows: wholeRows(cursor, bytes, blanks, rowLength), header };
    }
    const taken = cursor.take(Math.min(RECORD, cursor.left));
    bytes += taken.length;
    let end = taken.length;
    while (end > 0 && taken[end - 1] === 32) end--;
    blanks = end === 0 ? blanks + taken.length : taken.length - end;
  }
  return { rows: wholeRows(cursor, bytes, blanks, rowLength), header: undefined };
}

const MEMBER = new TextEncoder().encode("HEADER RECORD*******MEMB");

function startsMember({ bytes, at }: ByteCursor): boolean {
  if (bytes[at] !== MEMBER[0]) return false;
  if (!MEMBER.every((byte, i) => bytes[at + i] === byte)) return false;
  return headerOf(String.fromCharCode(...bytes.subarray(at, at + RECORD))) !== undefined;
}

function wholeRows(cursor: ByteCursor, bytes: number, blanks: number, rowLength: number): number {
  if (rowLength === 0) return 0;
  const filled = bytes - Math.min(blanks, RECORD - 1);
  const rows = Math.ceil(filled / rowLength);
  if (rows * rowLength > bytes) {
    throw cursor.damaged(
      `It ends at byte ${cursor.offset}, in the middle of row ${rows.toLocaleString("en")}.`,
    );
  }
  return rows;
}

function sheetOf(file: FileBytes, member: XptMember, rows: number): StoredSheet {
  const words = new StoredText(undefined, file.name, XPT);
  const columns = member.variables.map((variable) => sasColumn(variable, words));
  return {
    sheet: { name: words.decode(member.name), table: columns.length > 0, rows, columns: columns.length },
    stored: () => {
      const text = new StoredText(undefined, file.name, XPT);
      return Promise.resolve({
        columns,
        get notes() {
          return text.notes();
        },
        batches: () => xptRows(file, member, rows, text),
      });
    },
  };
}
