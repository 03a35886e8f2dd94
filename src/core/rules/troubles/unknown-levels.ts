import { numberOf, PLAIN } from "../../table/formats/number-format.ts";
import type { Table } from "../../table/table.ts";
import type { Constraint } from "../constraint.ts";
import type { Expression } from "../expression.ts";
import { partsOf } from "../language/names-in.ts";

export interface UnknownLevel {
  readonly column: string;
  readonly level: string;
  readonly levels: readonly string[];
}

/** Texts and numbers that a rule compares a column of levels with, and that are none of its levels; each once. */
export function unknownLevels(constraint: Constraint, table: Table): UnknownLevel[] {
  const found = new Map<string, UnknownLevel>();
  const check = (column: Expression, constant: Expression): void => {
    if (column.type !== "column" || (constant.type !== "text" && constant.type !== "number")) return;
    const place = table.schema.columns.findIndex(({ name }) => name === column.name);
    const cells = table.columns[place];
    if (cells?.type !== "coded") return;
    const marks = table.schema.columns[place]?.number ?? PLAIN;
    const { value } = constant;
    const known =
      typeof value === "string"
        ? cells.levels.includes(value)
        : cells.levels.some((level) => numberOf(level, marks) === value);
    const level = String(value);
    if (!known)
      found.set(JSON.stringify([column.name, level]), { column: column.name, level, levels: cells.levels });
  };
  const visit = (one: Expression): void => {
    if (one.type === "compare")
      one.comparisons.forEach((comparison, i) => {
        if (comparison !== "=" && comparison !== "!=") return;
        const [left, right] = [one.operands[i] as Expression, one.operands[i + 1] as Expression];
        check(left, right);
        check(right, left);
      });
    if (one.type === "in") for (const option of one.options) check(one.of, option);
    partsOf(one).forEach(visit);
  };
  if (constraint.kind === "never") visit(constraint.when);
  if (constraint.kind === "expression") visit(constraint.holds);
  if (constraint.kind === "implies") [constraint.when, constraint.then].forEach(visit);
  return [...found.values()];
}
