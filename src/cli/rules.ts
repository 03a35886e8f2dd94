import { basename } from "node:path";
import {
  askedRows,
  filedRules,
  findRules,
  listRules,
  readRuleFile,
  ruleColumns,
  rulesToKeep,
  writeRuleFile,
  type FitRequest,
  type FoundRules,
  type Rule,
  type RuleLine,
  type Table,
} from "../core/lab/lab.ts";
import { givesClinicalRules } from "./clinical-rules.ts";
import { checkFolder, readBytes, writeBytes } from "./files.ts";
import { badUse, textOf, type Given, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";

export const rulesOptions: OptionSpecs = {
  rules: {
    value: "FILE.json",
    help: "Keep the rules of this file that are on, in place of those that are found. --suggest-rules and the page write such files. A file of clinical rules (“semblance” is “clinical-rules”) says instead what is counted in real and synthetic rows when the rows are measured.",
  },
  "suggest-rules": {
    value: "FILE.json",
    help: "Write the rules that hold in the training rows (and, switched off, those that nearly do), to be read, changed and given with --rules. Without --out nothing is trained.",
  },
  "no-rules": { help: "Keep no rule, not even those that hold in every training row." },
};

const plural = (n: number, one: string): string => `${n.toLocaleString("en-US")} ${one}${n === 1 ? "" : "s"}`;

/** Throws FaultError where the options do not go together or a file cannot be written. */
export async function checkRulesOptions(given: Given): Promise<void> {
  const [rules, suggested] = [textOf(given, "rules"), textOf(given, "suggest-rules")];
  if (rules !== undefined && suggested !== undefined)
    throw badUse(
      "--rules and --suggest-rules do not go together: the one reads rules, the other finds them.",
    );
  if (given.values["no-rules"] === true && (rules ?? suggested) !== undefined)
    throw badUse(`--no-rules and --${rules === undefined ? "suggest-rules" : "rules"} do not go together.`);
  await checkFolder(suggested);
}

/**
 * The rules that a run keeps, as the options say; none: what it finds itself. Says of each rule of a file how it fares in the
 * training rows where some break it. Throws FaultError where they cannot be read or cannot all be kept.
 */
export async function rulesFor(
  given: Given,
  table: Table,
  holdout: FitRequest["holdout"],
  line: ProgressLine,
): Promise<Pick<FitRequest, "rules">> {
  if (given.values["no-rules"] === true) return { rules: [] };
  const train = askedRows(table, holdout);
  const suggested = textOf(given, "suggest-rules");
  if (suggested !== undefined) return { rules: await suggestRules(suggested, train, line) };
  const path = textOf(given, "rules");
  if (path === undefined || (await givesClinicalRules(given))) return {};
  const text = new TextDecoder().decode(await readBytes(path));
  const choices = readRuleFile(text, ruleColumns(train)).filter(({ on }) => on);
  const list = await listRules({ train, rules: [] }, asOwn(choices));
  const rules = rulesToKeep(list);
  line.say(`${plural(rules.length, "rule")} of ${basename(path)} ${rules.length === 1 ? "is" : "are"} on.`);
  for (const { rule, support, remark, notes } of list.lines) {
    if (support !== undefined && support.broken > 0)
      line.say(`${rule.text}: ${remark} of the ${plural(train.rows, "training row")}.`);
    for (const note of notes) line.say(`${rule.text}: ${note}`);
  }
  return { rules };
}

/** In a file that is given, it does not matter who wrote a rule. */
const asOwn = (rules: readonly Rule[]): Rule[] => rules.map((rule) => ({ ...rule, by: "person" }));

async function suggestRules(path: string, train: Table, line: ProgressLine): Promise<readonly Rule[]> {
  const found: FoundRules = { train, rules: await findRules(train) };
  const { lines } = await listRules(found);
  await writeBytes(path, writeRuleFile(filedRules({ lines })));
  for (const one of lines) line.say(told(one));
  const held = lines.filter(({ rule }) => rule.on).length;
  line.say(
    `${plural(held, "rule")} found in the ${plural(train.rows, "training row")}${lines.length > held ? `, ${lines.length - held} more with exceptions (off)` : ""}: ${path}`,
  );
  return rulesToKeep({ lines, troubles: [], rows: train.rows });
}

/** "Order: discharged is not before admitted [admitted <= discharged]: 2,381 of 2,381, may fail in up to 0.1%" */
const told = ({ kind, words, rule, held, remark }: RuleLine): string =>
  `${kind}: ${words} [${rule.text}]: ${[held, remark].filter(Boolean).join(", ")}`;

/** How the rows that were drawn fared, and where fewer came out than were asked for. */
export function sayDrawn(
  { drawn, kept, rows, asked }: { drawn: number; kept: number; rows: number; asked: number },
  line: ProgressLine,
): void {
  if (drawn > kept)
    line.say(
      `${((100 * kept) / drawn).toPrecision(2)}% of the rows drawn keep every rule; the others were drawn again.`,
    );
  if (rows < asked) line.say(`${asked} were asked for, ${rows} could be drawn.`);
}
