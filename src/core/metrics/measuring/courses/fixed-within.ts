import type { AlignedColumn } from "../align.ts";

/** Whether a column is the same, or missing, at every visit of each patient of table `side`. */
export function fixedWithin(cells: AlignedColumn, side: number, starts: Int32Array): boolean {
  const at = (cells.type === "numeric" ? cells.values[side] : cells.codes[side]) ?? [];
  for (let patient = 0; patient + 1 < starts.length; patient++) {
    const first = at[starts[patient] as number] as number;
    for (let row = (starts[patient] as number) + 1; row < (starts[patient + 1] as number); row++)
      if (!Object.is(at[row], first) && at[row] !== first) return false;
  }
  return true;
}
