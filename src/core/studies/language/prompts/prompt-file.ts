import type { Prompt, PromptChoices, PromptStrategy } from "./prompt-pack.ts";

const STRATEGY: Readonly<Record<PromptStrategy, string>> = {
  plain: "plain: column names only",
  schema: "schema: kinds, ranges and levels",
  conditional: "conditional: one outcome at a time",
  "by-group": "by group: one prompt for each group of patients",
};

/** The prompts of one strategy as Markdown, under a header that says what they are. */
export function writePromptFile(
  strategy: PromptStrategy,
  prompts: readonly Prompt[],
  { rows }: PromptChoices,
  never: string,
): string {
  const all = prompts.reduce((sum, { times }) => sum + times, 0);
  const head = [
    `# Prompts for a language model, ${STRATEGY[strategy]}`,
    "",
    "Semblance made them from the schema of a table of patients and from rounded summaries of it. It sent them to nobody: you take them to a model and bring its replies back. What the model's owner does with a prompt is up to them.",
    "",
    `Never in a prompt: ${never.charAt(0).toLowerCase()}${never.slice(1)}`,
    "",
    prompts.length === 0
      ? "The table has nothing to make these prompts by."
      : `Send ${prompts.length === 1 ? "the prompt" : `${prompts.length} prompts`} in new conversations, ${all === 1 ? "once" : `${all} times in all`}, for ${(all * rows).toLocaleString("en")} rows together.`,
  ];
  const parts = prompts.map(({ name, text, times }) => {
    const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return `## ${name}\n\nSend ${times === 1 ? "once" : `${times} times`}.\n\n${fence}text\n${text}\n${fence}`;
  });
  return `${[head.join("\n"), ...parts].join("\n\n")}\n`;
}

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
