import { FaultError } from "../../../fault.ts";
import type { FileBytes, OpenedFile } from "../../file.ts";
import { openStored } from "../open-stored.ts";
import type { StoredTable } from "../stored-table.ts";
import { StoredText } from "../stored-text.ts";
import { describeSas } from "./sas-description.ts";
import { SAS_ENCODINGS } from "./sas-encodings.ts";
import { sasColumn } from "./sas-column.ts";
import { readSasHeader, SAS } from "./sas-pages.ts";
import { sasRows } from "./sas-rows.ts";

/**
 * Opens a SAS data set of 32 or 64 bits, of either byte order, packed or not (Shotwell and Cummins, “SAS7BDAT Database
 * Binary Format”). Throws FaultError `file-damaged`, `file-refused`.
 */
export async function openSas7bdat(file: FileBytes): Promise<OpenedFile> {
  const header = await readSasHeader(file);
  const encoding = SAS_ENCODINGS[header.encoding];
  if (encoding === undefined) {
    throw new FaultError({
      code: "file-refused",
      file: file.name,
      format: SAS,
      reason: `Its texts are written in SAS's encoding ${header.encoding}, which cannot be read here.`,
      remedy: "Save it in UTF-8 in SAS, then open that file.",
    });
  }
  const words = new StoredText(encoding, file.name, SAS);
  const description = await describeSas(file, header);
  const columns = description.variables.map((variable) => sasColumn(variable, words));
  const sheet = {
    name: file.name.replace(/\.sas7bdat$/i, ""),
    table: columns.length > 0,
    rows: description.rows,
    columns: columns.length,
  };
  const stored = (): Promise<StoredTable> => {
    const text = new StoredText(encoding, file.name, SAS);
    return Promise.resolve({
      columns,
      get notes() {
        return text.notes();
      },
      batches: () => sasRows(file, header, description, text),
    });
  };
  return openStored(file.name, "sas7bdat", "SAS data set", [{ sheet, stored }]);
}
