import * as z from "zod";
import { FaultError } from "../../../fault.ts";
import type { Constraint } from "../../../rules/constraint.ts";
import { readRule, ruleColumns } from "../../../rules/read-rule.ts";
import type { Table } from "../../../table/table.ts";
import { nearestName } from "../../../rules/language/rule-columns.ts";
import { knownColumns } from "../../ranges/known-quantities.ts";
import { bindRule, type PlausibilityRule } from "../bind-rule.ts";
import { clinicalRule, type ClinicalRule } from "../clinical-rule.ts";
import { columnConcepts, conceptNames, type TableConcepts } from "../concepts/column-concepts.ts";
import { placeholdersIn } from "../placeholders.ts";
import { plainRule } from "./plain-forms.ts";

/** A rule of a person's: its text says all of it, and the rest can be left out. */
export const ownRuleShape = z.union([
  z.string().min(1).max(20_000),
  clinicalRule.partial().required({ text: true }),
]);

export type OwnRuleShape = z.infer<typeof ownRuleShape>;

/** A rule of a person's as it was read, and what it is on the table. */
export interface ReadOwnRule {
  readonly rule: ClinicalRule;
  /** none where it is about quantities that the table lacks */
  readonly bound: readonly PlausibilityRule[];
}

/**
 * A rule as a person writes it, in the rule language or plainly. Throws FaultError `rule-unreadable`: the text cannot be
 * read, holds HTML, or names neither a column nor a quantity.
 * @param used ids that other rules have
 */
export function readOwnRule(
  shape: OwnRuleShape,
  table: Table,
  used: ReadonlySet<string>,
  concepts: TableConcepts = columnConcepts(table, knownColumns([table])),
): ReadOwnRule {
  const given = typeof shape === "string" ? { text: shape } : shape;
  const written = given.text.trim();
  refuseMarkup(written);
  const straight = tryRule(given, written, table, used, concepts);
  if (!(straight instanceof FaultError)) return straight;
  const plain = plainRule(written, table);
  if (plain === undefined) throw straight;
  const read = tryRule({ ...given, says: given.says ?? sentence(written) }, plain, table, used, concepts);
  if (read instanceof FaultError) throw read;
  return read;
}

function tryRule(
  given: Exclude<OwnRuleShape, string>,
  text: string,
  table: Table,
  used: ReadonlySet<string>,
  concepts: TableConcepts,
): ReadOwnRule | FaultError {
  const wrong = unknownConcept(text);
  if (wrong !== undefined) return wrong;
  try {
    const rule = completed(given, text, used);
    const bound = bindRule(rule, concepts, table);
    const [first] = bound;
    if (given.kind !== undefined || first === undefined) return { rule, bound };
    const told = { ...rule, kind: kindOf(readRule(first.written, ruleColumns(table))) };
    return { rule: told, bound: bound.map((one) => ({ ...one, rule: told })) };
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "rule-unreadable") return error;
    throw error;
  }
}

function unknownConcept(text: string): FaultError | undefined {
  const wrong = placeholdersIn(text).find(({ concept }) => !conceptNames.has(concept));
  if (wrong === undefined) return undefined;
  const near = nearestName(wrong.concept, conceptNames);
  return new FaultError({
    code: "rule-unreadable",
    text,
    at: Math.max(0, text.indexOf(`{${wrong.concept}`)),
    reason: `“${wrong.concept}” is not a quantity that the lab knows. ${near === undefined ? "Write a column's name without braces." : `Did you mean {${near}}?`}`,
  });
}

/** What a rule's text is held to besides the language: it is shown in files, and is text there. */
function refuseMarkup(text: string): void {
  const tag = /<\/?[a-z]+(?:\s+[a-z-]+\s*=[^>]*)?\s*\/?>|<\/[a-z]|<!--/i.exec(text);
  if (tag === null) return;
  throw new FaultError({
    code: "rule-unreadable",
    text,
    at: tag.index,
    reason: "It holds HTML. Write it as plain text; a smaller-than sign stands between spaces.",
  });
}

/** On one line, without signs that cannot be shown. */
const sentence = (text: string): string =>
  text
    .replace(/\s*(<=|>=|!=|<|>)\s*/g, " $1 ")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 400);

const completed = (
  given: Exclude<OwnRuleShape, string>,
  text: string,
  used: ReadonlySet<string>,
): ClinicalRule => ({
  ...given,
  text,
  id: given.id ?? freshId(text, used),
  says: given.says ?? sentence(text),
  kahn: given.kahn ?? "plausibility.atemporal",
  kind: given.kind ?? "agreement",
  hard: given.hard ?? false,
  source: given.source ?? "Set by a person",
});

function kindOf(constraint: Constraint): ClinicalRule["kind"] {
  switch (constraint.kind) {
    case "order":
      return "order";
    case "range":
      return "range";
    case "missing-together":
      return "missing";
    case "multiple":
      return "increment";
    case "same-within-patient":
      return "same";
    case "implies":
    case "never":
      return "implies";
    default:
      return "agreement";
  }
}

function freshId(text: string, used: ReadonlySet<string>): string {
  const words = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 50);
  const base = `own.${words === "" ? "rule" : words}`;
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!used.has(id)) return id;
  }
}
