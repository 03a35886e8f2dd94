import { jackknifeError } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { BLOCKS, blocksOf } from "../measuring/blocks.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import { noiseVerdict } from "../metric.ts";
import type { Detail, Measurement, Pulse, Tables } from "../metric.ts";
import { equalSizes, type Draws } from "../measuring/equal-sizes.ts";
import { besideEstimate, overDraws } from "../measuring/estimate.ts";
import { skipped } from "../measuring/verdict.ts";
import { valueAlone } from "../measuring/value-only.ts";

/** Cells of each table that are walked, at most. */
const CELLS = 1.5e6;

/** How far one column of a table lies from train's. */
export interface ColumnDistance {
  readonly value: number;
  /** the distance in multiples of what two samples of one distribution differ by */
  readonly noise: number;
  /** the distance with the rows of each group left out in turn */
  readonly leftOut: readonly number[];
}

/** The rows of a table in `count` groups, drawn at random; group of each row. */
export interface Groups {
  readonly of: Uint8Array;
  readonly count: number;
}

export interface DistanceKind {
  /** begins the note, e.g. "The Wasserstein distance is measured on" */
  readonly subject: string;
  readonly range: readonly [number, number];
  /** why there is nothing to measure where no column has a distance */
  readonly none: string;
  /** undefined where the column says nothing; without groups `leftOut` may be empty */
  of(column: AlignedColumn, side: number, groups: Groups | undefined): ColumnDistance | undefined;
  toScore(value: number): number;
  sentence(own: number, reference: number): string;
}

/**
 * The mean over columns of a distance to train, for synthetic and for held-out rows, as many of each: the mean over several
 * draws. The interval is the delete-a-group jackknife of the compared rows; train stands for itself. The columns are told
 * of with all synthetic rows.
 */
export async function meanDistance(
  { train, holdout, synthetic }: Tables,
  kind: DistanceKind,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<Measurement> {
  if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
  if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
  const most = Math.max(500, Math.min(30_000, Math.floor(CELLS / Math.max(1, train.columns.length))));
  const [real, all] = [atMost(train, most, rng.fork("rows 0")), atMost(synthetic, most, rng.fork("rows 2"))];
  const sizes = equalSizes({ holdout, synthetic }, rng, { most });
  const over = async ({ tables, variance }: Draws, label: string) => {
    const columns = alignColumns([real, ...tables], columnNames(train));
    const draws = [];
    for (const [i, table] of tables.entries()) {
      const groups = valueOnly ? undefined : groupsOf(table, rng.fork(`${label} ${i}`));
      draws.push(await overColumns(columns, kind, 1 + i, groups, pulse));
    }
    return { ...overDraws(draws, variance), columns: draws[0]?.columns.length ?? 0 };
  };
  const own = await over(sizes.synthetic, "synthetic");
  if (own.columns === 0) return skipped(kind.none);
  if (valueOnly) return valueAlone(own.value);
  const reference = await over(sizes.holdout, "holdout");
  if (reference.columns === 0) return skipped("The held-out rows are empty there.");
  const { columns } = await overColumns(
    alignColumns([real, all], columnNames(train)),
    kind,
    1,
    undefined,
    pulse,
  );
  const worst = columns[0];
  return {
    ...besideEstimate("lower", own, reference, kind.range, kind.toScore),
    sentence:
      kind.sentence(own.value, reference.value) +
      (worst && worst.verdict !== "good" ? ` Furthest off: ${worst.name}.` : ""),
    detail: { type: "per-column", columns },
    ...drawnNote(kind.subject, [train, holdout, synthetic], most),
  };
}

type PerColumn = Extract<Detail, { type: "per-column" }>["columns"];

async function overColumns(
  columns: readonly AlignedColumn[],
  kind: DistanceKind,
  side: number,
  groups: Groups | undefined,
  pulse: Pulse,
): Promise<{ value: number; error: number; columns: PerColumn }> {
  const leftOut = new Float64Array(BLOCKS);
  const details: PerColumn[number][] = [];
  let total = 0;
  for (const column of columns) {
    await pulse();
    const distance = kind.of(column, side, groups);
    if (!distance) continue;
    total += distance.value;
    distance.leftOut.forEach((value, g) => (leftOut[g] = (leftOut[g] as number) + value));
    const { value, noise } = distance;
    details.push({ name: column.schema.name, value, noise, verdict: noiseVerdict(noise) });
  }
  const n = Math.max(1, details.length);
  return {
    value: total / n,
    error: groups ? jackknifeError(Array.from(leftOut, (sum) => sum / n)) : 0,
    columns: details.sort((a, b) => b.noise - a.noise),
  };
}

const groupsOf = ({ rows, patients }: Table, rng: Rng): Groups => ({
  of: blocksOf(rows, rng.fork("groups"), patients),
  count: BLOCKS,
});
