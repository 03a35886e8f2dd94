import type { Table } from "../../table/table.ts";
import type { Expression } from "../expression.ts";
import { answerOf } from "../judging/conditions.ts";
import { scopeOf } from "../judging/scope.ts";
import { conditionOf, negationOf } from "../language/logic.ts";
import type { RuleColumn } from "../language/rule-columns.ts";
import { ruleColumns } from "../language/rule-columns.ts";
import { conditionInWords, listed } from "../rule-words.ts";
import { writeRule } from "../write-rule.ts";
import { groundOf, settle, smallestConflict } from "./conflict.ts";
import { factsOf, saidBy } from "./facts.ts";
import type { ReadRule, Trouble, WayOut } from "./trouble.ts";
import { atLeastFive, figure, numberOf, switchOff } from "./trouble.ts";

/** Rules that exclude each other, always or where the condition of one of them holds; each smallest set once. */
export async function conflictsAmong(
  rules: readonly ReadRule[],
  train: Table,
  pulse?: () => Promise<void>,
): Promise<Trouble[]> {
  const ground = groundOf(train);
  const scope = scopeOf(train);
  const found: Trouble[] = [];
  const seen = new Set<string>();
  let said = rules.map(({ constraint }, k) => saidBy(k, constraint, train));
  for (let all = smallestConflict([], said, ground); all; all = smallestConflict([], said, ground)) {
    const { rules: members, columns } = all;
    found.push(alwaysTrouble(members, columns, rules));
    seen.add(members.join(" "));
    said = said.filter(({ rule }) => rule !== members.at(-1));
    await pulse?.();
  }
  const { state } = settle([], said, ground);
  for (const one of said) {
    const { constraint } = rules[one.rule] as ReadRule;
    if (constraint.kind !== "implies" || !one.implies) continue;
    const { then } = one.implies;
    for (const when of constraint.when.type === "or" ? constraint.when.parts : [constraint.when]) {
      const premise = factsOf(scope, when, true).facts;
      if (premise.length === 0 || settle(premise, [], ground, state).conflict) continue;
      const here = said.map((other) => (other === one ? { rule: one.rule, always: then } : other));
      if (!settle([...premise, ...then], said, ground, state).conflict) continue;
      const inCase = smallestConflict(premise, here, ground);
      const key = inCase?.rules.join(" ");
      if (!inCase || key === undefined || seen.has(key)) continue;
      seen.add(key);
      found.push(...caseTroubles(inCase.rules, one.rule, when, rules, train));
    }
    await pulse?.();
  }
  return found;
}

const numbersOf = (members: readonly number[], rules: readonly ReadRule[]): string =>
  listed(members.map((k) => numberOf((rules[k] as ReadRule).at)));

const saying = (members: readonly number[], rules: readonly ReadRule[]): string =>
  members
    .map((k) => rules[k] as ReadRule)
    .map(({ at, words }) => `Rule ${numberOf(at)}: ${words}.`)
    .join(" ");

function alwaysTrouble(
  members: readonly number[],
  columns: readonly string[],
  rules: readonly ReadRule[],
): Trouble {
  const places = members.map((k) => (rules[k] as ReadRule).at);
  const having = `No row that has ${columns.length > 0 ? listed(columns.map((name) => `“${name}”`)) : "these cells"}`;
  const single = members.length === 1;
  return {
    code: single ? "impossible" : "contradict",
    rules: places,
    stops: true,
    title: single
      ? `No row can keep rule ${numbersOf(members, rules)}`
      : `Rules ${numbersOf(members, rules)} cannot ${members.length === 2 ? "both" : "all"} hold`,
    detail: `${having} could meet ${single ? "it" : members.length === 2 ? "both" : "all of them"}. ${saying(members, rules)}`,
    ways: places.map(switchOff).reverse(),
  };
}

/** Where the condition of rule `k` holds; none where it holds in no training row. */
function caseTroubles(
  members: readonly number[],
  k: number,
  when: Expression,
  rules: readonly ReadRule[],
  train: Table,
): Trouble[] {
  const answer = answerOf(scopeOf(train), when);
  const patients = new Set<number>();
  let rows = 0;
  for (let row = 0; row < train.rows; row++) {
    if (answer(row) !== 1) continue;
    rows++;
    patients.add(train.patients?.[row] ?? row);
  }
  if (rows === 0) return [];
  const places = members.map((one) => (rules[one] as ReadRule).at);
  const columns = ruleColumns(train);
  const premise = conditionInWords(when, columns);
  const single = members.length === 1;
  return [
    {
      code: single ? "impossible" : "contradict",
      rules: places,
      stops: true,
      title: single
        ? `No row can keep rule ${numbersOf(members, rules)}`
        : `Rules ${numbersOf(members, rules)} cannot ${members.length === 2 ? "both" : "all"} hold`,
      detail: `No row where ${premise} could meet ${single ? "it" : members.length === 2 ? "both" : "all of them"}; ${atLeastFive(rows, patients.size)} of the ${figure(train.rows)} training rows are such. ${saying(members, rules)}`,
      ways: [...limits(members, k, when, rules, columns), ...places.map(switchOff).reverse()],
    },
  ];
}

/** Each other rule of the conflict that speaks of every row, held to those where the condition does not hold. */
function limits(
  members: readonly number[],
  k: number,
  when: Expression,
  rules: readonly ReadRule[],
  columns: readonly RuleColumn[],
): WayOut[] {
  if (!members.includes(k)) return [];
  return members.flatMap((one): WayOut[] => {
    const { at, constraint } = rules[one] as ReadRule;
    const then =
      constraint.kind === "implies" || constraint.kind === "never" ? undefined : conditionOf(constraint);
    if (!then) return [];
    const rest = negationOf(when);
    const text = writeRule({ kind: "implies", when: rest, then });
    return [
      {
        words: `Limit rule ${numberOf(at)} to rows where ${conditionInWords(rest, columns)}`,
        change: { type: "rewrite", rule: at, text },
      },
    ];
  });
}
