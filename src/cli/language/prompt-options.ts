import {
  MOST_REPLIES,
  MOST_ROWS_ASKED,
  PROMPT_STRATEGIES,
  promptPack,
  USUAL_CHOICES,
  type PromptChoices,
  type PromptPack,
  type PromptStrategy,
} from "../../core/studies/studies.ts";
import { FaultError, type Table } from "../../core/lab/lab.ts";
import type { SchemaChange } from "../../core/table/profile.ts";
import { cleaningOf, cleaningOptions, sayDone } from "../cleaning.ts";
import { columnOptions } from "../column-options.ts";
import { readTable } from "../files.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "../options.ts";
import type { ProgressLine } from "../progress-line.ts";
import { choiceOf, readingOptions, repairOf } from "../reading.ts";

const NAMES = PROMPT_STRATEGIES.join(", ");

export const strategyOption: OptionSpecs = {
  strategy: {
    value: "NAME",
    help: `One of ${NAMES}; may be given several times. Left out: ${USUAL_CHOICES.strategy}.`,
    many: true,
  },
};

export const promptOptions: OptionSpecs = {
  rows: { value: "N", help: `Rows of one reply, 1 to ${MOST_ROWS_ASKED} (${USUAL_CHOICES.rows}).` },
  replies: { value: "N", help: `Replies asked for, 1 to ${MOST_REPLIES} (${USUAL_CHOICES.replies}).` },
  format: { value: "csv|json", help: `What is asked for (${USUAL_CHOICES.format}).` },
  cut: {
    value: "ID",
    help: "Leave a part out: names, levels, ranges, middle, shares, or column:NAME. May be given several times.",
    many: true,
  },
  groups: {
    value: "COLUMN",
    help: "A column that groups are made by (strategy by-group); may be given several times. Left out: sex and age.",
    many: true,
  },
};

export const sourceOptions: OptionSpecs = {
  target: { value: "COLUMN", help: "What is to be predicted; the conditional strategy goes by it." },
  patient: columnOptions["patient"] as OptionSpecs[string],
  ...readingOptions,
  ...cleaningOptions,
};

/** The real table, with roles. Rejects with FaultError. */
export async function readSource(path: string, given: Given, line: ProgressLine): Promise<Table> {
  const cleaning = await cleaningOf(given);
  const role = (name: string, as: "target" | "identifier"): SchemaChange[] => {
    const column = textOf(given, name);
    return column === undefined ? [] : [{ type: "role", column, role: as }];
  };
  const read = await readTable(path, {
    changes: [...(cleaning ?? []), ...role("target", "target"), ...role("patient", "identifier")],
    automatic: cleaning === undefined,
    repair: repairOf(given),
    choice: await choiceOf(given),
  });
  for (const note of read.notes) line.say(note);
  sayDone(read, line);
  return read.table;
}

/** Throws FaultError `bad-use`. */
export function strategiesOf(given: Given, otherwise: readonly PromptStrategy[]): readonly PromptStrategy[] {
  const named = given.lists["strategy"] ?? [];
  if (named.length === 0) return otherwise;
  return named.map((name) => {
    const found = PROMPT_STRATEGIES.find((one) => one === name);
    if (found === undefined) throw badUse(`--strategy must be one of ${NAMES}, not “${name}”.`);
    return found;
  });
}

/** Throws FaultError `bad-use`. */
export function choicesOf(given: Given, strategy: PromptStrategy): PromptChoices {
  const whole = (name: string, usual: number, most: number): number =>
    numberOf(given, name, usual, { least: 1, most, whole: true });
  const format = textOf(given, "format") ?? USUAL_CHOICES.format;
  if (format !== "csv" && format !== "json") throw badUse(`--format must be csv or json, not “${format}”.`);
  const groups = given.lists["groups"];
  return {
    strategy,
    rows: whole("rows", USUAL_CHOICES.rows, MOST_ROWS_ASKED),
    replies: whole("replies", USUAL_CHOICES.replies, MOST_REPLIES),
    format,
    cut: given.lists["cut"] ?? [],
    ...(groups && { groups }),
  };
}

/** The pack, once the parts and columns that were named are known to be there. Throws FaultError. */
export function packOf(table: Table, choices: PromptChoices): PromptPack {
  const pack = promptPack(table, choices);
  const unknown = choices.cut.find((id) => !pack.parts.some((part) => part.id === id));
  if (unknown !== undefined)
    throw badUse(
      `--cut ${unknown} is no part of the prompts. Parts: ${pack.parts
        .slice(0, 12)
        .map(({ id }) => id)
        .join(", ")}${pack.parts.length > 12 ? ", …" : ""}.`,
    );
  const missing = choices.groups?.find((name) => !pack.groupColumns.includes(name));
  if (missing !== undefined)
    throw new FaultError({
      code: "bad-use",
      message: `“${missing}” makes no groups. Columns that do: ${pack.groupColumns.slice(0, 12).join(", ") || "none"}.`,
    });
  return pack;
}
