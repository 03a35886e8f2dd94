import { asFault, describeFault, FaultError } from "../fault.ts";
import type { Rule, Support } from "./constraint.ts";
import { LEAST_SHARED } from "../table/rare-levels.ts";
import type { RuleColumn } from "./read-rule.ts";
import { readRule } from "./read-rule.ts";

/** A rule in a file. `words` and `held` are for those who read it; they are not read back. */
export interface FiledRule extends Rule {
  /** what it says in plain English */
  readonly words?: string;
  /** how it fared in the training rows */
  readonly held?: Support;
}

const FILE = "rules";
const VERSION = 1;
/** Characters of the largest rule file that is read, and the most rules in it or in a saved model. */
const MOST_CHARACTERS = 20_000_000;
export const MOST_RULES = 10_000;

/**
 * Rules as a JSON file, one a line; the same rules give the same bytes. Counts of 1 to 4 rows are left out, so that a
 * file never speaks of so few patients.
 */
export function writeRuleFile(rules: readonly FiledRule[]): string {
  const lines = rules.map(({ text, on, by, words, held }) => {
    const few =
      held && [held.broken, held.rows - held.broken].some((rows) => rows > 0 && rows < LEAST_SHARED);
    return JSON.stringify({
      text,
      on,
      by,
      ...(words !== undefined && { words }),
      ...(held && !few && { held: { rows: held.rows, broken: held.broken } }),
    });
  });
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  return `{\n  "semblance": "${FILE}",\n  "version": ${VERSION},\n  "rules": ${list}\n}\n`;
}

/**
 * The rules of a file, each text once, for a table with `columns`. Nothing in the file is trusted: throws FaultError
 * `rule-file-unreadable` where it is no rule file of this version, or has a rule that cannot be read or that names a column
 * the table lacks.
 */
export function readRuleFile(text: string, columns: readonly (string | RuleColumn)[]): Rule[] {
  const file = asObject(parsed(text), "It is not a rule file: it holds no JSON object.");
  if (file["semblance"] !== FILE)
    refuse("It is not a rule file: “semblance” is not “rules”. Choose a file that was saved as rules.");
  if (file["version"] !== VERSION)
    refuse(
      `It is of version ${shown(file["version"])}, and this lab reads version ${VERSION}. Save it again with this version, or open it where it was made.`,
    );
  const { rules } = file;
  if (!Array.isArray(rules)) return refuse("It has no list of rules.");
  if (rules.length > MOST_RULES) refuse(`It has ${rules.length} rules, and at most ${MOST_RULES} are read.`);
  const read = rules.map((rule: unknown, i) => readFiled(rule, i + 1, columns));
  const seen = new Set<string>();
  return read.filter(({ text: said }) => !seen.has(said) && seen.add(said));
}

function readFiled(value: unknown, number: number, columns: readonly (string | RuleColumn)[]): Rule {
  const rule = asObject(value, `Rule ${number} is no object with a text.`);
  const { text, on, by } = rule;
  if (typeof text !== "string") return refuse(`Rule ${number} has no text.`);
  if (typeof on !== "boolean")
    return refuse(`Rule ${number} does not say whether it is on: “on” is true or false.`);
  if (by !== "found" && by !== "person")
    return refuse(`Rule ${number} does not say who set it: “by” is “found” or “person”.`);
  try {
    readRule(text, columns);
  } catch (error) {
    const { title, detail } = describeFault(asFault(error));
    refuse(
      `Rule ${number}: ${title} ${detail} Change the rule or take it out of the file, or open the table it was made for.`,
    );
  }
  return { text, on, by };
}

function parsed(text: string): unknown {
  if (text.length > MOST_CHARACTERS) refuse("It is too large to be a rule file.");
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    return refuse("It is not a rule file: it is not JSON. Choose a file that was saved as rules.");
  }
}

function asObject(value: unknown, otherwise: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(otherwise);
  return value as Readonly<Record<string, unknown>>;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "none";
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function refuse(reason: string): never {
  throw new FaultError({ code: "rule-file-unreadable", reason });
}
