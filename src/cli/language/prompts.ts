import { join } from "node:path";
import { PROMPT_STRATEGIES } from "../../core/studies/studies.ts";
import { writeBytes } from "../files.ts";
import { makeFolder } from "../folders.ts";
import { readOptions, textOf, type OptionSpecs } from "../options.ts";
import { plainText } from "../plain-text.ts";
import type { ProgressLine } from "../progress-line.ts";
import {
  choicesOf,
  packOf,
  promptOptions,
  readSource,
  sourceOptions,
  strategiesOf,
  strategyOption,
} from "./prompt-options.ts";

export const promptsFiles = ["TABLE.csv"];

export const promptsCommandOptions: OptionSpecs = {
  out: {
    value: "DIR",
    help: "The folder that the prompts go into, one Markdown file a strategy.",
    required: true,
  },
  strategy: {
    ...strategyOption["strategy"],
    help: `One of ${PROMPT_STRATEGIES.join(", ")}; may be given several times. Left out: all.`,
  },
  ...promptOptions,
  ...sourceOptions,
};

/** `semblance prompts`: prompts for a language model, from the schema and rounded summaries; nothing is sent. */
export async function prompts(
  args: readonly string[],
  line: ProgressLine,
  output: { write(text: string): unknown },
): Promise<void> {
  const given = readOptions(args, promptsCommandOptions, promptsFiles);
  const [path] = given.files as [string];
  const folder = textOf(given, "out") ?? "";
  const strategies = strategiesOf(given, PROMPT_STRATEGIES);
  const choices = strategies.map((strategy) => choicesOf(given, strategy));
  const table = await readSource(path, given, line);
  const packs = choices.map((choice) => packOf(table, choice));
  await makeFolder(folder);
  for (const pack of packs) {
    const { strategy } = pack.choices;
    const file = pack.files.find(({ name }) => name === `prompts-${strategy}.md`);
    if (file === undefined) continue;
    await writeBytes(join(folder, file.name), file.text);
    const asked = pack.prompts.reduce((sum, { times }) => sum + times, 0);
    output.write(
      plainText(
        `${file.name}: ${pack.prompts.length} prompts, sent ${asked} times in all, ${asked * pack.choices.rows} rows.`,
      ) + "\n",
    );
    for (const words of pack.told) output.write(`  ${plainText(words)}\n`);
  }
  output.write(`Never in a prompt: ${plainText(packs[0]?.never ?? "")}\n`);
}
