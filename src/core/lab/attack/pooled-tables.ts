import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import type { Column, Table } from "../../table/table.ts";

/** The rows of `a` followed by those of `b`, which has its columns; patients of the two are different ones. */
export function pooledTables(a: Table, b: Table): Table {
  const columns = alignColumns([a, b], columnNames(a)).map((column): Column => {
    if (column.type === "numeric") {
      const [first, second] = column.values as [Float64Array, Float64Array];
      const values = new Float64Array(first.length + second.length);
      values.set(first);
      values.set(second, first.length);
      return { type: "numeric", values };
    }
    const [first, second] = column.codes as [Int32Array, Int32Array];
    const codes = new Int32Array(first.length + second.length);
    codes.set(first);
    codes.set(second, first.length);
    return { type: "coded", codes, levels: column.levels };
  });
  const patients = pooledPatients(a, b);
  const { reading: _, patients: __, ...rest } = a;
  return { ...rest, rows: a.rows + b.rows, columns, ...(patients && { patients }) };
}

function pooledPatients(a: Table, b: Table): Int32Array | undefined {
  if (a.patients === undefined && b.patients === undefined) return undefined;
  const own = ({ patients, rows }: Table): Int32Array =>
    patients ?? Int32Array.from({ length: rows }, (_, i) => i);
  const [first, second] = [own(a), own(b)];
  const from = first.reduce((most, patient) => Math.max(most, patient), -1) + 1;
  return Int32Array.of(...first, ...second.map((patient) => patient + from));
}
