import { basename } from "node:path";
import {
  fitSteps,
  planOf,
  plainSuggestion,
  profileTable,
  readSteps,
  suggestSteps,
  versions,
  writeSteps,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { readBytes, type ReadAt } from "./files.ts";
import { textOf, type Given, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";

export const cleaningOptions: OptionSpecs = {
  cleaning: {
    value: "FILE.json",
    help: "Do the cleaning steps of this file to the table, in their order, in place of those that reading does by itself. The page saves such files, and --suggest-cleaning of synthesize prints them.",
  },
};

export const suggestCleaningOptions: OptionSpecs = {
  "suggest-cleaning": {
    help: "Print the cleaning steps that the table asks for, as a file for --cleaning, to be read and changed. Nothing is trained.",
  },
};

/** What a terminal prints on, for another program to read. */
export interface Output {
  write(text: string): unknown;
}

/** The changes of `--cleaning`; undefined: none was given. Rejects with FaultError `cleaning-unreadable`. */
export async function cleaningOf(given: Given): Promise<readonly SchemaChange[] | undefined> {
  const path = textOf(given, "cleaning");
  return path === undefined ? undefined : readSteps(new TextDecoder().decode(await readBytes(path)));
}

/** Says each step that was done to a table, with its counts. */
export function sayDone({ cleaning }: ReadAt, line: ProgressLine): void {
  const steps = cleaning.list();
  cleaning.done().forEach(({ text, cells, rows }, i) => {
    if (steps[i]?.type !== "clean") return;
    const counts = [
      ...(cells === undefined ? [] : [plural(cells, "cell")]),
      ...(rows === undefined ? [] : [plural(rows, "row")]),
    ];
    line.say(`Step ${i + 1}: ${text} (${counts.join(", ") || "nothing changed"}).`);
  });
}

/** Prints what a table asks for, the steps that were done first among them, so that the file says all of it. */
export async function printSuggestions(
  path: string,
  read: ReadAt,
  line: ProgressLine,
  output: Output,
): Promise<void> {
  const { rows, reading } = read.cleaning.cleaned();
  const made = read.cleaning.list();
  const kinds = planOf(made).others.flatMap((change) =>
    change.type === "kind" ? [[change.column, change.kind] as const] : [],
  );
  const profiles = await profileTable(read.table);
  const found = suggestSteps({ rows, reading, kinds: new Map(kinds) }, read.table, profiles);
  const wanted = found.map(({ step }): SchemaChange => ({ type: "clean", step }));
  const { changes } = fitSteps(read.rows, reading, made, wanted);
  for (const suggestion of found) line.say(plainSuggestion(suggestion));
  line.say(
    `${plural(changes.length - made.length, "step")} suggested for ${basename(path)}, ${plural(made.length, "step")} done before.`,
  );
  output.write(writeSteps(changes, versions.semblance));
}

const plural = (n: number, one: string): string => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
