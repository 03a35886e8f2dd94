import type { Withheld } from "./table-code.ts";
import type { TableCode } from "./table-code.ts";

/** Per column: what was left out of the code because fewer than 5 rows share it. */
export function withheldIn(code: TableCode): readonly (Withheld & { readonly column: string })[] {
  return code.columns.flatMap(({ withheld }, i) => {
    const column = code.schema.columns[i]?.name;
    return withheld && column !== undefined ? [{ column, ...withheld }] : [];
  });
}

const SAID = 3;

/** What the person must know of it, for `Progress.notice`; undefined where nothing was left out. */
export function withheldNotice(code: TableCode): string | undefined {
  const found = withheldIn(code);
  const empty = (name: string): boolean =>
    code.columns.some((column, i) => code.schema.columns[i]?.name === name && knowsNothing(column.code));
  const lost = found.filter(({ column }) => empty(column));
  const some = found.filter(({ column }) => !empty(column));
  const sentences = [
    ...(lost.length > 0
      ? [
          `${listed(lost.map(({ column }) => `“${column}”`))} ${lost.length > 1 ? "come" : "comes"} out empty: fewer than 5 rows share any of ${lost.length > 1 ? "their" : "its"} values.`,
        ]
      : []),
    ...(some.length > 0
      ? [
          `Levels that fewer than 5 rows share are left out and come out as other levels: ${listed(some.map(({ column, levels }) => `${levels} of “${column}”`))}.`,
        ]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

const knowsNothing = ({ count, missing }: { count: number; missing: number }): boolean =>
  count === 1 && missing === 0;

function listed(parts: readonly string[]): string {
  if (parts.length <= SAID) return parts.join(", ");
  return `${parts.slice(0, SAID).join(", ")} and ${parts.length - SAID} more columns`;
}
