import { FaultError } from "../fault.ts";
import type { Repair } from "./repair.ts";

/** Most columns that the lab reads. */
export const COLUMN_LIMIT = 2000;

/** Refuses tables that are too wide, before their rows are read. */
export function checkWidth(columns: number): void {
  if (columns > COLUMN_LIMIT) {
    throw new FaultError({ code: "too-many-columns", columns, limit: COLUMN_LIMIT });
  }
}

/**
 * Names as they are used: trimmed, empty ones numbered by position, twins numbered where the repair allows it.
 * Throws FaultError `duplicate-column`.
 */
export function columnNames(cells: readonly string[], repair: Repair): { names: string[]; notes: string[] } {
  const notes: string[] = [];
  const given = new Set(cells.map((cell) => cell.trim()));
  const fresh = (wish: string): string => {
    let name = wish;
    for (let n = 2; given.has(name); n++) name = `${wish}_${n}`;
    given.add(name);
    return name;
  };
  const seen = new Set<string>();
  const names = cells.map((cell, i) => {
    const name = cell.trim();
    if (name === "") {
      const made = fresh(`column_${i + 1}`);
      notes.push(`Column ${i + 1} has no name; it is called “${made}”.`);
      return made;
    }
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    if (repair.numberDuplicateColumns !== true) throw twins(cells, name);
    const made = fresh(`${name}_2`);
    notes.push(`A second column “${name}” is called “${made}”.`);
    return made;
  });
  return { names, notes };
}

function twins(cells: readonly string[], name: string): FaultError {
  const positions = cells.flatMap((cell, i) => (cell.trim() === name ? [i + 1] : []));
  return new FaultError({ code: "duplicate-column", name, positions });
}
