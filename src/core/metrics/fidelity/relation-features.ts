import { quantileSorted, sortedPresent, standardDeviation } from "../../math/statistics.ts";
import type { Feature } from "../../math/trees/bins.ts";
import type { Column, Table } from "../../table/table.ts";
import type { AlignedColumn } from "../measuring/align.ts";

/** Pairs whose differences a classifier is shown. */
export const MOST_PAIRS = 60;
/** Numbers are on comparable scales below these ratios of their medians and of their standard deviations. */
const MEDIANS = 4;
const SPREADS = 5;
/** A difference this small beside what was subtracted is what subtracting adds: the cells are equal. */
const ALIKE = 1e-9;

/** Two columns that can be subtracted from each other: numbers on comparable scales, or dates. */
export interface ComparablePair {
  readonly a: string;
  readonly b: string;
  readonly date: boolean;
}

interface Scaled {
  readonly name: string;
  readonly date: boolean;
  readonly median: number;
  readonly spread: number;
}

/**
 * Pairs of numbers of `train` whose medians are above 0 and less than 4 times, and whose standard deviations less than 5
 * times each other's, and all pairs of dates. At most 60: dates first, then those closest in scale.
 */
export function comparablePairs(train: Table): ComparablePair[] {
  const columns = train.columns.flatMap((column, i) => scaledOf(column, train, i));
  const found = columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b) => {
      const [medians, spreads] = [ratioOf(a.median, b.median), ratioOf(a.spread, b.spread)];
      if (a.date !== b.date || (!a.date && !(medians < MEDIANS && spreads < SPREADS))) return [];
      return [
        {
          pair: { a: a.name, b: b.name, date: a.date },
          apart: a.date ? -1 : Math.log(medians) + Math.log(spreads),
        },
      ];
    }),
  );
  return found
    .sort((x, y) => x.apart - y.apart)
    .slice(0, MOST_PAIRS)
    .map(({ pair }) => pair);
}

function scaledOf(column: Column, { schema }: Table, i: number): Scaled[] {
  const said = schema.columns[i];
  if (column.type !== "numeric" || said === undefined) return [];
  const sorted = sortedPresent(column.values);
  if (sorted.length === 0 || sorted[0] === sorted.at(-1)) return [];
  return [
    {
      name: said.name,
      date: said.kind === "datetime",
      median: quantileSorted(sorted, 0.5),
      spread: standardDeviation(sorted),
    },
  ];
}

/** The larger over the smaller; Infinity where one is not above 0. */
const ratioOf = (x: number, y: number): number => (x > 0 && y > 0 ? Math.max(x / y, y / x) : Infinity);

/**
 * Two features a pair for table `side` of aligned columns: the difference a - b and its sign, NaN where a cell is missing.
 */
export function relationFeatures(
  columns: readonly AlignedColumn[],
  pairs: readonly ComparablePair[],
  side: number,
): Feature[] {
  const values = new Map(
    columns.flatMap((column) =>
      column.type === "numeric" ? [[column.schema.name, column.values[side] as Float64Array] as const] : [],
    ),
  );
  return pairs.flatMap((pair): Feature[] => {
    const [a, b] = [values.get(pair.a), values.get(pair.b)];
    if (a === undefined || b === undefined) return [];
    const difference = a.map((x, row) => differenceOf(x, b[row] as number));
    return [
      { type: "numeric", values: difference },
      { type: "numeric", values: difference.map(Math.sign) },
    ];
  });
}

/** x - y, exactly 0 where they are equal but for the last digits; within the range of numbers. */
export function differenceOf(x: number, y: number): number {
  const difference = x - y;
  if (Math.abs(difference) <= ALIKE * Math.max(Math.abs(x), Math.abs(y))) return 0;
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, difference));
}
