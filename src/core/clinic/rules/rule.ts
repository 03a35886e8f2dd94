import type { Column } from "../../table/table.ts";

/** What cannot be in a row. */
export interface PlausibilityRule {
  /** what holds where it is kept: "dbp is below sbp" */
  readonly text: string;
  readonly columns: readonly string[];
  /** For a table's columns in that order: whether a row breaks the rule; undefined where it does not apply. */
  readonly breaks: (cells: readonly (Column | undefined)[]) => (row: number) => boolean | undefined;
}

/** A row's number; NaN where there is none. */
export const numberIn =
  (column: Column | undefined): ((row: number) => number) =>
  (row) =>
    column?.type === "numeric" ? (column.values[row] as number) : NaN;

/** What `of` says of a row's level; undefined where there is none. Each level is asked once. */
export function levelIn<T>(
  column: Column | undefined,
  of: (level: string) => T,
): (row: number) => T | undefined {
  if (column?.type !== "coded") return () => undefined;
  const answers = column.levels.map(of);
  return (row) => answers[column.codes[row] as number];
}

const YES = new Set("yes y true t 1 positive pos present ja j wahr vorhanden positiv 1.0".split(" "));
const NO = new Set(
  "no n false f 0 negative neg absent nein falsch negativ keine none notpresent 0.0".split(" "),
);

/** True for yes, false for no, undefined for neither. */
export function affirms(level: string): boolean | undefined {
  const word = level.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}
