import type { Constraint } from "../../rules/constraint.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { KeptRules } from "./kept-rules.ts";

/** What a row of the table is. */
export type RowWord = "row" | "visit" | "patient";

const SAID = 5;
/** Characters of a rule that are said at most. */
const LONGEST = 80;

/** One sentence that says what every row will keep; undefined where that is nothing but what is learned anyway. */
export function keptNotice(
  { rules, derivations: { schemas, steps } }: KeptRules,
  row: RowWord = "row",
): string | undefined {
  const texts = rules.map(({ constraint }) => writeRule(constraint, schemas));
  if (texts.length > 0) return saidOf(texts, row);
  const nearly = steps.flatMap((step) =>
    step.kind === "relation" ? [`“${schemas[step.column]?.name}”`] : [],
  );
  return nearly.length === 0
    ? undefined
    : `Learned as what remains beside other columns: ${listed(nearly, ", ")}.`;
}

/** One sentence that says what every row keeps, of rules that are written already. */
export const saidOf = (texts: readonly string[], row: RowWord): string =>
  `Kept in every ${row}: ${listed(texts.map(shortened), "; ")}.`;

/** A rule that was found, and how many rows of a trial broke it. */
export interface LostRule {
  readonly constraint: Constraint;
  readonly broken: number;
}

/** Says which found rules are not kept after all, and why, after a trial of `tried` rows. */
export function lostNotice(
  lost: readonly LostRule[],
  schemas: readonly ColumnSchema[],
  tried: number,
  row: RowWord = "row",
): string {
  const texts = lost.map(
    ({ constraint, broken }) =>
      `${shortened(writeRule(constraint, schemas))} (${broken} of ${tried} ${row}s broke it)`,
  );
  const [it, holds] = lost.length === 1 ? ["it", "it holds"] : ["them", "they hold"];
  return `Found, but not kept after all: ${listed(texts, "; ")}. Most ${row}s that this model draws break ${it}, and to draw them again until ${holds} would take too long. Rules that you set are kept however long it takes.`;
}

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;

function listed(parts: readonly string[], between: string): string {
  const shown = parts.slice(0, SAID).join(between);
  return parts.length > SAID ? `${shown}; and ${parts.length - SAID} more` : shown;
}
