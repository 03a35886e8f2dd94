/** What of a prompt pack is chosen on the page. */
import type { PromptChoices, PromptStrategy } from "../../../../core/studies/language/prompts/prompt-pack.ts";

export const MOST_ROWS = 500;
export const MOST_TIMES = 100;

export const usualChoices: PromptChoices = {
  strategy: "schema",
  rows: 50,
  replies: 6,
  format: "csv",
  cut: [],
};

export const strategies: readonly {
  readonly id: PromptStrategy;
  readonly name: string;
  readonly about: string;
}[] = [
  { id: "plain", name: "Plain", about: "Column names only" },
  { id: "schema", name: "Schema", about: "Kinds, ranges and levels" },
  { id: "conditional", name: "Conditional", about: "One outcome at a time" },
  { id: "by-group", name: "By group", about: "One prompt for each group of patients" },
];

export const strategyName = (id: PromptStrategy): string =>
  strategies.find((one) => one.id === id)?.name ?? id;

/** The same choices with a part cut, or put back where it was cut. */
export function withCut(choices: PromptChoices, part: string): PromptChoices {
  const cut = choices.cut.includes(part) ? choices.cut.filter((one) => one !== part) : [...choices.cut, part];
  return { ...choices, cut };
}
