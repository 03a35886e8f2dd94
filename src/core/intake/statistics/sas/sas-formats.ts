import { sasMoments } from "../moments.ts";
import type { StoredColumn } from "../stored-table.ts";

/** What a SAS format says of a column: “DATE9.”, “8.2”, “$30.”; what its numbers count; how it is stored. */
export function sasFormat(
  written: { readonly name: string; readonly width: number; readonly decimals: number },
  text: boolean,
  length: number,
): Pick<StoredColumn, "moments" | "storedAs"> {
  const name = written.name.trim().slice(0, 64).replace(/^\$/, "");
  const { width, decimals } = written;
  const digits = width > 0 ? String(width) : "";
  if (text) return { storedAs: name === "" ? `$${length}.` : `$${name}${digits}.` };
  const bare = name.replace(/\d+(\.\d*)?$/, "").replace(/\.$/, "");
  const moments = sasMoments(bare === "" ? name : bare);
  const storedAs =
    name === "" && digits === "" ? "BEST12." : `${name}${digits}.${decimals > 0 ? decimals : ""}`;
  return { storedAs, ...(moments && { moments }) };
}
