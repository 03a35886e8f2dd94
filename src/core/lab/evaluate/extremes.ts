import { FaultError } from "../../fault.ts";
import type { Rng } from "../../math/rng.ts";
import type { Metric, Measurement, Pulse, Tables } from "../../metrics/metric.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";

/** Rows of each table that the extremes are measured on. */
export const EXTREME_ROWS = 1000;

/** Two synthetic tables that everybody knows the truth about, beside the real ones they come from. */
export interface Extremes {
  readonly independent: Tables;
  readonly bootstrap: Tables;
}

const drawn = (table: Table, rng: Rng): Table =>
  table.rows <= EXTREME_ROWS ? table : takeRows(table, rng.choose(table.rows, EXTREME_ROWS).sort());

/**
 * `independent`: every column of train shuffled by itself, so that margins are right and nothing else is. `bootstrap`:
 * rows of train drawn with replacement, so that everything is right and every row is a patient's. All on samples of at
 * most `EXTREME_ROWS` rows; neither ever leaves the evaluation.
 */
export function extremesOf(tables: Tables, rng: Rng): Extremes {
  const train = drawn(tables.train, rng.fork("train"));
  const holdout = drawn(tables.holdout, rng.fork("holdout"));
  const rows = Math.min(train.rows, Math.max(1, tables.synthetic.rows), EXTREME_ROWS);
  const shuffle = rng.fork("independent");
  const columns = train.columns.map(
    (_, i) =>
      takeRows({ ...train, columns: [train.columns[i] as Column] }, shuffle.choose(train.rows, rows))
        .columns[0] as Column,
  );
  const { patients: _, ...rest } = train;
  const resample = rng.fork("bootstrap");
  const copies = takeRows(
    rest,
    Int32Array.from({ length: rows }, () => resample.integer(train.rows)),
  );
  const real = { train, holdout, ...(tables.rules && { rules: tables.rules }) };
  return {
    independent: { ...real, synthetic: { ...rest, rows, columns } },
    bootstrap: { ...real, synthetic: copies },
  };
}

/** `result` with the same number for both extremes beside it, where both can be measured. Rejects only when cancelled. */
export async function besideExtremes(
  result: Measurement,
  metric: Metric,
  extremes: Extremes,
  rng: Rng,
  pulse: Pulse,
): Promise<Measurement> {
  if (result.status !== "ok") return result;
  const valueOf = async (tables: Tables, label: string): Promise<number | undefined> => {
    try {
      const measured = await metric.compute(tables, rng.fork(label), pulse, true);
      return measured.status === "ok" && Number.isFinite(measured.value) ? measured.value : undefined;
    } catch (error) {
      if (error instanceof FaultError) throw error;
      return undefined;
    }
  };
  const independent = await valueOf(extremes.independent, "independent");
  const bootstrap = await valueOf(extremes.bootstrap, "bootstrap");
  if (independent === undefined || bootstrap === undefined) return result;
  return { ...result, extremes: { independent, bootstrap } };
}
