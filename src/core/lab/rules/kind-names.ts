import type { Constraint } from "../../rules/constraint.ts";
import type { Expression } from "../../rules/expression.ts";
import { ruleKindName } from "../../rules/rule-words.ts";

/** What a rule is, in a word or two: "Order", "Tie", "Gate", "Ratio". */
export function kindName(constraint: Constraint): string {
  if (constraint.kind === "formula") return formulaName(constraint.equals);
  if (constraint.kind === "implies") return impliedName(constraint.then);
  return ruleKindName(constraint.kind);
}

/** "Tie": two columns are equal where something holds; "Gate": a cell is empty there. */
function impliedName(then: Expression): string {
  if (then.type === "missing") return "Gate";
  const tied =
    then.type === "compare" &&
    then.comparisons.every((comparison) => comparison === "=") &&
    then.operands.every(({ type }) => type === "column");
  return tied ? "Tie" : "If–then";
}

function formulaName(equals: Expression): string {
  const has = operatorsIn(equals);
  if (has.has("/")) return "Ratio";
  if (has.has("*") || has.has("^")) return "Formula";
  if (has.has("+")) return "Sum";
  return has.has("-") ? "Difference" : "Formula";
}

function operatorsIn(expression: Expression): ReadonlySet<string> {
  switch (expression.type) {
    case "arithmetic":
      return new Set([
        expression.operator,
        ...operatorsIn(expression.left),
        ...operatorsIn(expression.right),
      ]);
    case "negative":
      return operatorsIn(expression.of);
    case "call":
      return new Set(expression.parts.flatMap((part) => [...operatorsIn(part)]));
    default:
      return new Set();
  }
}
