import type { IncidenceComparison, IncidenceSeries } from "../../report/report.ts";
import { suitableColumns } from "../../surveillance/suitable.ts";
import { daysIn, spanOf, type OneLevel } from "../../surveillance/incidence.ts";
import type { Table } from "../../table/table.ts";
import { incidenceSeries, type AskedSeries } from "./incidence-series.ts";

/** Date columns that a report shows, the first of them level by level too: of so many categories so many levels each. */
const MOST_COLUMNS = 3;
const MOST_CATEGORIES = 2;
const MOST_LEVELS = 4;
/** Rows of a level from which on it is shown. */
const LEAST_ROWS = 100;
/** Days of a series that is shown by day too, and events a day that it has. */
const MOST_DAYS = 400;
const LEAST_A_DAY = 3;

/**
 * Events over time for every date column that has such a series (`suitableColumns`): all rows by week and, where it is short
 * and dense, by day; of the first column the most frequent levels of two categories too. Where the same rows are counted twice,
 * the coarser or the partial count is in whole fives. Undefined where no column has a series.
 */
export async function compareIncidence(
  real: Table,
  synthetic: Table,
  pulse: () => Promise<void>,
): Promise<IncidenceComparison | undefined> {
  const known = new Set(synthetic.schema.columns.map(({ name }) => name));
  const names = suitableColumns(real).filter((name) => known.has(name));
  const columns: IncidenceComparison["columns"][number][] = [];
  for (const [i, column] of names.slice(0, MOST_COLUMNS).entries()) {
    const series = (asked: Omit<AskedSeries, "column">): Promise<IncidenceSeries> =>
      incidenceSeries(real, synthetic, { column, ...asked }, pulse);
    const daily = isDense(daysIn(real, column));
    const found = [await series({ every: "week", beside: daily })];
    if (daily) found.push(await series({ every: "day" }));
    for (const by of i === 0 ? levelsOf(real) : [])
      found.push(await series({ by, every: "week", beside: true }));
    columns.push({ name: column, series: found });
  }
  return columns.length > 0 ? { columns } : undefined;
}

function isDense(days: Float64Array): boolean {
  const span = spanOf(days);
  const length = span ? span.last - span.first + 1 : 0;
  return length <= MOST_DAYS && days.filter((day) => !Number.isNaN(day)).length >= LEAST_A_DAY * length;
}

/** The frequent levels of those categories that have most of them. */
function levelsOf(table: Table): OneLevel[] {
  const found = table.schema.columns.flatMap(({ name, kind }, i) => {
    const column = table.columns[i];
    if (column?.type !== "coded" || (kind !== "category" && kind !== "boolean")) return [];
    const rows = new Array<number>(column.levels.length).fill(0);
    for (const code of column.codes) if (code >= 0) rows[code] = (rows[code] as number) + 1;
    const frequent = [...rows.keys()]
      .filter((code) => (rows[code] as number) >= LEAST_ROWS)
      .toSorted((a, b) => (rows[b] as number) - (rows[a] as number));
    return frequent.length < 2
      ? []
      : [frequent.map((code) => ({ column: name, level: column.levels[code] as string }))];
  });
  return found
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_CATEGORIES)
    .flatMap((levels) => levels.slice(0, MOST_LEVELS));
}
