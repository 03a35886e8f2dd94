import type { Facts } from "./column-facts.ts";

/** Fewest different numbers beside which "<5" is a limit and not a level, most different limits, most cells with one. */
const FEWEST_BESIDE_LIMITS = 5;
const MOST_LIMITS = 100;
const MOST_LIMITED = 0.9;

/** Whether limits stand beside numbers: several different ones, and few limits. */
export function hasLimits({ limits, numbers: different, present }: Facts): boolean {
  const cells = limits.reduce((sum, limit) => sum + limit.cells, 0);
  return (
    different >= FEWEST_BESIDE_LIMITS &&
    limits.length <= Math.min(MOST_LIMITS, Math.max(2, different)) &&
    cells <= MOST_LIMITED * present
  );
}

export function limitsInWords({ limits, present }: Facts): string {
  if (limits.length === 0) return "";
  const cells = limits.reduce((sum, limit) => sum + limit.cells, 0);
  const [{ text } = { text: "" }] = [...limits].sort((a, b) => b.cells - a.cells);
  return ` ${((100 * cells) / present).toFixed(1)}% of the cells tell only a limit, such as ${text}.`;
}
