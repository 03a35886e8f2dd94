import { basename } from "node:path";
import { PROMPT_STRATEGIES, readReplies, type MadeTable } from "../../core/studies/studies.ts";
import type { Table } from "../../core/table/table.ts";
import { readBytes } from "../files.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "../options.ts";
import type { ProgressLine } from "../progress-line.ts";

export const replyOptions: OptionSpecs = {
  replies: {
    value: "FILE",
    help: `A reply of a language model, for the study language; may be given several times. With ${PROMPT_STRATEGIES.map((name) => `${name}=FILE`).join(", ")} the prompt that it answers.`,
    many: true,
  },
  asked: { value: "N", help: "With --replies: rows that each was asked for; as many as came unless said." },
};

const MOST_ASKED = 100_000;

/** The rows of the replies that are given, a table for each strategy; says of each what came of it. Rejects with FaultError. */
export async function repliesOf(
  given: Given,
  table: Table,
  line: ProgressLine,
): Promise<readonly MadeTable[]> {
  const paths = given.lists["replies"] ?? [];
  if (paths.length === 0) {
    if (textOf(given, "asked") !== undefined) throw badUse("--asked goes with --replies.");
    return [];
  }
  const asked = numberOf(given, "asked", 0, { least: 1, most: MOST_ASKED, whole: true });
  const replies = await Promise.all(
    paths.map(async (text) => {
      const [, named, path = text] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
      const strategy = PROMPT_STRATEGIES.find((name) => name === (named ?? "schema"));
      if (strategy === undefined)
        throw badUse(`“${named}” is no kind of prompt; there is ${PROMPT_STRATEGIES.join(", ")}.`);
      return { name: basename(path), text: new TextDecoder().decode(await readBytes(path)), strategy, asked };
    }),
  );
  const { view, tables } = readReplies(table, replies);
  for (const { name, came, kept, none, repaired } of view.replies)
    line.say(
      `${name}: ${none === undefined ? `${kept} of ${came} rows kept` : none}.${repaired.map((said) => ` ${said}`).join("")}`,
    );
  for (const said of view.alike) line.say(said);
  return tables;
}
