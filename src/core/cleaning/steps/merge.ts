import { mapColumn } from "../map-column.ts";
import { plural, quoted, type StepKind, type StepOf } from "../step-kind.ts";

/** Several spellings of one answer become one; or texts that say nothing become missing. */
export const merge: StepKind<StepOf<"merge">> = {
  title: ({ from, to }) =>
    to === null
      ? `read ${from.length === 1 ? quoted(from[0] as string) : plural(from.length, "text")} as missing`
      : `merge ${plural(from.length, "spelling")} into ${quoted(to)}`,
  done: ({ column, from, to }) =>
    to === null
      ? `${column}: ${from.length === 1 ? quoted(from[0] as string) : plural(from.length, "text")} read as missing`
      : `${column}: ${plural(new Set([...from, to]).size, "spelling")} merged into ${quoted(to)}`,
  apply: ({ column, from, to }, { rows }) => {
    const merged = new Set(from);
    return mapColumn(rows, column, () => (text) => (merged.has(text) ? to : undefined));
  },
};
