import type { Table } from "../../../table/table.ts";
import type { Cohort } from "../cohort.ts";
import type { Rows } from "./rows.ts";
import { chunksOf, columnsOf, expectedRows, patientsOf, tableName } from "./simulate.ts";
import type { Going, Simulation } from "./simulate.ts";
import { toTable } from "./to-table.ts";

/** What is written of a simulation at once: a table of some of its rows, and the fields they were made of, until the next. */
export interface Block {
  readonly table: Table;
  readonly chunk: Rows;
}

/** How many rows a simulation has: it is made once, and nothing of it is kept. Throws FaultError `simulation-refused`. */
export function countRows(cohort: Cohort, asked: Simulation): number {
  let rows = 0;
  for (const { count } of chunksOf(cohort, asked)) rows += count;
  return Math.min(rows, asked.rows ?? Infinity);
}

/**
 * The rows of `simulateTable` piece by piece, so that none but the last pieces are held. Rejects with FaultError
 * `simulation-refused` before the first.
 */
export async function* blocksOf(cohort: Cohort, asked: Simulation, going: Going = {}): AsyncGenerator<Block> {
  const columns = columnsOf(cohort, asked.level, asked);
  const name = tableName(cohort);
  const [limit, expected] = [asked.rows ?? Infinity, expectedRows(cohort, asked)];
  let written = 0;
  for (const chunk of chunksOf(cohort, asked)) {
    const rows = Math.min(chunk.count, limit - written);
    const patient = patientsOf(chunk, rows);
    const field = (name: string): Float64Array => chunk.get(name).subarray(0, rows);
    const { first } = chunk;
    yield {
      table: toTable(name, cohort.prefix, columns, { rows, patient, first, field }, asked.seed),
      chunk,
    };
    written += rows;
    going.onRows?.(written, expected);
    await going.pulse?.();
  }
}
