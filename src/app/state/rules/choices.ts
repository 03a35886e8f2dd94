/** What a person makes of rules, as changes to the list of their choices. Pure; a rule is known by its text. */
import type { RuleChoice, RuleList } from "../../../worker/protocol.ts";

type RuleLine = RuleList["lines"][number];
type Choices = readonly RuleChoice[];

const without = (choices: Choices, text: string): Choices => choices.filter((choice) => choice.text !== text);

/** The rule of `line` on or off. One that is as it was found needs no choice. */
export function withSwitch(choices: Choices, { rule, group }: RuleLine, on: boolean): Choices {
  if (rule.by === "person")
    return choices.map((choice) => (choice.text === rule.text ? { ...choice, on, by: "person" } : choice));
  const rest = without(choices, rule.text);
  return on === (group === "found") ? rest : [...rest, { text: rule.text, on, by: "found" }];
}

/**
 * `text` in the place of the rule of `line`, or as a rule of its own. What is written already is switched on; a found rule
 * stands aside for what is written in its place.
 */
export function withRule(
  choices: Choices,
  lines: readonly RuleLine[],
  text: string,
  line?: RuleLine,
): Choices {
  if (line?.rule.text === text) return withSwitch(choices, line, true);
  const known = lines.find(({ rule }) => rule.text === text);
  if (known !== undefined)
    return withSwitch(line?.rule.by === "person" ? without(choices, line.rule.text) : choices, known, true);
  const own = { text, on: true, by: "person" } as const;
  if (line === undefined) return [...choices, own];
  if (line.rule.by === "found")
    return [...without(choices, line.rule.text), { ...own, instead: line.rule.text }];
  const { instead } = line.rule;
  return choices.map((choice) =>
    choice.text === line.rule.text ? { ...own, ...(instead !== undefined && { instead }) } : choice,
  );
}

/** Without a rule of the person's; a found one whose place it took is back. */
export const withoutRule = (choices: Choices, { rule }: RuleLine): Choices => without(choices, rule.text);
