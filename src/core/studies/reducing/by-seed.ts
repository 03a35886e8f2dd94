import type { StudyFigure } from "../../report/study.ts";
import type { CellDone, CellRow, StudyCell } from "../study.ts";
import { figureOf, type Seeded } from "./figures.ts";
import { rowsOf } from "./rows-of.ts";

/** What each seed measured, by seed: cells that failed or are not yet run are missing. */
export type BySeed = ReadonlyMap<number, Seeded>;

/** The first row of a measure in each seed's cell with the factors (and `of`) `wanted`. */
export function bySeed(
  cells: readonly StudyCell[],
  done: readonly CellDone[],
  measure: string,
  wanted: Readonly<Record<string, string | number>>,
): BySeed {
  const seeds = new Set(cells.map(({ factors }) => Number(factors["seed"] ?? 0)));
  return new Map(
    [...seeds].flatMap((seed) => {
      const [row] = rowsOf(cells, done, measure, { ...wanted, seed });
      return row && Number.isFinite(row.value) ? [[seed, row] as const] : [];
    }),
  );
}

/**
 * Rows of the cells done so far by place and seed, seeds rising; `placeOf` names the place of a row, or undefined where it is
 * not asked for. For studies with many places, which would look through all cells for each with `bySeed`.
 */
export function indexBySeed(
  cells: readonly StudyCell[],
  done: readonly CellDone[],
  placeOf: (factors: StudyCell["factors"], row: CellRow) => string | undefined,
): (place: string) => ReadonlyMap<number, CellRow> {
  const factors = new Map(cells.map((cell) => [cell.key, cell.factors]));
  const seedOf = ({ key }: CellDone): number => Number(factors.get(key)?.["seed"] ?? 0);
  const index = new Map<string, Map<number, CellRow>>();
  for (const { key, rows } of done.toSorted((a, b) => seedOf(a) - seedOf(b))) {
    const own = factors.get(key);
    if (own === undefined) continue;
    for (const row of rows) {
      const place = placeOf(own, row);
      if (place === undefined || !Number.isFinite(row.value)) continue;
      const known = index.get(place) ?? new Map<number, CellRow>();
      index.set(place, known.set(Number(own["seed"] ?? 0), row));
    }
  }
  const none = new Map<number, CellRow>();
  return (place) => index.get(place) ?? none;
}

/** Several figures of a seed as one, resample by resample; draws are left out where one of them has none. */
export function combined(parts: readonly Seeded[], how: (values: readonly number[]) => number): Seeded {
  const counts = parts.map(({ draws }) => draws?.length ?? 0);
  const count = Math.min(...counts);
  const value = how(parts.map((part) => part.value));
  if (!Number.isFinite(count) || count === 0) return { value };
  return {
    value,
    draws: Array.from({ length: count }, (_, i) => how(parts.map(({ draws }) => draws?.[i] ?? NaN))),
  };
}

/** `combined` in every seed that all of `sides` have. */
export function combinedBySeed(sides: readonly BySeed[], how: (values: readonly number[]) => number): BySeed {
  const [first] = sides;
  if (first === undefined) return new Map();
  return new Map(
    [...first.keys()].flatMap((seed) => {
      const parts = sides.flatMap((side) => side.get(seed) ?? []);
      return parts.length === sides.length ? [[seed, combined(parts, how)] as const] : [];
    }),
  );
}

/** `a` less `b` in every seed that both have. */
export const differenceBySeed = (a: BySeed, b: BySeed): BySeed =>
  combinedBySeed([a, b], ([one = NaN, other = NaN]) => one - other);

export const figureBySeed = (side: BySeed): StudyFigure | undefined => figureOf([...side.values()]);

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
