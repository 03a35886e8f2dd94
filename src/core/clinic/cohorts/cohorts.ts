import { FaultError } from "../../fault.ts";
import { withCoursesFound } from "../../table/read/revise.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import type { Cohort, CohortInfo } from "./cohort.ts";
import { diabetes } from "./diabetes/diabetes.ts";
import { emergency } from "./emergency/emergency.ts";
import { heartFailure } from "./heart-failure/heart-failure.ts";
import { icu } from "./icu/icu.ts";
import { maternity } from "./maternity/maternity.ts";
import { columnsOf, FEWEST, simulateAtOnce, simulateTable } from "./simulating/simulate.ts";
import type { Going, Simulation } from "./simulating/simulate.ts";

/** As they stand in the gallery. */
export const everyCohort: readonly Cohort[] = [icu, diabetes, heartFailure, emergency, maternity];

export const cohorts: readonly CohortInfo[] = everyCohort.map((cohort) => {
  const { id, name, summary, picture, usual, rowsPerPatient } = cohort;
  const count = (level: 1 | 2 | 3 | 4): number => 1 + columnsOf(cohort, level).length;
  return {
    id,
    name,
    summary,
    picture,
    usual,
    rowsPerPatient,
    columns: [count(1), count(2), count(3), count(4)],
  };
});

/** Throws FaultError `bad-use` for an unknown id. */
export function findCohort(id: string): Cohort {
  const cohort = everyCohort.find((it) => it.id === id);
  if (cohort !== undefined) return cohort;
  throw new FaultError({
    code: "bad-use",
    message: `There is no cohort “${id}”; known are ${everyCohort.map((it) => it.id).join(", ")}.`,
  });
}

/**
 * The cohort `id` as one click opens it, or its first `rows`; same seed, same rows, of which fewer are the first of more.
 * Throws FaultError `bad-use` for an unknown id.
 */
export function simulateCohort(id: string, seed: number, rows?: number): Table {
  const cohort = findCohort(id);
  const { level, patients } = cohort.usual;
  if (rows === undefined) return simulateAtOnce(cohort, { cohort: id, seed, level, patients });
  const made = simulateAtOnce(cohort, { cohort: id, seed, level, rows: Math.max(FEWEST, rows) });
  return rows < FEWEST ? takeRows(made, [...Array(rows).keys()]) : made;
}

/**
 * The table that is asked for, with the column that says when a visit was as if its file had been read; rejects with FaultError
 * `simulation-refused` for what cannot be asked.
 */
export async function simulate(asked: Simulation, going?: Going): Promise<Table> {
  return withCoursesFound(await simulateTable(findCohort(asked.cohort), asked, going));
}
