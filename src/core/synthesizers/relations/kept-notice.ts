import { writeRule } from "../../rules/write-rule.ts";
import type { KeptRules } from "./kept-rules.ts";

const SAID = 5;
/** Characters of a rule that are said at most. */
const LONGEST = 80;

/** One sentence that says what every row will keep; undefined where that is nothing but what is learned anyway. */
export function keptNotice({ rules, derivations: { schemas, steps } }: KeptRules): string | undefined {
  const texts = rules.map(({ constraint }) => shortened(writeRule(constraint, schemas)));
  if (texts.length > 0) return `Kept in every row: ${listed(texts, "; ")}.`;
  const nearly = steps.flatMap((step) =>
    step.kind === "relation" ? [`“${schemas[step.column]?.name}”`] : [],
  );
  return nearly.length === 0
    ? undefined
    : `Learned as what remains beside other columns: ${listed(nearly, ", ")}.`;
}

/** One sentence that names rules of `before` that `after` lacks; undefined where there is none. */
export function letGoNotice(before: KeptRules, after: KeptRules): string | undefined {
  const left = before.rules.filter((rule) => !after.rules.includes(rule));
  if (left.length === 0) return undefined;
  const texts = left.map(({ constraint }) => shortened(writeRule(constraint, before.derivations.schemas)));
  return `Not kept after all, because most rows that this model draws would break one of these: ${listed(texts, "; ")}. To keep them, give them as rules.`;
}

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;

function listed(parts: readonly string[], between: string): string {
  const shown = parts.slice(0, SAID).join(between);
  return parts.length > SAID ? `${shown}; and ${parts.length - SAID} more` : shown;
}
