import { FaultError } from "../../fault.ts";
import type { Rule } from "../../rules/constraint.ts";
import { troubleFault } from "../../rules/contradictions.ts";
import type { FiledRule } from "../../rules/rule-file.ts";
import type { Artifact, FitOptions } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { listRules } from "./list-rules.ts";
import type { RuleList } from "./rule-list.ts";

/** The rules of a list as a file has them. */
export const filedRules = ({ lines }: Pick<RuleList, "lines">): FiledRule[] =>
  lines.map(({ rule: { text, on, by }, words, support, fault }) => ({
    text,
    on,
    by,
    ...(fault === undefined && { words }),
    ...(support && { held: support }),
  }));

/** The rules of a list that are on. Throws FaultError `rules-contradict`, `rule-impossible` where they cannot all be kept. */
export function rulesToKeep({ lines, troubles }: RuleList): Rule[] {
  const rules = lines.map(({ rule }) => rule);
  for (const trouble of troubles) {
    const fault = troubleFault(trouble, rules);
    if (fault !== undefined) throw new FaultError(fault);
  }
  return lines.flatMap(({ rule: { text, on, by } }) => (on ? [{ text, on, by }] : []));
}

/**
 * Those of `rules` that are on, as a fit is told them. Throws FaultError `rules-contradict`, `rule-impossible`, before
 * anything is learned, where they cannot all be kept.
 * @param train every column of the rows that are trained on (`askedRows`)
 */
export async function readRules(
  rules: readonly Rule[],
  train: Table,
): Promise<Required<Pick<FitOptions, "rules" | "found">>> {
  const choices = rules.flatMap(({ text, on }) => (on ? [{ text, on, by: "person" } as const] : []));
  const list = await listRules({ train, rules: [] }, choices);
  rulesToKeep(list);
  const byNobody = new Set(rules.flatMap(({ text, by }) => (by === "found" ? [text] : [])));
  const read = list.lines.flatMap(({ rule: { text }, constraint }) =>
    constraint ? [{ text, constraint }] : [],
  );
  return {
    rules: read.map(({ constraint }) => constraint),
    found: new Set(read.flatMap(({ text, constraint }) => (byNobody.has(text) ? [constraint] : []))),
  };
}

/** The rules that a saved model holds its rows to, as they are written; none name a level of few patients. */
export function ruleTexts({ state }: Artifact): string[] {
  const { rules, ofPatients } = state;
  const ofRows = listOf(rules).flatMap((rule) => {
    const text = (rule as { readonly text?: unknown } | null)?.text;
    return typeof text === "string" ? [text] : [];
  });
  return [
    ...ofRows,
    ...listOf((ofPatients as { readonly rules?: unknown } | undefined)?.rules).filter(
      (text) => typeof text === "string",
    ),
  ];
}

const listOf = (saved: unknown): readonly unknown[] => (Array.isArray(saved) ? saved : []);
