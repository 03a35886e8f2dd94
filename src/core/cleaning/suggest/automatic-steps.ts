import type { CleaningStep } from "../../table/cleaning-step.ts";
import type { CellReading, ReadRows } from "../../table/read/rows.ts";
import { twoNumbers } from "./two-numbers.ts";

/**
 * Steps that reading takes by itself, because nothing is lost by them and without them the cells cannot be learned: blood
 * pressures, two numbers in one cell, become two columns.
 */
export function automaticSteps(rows: ReadRows, reading: CellReading): CleaningStep[] {
  return rows.names.flatMap((name, i) => {
    const cells = rows.cells[i];
    if (cells?.type !== "texts") return [];
    const pair = twoNumbers(name, rows.names, cells, reading);
    return pair?.pressure === true ? [pair.step] : [];
  });
}
