import { asFault } from "../fault.ts";
import type { Expression } from "../rules/expression.ts";
import { namesIn } from "../rules/language/names-in.ts";
import { tokensOf } from "../rules/language/tokens.ts";
import { readExpression, ruleColumns } from "../rules/read-rule.ts";
import type { Table } from "../table/table.ts";
import { StepFault, type Given } from "./step-kind.ts";
import { tableOfColumns } from "./table-of-columns.ts";

export interface ReadOnRows {
  readonly expression: Expression;
  /** the columns that it names */
  readonly table: Table;
}

/** A condition or formula in the language of rules, beside the columns that it names. Throws StepFault with the position. */
export function expressionOn(text: string, given: Given): ReadOnRows {
  return told(() => {
    const said = new Set(tokensOf(text).map((token) => token.text));
    const near = given.rows.names.filter((name) => said.has(name));
    const table = tableOfColumns(given, near);
    const known = ruleColumns(table);
    const places = new Map(known.map((column) => [column.name, column]));
    const expression = readExpression(
      text,
      given.rows.names.map((name) => places.get(name) ?? { name }),
    );
    const names = new Set(namesIn(expression));
    const kept = near.flatMap((name, i) => (names.has(name) ? [i] : []));
    return {
      expression,
      table: {
        ...table,
        columns: kept.flatMap((i) => table.columns[i] ?? []),
        schema: { ...table.schema, columns: kept.flatMap((i) => table.schema.columns[i] ?? []) },
      },
    };
  });
}

/** Runs `read`; a text that cannot be read is told with its position. */
function told<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const fault = asFault(error);
    if (fault.code !== "rule-unreadable") throw error;
    throw new StepFault(`At character ${fault.at + 1}: ${fault.reason}`);
  }
}

const CONDITIONS: ReadonlySet<Expression["type"]> = new Set<Expression["type"]>([
  "compare",
  "in",
  "between",
  "missing",
  "not",
  "and",
  "or",
  "if",
]);

/** Whether it is true or false. */
export const isCondition = ({ type }: Expression): boolean => CONDITIONS.has(type);
