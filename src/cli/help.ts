import { listSynthesizers } from "../core/lab/lab.ts";
import { auditFiles, auditOptions } from "./audit.ts";
import { coarsenFiles, coarsenOptions } from "./coarsen.ts";
import { evaluateFiles, evaluateOptions } from "./evaluate.ts";
import { askFiles, askOptions } from "./language/ask.ts";
import { promptsCommandOptions, promptsFiles } from "./language/prompts.ts";
import { repliesFiles, repliesOptions } from "./language/replies.ts";
import { paramOptions, peek, type OptionSpecs } from "./options.ts";
import { sampleFiles, sampleOptions } from "./sample.ts";
import { cohortList, simulateFiles, simulateOptions } from "./simulate/simulate-options.ts";
import { studyFiles, studyList, studyOptions } from "./studies/study.ts";
import { surveillanceFiles, surveillanceOptions } from "./surveillance.ts";
import { synthesizeFiles, synthesizeOptions } from "./synthesize.ts";

const WIDTH = 100;
const INDENT = 26;

function wrap(text: string): string {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) as string;
    if (last !== "" && last.length + word.length + 1 > WIDTH - INDENT) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join(`\n${" ".repeat(INDENT)}`);
}

function listOptions(specs: OptionSpecs): string {
  return Object.entries(specs)
    .map(([name, { value, help }]) => {
      const flag = `  --${name}${value === undefined ? "" : ` ${value}`}`;
      return `${flag.length < INDENT ? flag.padEnd(INDENT) : `${flag}\n${" ".repeat(INDENT)}`}${wrap(help)}`;
    })
    .join("\n");
}

function section(command: string, files: readonly string[], specs: OptionSpecs): string {
  const required = Object.entries(specs).flatMap(([name, spec]) =>
    spec.required === true ? [`--${name} ${spec.value ?? ""}`] : [],
  );
  return `semblance ${[command, ...files, ...required].join(" ")} [options]\n${listOptions(specs)}\n`;
}

function synthesizeHelp(chosen: string | undefined): string {
  const methods = listSynthesizers()
    .filter(({ id }) => chosen === undefined || id === chosen)
    .map(({ id, name, summary }) => {
      const settings = listOptions(paramOptions(id));
      const title = `\n  ${id} (${name})\n${" ".repeat(INDENT)}${wrap(summary)}\n`;
      return settings === "" ? title : `${title}${settings}\n`;
    });
  return `${section("synthesize", synthesizeFiles, synthesizeOptions)}\nMethods and their settings:\n${methods.join("")}`;
}

/** The help of the command among `args`, or of all. */
export function help(args: readonly string[]): string {
  const parts: Readonly<Record<string, () => string>> = {
    synthesize: () => synthesizeHelp(peek(args, "synthesizer")),
    sample: () => section("sample", sampleFiles, sampleOptions),
    simulate: () => `${section("simulate", simulateFiles, simulateOptions)}\nCohorts:\n${cohortList()}`,
    evaluate: () => section("evaluate", evaluateFiles, evaluateOptions),
    surveillance: () => section("surveillance", surveillanceFiles, surveillanceOptions),
    audit: () => section("audit", auditFiles, auditOptions),
    coarsen: () => section("coarsen", coarsenFiles, coarsenOptions),
    study: () => `${section("study", studyFiles, studyOptions)}\nStudies:\n${studyList()}`,
    prompts: () => section("prompts", promptsFiles, promptsCommandOptions),
    replies: () => section("replies", repliesFiles, repliesOptions),
    ask: () => section("ask", askFiles, askOptions),
  };
  const one = Object.entries(parts).find(([name]) => args.includes(name));
  if (one !== undefined) return one[1]();
  const intro =
    "Semblance: synthetic patient tables, made on this machine. Run with: npm run -s semblance -- COMMAND\n\n";
  const outro =
    "\nExit status: 0 done, 1 bad input, 2 bad use, 3 a rule of --fail-under fails, 4 audit: the guarantee is broken, 130 study: ended by Ctrl-C. Errors are one line on stderr: semblance: CODE: words.\n";
  return (
    intro +
    Object.values(parts)
      .map((part) => part())
      .join("\n") +
    outro
  );
}
