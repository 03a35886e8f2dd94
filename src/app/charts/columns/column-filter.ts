import { createContext, useContext } from "react";

/** Which columns the person wants to see: a part of their names, and the names that there are. */
export interface ColumnFilter {
  readonly find: string;
  readonly names: ReadonlySet<string>;
}

export const ColumnFilterContext = createContext<ColumnFilter>({ find: "", names: new Set() });

/** Whether a row stands for a column or for a pair of them. */
const ofColumns = (name: string, names: ReadonlySet<string>): boolean =>
  names.has(name) || name.split(/ with |, | · /).every((part) => names.has(part));

/** Rows that stand for columns, less those whose name lacks what is looked for; other lists stay as they are. */
export function filtered<R>(
  rows: readonly R[],
  nameOf: (row: R) => string,
  { find, names }: ColumnFilter,
): readonly R[] {
  const wanted = find.trim().toLowerCase();
  if (wanted === "" || !rows.some((row) => ofColumns(nameOf(row), names))) return rows;
  return rows.filter((row) => nameOf(row).toLowerCase().includes(wanted));
}

/** `rows` as the page's filter leaves them. */
export function useFiltered<R>(rows: readonly R[], nameOf: (row: R) => string): readonly R[] {
  return filtered(rows, nameOf, useContext(ColumnFilterContext));
}

/** What the rows of a list stand for, as a heading. */
export function useRowKind<R>(rows: readonly R[], nameOf: (row: R) => string): "Column" | "Pair" | "Measure" {
  const { names } = useContext(ColumnFilterContext);
  if (rows.some((row) => names.has(nameOf(row)))) return "Column";
  return rows.some((row) => ofColumns(nameOf(row), names)) ? "Pair" : "Measure";
}

export const useFind = (): string => useContext(ColumnFilterContext).find.trim();
