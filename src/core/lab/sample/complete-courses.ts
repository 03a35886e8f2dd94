import type { Rng } from "../../math/rng.ts";
import type { Model } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";

/** Rows that are completed at once, as whole patients; a patient of more is completed alone. */
const BLOCK = 2000;

/**
 * The rows of `given` with every missing cell drawn given the other visits of its patient, in their order. Whole patients are
 * completed together, each block from its own stream; rows come once every patient that begins before them is complete.
 */
export async function* completeCourses(
  model: Model,
  given: Table,
  rng: Rng,
  gated: boolean,
): AsyncGenerator<Table> {
  const all = rowsByPatient(given);
  let columns: Column[] | undefined;
  let done = 0;
  for (let first = 0; first < all.length;) {
    let [end, count] = [first, 0];
    while (end < all.length && (end === first || count + (all[end] as number[]).length <= BLOCK))
      count += (all[end++] as number[]).length;
    const rows = Int32Array.from(all.slice(first, end).flat());
    const complete = takeRows(given, rows);
    const drawn = await model.sample(rows.length, rng.fork(`complete from ${first}`), { complete, gated });
    columns ??= drawn.columns.map((column) => emptyLike(column, given.rows));
    drawn.columns.forEach((column, i) => scatter(column, columns?.[i] as Column, rows));
    const next = all[end]?.[0] ?? given.rows;
    if (next > done) {
      const ready = Int32Array.from({ length: next - done }, (_, i) => done + i);
      yield takeRows({ ...given, schema: drawn.schema, columns }, ready);
    }
    done = Math.max(done, next);
    first = end;
  }
}

/** Rows of each patient as they stand, patients by their first row. */
function rowsByPatient({ rows, patients }: Table): number[][] {
  const own = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const patient = patients?.[row] ?? row;
    const known = own.get(patient);
    if (known === undefined) own.set(patient, [row]);
    else known.push(row);
  }
  return [...own.values()];
}

const emptyLike = (column: Column, rows: number): Column =>
  column.type === "numeric"
    ? { type: "numeric", values: new Float64Array(rows).fill(NaN) }
    : { type: "coded", codes: new Int32Array(rows).fill(-1), levels: column.levels };

function scatter(from: Column, into: Column, rows: Int32Array): void {
  if (from.type === "numeric" && into.type === "numeric")
    rows.forEach((row, i) => (into.values[row] = from.values[i] as number));
  else if (from.type === "coded" && into.type === "coded")
    rows.forEach((row, i) => (into.codes[row] = from.codes[i] as number));
}
