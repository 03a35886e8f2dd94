import type { Expression } from "../../rules/expression.ts";
import { answerOf } from "../../rules/judging/conditions.ts";
import { isDateIn, scopeOf, type Scope } from "../../rules/judging/scope.ts";
import { valueOf } from "../../rules/judging/values.ts";
import { cellFormatter } from "../../table/formats/format-cell.ts";
import { formatDate } from "../../table/formats/dates/write-date.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { cellsOf, textAt, textsOf, withCells } from "../cells.ts";
import { expressionOn, isCondition } from "../expression-on-rows.ts";
import { firstChanged } from "../map-column.ts";
import {
  MOST_TEXTS,
  newName,
  StepFault,
  type Effect,
  type Given,
  type StepKind,
  type StepOf,
} from "../step-kind.ts";

type Derive = StepOf<"derive">;

/** A column is calculated from others: a number, a date, or yes and no. */
export const derive: StepKind<Derive> = {
  title: ({ column, formula }) => `make ${column} = ${formula}`,
  done: ({ column, formula }) => `${column}: calculated as ${formula}`,
  apply: (step, given) => derived(step, given),
};

function derived({ column, formula }: Derive, given: Given): Effect {
  const { rows } = given;
  const name = newName(rows, column, column);
  const { expression, table } = expressionOn(formula, given);
  const text = writerOf(expression, table, given.reading.context.decimalComma);
  const cells = cellsOf(rows.rows, text);
  const at = rows.names.indexOf(name);
  const before = at < 0 ? undefined : textsOf(rows.cells[at] as Given["rows"]["cells"][number]);
  const differs = (row: number): boolean =>
    before === undefined ? textAt(cells, row) !== "" : textAt(before, row) !== textAt(cells, row);
  let changed = 0;
  for (let row = 0; row < rows.rows; row++) if (differs(row)) changed++;
  return {
    rows:
      at < 0
        ? { ...rows, names: [...rows.names, name], cells: [...rows.cells, cells] }
        : withCells(rows, at, cells),
    cells: changed,
    away: 0,
    shows: [name, ...table.schema.columns.map((one) => one.name)],
    texts: cells.levels
      .map((level, code) => ({ text: level, cells: cells.counts[code] as number, becomes: level || null }))
      .sort((a, b) => b.cells - a.cells)
      .slice(0, MOST_TEXTS),
    changed: firstChanged(rows.rows, (row) =>
      differs(row)
        ? { before: before === undefined ? "" : textAt(before, row), after: textAt(cells, row) || null }
        : undefined,
    ),
  };
}

/** What the formula gives at a row, as a cell's text; "" where it gives nothing. */
function writerOf(expression: Expression, table: Table, decimalComma: boolean): (row: number) => string {
  const scope = scopeOf(table);
  if (isCondition(expression)) {
    const answer = answerOf(scope, expression);
    return (row) => ["no", "yes"][answer(row)] ?? "";
  }
  if (expression.type === "text") return () => expression.value;
  if (expression.type === "column") return copied(table, expression.name);
  const value = valueOf(scope, expression);
  const time = timeOf(scope, expression);
  if (time === "span")
    throw new StepFault(
      "The time between two dates needs a unit: days(discharged - admitted), or hours, minutes, years.",
    );
  if (time === "date") return (row) => moment(value(row));
  return (row) => number(value(row), decimalComma);
}

function copied({ columns, schema }: Table, name: string): (row: number) => string {
  const at = schema.columns.findIndex((column) => column.name === name);
  const described = schema.columns[at] as ColumnSchema;
  return cellFormatter(columns[at] as Table["columns"][number], { ...described, missingToken: "" });
}

const moment = (ms: number): string => {
  if (!Number.isFinite(ms)) return "";
  return formatDate(ms, ms % 86_400_000 === 0 ? "YYYY-MM-DD" : "YYYY-MM-DD HH:mm:ss");
};

/** Without the last digits that floating point adds. */
function number(value: number, decimalComma: boolean): string {
  if (!Number.isFinite(value)) return "";
  const text = String(Number(value.toPrecision(12)));
  return decimalComma ? text.replace(".", ",") : text;
}

/** Whether an expression gives a date, or a time between two, in milliseconds. */
function timeOf(scope: Scope, expression: Expression): "date" | "span" | undefined {
  switch (expression.type) {
    case "column":
      return isDateIn(scope, expression.name) ? "date" : undefined;
    case "negative":
      return timeOf(scope, expression.of);
    case "arithmetic": {
      const [left, right] = [timeOf(scope, expression.left), timeOf(scope, expression.right)];
      if (expression.operator === "+") return left === "date" || right === "date" ? "date" : (left ?? right);
      if (expression.operator !== "-") return undefined;
      const dated = (side: Expression, time: typeof left): boolean => time === "date" || side.type === "text";
      if (dated(expression.left, left) && dated(expression.right, right)) return "span";
      return left ?? right;
    }
    case "call":
      return ["abs", "min", "max", "floor", "ceil", "round"].includes(expression.name)
        ? expression.parts.map((part) => timeOf(scope, part)).find((time) => time !== undefined)
        : undefined;
    default:
      return undefined;
  }
}
