/** Characters that are turned into bytes at once. */
const BLOCK = 1 << 16;
const MARKS = /[",\r\n]/;

/** A cell as it stands in a record. */
export const writtenCell = (text: string): string =>
  MARKS.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Some records, one after another: to wait for each of them would take longer than to write it. */
export type RecordBlock = readonly (readonly string[])[];

/**
 * Records as the text that every reader makes of its format: UTF-8, commas, double quotes where a cell needs them, line
 * feeds. The first record is the names; all have the same number of cells.
 */
export async function* writeRecords(
  blocks: AsyncIterable<RecordBlock> | Iterable<RecordBlock>,
): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  let text = "";
  for await (const block of blocks) {
    for (const record of block) {
      text += `${record.map(writtenCell).join(",")}\n`;
      if (text.length < BLOCK) continue;
      yield encoder.encode(text);
      text = "";
    }
  }
  if (text !== "") yield encoder.encode(text);
  return undefined;
}
