import type { Forced, Gate } from "../../codec/derived/forced.ts";
import type { Constraint } from "../../rules/constraint.ts";
import type { Comparison, Expression } from "../../rules/expression.ts";
import { numberOf, PLAIN } from "../../table/formats/number-format.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";

/**
 * The cells that `rule` decides where what it asks is met, as far as its text says them: `if a = 1 and b = 2 then c is
 * missing`, `then c = 0`, `then c = d`. Each entry lists the ways to put it, of which the first that goes with the other
 * steps is to be taken; empty where rows can only be looked at afterwards.
 */
export function forcedCells(rule: Constraint, table: Table): readonly (readonly Forced[])[] {
  if (rule.kind === "multiple") {
    const column = placeIn(table, rule.column);
    const numeric = column !== undefined && table.columns[column]?.type === "numeric";
    return numeric ? [[{ kind: "forced", column, when: [], multipleOf: rule.of }]] : [];
  }
  if (rule.kind !== "implies") return [];
  const when = gatesOf(rule.when, table);
  if (when === undefined) return [];
  return partsOf(rule.then).map((then) => conclusions(then, when, table));
}

const partsOf = (expression: Expression): readonly Expression[] =>
  expression.type === "and" ? expression.parts.flatMap(partsOf) : [expression];

function placeIn({ schema }: Table, name: string): number | undefined {
  const at = schema.columns.findIndex((column) => column.name === name);
  return at < 0 ? undefined : at;
}

/** What all parts of a condition ask of single columns; undefined where one part asks something else. */
function gatesOf(condition: Expression, table: Table): Gate[] | undefined {
  const gates = partsOf(condition).map((part) => gateOf(part, table));
  return gates.every((gate) => gate !== undefined) ? gates : undefined;
}

function gateOf(part: Expression, table: Table): Gate | undefined {
  if (part.type === "missing") {
    const column = placeIn(table, part.column);
    return column === undefined ? undefined : { column, is: "missing" };
  }
  if (part.type === "not" && part.of.type === "missing") {
    const column = placeIn(table, part.of.column);
    return column === undefined ? undefined : { column, is: "present" };
  }
  if (part.type === "in" && part.of.type === "column")
    return comparedWith(part.of.name, "=", part.options, table);
  if (part.type !== "compare" || part.operands.length !== 2) return undefined;
  const [left, right] = part.operands as [Expression, Expression];
  const comparison = part.comparisons[0] as Comparison;
  if (left.type === "column") return comparedWith(left.name, comparison, [right], table);
  return right.type === "column" ? comparedWith(right.name, TURNED[comparison], [left], table) : undefined;
}

const TURNED: Readonly<Record<Comparison, Comparison>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "=": "=",
  "!=": "!=",
};

/** A column beside numbers or texts that are written out; a date's text is left to the rule's own test. */
function comparedWith(
  name: string,
  comparison: Comparison,
  others: readonly Expression[],
  table: Table,
): Gate | undefined {
  const column = placeIn(table, name);
  if (column === undefined) return undefined;
  const own = table.columns[column] as Column;
  const schema = table.schema.columns[column] as ColumnSchema;
  if (own.type === "coded") {
    const test = levelTest(comparison, others, schema);
    return test && { column, levels: own.levels.filter(test) };
  }
  const values = others.flatMap((other) => (other.type === "number" ? [other.value] : []));
  if (values.length < others.length || schema.kind === "datetime") return undefined;
  if (comparison === "=") return { column, values };
  return values.length === 1 ? { column, comparison, value: values[0] as number } : undefined;
}

function levelTest(
  comparison: Comparison,
  others: readonly Expression[],
  schema: ColumnSchema,
): ((level: string) => boolean) | undefined {
  const number = (level: string): number => numberOf(level, schema.number ?? PLAIN);
  const same = (level: string): boolean =>
    others.some(
      (other) =>
        (other.type === "text" && other.value === level) ||
        (other.type === "number" && other.value === number(level)),
    );
  if (comparison === "=") return same;
  if (comparison === "!=") return (level) => !same(level);
  const [limit] = others;
  if (limit?.type !== "number") return undefined;
  const { value } = limit;
  return (level) => {
    const own = number(level);
    if (comparison === "<") return own < value;
    if (comparison === "<=") return own <= value;
    return comparison === ">" ? own > value : own >= value;
  };
}

function conclusions(then: Expression, when: readonly Gate[], table: Table): Forced[] {
  if (then.type === "missing") {
    const column = placeIn(table, then.column);
    return column === undefined ? [] : [{ kind: "forced", column, when, gives: null }];
  }
  if (then.type !== "compare" || then.operands.length !== 2 || then.comparisons[0] !== "=") return [];
  const [left, right] = then.operands as [Expression, Expression];
  return [...madeLike(left, right, when, table), ...madeLike(right, left, when, table)];
}

function madeLike(own: Expression, other: Expression, when: readonly Gate[], table: Table): Forced[] {
  const column = own.type === "column" ? placeIn(table, own.name) : undefined;
  if (column === undefined) return [];
  const cells = table.columns[column] as Column;
  if (other.type === "column") {
    const like = placeIn(table, other.name);
    const alike = like !== undefined && table.columns[like]?.type === cells.type;
    return alike ? [{ kind: "forced", column, when, like }] : [];
  }
  const schema = table.schema.columns[column] as ColumnSchema;
  if (cells.type === "numeric")
    return other.type === "number" && schema.kind !== "datetime"
      ? [{ kind: "forced", column, when, gives: other.value }]
      : [];
  const same = levelTest("=", [other], schema);
  const level = cells.levels.find((one) => same?.(one) === true);
  return level === undefined ? [] : [{ kind: "forced", column, when, gives: level }];
}
