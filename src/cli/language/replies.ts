import { basename, join } from "node:path";
import { createCsvWriter, type Table } from "../../core/lab/lab.ts";
import {
  PROMPT_STRATEGIES,
  readReplies,
  type GivenReply,
  type PromptStrategy,
  type ReadReplies,
  type RepliesView,
} from "../../core/studies/studies.ts";
import { readBytes, writeBytes } from "../files.ts";
import { badUse, numberOf, readOptions, textOf, type OptionSpecs } from "../options.ts";
import { plainText } from "../plain-text.ts";
import type { ProgressLine } from "../progress-line.ts";
import { readSource, sourceOptions, strategiesOf, strategyOption } from "./prompt-options.ts";
import { makeFolder } from "../folders.ts";

export const repliesFiles = ["TABLE.csv", "REPLY.txt", "[REPLY.txt …]"];
const MOST_FILES = 500;

export const repliesOptions: OptionSpecs = {
  out: {
    value: "DIR",
    help: "The folder that the rows kept go into, one CSV file a strategy, with the report as replies.json.",
  },
  asked: { value: "N", help: "Rows that each reply was asked for (50)." },
  strategy: {
    ...strategyOption["strategy"],
    help: `How the replies were asked for: ${PROMPT_STRATEGIES.join(", ")}. Left out: as a file's name says, else plain.`,
  },
  ...sourceOptions,
};

/** `semblance replies`: what came of the replies of a language model, and the rows that can be kept. */
export async function replies(
  args: readonly string[],
  line: ProgressLine,
  output: { write(text: string): unknown },
): Promise<void> {
  const all = ["TABLE.csv", "REPLY.txt", ...Array.from({ length: MOST_FILES - 1 }, () => "[REPLY.txt]")];
  const given = readOptions(args, repliesOptions, all);
  const [path, ...paths] = given.files as [string, ...string[]];
  const folder = textOf(given, "out");
  const asked = numberOf(given, "asked", 50, { least: 1, most: 1_000_000, whole: true });
  const named = strategiesOf(given, []);
  if (named.length > 1)
    throw badUse("--strategy can be given once here; files may also be named after their strategy.");
  const table = await readSource(path, given, line);
  const texts: GivenReply[] = [];
  for (const file of paths) {
    const name = basename(file);
    const text = new TextDecoder().decode(await readBytes(file));
    texts.push({ name, text, strategy: named[0] ?? strategyIn(name), asked });
  }
  const read = readReplies(table, texts);
  for (const words of repliesWords(read.view)) output.write(`${plainText(words)}\n`);
  if (folder !== undefined) await writeKept(folder, read, output);
}

/** "reply-schema-2.txt" -> schema; plain where the name does not say. */
export const strategyIn = (name: string): PromptStrategy =>
  PROMPT_STRATEGIES.find((strategy) => name.toLowerCase().includes(strategy)) ?? "plain";

/** The report, a line each. */
export function repliesWords({ replies: all, all: sum, alike, collapse, invented }: RepliesView): string[] {
  const lines = all.flatMap(({ name, strategy, asked, came, kept, refused, missing, none, repaired }) => [
    `${name} (${strategy}): ${asked} asked, ${came} came, ${kept} kept${none === undefined ? "" : `; ${none}`}`,
    ...refused.map(
      ({ reason, rows, example }) => `  ${rows} ${reason}${example === undefined ? "" : `: “${example}”`}`,
    ),
    ...(missing > 0 && came > 0 ? [`  ${missing} never came`] : []),
    ...repaired.map((words) => `  ${words}`),
  ]);
  const most = collapse.flatMap(({ strategy, rows, distinctRows, columns }) => {
    const fewer = columns.filter(({ distinct, real }) => real >= 10 && distinct < 0.8 * real);
    return [
      `${strategy}: ${distinctRows} of ${rows} rows are distinct${fewer.length === 0 ? "" : `; fewer values than as many real rows have: ${fewer.map(({ name, distinct, real }) => `${name} ${distinct} (${real})`).join(", ")}`}`,
    ];
  });
  return [
    ...lines,
    ...alike,
    ...most,
    ...invented.map(
      ({ column, levels, rows }) =>
        `Unknown levels of ${column}, invented or those of fewer than 5 patients, in ${rows} rows: ${levels.join(", ")}`,
    ),
    `All: ${sum.asked} asked, ${sum.came} came, ${sum.kept} kept`,
  ];
}

/** One CSV a strategy, and the report. Rejects with FaultError. */
export async function writeKept(
  folder: string,
  { view, tables }: ReadReplies,
  output: { write(text: string): unknown },
): Promise<void> {
  await makeFolder(folder);
  for (const { name, table } of tables) {
    const file = `${name.toLowerCase().replaceAll(" ", "-")}.csv`;
    await writeBytes(join(folder, file), csvOf(table));
    output.write(`${file}: ${table.rows} rows\n`);
  }
  await writeBytes(join(folder, "replies.json"), `${JSON.stringify(view, null, 2)}\n`);
}

function csvOf(table: Table): Uint8Array {
  const writer = createCsvWriter(table.schema);
  return Buffer.concat([writer.header(), writer.rows(table)]);
}
