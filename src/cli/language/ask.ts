import { join } from "node:path";
import { FaultError } from "../../core/lab/lab.ts";
import { readReplies, USUAL_CHOICES, type GivenReply, type PromptPack } from "../../core/studies/studies.ts";
import { writeBytes } from "../files.ts";
import { numberOf, readOptions, textOf, type Given, type OptionSpecs } from "../options.ts";
import { plainText } from "../plain-text.ts";
import type { ProgressLine } from "../progress-line.ts";
import { chat, type ChatReply } from "./chat.ts";
import { ELSEWHERE, endpointOf, type Endpoint } from "./loopback.ts";
import {
  choicesOf,
  packOf,
  promptOptions,
  readSource,
  sourceOptions,
  strategiesOf,
  strategyOption,
} from "./prompt-options.ts";
import { makeFolder } from "../folders.ts";
import { repliesWords, writeKept } from "./replies.ts";

export const askFiles = ["TABLE.csv"];

export const askOptions: OptionSpecs = {
  endpoint: {
    value: "URL",
    help: "A server on this machine that speaks as OpenAI's chat completions do: http://127.0.0.1:11434/v1.",
    required: true,
  },
  model: { value: "NAME", help: "The model, as that server calls it.", required: true },
  out: { value: "DIR", help: "The folder that replies, kept rows and the report go into.", required: true },
  ...strategyOption,
  ...promptOptions,
  temperature: { value: "T", help: "From 0 to 2; left out: the server's own." },
  timeout: { value: "SECONDS", help: "How long to wait without a sign of the server (120)." },
  retries: { value: "N", help: "How often to repeat a request that failed (2)." },
  [ELSEWHERE]: {
    help: "Let --endpoint be another machine. The prompts, with summaries of your table, then leave this one.",
  },
  ...sourceOptions,
};

/** `semblance ask`: sends the prompts to a language model on this machine and reads its replies. */
export async function ask(
  args: readonly string[],
  line: ProgressLine,
  output: { write(text: string): unknown },
): Promise<void> {
  const given = readOptions(args, askOptions, askFiles);
  const [path] = given.files as [string];
  const folder = textOf(given, "out") ?? "";
  const anywhere = given.values[ELSEWHERE] === true;
  const choices = strategiesOf(given, [USUAL_CHOICES.strategy]).map((strategy) => choicesOf(given, strategy));
  const how = howOf(given);
  const endpoint = await endpointOf(textOf(given, "endpoint") ?? "", anywhere);
  const table = await readSource(path, given, line);
  const packs = choices.map((choice) => packOf(table, choice));
  await makeFolder(folder);
  const replies: GivenReply[] = [];
  let failed = 0;
  for (const { name, pack, prompt, asked } of requestsOf(packs)) {
    line.say(`${name}: asking ${textOf(given, "model") ?? ""}`);
    const reply = await chat({ ...how, endpoint, prompt, onlyHere: !anywhere });
    if (reply.failed !== undefined) {
      failed++;
      line.say(`${name}: ${failureOf(reply)}`);
    }
    await writeBytes(join(folder, name), reply.text);
    replies.push({ name, text: reply.text, strategy: pack.choices.strategy, asked });
  }
  line.end();
  if (replies.length === 0) throw noPrompts(packs);
  const read = readReplies(table, replies);
  for (const words of repliesWords(read.view)) output.write(`${plainText(words)}\n`);
  output.write(`${replies.length} requests to ${hostOf(endpoint)}, ${failed} of them failed\n`);
  await writeKept(folder, read, output);
}

const hostOf = ({ url }: Endpoint): string => plainText(url.host);

function howOf(given: Given): { model: string; timeout: number; retries: number; temperature?: number } {
  const temperature = numberOf(given, "temperature", NaN, { least: 0, most: 2, whole: false });
  return {
    model: textOf(given, "model") ?? "",
    timeout: numberOf(given, "timeout", 120, { least: 0.1, most: 3600, whole: false }),
    retries: numberOf(given, "retries", 2, { least: 0, most: 10, whole: true }),
    ...(Number.isFinite(temperature) && { temperature }),
  };
}

interface Asked {
  /** "reply-schema-1.txt" */
  readonly name: string;
  readonly pack: PromptPack;
  readonly prompt: string;
  readonly asked: number;
}

function* requestsOf(packs: readonly PromptPack[]): Generator<Asked> {
  for (const pack of packs) {
    let number = 0;
    for (const { text, times } of pack.prompts)
      for (let i = 0; i < times; i++)
        yield {
          name: `reply-${pack.choices.strategy}-${++number}.txt`,
          pack,
          prompt: text,
          asked: pack.choices.rows,
        };
  }
}

const failureOf = ({ failed, tries, text }: ChatReply): string =>
  `${failed ?? ""}, after ${tries === 1 ? "1 try" : `${tries} tries`}${text === "" ? "" : "; what came of it is kept"}.`;

const noPrompts = (packs: readonly PromptPack[]): FaultError =>
  new FaultError({
    code: "bad-use",
    message: packs.flatMap(({ told }) => told).join(" ") || "There is no prompt to send.",
  });
