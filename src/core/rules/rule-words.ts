import type { Constraint, ConstraintKind } from "./constraint.ts";
import type { Comparison, Expression } from "./expression.ts";
import { negationOf } from "./language/logic.ts";
import { writeMoment } from "./language/date-text.ts";
import type { RuleColumn } from "./language/rule-columns.ts";
import { isDated } from "../table/formats/dates/tokens.ts";

/** A kind of rule as a list names it. */
export function ruleKindName(kind: ConstraintKind): string {
  return KIND_NAMES[kind];
}

const KIND_NAMES: Readonly<Record<ConstraintKind, string>> = {
  order: "Order",
  range: "Range",
  formula: "Formula",
  follows: "Lookup",
  combinations: "Combinations",
  never: "Never",
  implies: "If–then",
  "one-hot": "Exactly one",
  "missing-together": "Missing together",
  multiple: "Multiple",
  "same-within-patient": "Same for a patient",
  "nothing-after": "Last date",
  expression: "Expression",
};

/**
 * A rule as a sentence without its full stop, such as "discharged is not before admitted". `schemas`: the table's
 * columns, which tell dates from numbers.
 */
export function ruleWords(constraint: Constraint, schemas: readonly RuleColumn[]): string {
  const isDate = dateTeller(schemas);
  switch (constraint.kind) {
    case "order":
      return constraint.strict
        .map((strict, i) => {
          const [lower, upper] = [constraint.columns[i] as string, constraint.columns[i + 1] as string];
          return `${upper} is ${orderWords(strict, isDate(lower) || isDate(upper))} ${lower}`;
        })
        .join(", and ");
    case "range":
      return rangeSentence(constraint, schemas);
    case "formula":
      return constraint.equals.type === "column"
        ? `${constraint.column} equals ${constraint.equals.name}`
        : `${constraint.column} is ${valueWords(constraint.equals)}`;
    case "follows":
      return `${constraint.column} follows from ${constraint.from}`;
    case "combinations":
      return `${listed(constraint.columns)} only in ${constraint.columns.length === 2 ? "pairs" : "combinations"} that at least five training patients have`;
    case "never":
      return neverWords(constraint.when, isDate);
    case "implies":
      return impliesWords(constraint.when, constraint.then, isDate);
    case "one-hot":
      return `exactly one of ${fewListed(constraint.columns)} is 1`;
    case "missing-together":
      return `${fewListed(constraint.columns)} are missing together`;
    case "multiple":
      return `${constraint.column} is a multiple of ${number(constraint.of)}`;
    case "same-within-patient":
      return `${constraint.column} is the same in all rows of a patient`;
    case "nothing-after":
      return `no other date is after ${constraint.column}`;
    case "expression":
      return conditionWords(constraint.holds, isDate);
  }
}

/** A condition as part of a sentence: "smoker is “no” and age is below 18". */
export const conditionInWords = (condition: Expression, schemas: readonly RuleColumn[]): string =>
  conditionWords(condition, dateTeller(schemas));

type DateTeller = (name: string) => boolean;

function dateTeller(schemas: readonly RuleColumn[]): DateTeller {
  const dates = new Set(schemas.flatMap(({ name, kind }) => (kind === "datetime" ? [name] : [])));
  return (name) => dates.has(name);
}

const number = (value: number): string => String(value).replace("-", "−").replace("e+", "e");

export function listed(names: readonly string[], last = "and"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/** Names that are said of many at most; the rule's text has them all. */
const MOST_NAMED = 8;

const fewListed = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? listed(names)
    : `${names.slice(0, MOST_NAMED - 2).join(", ")} and ${names.length - MOST_NAMED + 2} more columns`;

const orderWords = (strict: boolean, dates: boolean): string =>
  dates ? (strict ? "after" : "not before") : strict ? "above" : "at least";

function rangeSentence(
  { column, low, high }: Extract<Constraint, { kind: "range" }>,
  schemas: readonly RuleColumn[],
): string {
  const schema = schemas.find(({ name }) => name === column);
  const dated = schema?.kind === "datetime";
  const clock = dated && schema.date !== undefined && !isDated(schema.date.pattern);
  const end = (value: number): string => (dated ? writeMoment(value, clock) : undefined) ?? number(value);
  if (low === undefined)
    return high === undefined
      ? `${column} is anything`
      : `${column} is ${dated ? "not after" : "at most"} ${end(high)}`;
  if (high === undefined) return `${column} is ${dated ? "not before" : "at least"} ${end(low)}`;
  return low === high ? `${column} is ${end(low)}` : `${column} is from ${end(low)} to ${end(high)}`;
}

function impliesWords(when: Expression, then: Expression, isDate: DateTeller): string {
  if (then.type === "missing") return `${then.column} only where ${conditionWords(negationOf(when), isDate)}`;
  return `where ${conditionWords(when, isDate)}, ${conditionWords(then, isDate)}`;
}

/** "pack_years is never missing where smoker is “yes”": what stands last never comes where the rest is so. */
function neverWords(when: Expression, isDate: DateTeller): string {
  const last = when.type === "and" ? when.parts.at(-1) : undefined;
  const words = last && isNeverWords(last);
  if (when.type !== "and" || words === undefined) return `never ${conditionWords(when, isDate)}`;
  const rest = when.parts.slice(0, -1);
  const where: Expression = rest.length === 1 ? (rest[0] as Expression) : { type: "and", parts: rest };
  return `${words} where ${conditionWords(where, isDate)}`;
}

function isNeverWords(part: Expression): string | undefined {
  if (part.type === "missing") return `${part.column} is never missing`;
  if (part.type === "not" && part.of.type === "missing") return `${part.of.column} is always missing`;
  const isText = (side: Expression | undefined): boolean => side?.type === "text" || side?.type === "number";
  if (part.type === "in")
    return `${valueWords(part.of)} is never ${listed(
      part.options.map((option) => valueWords(option)),
      "or",
    )}`;
  if (part.type !== "compare" || part.comparisons.join() !== "=" || !isText(part.operands[1]))
    return undefined;
  return `${valueWords(part.operands[0] as Expression)} is never ${valueWords(part.operands[1] as Expression)}`;
}

function conditionWords(condition: Expression, isDate: DateTeller): string {
  switch (condition.type) {
    case "compare":
      return condition.comparisons
        .map((comparison, i) => {
          const [left, right] = condition.operands.slice(i, i + 2) as [Expression, Expression];
          const dated = [left, right].some((side) => side.type === "column" && isDate(side.name));
          return `${valueWords(left)} ${comparisonWords(comparison, dated)} ${valueWords(right)}`;
        })
        .join(" and ");
    case "in":
      return `${valueWords(condition.of)} is ${listed(
        condition.options.map((option) => valueWords(option)),
        "or",
      )}`;
    case "between":
      return betweenWords(condition, "is");
    case "missing":
      return `${condition.column} is missing`;
    case "not":
      return notWords(condition.of, isDate);
    case "and":
    case "or":
      return condition.parts
        .map((part) => {
          const words = conditionWords(part, isDate);
          return part.type === "if" ||
            ((part.type === "or" || part.type === "and") && part.type !== condition.type)
            ? `(${words})`
            : words;
        })
        .join(` ${condition.type} `);
    case "if":
      return impliesWords(condition.when, condition.then, isDate);
    default:
      return valueWords(condition);
  }
}

function notWords(of: Expression, isDate: DateTeller): string {
  if (of.type === "missing") return `${of.column} is present`;
  if (of.type === "in")
    return `${valueWords(of.of)} is not ${listed(
      of.options.map((option) => valueWords(option)),
      "or",
    )}`;
  if (of.type === "between") return betweenWords(of, "is not");
  const flipped = negationOf(of);
  return flipped.type === "not" ? `not (${conditionWords(of, isDate)})` : conditionWords(flipped, isDate);
}

function betweenWords({ of, low, high }: Extract<Expression, { type: "between" }>, is: string): string {
  const subject = `${valueWords(of)} ${is}`;
  if (low && high) return `${subject} from ${valueWords(low)} to ${valueWords(high)}`;
  return low
    ? `${subject} ${valueWords(low)} or more`
    : `${subject} ${high ? valueWords(high) : "anything"} or less`;
}

function comparisonWords(comparison: Comparison, dated: boolean): string {
  switch (comparison) {
    case "=":
      return "is";
    case "!=":
      return "is not";
    case "<":
      return dated ? "is before" : "is below";
    case "<=":
      return dated ? "is not after" : "is at most";
    case ">":
      return dated ? "is after" : "is above";
    case ">=":
      return dated ? "is not before" : "is at least";
  }
}

const SIGNS = { "+": " + ", "-": " − ", "*": " × ", "/": " / ", mod: " mod ", "^": "^" } as const;
const BINDS = { "+": 1, "-": 1, "*": 2, "/": 2, mod: 2, "^": 4 } as const;

/** A calculation as it is written by hand; brackets where it binds less than `least`. */
function valueWords(value: Expression, least = 0): string {
  const bracketed = (text: string, binds: number): string => (binds < least ? `(${text})` : text);
  switch (value.type) {
    case "number":
      return bracketed(number(value.value), value.value < 0 ? 3 : 9);
    case "text":
      return `“${value.value}”`;
    case "column":
      return value.name;
    case "negative":
      return bracketed(`−${valueWords(value.of, 3)}`, 3);
    case "call":
      return callWords(value);
    case "arithmetic": {
      const { operator, left, right } = value;
      const binds = BINDS[operator];
      const power = operator === "^" && right.type === "number" ? { 2: "²", 3: "³" }[right.value] : undefined;
      if (power !== undefined) return bracketed(`${valueWords(left, 5)}${power}`, binds);
      const before = valueWords(left, operator === "^" ? 5 : binds);
      return bracketed(`${before}${SIGNS[operator]}${valueWords(right, binds + 1)}`, binds);
    }
    default:
      return `(${conditionWords(value, () => false)})`;
  }
}

function callWords({ name, parts }: Extract<Expression, { type: "call" }>): string {
  const [part] = parts as [Expression];
  const spans = name === "minutes" || name === "hours" || name === "days" || name === "years";
  if (spans && part.type === "arithmetic" && part.operator === "-")
    return `the time from ${valueWords(part.right, 2)} to ${valueWords(part.left, 1)} in ${name}`;
  if (name === "floor" && part.type === "call") {
    const inner = callWords(part);
    if (inner.startsWith("the time ")) return inner.replace(/ in (\w+)$/, " in whole $1");
  }
  return `${name}(${parts.map((one) => valueWords(one)).join(", ")})`;
}
