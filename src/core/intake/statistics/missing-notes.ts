import type { StoredColumn } from "./stored-table.ts";
import type { Seen } from "./survey.ts";

/** Names and values that are listed before the rest is counted. */
const LISTED = 3;

/** One sentence for each way of being missing that the file declares: which values, what they mean, in which columns. */
export function missingNotes(
  columns: readonly StoredColumn[],
  seen: readonly Seen[],
  names: readonly string[],
): string[] {
  const where = new Map<string, string[]>();
  columns.forEach((column, i) => {
    const { missing, kinds } = seen[i] as Seen;
    const values = [...missing].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : 0));
    const reasons = [
      ...values.map((value) => withLabel(String(value), column.labels?.get(value))),
      ...[...kinds].sort().map((kind) => withLabel(`.${kind}`, column.labels?.get(`.${kind}`))),
    ];
    if (reasons.length === 0) return;
    const words = listed(reasons);
    const named = where.get(words);
    if (named === undefined) where.set(words, [names[i] as string]);
    else named.push(names[i] as string);
  });
  return [...where].map(([reasons, named]) => {
    const of = listed(named.map((name) => `“${name}”`));
    return `${of}: cells with ${reasons} are missing, as the file says.`;
  });
}

const withLabel = (value: string, label: string | undefined): string =>
  label === undefined || label.trim() === "" ? value : `${value} (“${label.trim().slice(0, 60)}”)`;

function listed(items: readonly string[]): string {
  if (items.length > LISTED + 1)
    return `${items.slice(0, LISTED).join(", ")} and ${items.length - LISTED} more`;
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
