import { isMissingCell, type Column, type Table } from "../../../table/table.ts";
import { timeColumn } from "../../../visits/courses.ts";

/** What the futures of one patient say of a column, by time since the last given visit: in days where times are dates. */
export type FutureBands = {
  /** futures that were drawn */
  readonly futures: number;
} & (
  | { readonly type: "number"; readonly points: readonly NumberPoint[] }
  | { readonly type: "levels"; readonly levels: readonly string[]; readonly points: readonly LevelPoint[] }
);

export interface NumberPoint {
  readonly time: number;
  /** futures that go on so far and have a value */
  readonly count: number;
  readonly median: number;
  /** 80% of the futures, and 95% of them */
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

export interface LevelPoint {
  readonly time: number;
  readonly count: number;
  /** of each level, in the order of `levels`, what is missing apart */
  readonly shares: readonly number[];
}

/** Times that are told apart; more are asked at evenly spaced ones. */
const MOST_TIMES = 30;
/** Fewest futures that a point is told of. */
const LEAST_FUTURES = 5;
const DAY_MS = 86_400_000;

/**
 * Median, 80% and 95% bands of a number, or shares of levels, over the futures of one patient. A number between two visits of a
 * future lies on the line between them, from the last given value on; a level is that of the visit before. A future counts until
 * its last visit, or, in a level that ends a course, on and on: who has died stays dead. Times at which fewer than five count
 * are left out.
 * @param futures visits of one patient's futures (`FuturePart.table`); `patients` tells the futures apart
 * @param last the last given visit's time and cell of the column, a number or a level; undefined = missing
 * @param drawn how many futures were drawn, those without a visit among them
 * @param endings levels of the column after which no visit follows
 */
export function futureBands(
  futures: Table,
  column: string,
  last: { readonly time: number; readonly cell: number | string | undefined },
  drawn: number,
  endings: readonly (string | number)[] = [],
): FutureBands {
  const i = futures.schema.columns.findIndex(({ name }) => name === column);
  const time = timeColumn(futures.schema);
  const times = time === undefined ? undefined : futures.columns[time];
  const cells = futures.columns[i];
  if (cells === undefined || time === undefined || times?.type !== "numeric") {
    return { futures: drawn, type: "number", points: [] };
  }
  const unit = futures.schema.columns[time]?.kind === "datetime" ? DAY_MS : 1;
  const since = times.values.map((at) => (at - last.time) / unit);
  const paths = pathsOf(futures, since, cells, new Set(endings));
  const grid = gridOf(since);
  if (cells.type === "numeric") {
    const start = typeof last.cell === "number" && !Number.isNaN(last.cell) ? last.cell : undefined;
    return { futures: drawn, type: "number", points: numberPoints(paths, grid, cells.values, start) };
  }
  return {
    futures: drawn,
    type: "levels",
    levels: cells.levels,
    points: levelPoints(paths, grid, cells, last.cell),
  };
}

/** Visits of one future that have a cell in the column, and how long the future goes on. */
interface Path {
  readonly rows: readonly number[];
  readonly times: readonly number[];
  readonly end: number;
}

function pathsOf(
  { rows, patients }: Table,
  since: Float64Array,
  column: Column,
  endings: ReadonlySet<string | number>,
): Path[] {
  const own = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const future = patients?.[row] ?? 0;
    const known = own.get(future);
    if (known === undefined) own.set(future, [row]);
    else known.push(row);
  }
  return [...own.values()].map((all) => {
    const known = all.filter((row) => !isMissingCell(column, row));
    const last = known.at(-1);
    const code = column.type === "coded" && last !== undefined ? (column.codes[last] as number) : -1;
    const ends = column.type === "coded" && endings.has(column.levels[code] ?? NaN);
    return {
      rows: known,
      times: known.map((row) => since[row] as number),
      end: ends ? Infinity : Math.max(...all.map((row) => since[row] as number)),
    };
  });
}

/** The times at which visits are, or evenly spaced ones where they are many. */
function gridOf(since: Float64Array): number[] {
  const known = [...new Set(since)].filter(Number.isFinite).sort((a, b) => a - b);
  if (known.length <= MOST_TIMES) return known;
  const most = known.at(-1) as number;
  return Array.from({ length: MOST_TIMES }, (_, i) => ((i + 1) * most) / MOST_TIMES);
}

function numberPoints(
  paths: readonly Path[],
  grid: readonly number[],
  values: Float64Array,
  start: number | undefined,
): NumberPoint[] {
  return grid.flatMap((time): NumberPoint[] => {
    const found = paths
      .flatMap((path) => (path.end < time ? [] : (valueAt(path, time, values, start) ?? [])))
      .sort((a, b) => a - b);
    if (found.length < LEAST_FUTURES) return [];
    const at = (share: number): number => quantile(found, share);
    const bands = { low80: at(0.1), high80: at(0.9), low95: at(0.025), high95: at(0.975) };
    return [{ time, count: found.length, median: at(0.5), ...bands }];
  });
}

/** On the line between the visits around `time`; undefined where one side is not known. */
function valueAt(
  { rows, times }: Path,
  time: number,
  values: Float64Array,
  start: number | undefined,
): number | undefined {
  const next = times.findIndex((at) => at >= time);
  if (next < 0) return undefined;
  const [after, value] = [times[next] as number, values[rows[next] as number] as number];
  if (after === time) return value;
  const before = next === 0 ? 0 : (times[next - 1] as number);
  const from = next === 0 ? start : (values[rows[next - 1] as number] as number);
  if (from === undefined || after <= before) return undefined;
  return from + ((value - from) * (time - before)) / (after - before);
}

/** By linear interpolation of sorted values (Hyndman and Fan 1996, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  return low + (high - low) * (at - Math.floor(at));
}

function levelPoints(
  paths: readonly Path[],
  grid: readonly number[],
  column: Extract<Column, { type: "coded" }>,
  start: number | string | undefined,
): LevelPoint[] {
  const first = typeof start === "string" ? column.levels.indexOf(start) : -1;
  return grid.flatMap((time): LevelPoint[] => {
    const counts = column.levels.map(() => 0);
    let count = 0;
    for (const { rows, times, end } of paths) {
      if (end < time) continue;
      const before = times.findLastIndex((at) => at <= time);
      const code = before < 0 ? first : (column.codes[rows[before] as number] as number);
      if (code < 0) continue;
      counts[code] = (counts[code] as number) + 1;
      count++;
    }
    if (count < LEAST_FUTURES) return [];
    return [{ time, count, shares: counts.map((own) => own / count) }];
  });
}
