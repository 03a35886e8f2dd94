import type { Table } from "../../table/table.ts";
import type { LostRule } from "./kept-notice.ts";
import type { HeldRule, KeptRules } from "./kept-rules.ts";
import { brokenRules } from "./kept-rules.ts";

/**
 * `kept` without those of the `loose` rules that most rows of a model break, so that rows can be drawn in any time; and those
 * rules, the one broken most first, with the rows of a trial that broke each.
 * @param drawn the rows of the trial, with everything put back
 * @param least the share of them that must keep all rules that are left
 */
export function keepable(
  drawn: Table,
  kept: KeptRules,
  loose: readonly HeldRule[],
  least: number,
): { sure: KeptRules; lost: readonly LostRule[] } {
  const lost: LostRule[] = [];
  const breaks = brokenRules(kept.rules, drawn);
  let broken = Array.from({ length: drawn.rows }, (_, row) => breaks(row)).filter(
    (rules) => rules.length > 0,
  );
  const left = new Set(kept.rules.keys());
  const asked = new Set(loose);
  while (drawn.rows - broken.length < least * drawn.rows) {
    const times = [...left]
      .filter((k) => asked.has(kept.rules[k] as HeldRule))
      .map((k) => ({ k, rows: broken.filter((rules) => rules.includes(k)).length }));
    if (times.length === 0) break;
    const worst = times.reduce((most, one) => (one.rows > most.rows ? one : most));
    left.delete(worst.k);
    lost.push({ constraint: (kept.rules[worst.k] as HeldRule).constraint, broken: worst.rows });
    broken = broken.filter((rules) => rules.some((k) => left.has(k)));
  }
  return { sure: { ...kept, rules: kept.rules.filter((_, k) => left.has(k)) }, lost };
}
