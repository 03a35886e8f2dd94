import type { Table } from "../../table/table.ts";
import type { Constraint, FoundRule } from "../constraint.ts";
import type { Expression } from "../expression.ts";
import { columnsOf, namesIn, partsOf } from "../language/names-in.ts";
import { learnedRule } from "../learned-rule.ts";

type Follows = Extract<Constraint, { kind: "follows" }>;

/**
 * `rules` without those that another one says already. Where a column follows from another in every row, nothing more is
 * to be said of which of their values come together. And where what follows is the same for every value, as the sex of
 * all who have an answer about pregnancy, a gate says more plainly in which rows there is no such value.
 */
export function withoutSaidTwice(rules: readonly FoundRule[], train: Table): FoundRule[] {
  const gated = new Set(rules.flatMap(({ constraint }) => gateOf(constraint) ?? []));
  const first = rules.filter(
    ({ constraint: rule }) =>
      !(rule.kind === "follows" && gated.has(pairOf(rule)) && isConstant(rule, train)),
  );
  const following = new Set(
    first.flatMap(({ constraint, nearly }) =>
      constraint.kind === "follows" && !nearly ? [pairKey(columnsOf(constraint))] : [],
    ),
  );
  return first.filter(
    ({ constraint }) => !(isOfValues(constraint) && following.has(pairKey(columnsOf(constraint)))),
  );
}

const pairKey = (names: readonly string[]): string => JSON.stringify([...names].sort());
const pairOf = ({ column, from }: Follows): string => JSON.stringify([column, from]);

/** The column that decides and the one that it leaves empty, as one text. */
function gateOf(rule: Constraint): string | undefined {
  if (rule.kind !== "implies" || rule.then.type !== "missing") return undefined;
  const [column, ...others] = namesIn(rule.when);
  return column === undefined || others.length > 0 ? undefined : JSON.stringify([column, rule.then.column]);
}

function isConstant(rule: Follows, train: Table): boolean {
  const { gives, steps } = learnedRule(rule, train);
  return new Set([...(gives ?? []).map(([, value]) => value), ...(steps?.gives ?? [])]).size === 1;
}

/** Whether a rule is only of the values that two columns have together, not of cells that are missing. */
function isOfValues(rule: Constraint): boolean {
  if (rule.kind === "combinations") return true;
  if (rule.kind === "never") return !asksOfMissing(rule.when);
  return rule.kind === "implies" && !asksOfMissing(rule.when) && !asksOfMissing(rule.then);
}

const asksOfMissing = (expression: Expression): boolean =>
  expression.type === "missing" || partsOf(expression).some(asksOfMissing);
