import { simulateCohort } from "../../src/core/clinic/cohorts/cohorts.ts";
import { coded, dated, tableOf } from "../../src/core/clinic/cohorts/simulating/simulated-column.ts";
import type { SimulatedColumn } from "../../src/core/clinic/cohorts/simulating/simulated-column.ts";
import { createRng } from "../../src/core/math/rng.ts";
import { learnedColumns, selectColumns } from "../../src/core/table/table.ts";
import type { Column, Table } from "../../src/core/table/table.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Causes of heart failure: how often, and by how much more often in older patients (per ten years above 74). */
const CAUSES = [
  ["Ischaemic", 0.36, 0.1],
  ["Hypertensive", 0.22, 0.2],
  ["Valvular", 0.14, 0.2],
  ["Dilated", 0.1, -0.3],
  ["Rhythm", 0.1, 0.2],
  ["Amyloidosis", 0.016, 0.3],
  ["Hypertrophic", 0.016, -0.2],
  ["Alcohol", 0.014, -0.4],
  ["Myocarditis", 0.012, -0.5],
  ["Takotsubo", 0.012, 0],
  ["Sarcoidosis", 0.01, -0.3],
] as const;
export const TENTH = "Dilated";
export const RARE: readonly string[] = CAUSES.filter(([, share]) => share < 0.02).map(([name]) => name);

/**
 * Fresh patients: the simulated heart-failure cohort without its record number, and two columns that damages need: the cause (one of
 * 10%, six under 2%) and the discharge, so that the stay in whole days is discharge less admission.
 */
export function freshPatients(rows: number, seed: number): Table {
  const cohort = simulateCohort("heart-failure", seed, rows);
  const table = selectColumns(cohort, learnedColumns(cohort.schema));
  const rng = createRng(seed).fork("cause and discharge");
  const [age, admitted, stay] = ["age", "admitted_at", "los_days"].map((name) => numbersOf(table, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const causes = Int32Array.from(age, (years) =>
    rng.weighted(CAUSES.map(([, share, tilt]) => share * Math.exp((tilt * (years - 74)) / 10))),
  );
  const discharged = admitted.map((start, i) => {
    const days = stay[i] as number;
    return start + (days + (days > 0 ? rng.uniform() - 0.5 : rng.uniform() / 2)) * DAY;
  });
  const made = [
    coded(
      "cause",
      causes,
      CAUSES.map(([name]) => name),
      { kind: "category", reason: "Eleven levels." },
    ),
    dated("discharged_at", discharged, MINUTE, "YYYY-MM-DD HH:mm", "Date and time of discharge."),
  ];
  const all: SimulatedColumn[] = table.columns.map((column, i) => ({
    column,
    schema: table.schema.columns[i] as SimulatedColumn["schema"],
  }));
  return tableOf(table.name, rows, [...made, ...all]);
}

export const placeOf = ({ schema }: Table, name: string): number =>
  schema.columns.findIndex((column) => column.name === name);

export function numbersOf(table: Table, name: string): Float64Array {
  const column = table.columns[placeOf(table, name)];
  if (column?.type !== "numeric") throw new TypeError(`${name} is not a number`);
  return column.values;
}

export function codesOf(table: Table, name: string): { codes: Int32Array; levels: readonly string[] } {
  const column = table.columns[placeOf(table, name)];
  if (column?.type !== "coded") throw new TypeError(`${name} has no levels`);
  return column;
}

export const withColumn = (table: Table, name: string, column: Column): Table => ({
  ...table,
  columns: table.columns.with(placeOf(table, name), column),
});
