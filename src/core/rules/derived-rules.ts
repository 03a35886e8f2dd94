import type { Derivation } from "../codec/derived/derivations.ts";
import type { Term } from "../codec/derived/term.ts";
import type { ColumnSchema } from "../table/table.ts";
import type { Constraint } from "./constraint.ts";
import type { Expression } from "./expression.ts";

/**
 * The rule that a derivation holds every row to; undefined for one that is nearly a function of others, so that what
 * remains of it is learned, and for those that were made of a rule. `schemas`: the columns of the table it is of.
 */
export function ruleOfDerivation(step: Derivation, schemas: readonly ColumnSchema[]): Constraint | undefined {
  const name = (j: number): string => schemas[j]?.name ?? "";
  if (step.kind === "lookup") return { kind: "follows", column: name(step.column), from: name(step.parent) };
  if (step.kind !== "relation" || !step.exact) return undefined;
  return { kind: "formula", column: name(step.column), equals: asExpression(step.equals, name) };
}

/** A formula over columns by place as one over names. */
export function asExpression(term: Term, name: (column: number) => string): Expression {
  switch (term.type) {
    case "number":
      return term;
    case "column":
      return { type: "column", name: name(term.column) };
    case "negative":
      return { type: "negative", of: asExpression(term.of, name) };
    case "call":
      return { type: "call", name: term.name, parts: term.parts.map((part) => asExpression(part, name)) };
    case "arithmetic":
      return {
        type: "arithmetic",
        operator: term.operator,
        left: asExpression(term.left, name),
        right: asExpression(term.right, name),
      };
  }
}

/** The reverse; undefined where it compares or names a column that `place` does not have. */
export function asTerm(
  expression: Expression,
  place: (name: string) => number | undefined,
): Term | undefined {
  switch (expression.type) {
    case "number":
      return expression;
    case "column": {
      const column = place(expression.name);
      return column === undefined ? undefined : { type: "column", column };
    }
    case "negative": {
      const of = asTerm(expression.of, place);
      return of && { type: "negative", of };
    }
    case "call": {
      const parts = expression.parts.flatMap((part) => asTerm(part, place) ?? []);
      return parts.length < expression.parts.length
        ? undefined
        : { type: "call", name: expression.name, parts };
    }
    case "arithmetic": {
      const left = asTerm(expression.left, place);
      const right = asTerm(expression.right, place);
      return left && right && { type: "arithmetic", operator: expression.operator, left, right };
    }
    default:
      return undefined;
  }
}
