import type { Pulse } from "../../math/breathe.ts";
import { breathe } from "../../math/breathe.ts";
import type { NumericColumn, Table } from "../../table/table.ts";
import type { FoundRule } from "../constraint.ts";
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
export async function findOrders(table: Table, pulse: Pulse = breathe): Promise<FoundRule[]> {
  const sample = searchedRows(table);
  const columns = table.columns.flatMap((column, j) =>
    column.type === "numeric" && takesSeveral(column.values) ? [j] : [],
  );
  const sorted = new Map(columns.map((j) => [j, valuesOf(sample, j).filter(Number.isFinite).sort()]));
  const looked = (columns.length * (columns.length - 1)) / 2;
  const pairs: Pair[] = [];
  for (const [k, a] of columns.entries()) {
    await pulse(k / columns.length);
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
  const exact = await withoutImplied(
    pairs.filter(({ broken }) => broken === 0),
    pulse,
  );
  const rules: FoundRule[] = [];
  for (const chain of await chainsOf(table, exact, pulse)) {
    await pulse();
    rules.push(asRule(table, chain, false));
  }
  for (const pair of pairs.filter(({ broken }) => broken > 0)) {
    await pulse();
    rules.push(asRule(table, [pair], true));
  }
  return rules;
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
  let over = 0;
  let under = 0;
  let both = 0;
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
  let broken = 0;
  let equal = 0;
  let least = Infinity;
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
async function withoutImplied(pairs: readonly Pair[], pulse: Pulse): Promise<Pair[]> {
  const above = fromEachLow(pairs);
  const left: Pair[] = [];
  for (const pair of pairs) {
    const implied = [...(above.get(pair.low)?.values() ?? [])].some((first) => {
      const second = above.get(first.high)?.get(pair.high);
      return second !== undefined && (!pair.strict || first.strict || second.strict);
    });
    if (!implied) left.push(pair);
    await pulse();
  }
  return left;
}

/** The pairs by their lower column, then by their higher one. */
function fromEachLow(pairs: readonly Pair[]): Map<number, Map<number, Pair>> {
  const above = new Map<number, Map<number, Pair>>();
  for (const pair of pairs) {
    const own = above.get(pair.low) ?? new Map<number, Pair>();
    above.set(pair.low, own.set(pair.high, pair));
  }
  return above;
}

/** The pairs end to end, each in one chain, the longest first; no row puts two columns of a chain the other way round. */
async function chainsOf(table: Table, pairs: readonly Pair[], pulse: Pulse): Promise<Pair[][]> {
  const left = fromEachLow(pairs);
  const chains: Pair[][] = [];
  while (left.size > 0) {
    await pulse();
    const chain = inOrder(table, longestPath(left));
    chains.push(chain);
    for (const { low, high } of chain) {
      const own = left.get(low);
      own?.delete(high);
      if (own?.size === 0) left.delete(low);
    }
  }
  return chains;
}

function longestPath(above: ReadonlyMap<number, ReadonlyMap<number, Pair>>): Pair[] {
  /** How many pairs the longest path from a column has, and its first. */
  const known = new Map<number, { pairs: number; first: Pair | undefined }>();
  const from = (column: number): { pairs: number; first: Pair | undefined } => {
    const before = known.get(column);
    if (before) return before;
    let longest: { pairs: number; first: Pair | undefined } = { pairs: 0, first: undefined };
    for (const first of above.get(column)?.values() ?? []) {
      const pairs = 1 + from(first.high).pairs;
      if (pairs > longest.pairs) longest = { pairs, first };
    }
    known.set(column, longest);
    return longest;
  };
  const starts = [...above.keys()];
  let at = starts.reduce((best, one) => (from(one).pairs > from(best).pairs ? one : best));
  const path: Pair[] = [];
  for (let { first } = from(at); first; { first } = from(at)) {
    path.push(first);
    at = first.high;
  }
  return path;
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
