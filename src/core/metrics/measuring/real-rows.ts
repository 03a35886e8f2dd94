import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import type { Tables } from "../metric.ts";
import { alignColumns } from "./align.ts";
import type { AlignedColumn } from "./align.ts";
import { atMost, columnNames } from "./bounds.ts";
import { patientsOf } from "./patients.ts";

/** Sides of what `realBesideSynthetic` yields. */
export const [REAL, MADE] = [0, 1] as const;

/** All real rows, learned from and held out, beside the synthetic ones. */
export interface Compared {
  /** two sides: real, synthetic */
  readonly columns: readonly AlignedColumn[];
  /** rows of both sides; the first `learned` real ones are those of train */
  readonly rows: readonly [number, number];
  readonly learned: number;
  /** whose the real rows are, where some patients have several */
  readonly whose?: Int32Array;
  /** independent rows that a row counts for, on both sides: patients per real row */
  readonly worth: number;
}

/** At most `most` rows of each table. Held-out rows are as real as those learned from, so that both tell what is usual. */
export function realBesideSynthetic({ train, holdout, synthetic }: Tables, most: number, rng: Rng): Compared {
  const [a, b, c] = [train, holdout, synthetic].map((table, i) =>
    atMost(table, most, rng.fork(`rows ${i}`)),
  ) as [typeof train, typeof train, typeof train];
  const columns = alignColumns([a, b, c], columnNames(a)).map((column): AlignedColumn => {
    if (column.type === "numeric") {
      const [x, y, z] = column.values as [Float64Array, Float64Array, Float64Array];
      const real = new Float64Array(x.length + y.length);
      real.set(x);
      real.set(y, x.length);
      return { ...column, values: [real, z] };
    }
    const [x, y, z] = column.codes as [Int32Array, Int32Array, Int32Array];
    const real = new Int32Array(x.length + y.length);
    real.set(x);
    real.set(y, x.length);
    return { ...column, codes: [real, z] };
  });
  const several = a.patients ?? b.patients;
  const whose = several && Int32Array.from({ length: a.rows + b.rows }, (_, row) => patientAt(row));
  function patientAt(row: number): number {
    if (row < a.rows) return 2 * (a.patients?.[row] ?? row);
    return 2 * (b.patients?.[row - a.rows] ?? row) + 1;
  }
  const patients = patientsOf(a) + patientsOf(b);
  return {
    columns,
    rows: [a.rows + b.rows, c.rows],
    learned: a.rows,
    ...(whose && { whose }),
    worth: patients / Math.max(1, a.rows + b.rows),
  };
}

/** The two sides as tables described by `schema`. */
export function tablesOf(
  { columns, rows, whose }: Compared,
  { name, schema }: Table,
): { real: Table; made: Table } {
  const side = (at: 0 | 1): Column[] =>
    columns.map((column) =>
      column.type === "numeric"
        ? { type: "numeric", values: column.values[at] as Float64Array }
        : { type: "coded", codes: column.codes[at] as Int32Array, levels: column.levels },
    );
  return {
    real: { name, schema, rows: rows[REAL], columns: side(REAL), ...(whose && { patients: whose }) },
    made: { name, schema, rows: rows[MADE], columns: side(MADE) },
  };
}
