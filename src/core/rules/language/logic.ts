import type { Constraint } from "../constraint.ts";
import type { Comparison, Expression } from "../expression.ts";

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  "<": ">=",
  "<=": ">",
  "=": "!=",
  "!=": "=",
  ">": "<=",
  ">=": "<",
};

/** The sign that says the same with its sides exchanged. */
export const REVERSED: Readonly<Record<Comparison, Comparison>> = {
  "<": ">",
  "<=": ">=",
  "=": "=",
  "!=": "!=",
  ">": "<",
  ">=": "<=",
};

/** What is true where `condition` is false; both have no answer in the same rows. */
export function negationOf(condition: Expression): Expression {
  if (condition.type === "not") return condition.of;
  if (condition.type === "compare" && condition.comparisons.length === 1)
    return { ...condition, comparisons: [OPPOSITE[condition.comparisons[0] as Comparison]] };
  if (condition.type === "and" || condition.type === "or")
    return { type: condition.type === "and" ? "or" : "and", parts: condition.parts.map(negationOf) };
  return { type: "not", of: condition };
}

const column = (name: string): Expression => ({ type: "column", name });
const number = (value: number): Expression => ({ type: "number", value });

/** The condition that a rule is; undefined for rules about more than the values of one row. */
export function conditionOf(constraint: Constraint): Expression | undefined {
  switch (constraint.kind) {
    case "order":
      return {
        type: "compare",
        operands: constraint.columns.map(column),
        comparisons: constraint.strict.map((strict) => (strict ? "<" : "<=")),
      };
    case "range":
      return {
        type: "between",
        of: column(constraint.column),
        ...(constraint.low !== undefined && { low: number(constraint.low) }),
        ...(constraint.high !== undefined && { high: number(constraint.high) }),
      };
    case "formula":
      return {
        type: "compare",
        operands: [column(constraint.column), constraint.equals],
        comparisons: ["="],
      };
    case "never":
      return negationOf(constraint.when);
    case "implies":
      return { type: "if", when: constraint.when, then: constraint.then };
    case "expression":
      return constraint.holds;
    default:
      return undefined;
  }
}
