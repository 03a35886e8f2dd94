import type { ValueLabel } from "../../table/table.ts";
import type { Seen } from "./survey.ts";
import type { StoredColumn } from "./stored-table.ts";

/** Labels are the cells of a column where more of its codes have one than not, and more of its cells. */
const HALF = 0.5;

/**
 * The labels of a column whose cells are labels, in the order of the codes, each label for one code only; undefined
 * where the cells stay what they are: a number some of whose values have a word (0 = none, 999 = refused).
 */
export function labelsOf(column: StoredColumn, seen: Seen): readonly ValueLabel[] | undefined {
  const { labels } = column;
  if (labels === undefined || seen.codes === undefined || seen.codes.size === 0) return undefined;
  let named = 0;
  let cells = 0;
  let namedCells = 0;
  for (const [code, count] of seen.codes) {
    const has = (labels.get(code) ?? "") !== "";
    if (has) named++;
    cells += count;
    if (has) namedCells += count;
  }
  if (named <= seen.codes.size - named || namedCells < HALF * cells) return undefined;
  const codes = [...labels.keys()].filter(
    (code) =>
      typeof code === column.type.replace("text", "string") &&
      !seen.missing.has(code) &&
      !declared(column, code),
  );
  const without = [...seen.codes.keys()].filter((code) => !labels.has(code));
  return told(
    codes.sort(byCode).map((code) => ({ code: codeText(code), label: (labels.get(code) as string).trim() })),
    new Set(without.map(codeText)),
  );
}

const declared = ({ missing }: StoredColumn, code: number | string): boolean =>
  missing !== undefined &&
  (missing.values.includes(code) ||
    (typeof code === "number" &&
      missing.range !== undefined &&
      code >= missing.range.low &&
      code <= missing.range.high));

const byCode = (a: number | string, b: number | string): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;

/** A code as text, in full. */
export const codeText = (code: number | string): string => String(code);

/** Labels that are empty are their codes; labels that stand for two codes, or read as another's code, have it beside them. */
function told(labels: readonly ValueLabel[], others: ReadonlySet<string>): ValueLabel[] {
  const count = new Map<string, number>();
  const codes = new Set([...labels.map(({ code }) => code), ...others]);
  for (const { label } of labels) count.set(label, (count.get(label) ?? 0) + 1);
  const used = new Set<string>();
  return labels.map(({ code, label }) => {
    const own = label === "" || label === code;
    const clear = own || ((count.get(label) as number) === 1 && !codes.has(label));
    let said = own ? code : clear ? label : `${label} (${code})`;
    while (used.has(said)) said = `${said} (${code})`;
    used.add(said);
    return { code, label: said };
  });
}
