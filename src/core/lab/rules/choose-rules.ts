import type { FoundRule } from "../../rules/constraint.ts";
import type { RuleChoice, RuleGroup } from "./rule-list.ts";

/** A rule before it is counted. */
export interface ListedRule {
  readonly rule: RuleChoice;
  readonly group: RuleGroup;
  /** as it was found */
  readonly found?: FoundRule;
}

/** A rule that was found, and its text. */
export interface WrittenRule {
  readonly found: FoundRule;
  readonly text: string;
}

/**
 * What was found and what a person made of it, in the order of the list: rules that hold in every row, those that nearly do,
 * those of the person. A choice about a rule that is not found any more stays as one of the person's while it is on.
 */
export function chosenRules(written: readonly WrittenRule[], choices: readonly RuleChoice[]): ListedRule[] {
  const switched = new Map(choices.flatMap(({ text, on, by }) => (by === "found" ? [[text, on]] : [])));
  const own = choices.filter(({ by }) => by === "person");
  const aside = new Set(own.flatMap(({ text, instead = text }) => [text, instead]));
  const shown = written.filter(({ text }) => !aside.has(text));
  const known = new Set(shown.map(({ text }) => text));
  const listed = (nearly: boolean): ListedRule[] =>
    shown.flatMap(({ found, text }) =>
      found.nearly === nearly
        ? [
            {
              rule: { text, on: switched.get(text) ?? !nearly, by: "found" },
              group: nearly ? "nearly" : "found",
              found,
            } as const,
          ]
        : [],
    );
  const kept = choices.filter(
    ({ text, on, by }) => by === "found" && on && !known.has(text) && !aside.has(text),
  );
  const persons = [...own, ...kept.map(({ text }) => ({ text, on: true, by: "person" }) as const)];
  return [
    ...listed(false),
    ...listed(true),
    ...persons.map((rule): ListedRule => ({ rule, group: "person" })),
  ];
}
