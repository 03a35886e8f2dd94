import type { Comparison, Expression, Operator } from "../expression.ts";
import type { Cursor, Parsed } from "./cursor.ts";
import { columnOf, fail, shown } from "./cursor.ts";
import { readPeriod } from "./date-text.ts";
import type { Sort } from "./rule-columns.ts";
import { sortOfColumn } from "./rule-columns.ts";

/** Numbers from here on can be meant as milliseconds; smaller ones beside dates are days, years or a slip. */
const MILLISECONDS = 1000;
/** A day in milliseconds and above cannot be meant as a year. */
const NO_YEAR = 86_400_000;

/** What `expression` gives. */
function sortOf(c: Cursor, expression: Expression): Sort {
  switch (expression.type) {
    case "number":
      return "number";
    case "text":
      return "text";
    case "column":
      return sortOfColumn(columnOf(c, expression) ?? { name: expression.name });
    case "negative":
      return sortOf(c, expression.of);
    case "arithmetic":
      return sortOfArithmetic(expression.operator, sortOf(c, expression.left), sortOf(c, expression.right));
    case "call": {
      const of = expression.parts.map((part) => sortOf(c, part));
      const same = ["abs", "min", "max", "floor", "ceil", "round"].includes(expression.name);
      return (
        (same ? of.find((sort) => sort === "date" || sort === "span" || sort === "unknown") : undefined) ??
        "number"
      );
    }
    default:
      return "condition";
  }
}

function sortOfArithmetic(operator: Operator, left: Sort, right: Sort): Sort {
  const dated = (sort: Sort): boolean => sort === "date" || sort === "text";
  if (operator === "-" && dated(left) && dated(right)) return "span";
  if (operator === "+" || operator === "-") {
    if (left === "date" || right === "date")
      return left === "unknown" || right === "unknown" ? "unknown" : "date";
    if (left === "span" || right === "span") return "span";
  }
  return left === "unknown" || right === "unknown" || left === "span" || right === "span"
    ? "unknown"
    : "number";
}

/** Throws where `parsed` is no value that can be calculated with. */
export function wantValue(c: Cursor, { expression, at }: Parsed, beside?: Expression): void {
  const sort = sortOf(c, expression);
  const name = expression.type === "column" ? shown(expression.name) : "This";
  if (sort === "condition") fail(c, at, "A comparison stands where a number is expected.");
  if (sort === "level") fail(c, at, `${name} holds words, so nothing can be calculated with it.`);
  if (expression.type !== "text") return;
  const other = beside && sortOf(c, beside);
  const date = (other === "date" || other === "unknown") && readPeriod(expression.value) !== undefined;
  if (!date)
    fail(
      c,
      at,
      `A number was expected, not the text ${shown(expression.value)}. Numbers stand without quotes.`,
    );
}

/** Throws where `parsed` is neither true nor false. */
export function wantCondition(c: Cursor, { expression, at }: Parsed): void {
  if (sortOf(c, expression) === "condition") return;
  const column = columnOf(c, expression);
  const level = column?.levels?.[0] ?? "yes";
  const way =
    column && sortOfColumn(column) !== "number" ? `${column.name} = ${JSON.stringify(level)}` : "age >= 18";
  fail(c, at, `Something that is true or false was expected here, such as ${way}.`);
}

/** Throws where the two sides of a sign cannot be calculated with. */
export function checkArithmetic(c: Cursor, operator: Operator, left: Parsed, right: Parsed): void {
  wantValue(c, left, operator === "-" ? right.expression : undefined);
  wantValue(c, right, operator === "-" ? left.expression : undefined);
  const sorts = [sortOf(c, left.expression), sortOf(c, right.expression)] as const;
  if (!sorts.includes("date")) return;
  const [a, b] = sorts;
  if (operator === "-" && (b === "date" || b === "unknown" || b === "text")) return;
  if (operator !== "+" && operator !== "-")
    fail(c, left.at, "Dates can only be subtracted from each other, as in days(discharged - admitted).");
  if (operator === "+" && a === "date" && b === "date")
    fail(c, left.at, "Two dates cannot be added. Write a minus for the time between them.");
  if (operator === "-" && b !== "span" && a !== "date") fail(c, right.at, numberBesideDate);
  const other = a === "date" ? right : left;
  if (!isTime(c, other.expression)) fail(c, other.at, numberBesideDate);
}

const numberBesideDate =
  "A date and a number do not add up. Write days(discharged - admitted) <= 30, or give milliseconds: 86400000 * los_days.";

/** Whether a value can be meant as milliseconds. */
function isTime(c: Cursor, expression: Expression): boolean {
  const sort = sortOf(c, expression);
  return sort === "span" || sort === "unknown" || largest(expression) >= MILLISECONDS;
}

function largest(expression: Expression): number {
  switch (expression.type) {
    case "number":
      return Math.abs(expression.value);
    case "negative":
      return largest(expression.of);
    case "arithmetic":
      return Math.max(largest(expression.left), largest(expression.right));
    default:
      return 0;
  }
}

/** Throws where a function of time is given something else. */
export function checkSpan(c: Cursor, name: string, part: Parsed): void {
  const sort = sortOf(c, part.expression);
  if (sort === "span" || sort === "unknown") return;
  fail(c, part.at, `${name} takes the time between two dates: ${name}(discharged - admitted).`);
}

/** Throws where `left` and `right` cannot stand on the two sides of `comparison`. */
export function checkComparison(c: Cursor, left: Parsed, comparison: Comparison, right: Parsed): void {
  for (const side of [left, right])
    if (sortOf(c, side.expression) === "condition")
      fail(c, side.at, "A comparison cannot be compared. Join two with and, or put not before one.");
  checkSides(c, left, right);
  checkSides(c, right, left);
  if (comparison === "=" || comparison === "!=") return;
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const sort = sortOf(c, side.expression);
    const name = side.expression.type === "column" ? shown(side.expression.name) : "This";
    if (sort === "level")
      fail(c, side.at, `${name} holds words, which have no order. Name its levels: in ("a", "b").`);
    const beside = sortOf(c, other.expression);
    if (sort === "text" && beside !== "date" && beside !== "unknown")
      fail(c, side.at, 'A text has no order. Write a number, or a date such as "2020-01-31" beside a date.');
  }
}

function checkSides(c: Cursor, side: Parsed, other: Parsed): void {
  const sort = sortOf(c, side.expression);
  const beside = sortOf(c, other.expression);
  const column = columnOf(c, side.expression);
  const name = column ? shown(column.name) : "This";
  if (beside === "text" && other.expression.type === "text") {
    const text = other.expression.value;
    if (sort === "number")
      fail(
        c,
        other.at,
        `${name} holds numbers, but ${shown(text)} is a text. Write a number without quotes.`,
      );
    if (sort === "span") fail(c, other.at, spanIsNoNumber);
    if (sort === "date" && readPeriod(text, column) === undefined)
      fail(c, other.at, `${shown(text)} is no date. Write it as year, month and day: "2020-01-31".`);
  }
  if (sort === "level" && (beside === "number" || beside === "date" || beside === "span"))
    fail(
      c,
      other.at,
      `${name} holds words, which cannot be compared with ${beside === "date" ? "dates" : "numbers"}.`,
    );
  if (
    sort === "date" &&
    beside === "number" &&
    !(other.expression.type === "number" && largest(other.expression) >= NO_YEAR)
  )
    fail(c, other.at, `${name} is a date. Compare it with a date such as "2020-01-31".`);
  if (sort === "date" && beside === "span")
    fail(c, other.at, `${name} is a date, and this is a time between two dates.`);
  if (sort === "span" && beside === "number" && largest(other.expression) < MILLISECONDS)
    fail(c, other.at, spanIsNoNumber);
}

const spanIsNoNumber =
  "The time between two dates needs a unit: days(discharged - admitted) <= 30, or hours, minutes, years.";
