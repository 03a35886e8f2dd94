import type { Derivations } from "../../codec/derived/derivations.ts";
import type { Column, Table } from "../../table/table.ts";
import { isMissingCell } from "../../table/table.ts";

/**
 * The rows of `given` that lose nothing where they are reduced: a column that follows from others, or stands as what
 * remains of it, is given only beside all of those; and the other rows.
 */
export function exactlyReducible(
  given: Table,
  { steps }: Derivations,
): { exact: number[]; others: number[] } {
  const needs = steps.flatMap((step) => {
    if (step.kind === "forced" || (step.kind === "lookup" && step.partial)) return [];
    const parents = step.kind === "lookup" ? [step.parent] : step.parents;
    return [
      { own: given.columns[step.column] as Column, parents: parents.map((j) => given.columns[j] as Column) },
    ];
  });
  const exact: number[] = [];
  const others: number[] = [];
  for (let row = 0; row < given.rows; row++) {
    const whole = needs.every(
      ({ own, parents }) => isMissingCell(own, row) || parents.every((parent) => !isMissingCell(parent, row)),
    );
    (whole ? exact : others).push(row);
  }
  return { exact, others };
}

/** `completed` with the numbers of `given`, which a rank within a level gives back only nearly. */
export function asGiven(given: Table, completed: Table): Table {
  const columns = completed.columns.map((column, j): Column => {
    const own = given.columns[j];
    if (column.type !== "numeric" || own?.type !== "numeric") return column;
    return {
      type: "numeric",
      values: column.values.map((value, row) => {
        const known = own.values[row] as number;
        return Number.isFinite(known) ? known : value;
      }),
    };
  });
  return { ...completed, columns };
}
