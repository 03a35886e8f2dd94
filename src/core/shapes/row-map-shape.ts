/** The geometry of a map of rows: cells of real rows in a grid, synthetic rows as points. */

export interface RowMap {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** cells of the grid in each direction */
  readonly side: number;
  /** share of real rows in each cell, row by row from low x, low y; 0 where under 5 patients */
  readonly cells: readonly number[];
  readonly points: readonly (readonly [number, number])[];
}

const placeIn = (value: number, [low, high]: readonly [number, number], side: number): number =>
  Math.min(side - 1, Math.max(0, Math.floor(((value - low) / (high - low || 1)) * side)));

/** The cell that a point lies in; those beyond the ends lie in the cells at the ends. */
export const cellOf = ({ x, y, side }: RowMap, [px, py]: readonly [number, number]): number =>
  placeIn(py, y, side) * side + placeIn(px, x, side);

/** Share of the points in each cell. */
export function pointShares(map: RowMap): number[] {
  const shares = Array.from(map.cells, () => 0);
  for (const point of map.points) {
    const cell = cellOf(map, point);
    shares[cell] = (shares[cell] ?? 0) + 1 / map.points.length;
  }
  return shares;
}

export interface CellDifference {
  readonly cell: number;
  readonly real: number;
  readonly synthetic: number;
}

/** Cells that are not empty on both sides, those that differ most first. */
export function cellDifferences(map: RowMap): CellDifference[] {
  return pointShares(map)
    .map((synthetic, cell) => ({ cell, real: map.cells[cell] ?? 0, synthetic }))
    .filter(({ real, synthetic }) => real > 0 || synthetic > 0)
    .sort((a, b) => Math.abs(b.synthetic - b.real) - Math.abs(a.synthetic - a.real));
}

/** Share of the points that lie in cells where real rows are shown. */
export const amongReal = (map: RowMap): number =>
  pointShares(map).reduce((sum, share, cell) => sum + ((map.cells[cell] ?? 0) > 0 ? share : 0), 0);

export const SHADES = 6;

/** 0 for an empty cell, else 1 to `SHADES`: areas seem as full as the root of their share. */
export const shadeOf = (share: number, most: number): number =>
  share <= 0 ? 0 : Math.max(1, Math.ceil(SHADES * Math.sqrt(share / most)));
