import { alignColumns } from "../../../metrics/measuring/align.ts";
import type { Table } from "../../../table/table.ts";
import { coursesOf } from "../../../visits/courses.ts";
import { REAL, SYNTHETIC, visitsOf } from "./course-side.ts";

/**
 * Synthetic patients whose visits are, cell by cell, those of a real patient: a table that was made elsewhere may hold
 * some, and none of them is drawn.
 */
export function copiedCourses(
  real: readonly Table[],
  synthetic: Table,
  names: readonly string[],
): Set<number> {
  const known = new Set<string>();
  const copied = new Set<number>();
  for (const table of real) {
    const columns = alignColumns([table, synthetic], names);
    const textsOf = (side: 0 | 1, of: Table): string[] => {
      const courses = coursesOf(of);
      if (courses === undefined) return [];
      return Array.from({ length: courses.starts.length - 1 }, (_, patient) =>
        Array.from(visitsOf(courses, patient), (row) =>
          columns
            .map((column) =>
              column.type === "numeric"
                ? column.values[side]?.[row]
                : column.levels[column.codes[side]?.[row] as number],
            )
            .join("\u0001"),
        ).join("\u0002"),
      );
    };
    known.clear();
    for (const text of textsOf(REAL, table)) known.add(text);
    textsOf(SYNTHETIC, synthetic).forEach((text, patient) => {
      if (known.has(text)) copied.add(patient);
    });
  }
  return copied;
}
