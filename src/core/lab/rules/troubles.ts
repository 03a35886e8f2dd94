import type { RuleLine, RuleTrouble, RuleWay } from "./rule-list.ts";

/** What is wrong with rules that are on, each with its ways out. */
export async function troublesOf(lines: readonly RuleLine[]): Promise<RuleTrouble[]> {
  const on = lines.filter(({ rule }) => rule.on);
  return on.flatMap((line) => unreadable(line) ?? []);
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
