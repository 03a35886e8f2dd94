import {
  associatedRows,
  associationGap,
  associations,
  gatherLevels,
} from "../../lab/evaluate/compare-pairs.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { equalSizes, samplesOf } from "../../metrics/measuring/equal-sizes.ts";
import type { Pulse, Tables } from "../../metrics/metric.ts";
import type { Table } from "../../table/table.ts";

/**
 * Mean absolute difference between the associations of synthetic and of training rows, over all pairs of columns that have
 * one in the training rows: Pearson's r of two numbers, Cramér's V of two categories (Bergsma 2013), the correlation ratio of
 * one of each (corrected). A synthetic association that is not defined counts as 0. The synthetic rows are cut to as many as
 * are held out, since fewer rows differ more by chance alone. Undefined where no pair has one.
 */
export async function correlationError(
  { train, holdout, synthetic }: Tables,
  rng: Rng,
  pulse: Pulse,
): Promise<number | undefined> {
  const most = associatedRows(train.columns.length);
  const sizes = equalSizes({ holdout, synthetic }, rng, { most, draws: 1 });
  const [real] = samplesOf(train, Math.min(train.rows, most), 1, rng.fork("training sample")).tables;
  const [made] = sizes.synthetic.tables;
  return real === undefined || made === undefined ? undefined : associationError(real, made, pulse);
}

/** The same of two tables as they are. */
export async function associationError(real: Table, other: Table, pulse: Pulse): Promise<number | undefined> {
  const columns = alignColumns([real, other], columnNames(real)).map(gatherLevels);
  const [a, b] = [await associations(columns, 0, pulse), await associations(columns, 1, pulse)];
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < columns.length; i++)
    for (let j = 0; j < i; j++) {
      const own = a[i]?.[j] ?? NaN;
      if (Number.isNaN(own)) continue;
      sum += associationGap(own, b[i]?.[j] ?? NaN);
      pairs++;
    }
  return pairs === 0 ? undefined : sum / pairs;
}
