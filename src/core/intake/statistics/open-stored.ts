import { FaultError } from "../../fault.ts";
import type { FileFormat, OpenedFile, Sheet } from "../file.ts";
import { storedAsText } from "./as-text.ts";
import type { StoredTable } from "./stored-table.ts";

/** A table that a file holds, and how it is read once it is chosen. */
export interface StoredSheet {
  readonly sheet: Sheet;
  stored(): Promise<StoredTable>;
}

/** A file of a statistics program with the tables that it holds. */
export function openStored(
  file: string,
  format: FileFormat,
  words: string,
  sheets: readonly StoredSheet[],
): OpenedFile {
  return {
    format,
    words,
    sheets: sheets.map(({ sheet }) => sheet),
    async text({ sheet }) {
      const known = sheets.map((it) => it.sheet.name);
      if (sheet === undefined && sheets.length > 1) {
        throw new FaultError({ code: "several-sheets", file, sheets: known });
      }
      const chosen = sheet === undefined ? sheets[0] : sheets.find((it) => it.sheet.name === sheet);
      if (chosen === undefined) {
        throw sheet === undefined
          ? new FaultError({ code: "no-sheet", file, holds: "no table" })
          : new FaultError({ code: "unknown-sheet", file, sheet, known });
      }
      return storedAsText(await chosen.stored());
    },
  };
}
