import type { Derivations } from "../../codec/derived/derivations.ts";
import type { Column, Table } from "../../table/table.ts";

const isEmpty = (column: Column, row: number): boolean =>
  column.type === "numeric" ? !Number.isFinite(column.values[row]) : (column.codes[row] as number) < 0;

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
      ({ own, parents }) => isEmpty(own, row) || parents.every((parent) => !isEmpty(parent, row)),
    );
    (whole ? exact : others).push(row);
  }
  return { exact, others };
}
