import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { Table } from "../../table/table.ts";
import { rareNames } from "./rare-names.ts";
import type { RuleLine, RuleTrouble, RuleWay } from "./rule-list.ts";

/** What is wrong with rules that are on, each with its ways out. */
export function troublesOf(lines: readonly RuleLine[], train: Table): RuleTrouble[] {
  const on = lines.filter(({ rule }) => rule.on);
  const own = on.filter(({ group }) => group === "person");
  return [...own.flatMap((line) => unreadable(line) ?? []), ...rarelyNamed(own, train)];
}

const switchOff = ({ index }: RuleLine): RuleWay => ({
  do: "switch-off",
  index,
  label: `Switch off ${index}`,
});

function unreadable(line: RuleLine): RuleTrouble | undefined {
  if (line.fault === undefined) return undefined;
  return {
    title: `Rule ${line.index} cannot be read`,
    detail: line.remark,
    rules: [line.index],
    ways: [switchOff(line)],
  };
}

/** A person may know a rare level; a model that is given away must not. */
function rarelyNamed(own: readonly RuleLine[], train: Table): RuleTrouble[] {
  if (own.length === 0) return [];
  const isRare = rareNames(train);
  return own
    .filter(({ constraint }) => constraint !== undefined && isRare(constraint))
    .map((line) => ({
      title: `Rule ${line.index} names a rare level`,
      detail: `Fewer than ${LEAST_SHARED} patients to learn from have it, so it is in no synthetic row, and the model file would name it. Write the rule without it.`,
      rules: [line.index],
      ways: [switchOff(line)],
    }));
}
