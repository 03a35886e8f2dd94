import type { Constraint } from "../../rules/constraint.ts";
import type { Column, Table } from "../../table/table.ts";
import { isMissingCell } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";

/**
 * `train` with each patient's most frequent cell in place of the others where a rule says that a column never changes: a
 * model that never sees it change draws it once for each patient. Missing cells are filled; the first of equals counts.
 */
export function sameWithinPatient(
  train: Table,
  rules: readonly Constraint[],
  { time, changing }: Pick<CoursePlan, "time" | "changing">,
): Table {
  const names = new Set(rules.flatMap((rule) => (rule.kind === "same-within-patient" ? [rule.column] : [])));
  const asked = changing.filter((j) => j !== time && names.has(train.schema.columns[j]?.name ?? ""));
  const { patients } = train;
  if (asked.length === 0 || patients === undefined) return train;
  const columns = train.columns.map((column, j): Column =>
    asked.includes(j) ? withMostFrequent(column, patients) : column,
  );
  return { ...train, columns };
}

function withMostFrequent(column: Column, patients: Int32Array): Column {
  const counts = new Map<number, Map<number, number>>();
  patients.forEach((patient, row) => {
    if (isMissingCell(column, row)) return;
    const own = counts.get(patient) ?? new Map<number, number>();
    const cell = (column.type === "numeric" ? column.values : column.codes)[row] as number;
    own.set(cell, (own.get(cell) ?? 0) + 1);
    counts.set(patient, own);
  });
  const cellOf = new Map([...counts].map(([patient, own]) => [patient, mostFrequent(own)]));
  return column.type === "numeric"
    ? { type: "numeric", values: Float64Array.from(patients, (patient) => cellOf.get(patient) ?? NaN) }
    : { ...column, codes: Int32Array.from(patients, (patient) => cellOf.get(patient) ?? -1) };
}

const mostFrequent = (counts: ReadonlyMap<number, number>): number =>
  ([...counts] as [number, number][]).reduce((most, one) => (one[1] > most[1] ? one : most))[0];
