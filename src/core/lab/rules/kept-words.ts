import type { Constraint, Support } from "../../rules/constraint.ts";
import type { Expression } from "../../rules/expression.ts";
import { count } from "../../words/numbers.ts";

/** How a rule that is on is kept: "always, built in", "drawn within", "draws again, about 2 in 100". */
export function keptWords(constraint: Constraint, support: Support): string {
  switch (constraint.kind) {
    case "order":
    case "formula":
    case "follows":
      return BUILT_IN;
    case "implies":
      return isForced(constraint.then) ? BUILT_IN : againWords(support);
    case "never":
    case "combinations":
      return "drawn within";
    default:
      return againWords(support);
  }
}

const BUILT_IN = "always, built in";

/** What follows leaves one value only: an empty cell, or that of another column. */
const isForced = (then: Expression): boolean =>
  then.type === "missing" ||
  (then.type === "compare" &&
    then.comparisons.length === 1 &&
    then.comparisons[0] === "=" &&
    then.operands.some(({ type }) => type === "column"));

/** As often as training rows break it, as far as they tell. */
function againWords({ rows, broken }: Support): string {
  if (rows === 0 || broken === 0) return "draws again where a row breaks it";
  const per = (100 * broken) / rows;
  if (per > 95) return "draws again, nearly every row";
  return per < 0.5 ? "draws again, under 1 in 100" : `draws again, about ${count(per)} in 100`;
}
