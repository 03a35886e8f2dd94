import type { Table } from "../../table/table.ts";
import type { Constraint } from "../constraint.ts";
import type { Comparison, Expression } from "../expression.ts";
import { answerOf } from "../judging/conditions.ts";
import type { Scope } from "../judging/scope.ts";
import { columnIn, isDateIn, schemaIn, scopeOf } from "../judging/scope.ts";
import { readPeriod } from "../language/date-text.ts";
import { negationOf, REVERSED } from "../language/logic.ts";
import { namesIn } from "../language/names-in.ts";

/** One thing that a rule says of a row, as far as contradictions are looked for. */
export type Fact =
  /** a number or date between two ends; an open end is not in it */
  | {
      readonly type: "within";
      readonly column: string;
      readonly low: number;
      readonly high: number;
      readonly open?: boolean;
    }
  /** one of these levels */
  | { readonly type: "among"; readonly column: string; readonly levels: ReadonlySet<string> }
  | { readonly type: "missing"; readonly column: string; readonly missing: boolean }
  | { readonly type: "order"; readonly lower: string; readonly upper: string; readonly strict: boolean }
  | { readonly type: "multiple"; readonly column: string; readonly of: number }
  | { readonly type: "together"; readonly columns: readonly string[] };

/** Facts that hold together. `whole`: they say all that the condition does. */
export interface Facts {
  readonly facts: readonly Fact[];
  readonly whole: boolean;
}

/** What a rule says: always, or where `when` holds. */
export interface Said {
  /** place in the list of rules */
  readonly rule: number;
  readonly always: readonly Fact[];
  readonly implies?: { readonly when: Facts; readonly then: readonly Fact[] };
  /** conditions that never hold all together: each, and what is so where it does not hold */
  readonly never?: readonly { readonly is: Facts; readonly isNot: Facts }[];
}

/** The facts of a rule in a table with the columns and levels of `like`. */
export function saidBy(rule: number, constraint: Constraint, like: Table): Said {
  const scope = scopeOf(like);
  const always = (facts: readonly Fact[]): Said => ({ rule, always: facts });
  switch (constraint.kind) {
    case "order":
      return always(
        constraint.strict.map((strict, i) => ({
          type: "order",
          lower: constraint.columns[i] as string,
          upper: constraint.columns[i + 1] as string,
          strict,
        })),
      );
    case "range": {
      const { column, low = -Infinity, high = Infinity } = constraint;
      if (columnIn(scope, column).type === "numeric") return always([{ type: "within", column, low, high }]);
      const between: Expression = {
        type: "between",
        of: { type: "column", name: column },
        low: { type: "number", value: low },
        high: { type: "number", value: high },
      };
      return always(factsOf(scope, between).facts);
    }
    case "formula":
      return always(
        constraint.equals.type === "column"
          ? equalColumns(scope, constraint.column, constraint.equals.name)
          : [],
      );
    case "never": {
      const parts = constraint.when.type === "and" ? constraint.when.parts : [constraint.when];
      const never = parts.map((part) => ({
        is: factsOf(scope, part, true),
        isNot: factsOf(scope, negationOf(part)),
      }));
      return { rule, always: [], never };
    }
    case "implies":
      return {
        rule,
        always: [],
        implies: { when: factsOf(scope, constraint.when, true), then: factsOf(scope, constraint.then).facts },
      };
    case "missing-together":
      return always([{ type: "together", columns: constraint.columns }]);
    case "multiple":
      return always([{ type: "multiple", column: constraint.column, of: constraint.of }]);
    case "nothing-after":
      return always(
        like.schema.columns.flatMap(({ name, kind }) =>
          kind === "datetime" && name !== constraint.column
            ? [{ type: "order", lower: name, upper: constraint.column, strict: false } as const]
            : [],
        ),
      );
    case "expression":
      return always(factsOf(scope, constraint.holds).facts);
    default:
      return always([]);
  }
}

function equalColumns(scope: Scope, a: string, b: string): Fact[] {
  if (columnIn(scope, a).type !== "numeric" || columnIn(scope, b).type !== "numeric") return [];
  return [
    { type: "order", lower: a, upper: b, strict: false },
    { type: "order", lower: b, upper: a, strict: false },
  ];
}

const NOTHING: Facts = { facts: [], whole: false };
const one = (fact: Fact, whole = true): Facts => ({ facts: [fact], whole });

/**
 * The facts of a condition. `sure`: where it is true, cells that it asks about being there; else where it is not false.
 * Parts that are no facts of one or two columns are left out.
 */
export function factsOf(scope: Scope, condition: Expression, sure = false): Facts {
  const facts = plainFacts(scope, condition, sure);
  if (!sure) return facts;
  const there = facts.facts.flatMap((fact): Fact[] =>
    fact.type === "within" || fact.type === "among"
      ? [fact, { type: "missing", column: fact.column, missing: false }]
      : [fact],
  );
  return { ...facts, facts: there };
}

function plainFacts(scope: Scope, condition: Expression, sure: boolean): Facts {
  if (condition.type === "missing") return one({ type: "missing", column: condition.column, missing: true });
  if (condition.type === "not" && condition.of.type === "missing")
    return one({ type: "missing", column: condition.of.column, missing: false });
  const names = namesIn(condition);
  const [name] = names;
  if (name !== undefined && names.length === 1 && !asksMissing(condition)) {
    const column = columnIn(scope, name);
    if (column.type === "coded")
      return one({ type: "among", column: name, levels: levelsOf(scope, name, condition, sure) });
  }
  switch (condition.type) {
    case "and":
      return joined(condition.parts.map((part) => plainFacts(scope, part, sure)));
    case "compare":
      return joined(
        condition.comparisons.map((comparison, i) =>
          comparisonFacts(
            scope,
            condition.operands[i] as Expression,
            comparison,
            condition.operands[i + 1] as Expression,
          ),
        ),
      );
    case "between":
      return joined([
        ...(condition.low ? [comparisonFacts(scope, condition.of, ">=", condition.low)] : []),
        ...(condition.high ? [comparisonFacts(scope, condition.of, "<=", condition.high)] : []),
      ]);
    case "in":
      return hullOf(condition.options.map((option) => comparisonFacts(scope, condition.of, "=", option)));
    case "not": {
      const turned = negationOf(condition.of);
      return turned.type === "not" ? NOTHING : plainFacts(scope, turned, sure);
    }
    default:
      return NOTHING;
  }
}

const asksMissing = (condition: Expression): boolean =>
  JSON.stringify(condition).includes('"type":"missing"');

const joined = (parts: readonly Facts[]): Facts => ({
  facts: parts.flatMap(({ facts }) => facts),
  whole: parts.every(({ whole }) => whole),
});

/** From the least to the greatest of several values. */
function hullOf(options: readonly Facts[]): Facts {
  const within = options.flatMap(({ facts: [fact] }) => (fact?.type === "within" ? [fact] : []));
  const [first] = within;
  if (!first || within.length < options.length) return NOTHING;
  const low = Math.min(...within.map((fact) => fact.low));
  const high = Math.max(...within.map((fact) => fact.high));
  return one({ type: "within", column: first.column, low, high }, within.length === 1);
}

/** The levels for which a condition on one column is true, or with `sure` left out, not false. */
function levelsOf(scope: Scope, name: string, condition: Expression, sure: boolean): ReadonlySet<string> {
  const column = columnIn(scope, name);
  const levels = column.type === "coded" ? column.levels : [];
  const answer = answerOf(
    scopeOf({
      ...scope.table,
      rows: levels.length,
      columns: [{ type: "coded", codes: Int32Array.from(levels, (_, code) => code), levels }],
      schema: { ...scope.table.schema, columns: [schemaIn(scope, name)] },
    }),
    condition,
  );
  return new Set(levels.filter((_, code) => (sure ? answer(code) === 1 : answer(code) !== 0)));
}

function comparisonFacts(scope: Scope, left: Expression, comparison: Comparison, right: Expression): Facts {
  if (left.type !== "column")
    return right.type === "column" ? comparisonFacts(scope, right, REVERSED[comparison], left) : NOTHING;
  if (columnIn(scope, left.name).type !== "numeric") return NOTHING;
  if (right.type === "column") return columnFacts(scope, left.name, comparison, right.name);
  const ends = endsOf(scope, left.name, right);
  if (!ends || comparison === "!=") return NOTHING;
  const { from, to } = ends;
  const column = left.name;
  switch (comparison) {
    case "=":
      return one({ type: "within", column, low: from, high: to });
    case "<":
      return one({ type: "within", column, low: -Infinity, high: from, open: true });
    case "<=":
      return one({ type: "within", column, low: -Infinity, high: to });
    case ">":
      return one({ type: "within", column, low: to, high: Infinity, open: true });
    case ">=":
      return one({ type: "within", column, low: from, high: Infinity });
  }
}

function endsOf(
  scope: Scope,
  column: string,
  constant: Expression,
): { from: number; to: number } | undefined {
  if (constant.type === "number") return { from: constant.value, to: constant.value };
  return constant.type === "text" && isDateIn(scope, column)
    ? readPeriod(constant.value, schemaIn(scope, column))
    : undefined;
}

function columnFacts(scope: Scope, left: string, comparison: Comparison, right: string): Facts {
  if (columnIn(scope, right).type !== "numeric" || comparison === "!=") return NOTHING;
  if (comparison === "=") return { facts: equalColumns(scope, left, right), whole: true };
  const strict = comparison === "<" || comparison === ">";
  const rising = comparison === "<" || comparison === "<=";
  return one({ type: "order", lower: rising ? left : right, upper: rising ? right : left, strict });
}
