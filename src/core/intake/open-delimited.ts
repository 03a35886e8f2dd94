import { FaultError } from "../fault.ts";
import { looksBinary } from "../table/read/lines/file-bytes.ts";
import { HEAD } from "./archives/inner-file.ts";
import type { FileBytes, OpenedFile, SheetText } from "./file.ts";
import { findAlignment } from "../table/read/lines/aligned-text.ts";
import { alignedText } from "./open-aligned.ts";

/** A delimited text is its own table. Rejects with FaultError `file-empty` and `file-binary`. */
export async function openDelimited(file: FileBytes): Promise<OpenedFile> {
  const head = await file.slice(0, HEAD);
  if (head.length === 0) throw new FaultError({ code: "file-empty", file: file.name });
  const looksLike = looksBinary(head);
  if (looksLike !== undefined) throw new FaultError({ code: "file-binary", file: file.name, looksLike });
  const sample = new TextDecoder("latin1").decode(head).replace(/^ï»¿/, "");
  const alignment = findAlignment(sample, file.size > head.length);
  const own = (): Promise<SheetText> =>
    alignment === undefined
      ? Promise.resolve({ pieces: () => file.pieces(), hints: new Map(), notes: [] })
      : alignedText(file, alignment);
  return {
    format: "delimited",
    words: alignment === undefined ? "Delimited text" : "Aligned text",
    sheets: [{ name: file.name, table: true }],
    text: ({ sheet }) =>
      sheet === undefined || sheet === file.name
        ? own()
        : Promise.reject(
            new FaultError({ code: "unknown-sheet", file: file.name, sheet, known: [file.name] }),
          ),
  };
}
