import { columnsOf } from "../../rules/language/names-in.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { HeldRows } from "../requests/row-source.ts";
import type { KeptRules } from "./kept-rules.ts";
import { brokenRules } from "./kept-rules.ts";

/** The rules that rows are asked, as requests know them; undefined where there are none. */
export function heldRows({ rules, derivations }: KeptRules): HeldRows | undefined {
  if (rules.length === 0) return undefined;
  const places = new Map(derivations.schemas.map(({ name }, j) => [name, j]));
  return {
    rules: rules.map(({ constraint }) => ({
      text: writeRule(constraint, derivations.schemas),
      columns: columnsOf(constraint).map((name) => places.get(name) as number),
      empties:
        constraint.kind === "missing-together" ||
        (constraint.kind === "implies" && constraint.then.type === "missing"),
    })),
    broken: (table) => brokenRules(rules, table),
  };
}
