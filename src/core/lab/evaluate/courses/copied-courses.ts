import { alignColumns, type AlignedColumn } from "../../../metrics/measuring/align.ts";
import type { Pulse } from "../../../metrics/metric.ts";
import type { Table } from "../../../table/table.ts";
import { coursesOf } from "../../../visits/courses.ts";
import { REAL, SYNTHETIC, visitsOf } from "./course-side.ts";

/** Rows between two pulses. */
const PIECE = 2000;

/**
 * Synthetic patients whose visits are, cell by cell, those of a real patient: a table that was made elsewhere may hold
 * some, and none of them is drawn.
 */
export async function copiedCourses(
  real: readonly Table[],
  synthetic: Table,
  names: readonly string[],
  pulse: Pulse,
): Promise<Set<number>> {
  const copied = new Set<number>();
  for (const table of real) {
    const columns = alignColumns([table, synthetic], names);
    const known = new Set(await courseTexts(table, columns, REAL, pulse));
    const made = await courseTexts(synthetic, columns, SYNTHETIC, pulse);
    made.forEach((text, patient) => {
      if (known.has(text)) copied.add(patient);
    });
  }
  return copied;
}

/** Each patient's visits as one text; none where there are no courses. */
async function courseTexts(
  table: Table,
  columns: readonly AlignedColumn[],
  side: 0 | 1,
  pulse: Pulse,
): Promise<string[]> {
  const courses = coursesOf(table);
  if (courses === undefined) return [];
  const cellAt = (column: AlignedColumn, row: number): number | undefined =>
    column.type === "numeric" ? column.values[side]?.[row] : column.codes[side]?.[row];
  const texts: string[] = [];
  let since = 0;
  for (let patient = 0; patient + 1 < courses.starts.length; patient++) {
    const own = visitsOf(courses, patient);
    texts.push(Array.from(own, (row) => columns.map((column) => cellAt(column, row)).join(",")).join(";"));
    since += own.length;
    if (since < PIECE) continue;
    since = 0;
    await pulse();
  }
  return texts;
}
