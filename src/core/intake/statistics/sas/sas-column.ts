import type { StoredColumn } from "../stored-table.ts";
import type { StoredText } from "../stored-text.ts";
import { sasFormat } from "./sas-formats.ts";

/** A variable as a SAS file describes it, its texts as bytes. */
export interface SasVariable {
  readonly name: Uint8Array;
  readonly label: Uint8Array;
  readonly format: { readonly name: Uint8Array; readonly width: number; readonly decimals: number };
  readonly text: boolean;
  /** place in its row, and bytes that it takes */
  readonly at: number;
  readonly length: number;
}

/** A variable of a SAS file as a column, its name, label and format in the file's encoding. */
export function sasColumn(
  { name, label, format, text, length }: SasVariable,
  words: StoredText,
): StoredColumn {
  const said = words.decode(label);
  return {
    name: words.decode(name),
    type: text ? "text" : "number",
    ...(said !== "" && { label: said }),
    ...sasFormat({ ...format, name: words.decode(format.name) }, text, length),
  };
}
