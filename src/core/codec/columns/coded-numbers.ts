import { spearman } from "../../math/scores/rank-correlation.ts";
import type { Table } from "../../table/table.ts";
import type { NumericBins } from "./numeric-bins.ts";
import type { AnyColumnCode } from "./table-code.ts";

/** A number has so many tokens; at most such a share of its rows lie between the values that five or more share. */
const MOST_TOKENS = 80;
const BETWEEN = 0.08;
/** Share of the smaller entropy of two columns that is information about the other, beyond what a line tells. */
const LEAST_SHARED_INFORMATION = 0.6;
const MEASURED_ROWS = 20_000;

/**
 * `columns` with numbers that are codes marked `nominal`: the price of a packet in the state where a patient lives, the
 * number of a ward beside that of its house. They have few values, nearly every row's is one that five or more share,
 * and they nearly tell another such number: I(X; Y) > .6 min(H(X), H(Y)), I less what unrelated columns would have,
 * (a - 1)(b - 1) / 2n (Miller 1955), and less what normal variables of their rank correlation would have,
 * -log(1 - r^2) / 2. So a school year beside an age is none: its order counts. All of it among the n rows that have both:
 * readings that one visit makes or misses together would tell each other by their gaps alone.
 */
export function markCodedNumbers(table: Table, columns: readonly AnyColumnCode[]): AnyColumnCode[] {
  const candidates = columns.flatMap((column, j) => {
    const tokens = column.type === "numeric" ? tokensIfFew(table, j, column.code) : undefined;
    const { count, missing } = column.code;
    return tokens ? [{ j, tokens, count, missing }] : [];
  });
  const coded = new Set<number>();
  candidates.forEach((one, k) => {
    for (const other of candidates.slice(0, k))
      if (sharedInformation(one, other) > LEAST_SHARED_INFORMATION) coded.add(one.j).add(other.j);
  });
  return columns.map((column, j) =>
    coded.has(j) && column.type === "numeric" ? { ...column, nominal: true } : column,
  );
}

/** The tokens of column j of at most 20,000 rows, where they are few and nearly all are single values. */
function tokensIfFew({ rows, columns }: Table, j: number, code: NumericBins): Int32Array | undefined {
  const column = columns[j];
  if (column?.type !== "numeric" || code.count > MOST_TOKENS) return undefined;
  const between = code.bins.reduce(
    (sum, { knots }, bin) => sum + (knots.length > 1 ? (code.shares[bin] as number) : 0),
    0,
  );
  if (between > BETWEEN) return undefined;
  const measured = Math.min(rows, MEASURED_ROWS);
  return Int32Array.from({ length: measured }, (_, i) =>
    code.tokenOf(column.values[Math.floor((i * rows) / measured)] as number),
  );
}

interface Tokens {
  readonly tokens: Int32Array;
  readonly count: number;
  /** -1 where there is none */
  readonly missing: number;
}

/** I / min(H, H) of `markCodedNumbers`. */
function sharedInformation(a: Tokens, b: Tokens): number {
  const both = Array.from(a.tokens.keys()).filter(
    (i) => a.tokens[i] !== a.missing && b.tokens[i] !== b.missing,
  );
  if (both.length < 3) return 0;
  const x = Int32Array.from(both, (i) => a.tokens[i] as number);
  const y = Int32Array.from(both, (i) => b.tokens[i] as number);
  const one = tallied(x, a.count);
  const other = tallied(y, b.count);
  const joint = tallied(
    x.map((token, i) => token * b.count + (y[i] as number)),
    a.count * b.count,
  );
  const kinds = (counts: Float64Array): number => counts.filter((count) => count > 0).length;
  const chance = ((kinds(one) - 1) * (kinds(other) - 1)) / (2 * both.length);
  const r = spearman(Float64Array.from(x), Float64Array.from(y));
  const normal = -0.5 * Math.log(Math.max(1e-12, 1 - r * r));
  const smaller = Math.min(entropyOf(one), entropyOf(other));
  const information = entropyOf(one) + entropyOf(other) - entropyOf(joint) - chance - normal;
  return smaller > 0 ? information / smaller : 0;
}

function tallied(tokens: Int32Array, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (const token of tokens) counts[token] = (counts[token] as number) + 1;
  return counts;
}

/** In nats. */
function entropyOf(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce(
    (sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum),
    0,
  );
}
