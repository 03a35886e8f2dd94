import type { Constraint } from "./constraint.ts";
import type { Expression, Operator } from "./expression.ts";
import { writeName } from "./language/cursor.ts";
import { writeMoment } from "./language/date-text.ts";
import type { RuleColumn } from "./language/rule-columns.ts";
import { isDated } from "../table/formats/dates/tokens.ts";

/**
 * The text of a constraint, from which `readRule` makes the same again. With `columns`, ends of date columns are written
 * as dates; else they are milliseconds.
 */
export function writeRule(constraint: Constraint, columns: readonly RuleColumn[] = []): string {
  const list = (names: readonly string[]): string => names.map(writeName).join(", ");
  switch (constraint.kind) {
    case "order":
      return constraint.columns
        .map((name, i) => `${i === 0 ? "" : constraint.strict[i - 1] ? " < " : " <= "}${writeName(name)}`)
        .join("");
    case "range":
      return writeRange(constraint, columns);
    case "formula":
      return `${writeName(constraint.column)} = ${writeExpression(constraint.equals, LEVEL.sum)}`;
    case "follows":
      return `${writeName(constraint.column)} follows from ${writeName(constraint.from)}`;
    case "combinations":
      return `${list(constraint.columns)} only in known ${constraint.columns.length === 2 ? "pairs" : "combinations"}`;
    case "never":
      return `never ${writeExpression(constraint.when)}`;
    case "implies":
      return writeExpression({ type: "if", when: constraint.when, then: constraint.then });
    case "one-hot":
      return `one of ${list(constraint.columns)} is 1`;
    case "missing-together":
      return `${list(constraint.columns)} missing together`;
    case "multiple":
      return `${writeName(constraint.column)} multiple of ${String(constraint.of)}`;
    case "same-within-patient":
      return `${writeName(constraint.column)} same within patient`;
    case "nothing-after":
      return `nothing after ${writeName(constraint.column)}`;
    case "expression":
      return writeExpression(constraint.holds);
  }
}

function writeRange(
  { column, low, high }: Extract<Constraint, { kind: "range" }>,
  columns: readonly RuleColumn[],
): string {
  const schema = columns.find(({ name }) => name === column);
  const end = (value: number): string => {
    const moment =
      schema?.kind === "datetime"
        ? writeMoment(value, schema.date !== undefined && !isDated(schema.date.pattern))
        : undefined;
    return moment === undefined ? String(value) : writeText(moment);
  };
  const name = writeName(column);
  if (low === undefined) return high === undefined ? `${name} in ..` : `${name} <= ${end(high)}`;
  if (high === undefined) return `${name} >= ${end(low)}`;
  return `${name} in ${end(low)}..${end(high)}`;
}

const writeText = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** How tightly a part binds; one that binds less than its place asks for stands in brackets. */
const LEVEL = {
  whole: 0,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  sum: 5,
  product: 6,
  signed: 7,
  power: 8,
  basic: 9,
};

const OPERATOR_LEVEL: Readonly<Record<Operator, number>> = {
  "+": LEVEL.sum,
  "-": LEVEL.sum,
  "*": LEVEL.product,
  "/": LEVEL.product,
  mod: LEVEL.product,
  "^": LEVEL.power,
};

function levelOf(expression: Expression): number {
  switch (expression.type) {
    case "number":
      return expression.value < 0 ? LEVEL.signed : LEVEL.basic;
    case "text":
    case "column":
    case "call":
      return LEVEL.basic;
    case "arithmetic":
      return OPERATOR_LEVEL[expression.operator];
    case "negative":
      return LEVEL.signed;
    case "compare":
    case "in":
    case "between":
    case "missing":
      return LEVEL.compare;
    case "not":
      return expression.of.type === "missing" ? LEVEL.compare : LEVEL.not;
    case "and":
      return LEVEL.and;
    case "or":
      return LEVEL.or;
    case "if":
      return LEVEL.whole;
  }
}

/** The text of a tree, in brackets where it binds less than `least`. */
export function writeExpression(expression: Expression, least: number = LEVEL.whole): string {
  const text = unbracketed(expression);
  return levelOf(expression) < least ? `(${text})` : text;
}

function unbracketed(expression: Expression): string {
  switch (expression.type) {
    case "number":
      return String(expression.value);
    case "text":
      return writeText(expression.value);
    case "column":
      return writeName(expression.name);
    case "arithmetic":
      return writeArithmetic(expression);
    case "negative":
      return expression.of.type === "number" && expression.of.value >= 0
        ? `-(${String(expression.of.value)})`
        : `-${writeExpression(expression.of, LEVEL.signed)}`;
    case "call":
      return `${expression.name}(${expression.parts.map((part) => writeExpression(part, LEVEL.sum)).join(", ")})`;
    case "compare":
      return expression.operands
        .map((operand, i) => {
          const text = writeExpression(operand, LEVEL.sum);
          return i === 0 ? text : `${expression.comparisons[i - 1]} ${text}`;
        })
        .join(" ");
    case "in":
      return `${writeExpression(expression.of, LEVEL.sum)} in (${expression.options.map((option) => writeExpression(option, LEVEL.sum)).join(", ")})`;
    case "between": {
      const end = (one: Expression | undefined): string => (one ? writeExpression(one, LEVEL.sum) : "");
      return `${writeExpression(expression.of, LEVEL.sum)} in ${end(expression.low)}..${end(expression.high)}`;
    }
    case "missing":
      return `${writeName(expression.column)} is missing`;
    case "not":
      return expression.of.type === "missing"
        ? `${writeName(expression.of.column)} is present`
        : `not ${writeExpression(expression.of, LEVEL.not)}`;
    case "and":
    case "or":
      return expression.parts
        .map((part) => writeExpression(part, LEVEL[expression.type] + 1))
        .join(` ${expression.type} `);
    case "if":
      return `if ${writeExpression(expression.when, LEVEL.or)} then ${writeExpression(expression.then)}`;
  }
}

function writeArithmetic({ operator, left, right }: Extract<Expression, { type: "arithmetic" }>): string {
  const own = OPERATOR_LEVEL[operator];
  if (operator === "^")
    return `${writeExpression(left, LEVEL.basic)}^${writeExpression(right, LEVEL.signed)}`;
  return `${writeExpression(left, own)} ${operator} ${writeExpression(right, own + 1)}`;
}
