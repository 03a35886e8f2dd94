import { basename, parse } from "node:path";
import {
  PROMPT_STRATEGIES,
  readReplies,
  type GivenReply,
  type MadeTable,
  type ReadReplies,
} from "../../core/studies/studies.ts";
import type { Table } from "../../core/table/table.ts";
import { readBytes } from "../files.ts";
import { strategyIn } from "../language/replies.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "../options.ts";
import type { ProgressLine } from "../progress-line.ts";

export const replyOptions: OptionSpecs = {
  replies: {
    value: "FILE",
    help: `A reply of a language model, for the study language; may be given several times. The prompt that it answers is told from its name (${PROMPT_STRATEGIES.join(", ")}), else it is plain.`,
    many: true,
  },
  apart: {
    help: "With --replies: the rows of every file stand by themselves, under its name, and not with those of other answers to the same prompt.",
  },
  asked: { value: "N", help: "With --replies: rows that each was asked for; as many as came unless said." },
};

const MOST_ASKED = 100_000;

/** The rows of the replies that are given, a table for each strategy, or for each file with `--apart`; says of each what came of it. Rejects with FaultError. */
export async function repliesOf(
  given: Given,
  table: Table,
  line: ProgressLine,
): Promise<readonly MadeTable[]> {
  const paths = given.lists["replies"] ?? [];
  if (paths.length === 0) {
    if (textOf(given, "asked") !== undefined) throw badUse("--asked goes with --replies.");
    if (given.values["apart"] === true) throw badUse("--apart goes with --replies.");
    return [];
  }
  const asked = numberOf(given, "asked", NaN, { least: 1, most: MOST_ASKED, whole: true });
  const texts = await Promise.all(
    paths.map(async (path) => {
      const name = basename(path);
      return {
        name,
        text: new TextDecoder().decode(await readBytes(path)),
        strategy: strategyIn(name),
        asked,
      };
    }),
  );
  const replies = Number.isNaN(asked) ? asCame(table, texts) : texts;
  if (given.values["apart"] !== true) return told(readReplies(table, replies), line);
  return replies.flatMap((reply) =>
    told(readReplies(table, [reply]), line).map((one) => ({ ...one, name: parse(reply.name).name })),
  );
}

function told({ view, tables }: ReadReplies, line: ProgressLine): readonly MadeTable[] {
  for (const { name, came, kept, none, repaired } of view.replies)
    line.say(
      `${name}: ${none === undefined ? `${kept} of ${came} rows kept` : none}.${repaired.map((said) => ` ${said}`).join("")}`,
    );
  for (const said of view.alike) line.say(said);
  return tables;
}

/** As if each had been asked for the rows that came. */
function asCame(table: Table, texts: readonly GivenReply[]): readonly GivenReply[] {
  const { replies } = readReplies(table, texts).view;
  return texts.map((text, i) => ({ ...text, asked: replies[i]?.came ?? 0 }));
}
