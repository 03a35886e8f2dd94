import { LEAST_SHARED } from "../../table/rare-levels.ts";
import { FaultError } from "../../fault.ts";
import type { Constraint, Rule } from "../../rules/constraint.ts";
import type { Expression } from "../../rules/expression.ts";
import { partsOf } from "../../rules/language/names-in.ts";
import { ruleColumns } from "../../rules/read-rule.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { Table } from "../../table/table.ts";
import { listRules } from "./list-rules.ts";
import type { RuleList } from "./rule-list.ts";

/** The rules of a list that are on. Throws FaultError `rules-unsettled` where they cannot all be kept. */
export function rulesToKeep({ lines, troubles }: RuleList): Rule[] {
  const [trouble] = troubles;
  if (trouble !== undefined) {
    const about = lines.filter(({ index }) => trouble.rules.includes(index));
    const rules = about.map(({ rule }) => rule.text);
    throw new FaultError({ code: "rules-unsettled", rules, reason: trouble.detail });
  }
  return lines.flatMap(({ rule: { text, on, by } }) => (on ? [{ text, on, by }] : []));
}

/**
 * Those of `rules` that are on, as a fit is told them. Throws FaultError `rules-unsettled`, before anything is learned,
 * where one cannot be read with the columns that are trained on or they cannot all be kept.
 */
export async function readRules(rules: readonly Rule[], train: Table): Promise<Constraint[]> {
  const choices = rules.flatMap(({ text, on }) => (on ? [{ text, on, by: "person" } as const] : []));
  const list = await listRules({ train, rules: [] }, choices);
  rulesToKeep(list);
  return list.lines.flatMap(({ constraint }) => (constraint === undefined ? [] : [constraint]));
}

/** What is said in place of rules that would name a level of few patients. */
const withheldWords = (rules: number): string =>
  `${rules === 1 ? "1 rule names" : `${rules} rules name`} a level that fewer than ${LEAST_SHARED} patients share and ${rules === 1 ? "is" : "are"} not listed`;

/**
 * The texts of `rules` as files may have them: one that names a level of `train` which `shown`, the same rows without their
 * rare levels, does not have is counted and not listed.
 */
export function ruleTexts(rules: readonly Constraint[], train: Table, shown: Table): string[] {
  const columns = ruleColumns(train);
  const known = levelsOf(shown);
  const rare = new Set([...levelsOf(train)].filter((level) => !known.has(level)));
  const listed = rules.filter((rule) => !wordsIn(rule).some((word) => rare.has(word)));
  const withheld = rules.length - listed.length;
  return [
    ...listed.map((rule) => writeRule(rule, columns)),
    ...(withheld > 0 ? [withheldWords(withheld)] : []),
  ];
}

const levelsOf = ({ columns }: Table): Set<string> =>
  new Set(
    columns.flatMap((column) =>
      column.type === "coded" ? [...new Set(column.codes)].flatMap((code) => column.levels[code] ?? []) : [],
    ),
  );

/** What a rule compares with: its texts, and its numbers as a level writes them. */
function wordsIn(rule: Constraint): string[] {
  const parts =
    "holds" in rule ? [rule.holds] : "equals" in rule ? [rule.equals] : "when" in rule ? [rule.when] : [];
  return [...parts, ...(rule.kind === "implies" ? [rule.then] : [])].flatMap(constantsIn);
}

const constantsIn = (expression: Expression): string[] =>
  expression.type === "text" || expression.type === "number"
    ? [String(expression.value)]
    : partsOf(expression).flatMap(constantsIn);
