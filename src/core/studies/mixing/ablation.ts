import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { placeRows } from "../../metrics/measuring/space.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Table } from "../../table/table.ts";

/** Steps after which training is stopped: the earlier, the poorer the rows. */
export const EARLY_STEPS = [50, 200] as const;
/** Of so many rows as 1 divided by this, the share nearest to the centre is kept. */
export const KEPT_SHARES = [0.5, 0.25] as const;

/** Whether training can be stopped early: whether the method has steps. */
export function hasSteps(method: string, find: (id: string) => Synthesizer = findSynthesizer): boolean {
  return find(method).params["steps"]?.type === "number";
}

/**
 * The `rows` rows of `drawn` that lie nearest to the centre of `train`, in their order: as many rows, of fewer kinds. In the space
 * of `placeRows` (numbers standardised, levels as 0/1 columns divided by the root of 2); the target does not count.
 */
export function nearestCentre(train: Table, drawn: Table, rows: number, target: string | undefined): Table {
  const names = columnNames(train).filter((name) => name !== target);
  const [real, own] = placeRows(alignColumns([train, drawn], names), 2);
  if (real === undefined || own === undefined || names.length === 0) return drawn;
  const far = new Float64Array(drawn.rows);
  real.numbers.forEach((column, k) => {
    const centre = column.reduce((a, b) => a + b, 0) / column.length;
    own.numbers[k]?.forEach((x, row) => (far[row] = (far[row] as number) + (x - centre) ** 2));
  });
  real.codes.forEach((column, k) => {
    const shares = new Map<number, number>();
    for (const code of column) shares.set(code, (shares.get(code) ?? 0) + 1 / column.length);
    const all = [...shares.values()].reduce((sum, share) => sum + share ** 2, 0);
    own.codes[k]?.forEach(
      (code, row) => (far[row] = (far[row] as number) + (1 - 2 * (shares.get(code) ?? 0) + all) / 2),
    );
  });
  const order = Array.from(far.keys()).toSorted((a, b) => (far[a] as number) - (far[b] as number) || a - b);
  return takeRows(
    drawn,
    order.slice(0, rows).toSorted((a, b) => a - b),
  );
}
