import { withholding } from "../../codec/columns/withheld.ts";
import type { Constraint } from "../../rules/constraint.ts";
import type { Expression } from "../../rules/expression.ts";
import { namesIn, partsOf } from "../../rules/language/names-in.ts";
import type { Column, Table } from "../../table/table.ts";

/** Whether a rule names a level that fewer than five patients of `train` share: such a name is in no model and no file. */
export function rareNames(train: Table): (rule: Constraint) => boolean {
  const known = withholding(train).apply(train);
  const rare = new Map(
    train.schema.columns.map(({ name }, j) => {
      const left = levelsOf(known.columns[j]);
      return [name, new Set([...levelsOf(train.columns[j])].filter((level) => !left.has(level)))];
    }),
  );
  const compares = (expression: Expression): boolean => {
    if (expression.type !== "compare" && expression.type !== "in") return partsOf(expression).some(compares);
    const constants = constantsIn(expression);
    return namesIn(expression).some((name) => constants.some((constant) => rare.get(name)?.has(constant)));
  };
  return (rule) => conditionsOf(rule).some(compares);
}

const levelsOf = (column: Column | undefined): Set<string> =>
  new Set(
    column?.type === "coded"
      ? [...new Set(column.codes)].flatMap((code) => column.levels[code] ?? [])
      : undefined,
  );

function conditionsOf(rule: Constraint): readonly Expression[] {
  switch (rule.kind) {
    case "never":
      return [rule.when];
    case "implies":
      return [rule.when, rule.then];
    case "expression":
      return [rule.holds];
    default:
      return [];
  }
}

/** Texts, and numbers as a level writes them. */
const constantsIn = (expression: Expression): string[] =>
  expression.type === "text" || expression.type === "number"
    ? [String(expression.value)]
    : partsOf(expression).flatMap(constantsIn);
