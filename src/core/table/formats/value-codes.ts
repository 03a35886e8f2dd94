import type { ColumnSchema, ValueLabel } from "../table.ts";

const known = new WeakMap<readonly ValueLabel[], (level: string) => string>();

/** How the source stores a level of a labelled column; a level without a label is its own code. Undefined: none has one. */
export function codeOf({
  valueLabels,
}: Pick<ColumnSchema, "valueLabels">): ((level: string) => string) | undefined {
  if (valueLabels === undefined || valueLabels.length === 0) return undefined;
  let code = known.get(valueLabels);
  if (code === undefined) {
    const codes = new Map(valueLabels.map(({ code: stored, label }) => [label, stored]));
    code = (level) => codes.get(level) ?? level;
    known.set(valueLabels, code);
  }
  return code;
}
