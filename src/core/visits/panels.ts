import { isMissingCell, type Column, type Table } from "../table/table.ts";

/** Least share of the rows with any of two columns in which both are there. */
const TOGETHER = 0.95;
/** Fewest rows with a column, and without it, that tell. */
const LEAST_ROWS = 20;

/**
 * Columns that are measured together, as the values of one blood sample are: groups of two or more of `columns` that are
 * missing in some rows and, in 95% of the rows that have any of two, have both (the Jaccard index of the cells that are
 * there). A column belongs to the first group whose first column it goes with.
 */
export function panelsOf(table: Table, columns: readonly number[]): number[][] {
  const masks = columns.flatMap((i) => {
    const there = presence(table.columns[i] as Column, table.rows);
    const count = there.reduce((sum, one) => sum + one, 0);
    return count < LEAST_ROWS || table.rows - count < LEAST_ROWS ? [] : [{ i, there, count }];
  });
  const groups: { readonly first: (typeof masks)[number]; readonly members: number[] }[] = [];
  for (const mask of masks) {
    const own = groups.find(({ first }) => goTogether(first, mask));
    if (own === undefined) groups.push({ first: mask, members: [mask.i] });
    else own.members.push(mask.i);
  }
  return groups.flatMap(({ members }) => (members.length > 1 ? [members] : []));
}

const presence = (column: Column, rows: number): Uint8Array =>
  Uint8Array.from({ length: rows }, (_, row) => (isMissingCell(column, row) ? 0 : 1));

interface Mask {
  readonly there: Uint8Array;
  readonly count: number;
}

function goTogether(a: Mask, b: Mask): boolean {
  if (Math.min(a.count, b.count) < TOGETHER * Math.max(a.count, b.count)) return false;
  let both = 0;
  for (let row = 0; row < a.there.length; row++) both += (a.there[row] as number) & (b.there[row] as number);
  return both >= TOGETHER * (a.count + b.count - both);
}
