import { breathe } from "../math/breathe.ts";
import type { NumericColumn, Table } from "../table/table.ts";
import type { FoundRule } from "./constraint.ts";
import { beyondChance, patientCounter, searchedRows } from "./searched-rows.ts";

/** Rows that must have both columns, and the share of random pairings that must break an order. */
const LEAST_ROWS = 50;
const LEAST_BROKEN_BY_CHANCE = 0.05;
/** Share of the rows that may break an order that nearly holds. */
const NEARLY = 0.03;
/** Different values of a column: of fewer, levels decide. */
const LEAST_VALUES = 3;
/** Rows that come this near, in steps of the finer grid, show that a strict order matters; as many as patients share. */
const NEAR_ROWS = 5;

/** One column at most another. */
interface Pair {
  readonly low: number;
  readonly high: number;
  readonly strict: boolean;
  readonly rows: number;
  readonly broken: number;
}

/**
 * Orders between numbers, and between dates, whatever their names: those that hold in all rows that have both, as chains
 * without what follows from others; and, `nearly`, those that at most 3 in 100 rows break. A column pair counts where
 * random pairings of its cells would break the order in at least 5 of 100 rows, and in so many that chance is excluded
 * among all pairs of the table.
 */
export async function findOrders(table: Table, pulse: () => Promise<void> = breathe): Promise<FoundRule[]> {
  const sample = searchedRows(table);
  const columns = table.columns.flatMap((column, j) =>
    column.type === "numeric" && takesSeveral(column.values) ? [j] : [],
  );
  const sorted = new Map(columns.map((j) => [j, valuesOf(sample, j).filter(Number.isFinite).sort()]));
  const looked = (columns.length * (columns.length - 1)) / 2;
  const pairs: Pair[] = [];
  for (const [k, a] of columns.entries()) {
    await pulse();
    for (const b of columns.slice(k + 1)) {
      if (isDate(table, a) !== isDate(table, b)) continue;
      const side = sideOf(valuesOf(sample, a), valuesOf(sample, b));
      if (side === undefined) continue;
      const [low, high] = side === "a first" ? [a, b] : [b, a];
      const chance = brokenByChance(sorted.get(low) as Float64Array, sorted.get(high) as Float64Array);
      const pair = chance >= LEAST_BROKEN_BY_CHANCE ? confirmed(table, low, high, chance, looked) : undefined;
      if (pair) pairs.push(pair);
    }
  }
  const exact = withoutImplied(pairs.filter(({ broken }) => broken === 0));
  const nearly = pairs.filter(({ broken }) => broken > 0);
  return [
    ...chainsOf(table, exact).map((chain) => asRule(table, chain, false)),
    ...nearly.map((pair) => asRule(table, [pair], true)),
  ];
}

const valuesOf = (table: Table, j: number): Float64Array => (table.columns[j] as NumericColumn).values;

const isDate = ({ schema }: Table, j: number): boolean => schema.columns[j]?.kind === "datetime";

function takesSeveral(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isFinite(value)) seen.add(value);
    if (seen.size >= LEAST_VALUES) return true;
  }
  return false;
}

/** Which of two columns is the lower one in nearly all rows; undefined where neither is. */
function sideOf(a: Float64Array, b: Float64Array): "a first" | "b first" | undefined {
  const tolerated = NEARLY * a.length;
  let [over, under, both] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (Number.isNaN(difference)) continue;
    both++;
    if (difference > 0) over++;
    else if (difference < 0) under++;
    if (over > tolerated && under > tolerated) return undefined;
  }
  if (over === under || Math.min(over, under) > NEARLY * both) return undefined;
  return over < under ? "a first" : "b first";
}

/** Share of all pairings of a low and a high value, both rising, in which the low one is greater. */
function brokenByChance(low: Float64Array, high: Float64Array): number {
  let at = 0;
  let broken = 0;
  for (const value of low) {
    while (at < high.length && (high[at] as number) < value) at++;
    broken += at;
  }
  return broken / Math.max(1, low.length * high.length);
}

/** The order as it holds in the whole table; undefined where it does not, or where so few rows tell. */
function confirmed(
  table: Table,
  low: number,
  high: number,
  chance: number,
  looked: number,
): Pair | undefined {
  const [a, b] = [valuesOf(table, low), valuesOf(table, high)];
  const rows: number[] = [];
  let [broken, equal, least] = [0, 0, Infinity];
  for (let i = 0; i < a.length; i++) {
    const gap = (b[i] as number) - (a[i] as number);
    if (Number.isNaN(gap)) continue;
    rows.push(i);
    if (gap < 0) broken++;
    else if (gap === 0) equal++;
    else least = Math.min(least, gap);
  }
  const patients = patientCounter(table)(rows);
  if (rows.length < LEAST_ROWS || broken > NEARLY * rows.length) return undefined;
  if (!beyondChance(patients, 1 - chance, looked)) return undefined;
  const near = rows.filter((i) => (b[i] as number) - (a[i] as number) <= 1.001 * least);
  const strict = broken === 0 && equal === 0 && patientCounter(table)(near) >= NEAR_ROWS;
  return { low, high, strict, rows: rows.length, broken };
}

/** Without orders that follow from two others: a <= c where a <= b <= c. */
function withoutImplied(pairs: readonly Pair[]): Pair[] {
  const at = new Map(pairs.map((pair) => [`${pair.low} ${pair.high}`, pair]));
  const columns = new Set(pairs.flatMap(({ low, high }) => [low, high]));
  return pairs.filter(({ low, high, strict }) => {
    for (const middle of columns) {
      const first = at.get(`${low} ${middle}`);
      const second = at.get(`${middle} ${high}`);
      if (first && second && (!strict || first.strict || second.strict)) return false;
    }
    return true;
  });
}

/** The pairs end to end, each in one chain, the longest first; no row puts two columns of a chain the other way round. */
function chainsOf(table: Table, pairs: readonly Pair[]): Pair[][] {
  let left = [...pairs];
  const chains: Pair[][] = [];
  while (left.length > 0) {
    const paths = new Map<number, Pair[]>();
    const from = (column: number): Pair[] => {
      const known = paths.get(column);
      if (known) return known;
      let longest: Pair[] = [];
      for (const pair of left) {
        if (pair.low !== column) continue;
        const path = [pair, ...from(pair.high)];
        if (path.length > longest.length) longest = path;
      }
      paths.set(column, longest);
      return longest;
    };
    const starts = [...new Set(left.map(({ low }) => low))];
    const longest = starts.map(from).reduce((best, path) => (path.length > best.length ? path : best));
    const chain = inOrder(table, longest);
    chains.push(chain);
    left = left.filter((pair) => !chain.includes(pair));
  }
  return chains;
}

/** As much of `path`, from its start, as keeps all its columns in order where columns between are missing too. */
function inOrder(table: Table, path: readonly Pair[]): Pair[] {
  const chain = path.slice(0, 1);
  const columns = path.slice(0, 1).map(({ low }) => valuesOf(table, low));
  for (const pair of path.slice(1)) {
    const high = valuesOf(table, pair.high);
    if (columns.some((low) => low.some((value, i) => value > (high[i] as number)))) break;
    columns.push(valuesOf(table, pair.low));
    chain.push(pair);
  }
  return chain;
}

function asRule(table: Table, chain: readonly Pair[], nearly: boolean): FoundRule {
  const name = (j: number): string => table.schema.columns[j]?.name ?? "";
  const first = chain[0] as Pair;
  const asked = (pair: Pair, i: number): boolean =>
    Number.isFinite(valuesOf(table, pair.low)[i]) && Number.isFinite(valuesOf(table, pair.high)[i]);
  let rows = 0;
  for (let i = 0; i < table.rows; i++) if (chain.some((pair) => asked(pair, i))) rows++;
  return {
    constraint: {
      kind: "order",
      columns: [name(first.low), ...chain.map(({ high }) => name(high))],
      strict: chain.map(({ strict }) => strict),
    },
    support: { rows, broken: first.broken },
    nearly,
  };
}
