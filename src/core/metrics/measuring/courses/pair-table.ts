import type { Table } from "../../../table/table.ts";
import type { AlignedCourses, CourseColumn, CourseSide } from "./aligned-courses.ts";
import { levelsColumn, numbersColumn, tableOfColumns, type NamedColumn } from "./named-columns.ts";
import { inTurn } from "./over-patients.ts";
import type { Pulse } from "../../metric.ts";
import { visitPairs } from "./visit-pairs.ts";

/**
 * Pairs of visits of table `side` as rows, each its patient's: time between, time since the patient's first visit, and every
 * column that changes within patients at both.
 */
export async function pairTable(
  { sides, columns }: AlignedCourses,
  side: number,
  pulse: Pulse,
): Promise<Table> {
  const own = sides[side] as CourseSide;
  const { previous, next, gap, patient } = visitPairs(own);
  const since = Float64Array.from(
    previous,
    (row, i) =>
      (own.times[row] as number) - (own.times[own.starts[patient[i] as number] as number] as number),
  );
  const changing = columns.filter(({ fixed }) => !fixed);
  return tableOfColumns(
    next.length,
    [
      numbersColumn("gap", gap),
      numbersColumn("since the first visit", since),
      ...(await inTurn(changing, pulse, (column) => cellsAt(column, side, previous, "before"))),
      ...(await inTurn(changing, pulse, (column) => cellsAt(column, side, next, "after"))),
    ],
    patient,
  );
}

function cellsAt({ name, cells }: CourseColumn, side: number, rows: Int32Array, when: string): NamedColumn {
  if (cells.type === "numeric") {
    const values = cells.values[side] as Float64Array;
    return numbersColumn(
      `${name}, ${when}`,
      Float64Array.from(rows, (row) => values[row] as number),
    );
  }
  const codes = cells.codes[side] as Int32Array;
  return levelsColumn(
    `${name}, ${when}`,
    rows.map((row) => codes[row] as number),
    cells.levels,
  );
}
