import type { FileBytes, OpenedFile } from "../../file.ts";
import { stataMoments } from "../moments.ts";
import { openStored } from "../open-stored.ts";
import { StoredText } from "../stored-text.ts";
import type { StoredColumn, StoredTable } from "../stored-table.ts";
import { DTA, readHeader, type DtaHeader } from "./dta-header.ts";
import { dtaRows } from "./dta-rows.ts";
import { readLabelSets, readTexts } from "./dta-tail.ts";

/**
 * Opens a Stata file of format 113 to 119, of either byte order. Throws FaultError `file-damaged`, `file-refused`.
 */
export async function openDta(file: FileBytes): Promise<OpenedFile> {
  const header = await readHeader(file);
  return openStored(file.name, "dta", "Stata file", [
    {
      sheet: {
        name: file.name.replace(/\.dta$/i, ""),
        table: header.variables.length > 0,
        rows: header.rows,
        columns: header.variables.length,
      },
      stored: () => storedOf(file, header),
    },
  ]);
}

async function storedOf(file: FileBytes, header: DtaHeader): Promise<StoredTable> {
  const text = new StoredText(header.version >= 118 ? "utf-8" : undefined, file.name, DTA);
  const sets = await readLabelSets(file, header, text);
  const long = header.variables.some(({ type }) => type === "strL");
  const texts = long ? await readTexts(file, header, text) : new Map<string, string>();
  const columns = header.variables.map(({ type, name, label, format, labels }): StoredColumn => {
    const written = text.decode(format);
    const words = text.decode(label);
    const number = typeof type === "string" && type !== "strL";
    const moments = number ? stataMoments(written) : undefined;
    const set = number ? sets.get(text.decode(labels)) : undefined;
    return {
      name: text.decode(name),
      type: number ? "number" : "text",
      storedAs: written,
      ...(type === "float" && { single: true }),
      ...(words !== "" && { label: words }),
      ...(moments && { moments }),
      ...(set && { labels: set }),
    };
  });
  return {
    columns,
    get notes() {
      return text.notes();
    },
    batches: () => dtaRows(file, header, text, texts),
  };
}
