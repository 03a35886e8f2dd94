import type { CellDone, CellRow, StudyCell } from "../study.ts";

type Wanted = Readonly<Record<string, string | number>>;

/** The rows of one measure in the cells whose factors (and `of`) are `wanted`, ordered by seed. */
export function rowsOf(
  cells: readonly StudyCell[],
  done: readonly CellDone[],
  measure: string,
  wanted: Wanted,
): CellRow[] {
  const by = new Map(done.map((one) => [one.key, one]));
  const fits = (has: Wanted): boolean => Object.entries(wanted).every(([name, value]) => has[name] === value);
  return cells
    .toSorted((a, b) => Number(a.factors["seed"] ?? 0) - Number(b.factors["seed"] ?? 0))
    .flatMap(({ key, factors }) =>
      (by.get(key)?.rows ?? []).filter((row) => row.measure === measure && fits({ ...factors, ...row.of })),
    );
}
