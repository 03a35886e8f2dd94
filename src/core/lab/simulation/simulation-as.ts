import { findCohort } from "../../clinic/cohorts/cohorts.ts";
import { blocksOf, countRows } from "../../clinic/cohorts/simulating/blocks.ts";
import { expectedRows } from "../../clinic/cohorts/simulating/simulate.ts";
import type { Going, Simulation } from "../../clinic/cohorts/simulating/simulate.ts";
import type { ExportFormat } from "../../export/formats.ts";
import type { Written } from "../../export/table-writer.ts";
import { checkExport, writeTable } from "../../export/write-table.ts";
import type { Table } from "../../table/table.ts";

/** Formats whose head says how many rows follow, or that have no room for more. */
const COUNTED: readonly ExportFormat[] = ["sav", "xlsx"];

/**
 * The simulation that is asked for as one file of `format`, piece by piece: no more rows are held than the format needs.
 * Rejects with FaultError `bad-use`, `simulation-refused`, `export-impossible`.
 */
export async function* simulationAs(
  format: ExportFormat,
  asked: Simulation,
  going: Going = {},
): AsyncGenerator<Written> {
  const cohort = findCohort(asked.cohort);
  const exact = asked.level < 4 || asked.rows !== undefined || !COUNTED.includes(format);
  if (asked.rows !== undefined) checkExport(format, asked.rows, 1);
  const rows = exact ? expectedRows(cohort, asked) : countRows(cohort, asked);
  const blocks = blocksOf(cohort, asked, going);
  const first = await blocks.next();
  if (first.done === true) return;
  const { table } = first.value;
  async function* tables(): AsyncGenerator<Table> {
    yield table;
    for await (const block of blocks) yield block.table;
  }
  yield* writeTable(format, { name: table.name.replace(/\.csv$/, ""), schema: table.schema, rows }, tables());
}

/** About how many rows a simulation will have. Throws FaultError `bad-use` for an unknown cohort. */
export const simulatedRows = (asked: Simulation): number => expectedRows(findCohort(asked.cohort), asked);
