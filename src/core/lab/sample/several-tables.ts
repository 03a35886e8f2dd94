import { combinedEstimate, type Combined, type Estimated } from "../../math/combined-estimates.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { Column, Table } from "../../table/table.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { sampleLearned } from "./sample.ts";

/** Levels of a column that are told, the most frequent ones. */
const MOST_LEVELS = 20;

export interface CombinedRow extends Combined {
  readonly column: string;
  /** of a column of levels: the share of which this is; left out: the mean of a number */
  readonly level?: string;
}

/**
 * The mean of each learned number and the share of each level, combined over `tables` synthetic tables of `rows` rows that
 * `model` draws with the seeds from `seed` on (`combinedEstimate`). Cells that are missing do not count.
 * @param learnedRows rows that the model learned from
 */
export async function severalTables(
  model: TrainedModel,
  { tables, rows, seed, learnedRows }: { tables: number; rows: number; seed: number; learnedRows: number },
  onTable: (done: number) => void = () => {},
): Promise<CombinedRow[]> {
  const found = new Map<string, { column: string; level?: string; estimates: Estimated[] }>();
  let levels: Map<string, readonly string[]> | undefined;
  for (let i = 0; i < tables; i++) {
    const table = await sampleLearned(model, rows, seed + i);
    levels ??= frequentLevels(table);
    for (const { column, level, estimate } of estimatesOf(table, levels)) {
      const key = JSON.stringify([column, level]);
      const known = found.get(key);
      if (known) known.estimates.push(estimate);
      else found.set(key, { column, ...(level !== undefined && { level }), estimates: [estimate] });
    }
    onTable(i + 1);
  }
  return [...found.values()].map(({ column, level, estimates }) => ({
    column,
    ...(level !== undefined && { level }),
    ...combinedEstimate(estimates, { k: rows, n: learnedRows }),
  }));
}

function frequentLevels({ schema, columns }: Table): Map<string, readonly string[]> {
  return new Map(
    schema.columns.flatMap(({ name }, i): [string, readonly string[]][] => {
      const column = columns[i] as Column;
      if (column.type === "numeric") return [];
      const counts = column.levels.map(() => 0);
      for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
      const order = [...counts.keys()].sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
      return [[name, order.slice(0, MOST_LEVELS).map((code) => column.levels[code] as string)]];
    }),
  );
}

function estimatesOf(
  { schema, columns }: Table,
  levels: ReadonlyMap<string, readonly string[]>,
): { column: string; level?: string; estimate: Estimated }[] {
  return schema.columns.flatMap(({ name }, i) => {
    const column = columns[i] as Column;
    if (column.type === "numeric") {
      const values = column.values.filter((value) => !Number.isNaN(value));
      if (values.length < 2) return [];
      const variance = standardDeviation(values) ** 2 / values.length;
      return [{ column: name, estimate: { value: mean(values), variance } }];
    }
    const present = column.codes.filter((code) => code >= 0).length;
    if (present === 0) return [];
    return (levels.get(name) ?? []).map((level) => {
      const code = column.levels.indexOf(level);
      const share = column.codes.filter((own) => own === code && code >= 0).length / present;
      return { column: name, level, estimate: { value: share, variance: (share * (1 - share)) / present } };
    });
  });
}
