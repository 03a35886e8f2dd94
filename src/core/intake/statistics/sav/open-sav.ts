import type { FileBytes, OpenedFile } from "../../file.ts";
import { openStored } from "../open-stored.ts";
import { StoredText } from "../stored-text.ts";
import { declaredEncoding, savColumns } from "./sav-columns.ts";
import { readDictionary, SAV } from "./sav-dictionary.ts";
import { savRows } from "./sav-rows.ts";

/**
 * Opens an SPSS system file, .sav or .zsav, of either byte order (GNU PSPP, “System File Format”). Throws FaultError
 * `file-damaged`, `file-refused`.
 */
export async function openSav(file: FileBytes): Promise<OpenedFile> {
  const dictionary = await readDictionary(file);
  const text = new StoredText(declaredEncoding(dictionary), file.name, SAV);
  const columns = savColumns(dictionary, text);
  return openStored(file.name, "sav", "SPSS file", [
    {
      sheet: {
        name: file.name.replace(/\.z?sav$/i, ""),
        table: true,
        columns: columns.length,
        ...(dictionary.rows >= 0 && { rows: dictionary.rows }),
      },
      stored: () =>
        Promise.resolve({
          columns: columns.map(({ column }) => column),
          get notes() {
            return text.notes();
          },
          batches: () => savRows(file, dictionary, columns, text),
        }),
    },
  ]);
}
