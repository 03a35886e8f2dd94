import { FaultError } from "../../fault.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { simulateDiabetes } from "./diabetes.ts";
import { simulateHeartFailure } from "./heart-failure.ts";

/** A cohort made in code, to try the lab without a table at hand. No real patient is behind any row. */
export interface CohortInfo {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly rows: number;
  readonly columns: number;
}

interface Cohort extends CohortInfo {
  readonly simulate: (rows: number, rng: Rng) => Table;
}

const all: readonly Cohort[] = [
  {
    id: "heart-failure",
    name: "Heart failure",
    summary: "Admissions with echocardiography, natriuretic peptides and 30-day death.",
    rows: 2000,
    columns: 22,
    simulate: simulateHeartFailure,
  },
  {
    id: "diabetes",
    name: "Diabetes clinic",
    summary: "Annual reviews with HbA1c, kidney function, treatment and complications; several per patient.",
    rows: 600,
    columns: 16,
    simulate: simulateDiabetes,
  },
];

export const cohorts: readonly CohortInfo[] = all.map(({ id, name, summary, rows, columns }) => ({
  id,
  name,
  summary,
  rows,
  columns,
}));

/** The cohort `id` as a table; same seed, same rows. Throws FaultError `bad-use` for an unknown id. */
export function simulateCohort(id: string, seed: number): Table {
  const cohort = all.find((it) => it.id === id);
  if (cohort === undefined) {
    throw new FaultError({
      code: "bad-use",
      message: `There is no cohort “${id}”; known are ${all.map((it) => it.id).join(", ")}.`,
    });
  }
  return cohort.simulate(cohort.rows, createRng(seed));
}
