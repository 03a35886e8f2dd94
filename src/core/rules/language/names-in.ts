import type { Constraint } from "../constraint.ts";
import type { Expression } from "../expression.ts";

/** The columns that `expression` names, each once, in the order in which they come. */
export function namesIn(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (one: Expression): void => {
    switch (one.type) {
      case "number":
      case "text":
        return;
      case "column":
        return void names.add(one.name);
      case "missing":
        return void names.add(one.column);
      default:
        return partsOf(one).forEach(visit);
    }
  };
  visit(expression);
  return [...names];
}

/** The expressions that `expression` is made of. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case "number":
    case "text":
    case "column":
    case "missing":
      return [];
    case "arithmetic":
      return [expression.left, expression.right];
    case "negative":
    case "not":
      return [expression.of];
    case "call":
    case "and":
    case "or":
      return expression.parts;
    case "compare":
      return expression.operands;
    case "in":
      return [expression.of, ...expression.options];
    case "between":
      return [expression.of, expression.low, expression.high].filter((end) => end !== undefined);
    case "if":
      return [expression.when, expression.then];
  }
}

/** The columns that a rule names, each once. */
export function columnsOf(constraint: Constraint): string[] {
  switch (constraint.kind) {
    case "order":
    case "combinations":
    case "one-hot":
    case "missing-together":
      return [...new Set(constraint.columns)];
    case "range":
    case "multiple":
    case "same-within-patient":
    case "nothing-after":
      return [constraint.column];
    case "formula":
      return [constraint.column, ...namesIn(constraint.equals)];
    case "follows":
      return [constraint.column, constraint.from];
    case "never":
      return namesIn(constraint.when);
    case "implies":
      return [...new Set([...namesIn(constraint.when), ...namesIn(constraint.then)])];
    case "expression":
      return namesIn(constraint.holds);
  }
}
