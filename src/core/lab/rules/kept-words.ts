import { forcedCells } from "../../synthesizers/relations/forced-cells.ts";
import type { Constraint, Support } from "../../rules/constraint.ts";
import type { Table } from "../../table/table.ts";
import { count } from "../../words/numbers.ts";

/**
 * How a rule that is on is kept: put back behind whatever was drawn, so that it always holds; or drawn within where the
 * method draws column by column, and rows that break it drawn again.
 */
export function keptWords(rule: Constraint, support: Support, train: Table): string {
  return isBuiltIn(rule, train) ? "always, built in" : drawnWords(support);
}

function isBuiltIn(rule: Constraint, train: Table): boolean {
  const { columns } = train.schema;
  const has = (test: (column: (typeof columns)[number]) => boolean, ...names: readonly string[]): boolean =>
    columns.some((column) => names.includes(column.name) && test(column));
  switch (rule.kind) {
    case "order":
      return !has(({ role }) => role === "target", ...rule.columns);
    case "formula":
    case "follows":
      return !has(({ role }) => role === "target", rule.column);
    case "nothing-after":
      return true;
    case "implies":
    case "multiple": {
      const cells = forcedCells(rule, train);
      return cells.length > 0 && cells.every((ways) => ways.length > 0);
    }
    default:
      return false;
  }
}

/** As many in 100 as training rows break it, as far as they tell. */
function drawnWords({ rows, broken }: Support): string {
  if (rows === 0 || broken === 0) return "drawn to fit, or redrawn";
  const per = Math.max(1, Math.round((100 * broken) / rows));
  return `drawn to fit, or redrawn, up to ${count(per)} in 100`;
}
