import Papa from "papaparse";
import { createDecoder, NotUtf8 } from "./file-bytes.ts";
import { findHeader } from "./header.ts";
import type { Written } from "./row-reader.ts";
import { sniffDialect } from "./sniff-dialect.ts";

/** The first rows of a text as they stand, blank ones among them. */
export interface FirstRows {
  readonly cells: readonly (readonly string[])[];
  /** the row of the names, counted from 1; 0: there are none */
  readonly header: number;
  readonly names: readonly string[];
}

/** Bytes that are looked at. */
const HEAD = 1 << 16;

/** At most `rows` rows from the start of a text, whose row of names is `headerRow` or is found. */
export async function firstRows(
  pieces: AsyncIterable<Uint8Array>,
  rows: number,
  { written, headerRow }: { written?: Written | undefined; headerRow?: number | undefined } = {},
): Promise<FirstRows> {
  const { text, cut } = await headOf(pieces);
  const sniffed =
    written === undefined ? sniffDialect(text, cut) : { delimiter: ",", quote: '"', newline: "\n", skip: 0 };
  const parser = new Papa.Parser({
    delimiter: sniffed.delimiter,
    quoteChar: sniffed.quote,
    newline: sniffed.newline === "\r" ? "\r" : "\n",
    preview: 200,
  });
  const { data } = parser.parse(text.slice(sniffed.skip), 0, cut) as { data: string[][] };
  const all = data.map((row) => row.map((cell) => cell.replace(/\r$/, "")));
  if (!cut && all.at(-1)?.join("") === "") all.pop();
  const header = headerRow ?? (written === "typed" ? 1 : headerOf(all));
  return { cells: all.slice(0, rows), header, names: header === 0 ? [] : (all[header - 1] ?? []) };
}

/** The row of the names, where blank rows count. */
function headerOf(rows: readonly (readonly string[])[]): number {
  const filled = rows.flatMap((row, i) => (row.length > 1 || (row[0] ?? "").trim() !== "" ? [i] : []));
  const { above, headed } = findHeader(filled.map((i) => rows[i] as readonly string[]));
  return headed ? (filled[above] ?? 0) + 1 : 0;
}

async function headOf(pieces: AsyncIterable<Uint8Array>): Promise<{ text: string; cut: boolean }> {
  const parts: number[] = [];
  let cut = false;
  for await (const piece of pieces) {
    for (const byte of piece.subarray(0, HEAD - parts.length)) parts.push(byte);
    cut = parts.length >= HEAD;
    if (cut) break;
  }
  const head = Uint8Array.from(parts);
  try {
    return {
      text: createDecoder(head)
        .decode(head, !cut)
        .replace(/^\ufeff/, ""),
      cut,
    };
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    return { text: createDecoder(head, "windows-1252").decode(head, true), cut };
  }
}
