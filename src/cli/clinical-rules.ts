import { basename } from "node:path";
import { isRuleBook, listClinicalRules, readRuleBook, type RuleBook, type Table } from "../core/lab/lab.ts";
import { readBytes } from "./files.ts";
import { textOf, type Given } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";

const textAt = async (path: string): Promise<string> => new TextDecoder().decode(await readBytes(path));

/** Whether `--rules` names a file of clinical rules; false too where there is none. */
export async function givesClinicalRules(given: Given): Promise<boolean> {
  const path = textOf(given, "rules");
  return path !== undefined && isRuleBook(await textAt(path));
}

/**
 * What a person made of the clinical rules, by `--rules`; says how their own fare in the real rows, and which built-in ones
 * wait for a word. Undefined without the option. Throws FaultError `rule-file-unreadable`.
 * @param real the real rows, whose columns the rules are matched to
 */
export async function ruleBookFor(
  given: Given,
  real: readonly [Table, ...Table[]],
  line: ProgressLine,
): Promise<RuleBook | undefined> {
  const path = textOf(given, "rules");
  if (path === undefined) return undefined;
  const book = await readRuleBook(await textAt(path), real[0]);
  const { lines } = listClinicalRules(real, book);
  const on = lines.filter(({ state }) => state === "on").length;
  line.say(
    `Clinical rules, with ${basename(path)}: ${on} are counted in real and synthetic rows; ${book.own.length} of the file's own, ${book.off.length} switched off.`,
  );
  for (const { words, by, held, remark } of lines)
    if (by === "person") line.say(`${words}: ${[held, remark].filter(Boolean).join(", ")}`);
  for (const { words, id, state, remark } of lines)
    if (state === "asked")
      line.say(
        `Not counted: ${words}: ${remark}. Put "${id}" in “on” to count it all the same, in “off” to leave it off.`,
      );
  return book;
}
