import * as z from "zod";
import { asFault, describeFault, FaultError } from "../../../fault.ts";
import { nearestName } from "../../../rules/language/rule-columns.ts";
import type { Table } from "../../../table/table.ts";
import { knownColumns } from "../../ranges/known-quantities.ts";
import { builtInRules } from "../built-in/built-in-rules.ts";
import { clinicalRule, ruleId, type ClinicalRule } from "../clinical-rule.ts";
import { columnConcepts } from "../concepts/column-concepts.ts";
import { ownRuleShape, readOwnRule, type ReadOwnRule } from "./own-rule.ts";
import type { RuleBook } from "./rule-book.ts";
import { bookTroubles } from "./troubles.ts";

const FILE = "clinical-rules";
const VERSION = 1;
const MOST_CHARACTERS = 5_000_000;
const MOST_RULES = 1000;

/** A rule book as it is given and kept: what it is, and of which version. */
const bookShape = z.strictObject({
  semblance: z.literal(FILE),
  version: z.literal(VERSION),
  off: z.array(ruleId).max(MOST_RULES).optional(),
  on: z.array(ruleId).max(MOST_RULES).optional(),
  rules: z.array(ownRuleShape).max(MOST_RULES).optional(),
});

/** Whether a file's text is a rule book by its own word, rather than rules between columns. */
export function isRuleBook(text: string): boolean {
  try {
    const file: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isOurs(file);
  } catch {
    return false;
  }
}

const isOurs = (file: unknown): boolean =>
  typeof file === "object" && file !== null && "semblance" in file && file.semblance === FILE;

/** A rule book as a JSON file, one rule a line; the same book gives the same bytes. */
export function writeRuleBook({ off, on, own }: RuleBook): string {
  const list = (lines: readonly string[]): string =>
    lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  const ids = (names: readonly string[]): string => list([...names].sort().map((id) => JSON.stringify(id)));
  return (
    `{\n  "semblance": "${FILE}",\n  "version": ${VERSION},\n  "off": ${ids(off)},\n  "on": ${ids(on)},\n` +
    `  "rules": ${list(own.map((rule) => JSON.stringify(inOrder(rule))))}\n}\n`
  );
}

/** With the properties in the order of the schema. */
const inOrder = (rule: ClinicalRule): ClinicalRule => clinicalRule.parse(rule);

/**
 * The rule book of a file, for a table. Nothing in the file is trusted. Throws FaultError `rule-file-unreadable`, which
 * names the rule and the way out, where it is no rule book of this version, or a rule of it cannot be read, names what the
 * table does not have, cannot be calculated, or contradicts another.
 */
export async function readRuleBook(text: string, table: Table): Promise<RuleBook> {
  const { off = [], on = [], rules = [] } = shaped(parsed(text));
  const concepts = columnConcepts(table, knownColumns([table]));
  const used = new Set(builtInRules.map(({ id }) => id));
  const read: ReadOwnRule[] = [];
  for (const [i, given] of rules.entries()) {
    try {
      const one = readOwnRule(given, table, used, concepts);
      if (read.some(({ rule }) => rule.id === one.rule.id))
        refuse(`Rule ${i + 1}: another rule has the id “${one.rule.id}” too. Give each its own.`);
      used.add(one.rule.id);
      read.push(one);
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === "rule-file-unreadable") throw error;
      const { title, detail } = describeFault(fault);
      refuse(`Rule ${i + 1}: ${title} ${detail} Change the rule or take it out of the file.`);
    }
  }
  for (const [i, id] of [...off, ...on].entries())
    if (!used.has(id)) {
      const near = nearestName(id, used);
      refuse(
        `“${i < off.length ? "off" : "on"}” names “${id}”, which is no rule of this lab or of the file.${near === undefined ? " Take it out." : ` Did you mean “${near}”?`}`,
      );
    }
  const both = off.find((id) => on.includes(id));
  if (both !== undefined) refuse(`“${both}” is both off and on. Take it out of one list.`);
  await refuseTroubles(
    read.filter(({ rule }) => !off.includes(rule.id)),
    table,
  );
  return { off, on, own: read.map(({ rule }) => rule) };
}

/** Rules of the file that exclude each other, that no row can keep or that nothing can calculate. */
async function refuseTroubles(read: readonly ReadOwnRule[], table: Table): Promise<void> {
  const [trouble] = await bookTroubles(read, table);
  if (trouble === undefined) return;
  const all = trouble.rules.map(({ says }) => `“${says}”`).join(" and ");
  const change = trouble.rules.length > 1 ? "one of them" : "it";
  refuse(`${all} cannot be used: ${trouble.detail} Change ${change} or take it out of the file.`);
}

function shaped(value: unknown): z.infer<typeof bookShape> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse("It is not a file of clinical rules: it holds no JSON object.");
  if (!isOurs(value))
    refuse(
      `It is not a file of clinical rules: “semblance” is not “${FILE}”. Choose one that was saved as clinical rules.`,
    );
  const version = "version" in value ? value.version : undefined;
  if (version !== VERSION)
    refuse(
      `It is of version ${JSON.stringify(version)?.slice(0, 40) ?? "none"}, and this lab reads version ${VERSION}. Save it again with this version.`,
    );
  const read = bookShape.safeParse(value);
  return read.success ? read.data : refuse(issueWords(read.error, value));
}

/** The first thing that is wrong with the file's shape, with the rule that has it. */
function issueWords({ issues }: z.ZodError, value: unknown): string {
  const [issue] = deepest(issues);
  const [list, place, key] = issue?.path ?? [];
  const said = (issue?.message ?? "It cannot be read.").replace(/\.$/, "");
  if (list !== "rules" || typeof place !== "number")
    return `“${issue?.path.join(".") ?? ""}”: ${said}. Put it right, or save the file again.`;
  const text = textAt(value, place);
  const name = text === undefined ? "" : ` (“${text.slice(0, 60)}”)`;
  const property = key === undefined ? "it" : `“${String(key)}”`;
  return `Rule ${place + 1}${name}: ${property} ${/^holds|^is /.test(said) ? said : `is not as a rule has it: ${said}`}. Change the rule or take it out of the file.`;
}

/** Issues of a union are those of the form that came closest: the object. */
const deepest = (issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] =>
  issues.flatMap((issue) =>
    issue.code === "invalid_union" && issue.errors.length > 0
      ? (issue.errors.at(-1) ?? []).map((one) => ({ ...one, path: [...issue.path, ...one.path] }))
      : [issue],
  );

function textAt(value: unknown, place: number): string | undefined {
  const rules = typeof value === "object" && value !== null && "rules" in value ? value.rules : undefined;
  const rule: unknown = Array.isArray(rules) ? rules[place] : undefined;
  if (typeof rule === "string") return rule;
  return typeof rule === "object" && rule !== null && "text" in rule && typeof rule.text === "string"
    ? rule.text
    : undefined;
}

function parsed(text: string): unknown {
  if (text.length > MOST_CHARACTERS) refuse("It is too large to be a file of clinical rules.");
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return refuse("It is not a file of clinical rules: it is not JSON.");
  }
}

function refuse(reason: string): never {
  throw new FaultError({ code: "rule-file-unreadable", reason });
}
