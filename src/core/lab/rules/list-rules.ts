import { asFault, type Fault } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { Constraint, FoundRule, Support } from "../../rules/constraint.ts";
import { readRule, ruleColumns } from "../../rules/read-rule.ts";
import type { Trouble } from "../../rules/contradictions.ts";
import { countRule } from "../../rules/rule-test.ts";
import { ruleWords } from "../../rules/rule-words.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { Table } from "../../table/table.ts";
import { chosenRules, type ListedRule } from "./choose-rules.ts";
import { gapWords, heldWords, remarkWords } from "./held-words.ts";
import { keptWords } from "./kept-words.ts";
import { kindName } from "./kind-names.ts";
import type { RuleChoice, RuleLine, RuleList } from "./rule-list.ts";
import { troublesOf } from "./troubles.ts";

/** What was found in the rows that a run trains on. */
export interface FoundRules {
  /** every column of them (`askedRows`) */
  readonly train: Table;
  readonly rules: readonly FoundRule[];
}

/**
 * The rules of the training rows as the page and the terminal list them: what was found there and what a person made of
 * it. Nothing of it looks at another row. Rejects as `pulse` does.
 */
export async function listRules(
  { train, rules }: FoundRules,
  choices: readonly RuleChoice[] = [],
  pulse: () => Promise<void> = breathe,
): Promise<RuleList> {
  const columns = ruleColumns(train);
  const written = rules.map((found) => ({ found, text: writeRule(found.constraint, columns) }));
  const lines: RuleLine[] = [];
  for (const listed of chosenRules(written, choices)) {
    await pulse();
    lines.push(lineOf(listed, lines.length + 1, train, columns));
  }
  const troubles = await troublesOf(lines, train, pulse);
  const hopeless = new Set(
    troubles.flatMap(({ code, rules: named }) => (code === "impossible" ? named : [])),
  );
  const noted = lines.map((line, at) => ({
    ...line,
    notes: notesOn(at, troubles),
    ...(hopeless.has(at) && { kept: CANNOT_BE_KEPT }),
  }));
  return { lines: noted, troubles: troubles.filter(({ stops }) => stops), rows: train.rows };
}

const CANNOT_BE_KEPT = "cannot be kept";

/** That rows break it stands beside it already. */
const notesOn = (at: number, troubles: readonly Trouble[]): string[] =>
  troubles.flatMap(({ stops, code, rules, detail }) =>
    !stops && code !== "broken" && rules.includes(at) ? [detail] : [],
  );

function lineOf(
  { rule, group, found }: ListedRule,
  index: number,
  train: Table,
  columns: ReturnType<typeof ruleColumns>,
): RuleLine {
  const read = found === undefined ? readAs(rule.text, columns) : found.constraint;
  if ("code" in read) return unread(rule, group, index, read);
  const support = found?.support ?? supportOf(read, rule.text, train);
  return {
    index,
    rule,
    group,
    constraint: read,
    kind: kindName(read),
    words: ruleWords(read, columns),
    support,
    held: heldWords(support),
    remark: remarkWords(support),
    gap: gapWords(support, train.rows),
    notes: [],
    kept: rule.on ? keptWords(read, support, train) : "not kept while off",
  };
}

function readAs(text: string, columns: ReturnType<typeof ruleColumns>): Constraint | Fault {
  try {
    return readRule(text, columns);
  } catch (error) {
    return asFault(error);
  }
}

const unread = (rule: RuleChoice, group: RuleLine["group"], index: number, fault: Fault): RuleLine => ({
  index,
  rule,
  group,
  kind: "Text",
  words: rule.text,
  held: "cannot be read",
  remark: fault.code === "rule-unreadable" ? fault.reason : "",
  gap: "",
  notes: [],
  kept: rule.on ? CANNOT_BE_KEPT : "not kept while off",
  fault,
});

/** A rule is counted once per table, however often others are switched. */
const counted = new WeakMap<Table, Map<string, Support>>();

function supportOf(constraint: Constraint, text: string, train: Table): Support {
  const known = counted.get(train) ?? new Map<string, Support>();
  counted.set(train, known);
  const support = known.get(text) ?? countRule(constraint, train);
  known.set(text, support);
  return support;
}
