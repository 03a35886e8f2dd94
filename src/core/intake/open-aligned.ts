import { cellsOf, isRuleLine, type Alignment } from "../table/read/lines/aligned-text.ts";
import type { FileBytes, SheetText } from "./file.ts";
import { writeRecords, type RecordBlock } from "./write-records.ts";

/** The text of `file`, whose columns stand under each other as `alignment` says. */
export async function alignedText(file: FileBytes, alignment: Alignment): Promise<SheetText> {
  const encoding = await encodingOf(file);
  const how =
    alignment.by === "runs"
      ? "Its columns are told apart by two spaces or more."
      : `Its columns stand under each other, ${alignment.cuts.length} of them; they were cut at their places.`;
  return {
    pieces: () => writeRecords(recordsOf(file, alignment, encoding)),
    hints: new Map(),
    notes: [how, ...(encoding === "utf-8" ? [] : [`The file was read as ${encoding}.`])],
    written: "by hand",
  };
}

type AlignedEncoding = "utf-8" | "windows-1252";

async function encodingOf(file: FileBytes): Promise<AlignedEncoding> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of file.pieces()) decoder.decode(piece, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch (error) {
    if (error instanceof TypeError) return "windows-1252";
    throw error;
  }
}

async function* recordsOf(
  file: FileBytes,
  alignment: Alignment,
  encoding: AlignedEncoding,
): AsyncGenerator<RecordBlock> {
  const decoder = new TextDecoder(encoding);
  let rest = "";
  const cut = (lines: readonly string[]): RecordBlock =>
    lines
      .filter((line) => line.trim() !== "" && !isRuleLine(line))
      .map((line) => cellsOf(line, alignment).map((cell) => (cell === "." ? "" : cell)));
  for await (const piece of file.pieces()) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    yield cut(lines);
  }
  yield cut([rest + decoder.decode()]);
}
