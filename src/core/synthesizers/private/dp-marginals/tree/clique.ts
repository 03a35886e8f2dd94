/** Columns of one table of counts, by their places, ascending. */
export type Clique = readonly number[];

export const sameClique = (a: Clique, b: Clique): boolean =>
  a.length === b.length && a.every((column, i) => column === b[i]);

export const within = (inner: Clique, outer: Clique): boolean =>
  inner.every((column) => outer.includes(column));

/** Cells of the table of `clique`; `counts`: tokens of each column. */
export const cellsOf = (clique: Clique, counts: ArrayLike<number>): number =>
  clique.reduce((cells, column) => cells * (counts[column] as number), 1);

/** For each cell of `outer` (last column fastest) its cell of `inner`, whose columns are all in `outer`. */
export function cellMap(outer: Clique, inner: Clique, counts: ArrayLike<number>): Uint32Array {
  const map = new Uint32Array(cellsOf(outer, counts));
  let stride = 1;
  for (let i = inner.length - 1; i >= 0; i--) {
    const column = inner[i] as number;
    addDigits(map, outer, column, counts, stride);
    stride *= counts[column] as number;
  }
  return map;
}

/** Adds `stride` times the token that `column` has in each cell of `outer`. */
function addDigits(
  map: Uint32Array,
  outer: Clique,
  column: number,
  counts: ArrayLike<number>,
  stride: number,
): void {
  const at = outer.indexOf(column);
  const after = cellsOf(outer.slice(at + 1), counts);
  const count = counts[column] as number;
  for (let cell = 0, token = 0; cell < map.length; token = (token + 1) % count) {
    for (const end = cell + after; cell < end; cell++) map[cell] = (map[cell] as number) + token * stride;
  }
}
