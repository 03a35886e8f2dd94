import { isCommonLevel, LEAST_SHARED } from "../../table/rare-levels.ts";
import { takeRows } from "../../table/table.ts";
import type { CodedColumn, Column, Table } from "../../table/table.ts";
import type { FoundRule } from "../constraint.ts";

/** Levels of each column at least; share of the possible pairs that occur at most. */
const LEAST_LEVELS = 3;
const MOST_OCCURRING = 0.5;
/** Share of the rows whose pair fewer than five patients have though both levels have others, at most. */
const MOST_APART = 0.005;
/** Rows that chance would put into pairs that do not occur, at least, and their share. */
const LEAST_EXPECTED = 20;
const LEAST_SHARE = 0.25;

/** The pairs of levels that the rows of two coded columns have. */
interface LevelPairs {
  /** a level of the first x levels of the second + a level of the second: patients */
  readonly patients: Map<number, number>;
  readonly rows: Map<number, number>;
  readonly width: number;
}

function levelPairs(a: CodedColumn, b: CodedColumn, named: Named, patients?: Int32Array): LevelPairs {
  const width = b.levels.length;
  const rows = new Map<number, number>();
  const seen = new Set<string>();
  const people = patients ? new Map<number, number>() : rows;
  for (let i = 0; i < a.codes.length; i++) {
    const [x, y] = [a.codes[i] as number, b.codes[i] as number];
    if (x < 0 || y < 0 || !named.a(x) || !named.b(y)) continue;
    const at = x * width + y;
    rows.set(at, (rows.get(at) ?? 0) + 1);
    if (!patients) continue;
    const key = `${patients[i]} ${at}`;
    if (seen.has(key)) continue;
    seen.add(key);
    people.set(at, (people.get(at) ?? 0) + 1);
  }
  return { patients: people, rows, width };
}

interface Named {
  a(level: number): boolean;
  b(level: number): boolean;
}

function namedIn(table: Table, j: number): (level: number) => boolean {
  const column = table.columns[j] as Column;
  if (column.type === "numeric") return () => false;
  const apart =
    table.schema.columns[j]?.rareLevels === "common" ? column.levels.findIndex(isCommonLevel) : -1;
  return (level) => level !== apart;
}

/**
 * Pairs of coded columns that have few of the combinations of their levels, all of them again and again: a ward in its
 * clinic, a county beside its city. Of the possible pairs at most half occur; chance would put a quarter of the rows and
 * at least 20 into the others; and of the pairs that fewer than five patients have, hardly any contradicts the rest.
 * `table` has its rare levels withheld.
 */
export async function fixedCombinations(
  table: Table,
  columns: readonly number[],
  pulse: () => Promise<void>,
): Promise<FoundRule[]> {
  const coded = columns.filter((j) => levelsOf(table, j) >= LEAST_LEVELS);
  const sample = evenly(table);
  const found: FoundRule[] = [];
  for (const [i, j] of coded.entries()) {
    for (const k of coded.slice(0, i)) {
      if (sample !== table && fixedRows(sample, k, j, AMONG_FIRST * MOST_APART) === undefined) continue;
      const rows = fixedRows(table, k, j, MOST_APART);
      if (rows === undefined) continue;
      const names = [k, j].map((at) => table.schema.columns[at]?.name ?? "");
      const constraint = { kind: "combinations", columns: names } as const;
      found.push({ constraint, support: { rows, broken: 0 }, nearly: false });
    }
    await pulse();
  }
  return found;
}

function levelsOf(table: Table, j: number): number {
  const column = table.columns[j] as Column;
  return column.type === "coded" ? column.levels.filter((_, k) => namedIn(table, j)(k)).length : 0;
}

/** Rows with both levels where the pairs of columns k and j are fixed; undefined where they are not. */
function fixedRows(table: Table, k: number, j: number, mostApart: number): number | undefined {
  const a = table.columns[k] as CodedColumn;
  const b = table.columns[j] as CodedColumn;
  const named = { a: namedIn(table, k), b: namedIn(table, j) };
  if (!fewAmongFirst(a, b, named)) return undefined;
  const { rows, patients, width } = levelPairs(a, b, named, table.patients);
  const left = new Float64Array(a.levels.length);
  const right = new Float64Array(width);
  const [partnersLeft, partnersRight] = [new Int32Array(a.levels.length), new Int32Array(width)];
  let both = 0;
  for (const [at, count] of rows) {
    const [x, y] = [Math.floor(at / width), at % width];
    both += count;
    left[x] = (left[x] as number) + count;
    right[y] = (right[y] as number) + count;
    partnersLeft[x] = (partnersLeft[x] as number) + 1;
    partnersRight[y] = (partnersRight[y] as number) + 1;
  }
  const kinds = (counts: Float64Array): number => counts.filter((count) => count > 0).length;
  let [apart, expected] = [0, 0];
  for (const [at, count] of rows) {
    const [x, y] = [Math.floor(at / width), at % width];
    const shared = (patients.get(at) as number) >= LEAST_SHARED;
    if (!shared && (partnersLeft[x] as number) > 1 && (partnersRight[y] as number) > 1) apart += count;
    expected += ((left[x] as number) * (right[y] as number)) / both;
  }
  const elsewhere = both - expected;
  const fixed =
    Math.min(kinds(left), kinds(right)) >= LEAST_LEVELS &&
    rows.size <= MOST_OCCURRING * kinds(left) * kinds(right) &&
    apart <= mostApart * both &&
    elsewhere >= Math.max(LEAST_EXPECTED, LEAST_SHARE * both);
  return fixed ? both : undefined;
}

/** Rows of a larger table that are looked at first; how many times as many may stand apart there, where pairs are rarer. */
const FIRST_ROWS = 20_000;
const AMONG_FIRST = 10;
/** Rows that tell at once of most pairs that they are not fixed. */
const GLANCE = 2000;

function evenly(table: Table): Table {
  if (table.rows <= FIRST_ROWS) return table;
  return takeRows(
    table,
    Int32Array.from({ length: FIRST_ROWS }, (_, i) => Math.floor((i * table.rows) / FIRST_ROWS)),
  );
}

/** Whether few of the possible pairs occur among the first rows looked at. */
function fewAmongFirst(a: CodedColumn, b: CodedColumn, named: Named): boolean {
  const rows = Math.min(a.codes.length, GLANCE);
  const step = a.codes.length / rows;
  const width = b.levels.length;
  const seen = new Set<number>();
  const [left, right] = [new Set<number>(), new Set<number>()];
  for (let i = 0; i < rows; i++) {
    const at = Math.floor(i * step);
    const [x, y] = [a.codes[at] as number, b.codes[at] as number];
    if (x < 0 || y < 0 || !named.a(x) || !named.b(y)) continue;
    seen.add(x * width + y);
    left.add(x);
    right.add(y);
  }
  const most = Math.max(left.size, right.size);
  return seen.size <= Math.max(MOST_OCCURRING * left.size * right.size, most);
}
