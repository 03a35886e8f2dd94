import { LEAST_SHARED } from "../../table/rare-levels.ts";
import { ruleTroubles, type Trouble } from "../../rules/contradictions.ts";
import type { Table } from "../../table/table.ts";
import { rareNames } from "./rare-names.ts";
import type { RuleLine } from "./rule-list.ts";

/** What is wrong with rules that are on, and what is to be known of them: what stops training first. Rejects as `pulse` does. */
export async function troublesOf(
  lines: readonly RuleLine[],
  train: Table,
  pulse: () => Promise<void>,
): Promise<Trouble[]> {
  const rules = lines.map(({ rule }) => rule);
  return [...rarelyNamed(lines, train), ...(await ruleTroubles(rules, train, pulse))];
}

/** A person may know a rare level; a model that is given away must not. */
function rarelyNamed(lines: readonly RuleLine[], train: Table): Trouble[] {
  const own = lines.filter(({ rule, group, constraint }) => rule.on && group === "person" && constraint);
  if (own.length === 0) return [];
  const isRare = rareNames(train);
  return own
    .filter(({ constraint }) => constraint !== undefined && isRare(constraint))
    .map(({ index }) => ({
      code: "level",
      rules: [index - 1],
      stops: true,
      title: `Rule ${index} names a rare level`,
      detail: `Fewer than ${LEAST_SHARED} patients to learn from have it, so it is in no synthetic row, and the model file would name it. Write the rule without it.`,
      ways: [{ words: `Switch off rule ${index}`, change: { type: "switch-off", rule: index - 1 } }],
    }));
}
