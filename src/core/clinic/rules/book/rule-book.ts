import { builtInRules } from "../built-in/built-in-rules.ts";
import type { ClinicalRule } from "../clinical-rule.ts";

/** What a person made of the clinical rules: the same on every table that it is used with. */
export interface RuleBook {
  /** ids of rules that are not asked */
  readonly off: readonly string[];
  /** ids of rules that are asked although more than 5% of the real rows break them */
  readonly on: readonly string[];
  /** rules of the person's; one with the id of a built-in rule takes its place */
  readonly own: readonly ClinicalRule[];
}

export const NO_CHANGES: RuleBook = { off: [], on: [], own: [] };

/** All rules, those of the person last. */
export function rulesOfBook({ own }: RuleBook): readonly ClinicalRule[] {
  if (own.length === 0) return builtInRules;
  const replaced = new Set(own.map(({ id }) => id));
  return [...builtInRules.filter(({ id }) => !replaced.has(id)), ...own];
}
