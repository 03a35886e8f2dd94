import { learnedTable } from "../lab/left-out.ts";
import { shapeOf } from "../lab/fit/estimate.ts";
import { findSynthesizer, resolveParams, synthesizers } from "../synthesizers/registry.ts";
import type { Table } from "../table/table.ts";
import { coursesOf } from "../visits/courses.ts";
import type { StudyField } from "./study.ts";

/** Taken where nobody chose, as far as the table can be learned from by them. */
const USUAL = ["autoregressive", "copula", "vae"] as const;

export const seedsField = (seeds = 5): StudyField => ({
  type: "number",
  name: "seeds",
  label: "Seeds",
  default: seeds,
  min: 1,
  max: 20,
  integer: true,
  reason:
    "Each repeats the whole grid with other random draws. Intervals need at least 2; with few they are wide.",
});

/** The methods that can learn `table`; `usual`: those taken where nobody chose. */
export function methodsField(table: Table, usual: readonly string[] = USUAL): StudyField {
  const courses = coursesOf(learnedTable(table)) !== undefined;
  const fitting = synthesizers.filter(({ needs }) => needs === undefined || courses);
  const choices = fitting.map(({ id, name }) => ({ value: id, label: name }));
  const known = usual.filter((id) => choices.some(({ value }) => value === id));
  return {
    type: "several",
    name: "methods",
    label: "Methods",
    default: known.length > 0 ? known : choices.slice(0, 1).map(({ value }) => value),
    choices,
    least: 1,
    most: 8,
    reason: "Independent columns and real rows are always measured too, to compare with.",
  };
}

export const methodName = (id: string): string => findSynthesizer(id).name;

/** Seconds that one fit of `table`, cut to `rows` rows and `columns` columns, is expected to take on the machine of METHODS.md's figures. */
export function fitEffort(method: string, table: Table, rows = table.rows, columns?: number): number {
  const synthesizer = findSynthesizer(method);
  const shape = shapeOf(table);
  const share = columns === undefined ? 1 : columns / Math.max(1, shape.columns);
  const cut = {
    ...shape,
    rows,
    columns: columns ?? shape.columns,
    numeric: Math.round(shape.numeric * share),
    levels: Math.round(shape.levels * share),
  };
  return synthesizer.expectedSeconds?.(cut, resolveParams(synthesizer, {}), 1) ?? 5;
}

/** Seconds that measuring a cell takes about there, by its cells. */
export const measureEffort = (rows: number, columns: number): number =>
  0.3 + (Math.min(rows, 2500) * columns) / 25_000;
