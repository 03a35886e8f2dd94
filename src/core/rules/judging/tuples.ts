/** A cell that two tables share, by row; undefined where there is none. */
export type SharedCellOf = (row: number) => string | number | undefined;

/** Different tuples of cells, each with a number of its own. */
export interface Tuples {
  /** The number of the tuple at `row`, a new one for a tuple that has not come before; -1 where a cell is undefined. */
  add(cells: readonly SharedCellOf[], row: number): number;
  /** The same; -2 for a tuple that has not come before. */
  find(cells: readonly SharedCellOf[], row: number): number;
}

export function createTuples(): Tuples {
  const branches: (Map<string | number, number> | undefined)[] = [undefined];
  const walk = (cells: readonly SharedCellOf[], row: number, grow: boolean): number => {
    let at = 0;
    let known = true;
    for (const cellOf of cells) {
      const cell = cellOf(row);
      if (cell === undefined) return -1;
      if (!known) continue;
      let next = branches[at]?.get(cell);
      if (next === undefined && grow) {
        next = branches.push(undefined) - 1;
        const branch = branches[at] ?? new Map<string | number, number>();
        branches[at] = branch.set(cell, next);
      }
      known = next !== undefined;
      at = next ?? at;
    }
    return known ? at : -2;
  };
  return { add: (cells, row) => walk(cells, row, true), find: (cells, row) => walk(cells, row, false) };
}
