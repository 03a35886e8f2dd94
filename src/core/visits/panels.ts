import { isMissingCell, type Column, type Table } from "../table/table.ts";

/** Least share of the rows with any of two columns in which both are there; and of those without any, in which both are missing. */
const THERE = 0.95;
const MISSING = 0.8;
/** Fewest rows with a column, and without it, that tell. */
const LEAST_ROWS = 20;

/**
 * Columns that are measured together, as the values of one blood sample are: groups of two or more of `columns` that are
 * missing in some rows, have both in 95% of the rows that have any of two, and lack both in 80% of those that lack any (the Jaccard
 * indices of the cells that are there, and of those that are missing: where few are, the first says nothing). A column
 * belongs to the first group whose first column it goes with.
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
  const rows = a.there.length;
  let both = 0;
  for (let row = 0; row < rows; row++) both += (a.there[row] as number) & (b.there[row] as number);
  const any = a.count + b.count - both;
  return both >= THERE * any && rows - any >= MISSING * (rows - both);
}
