import { combined, ontoSimplex } from "../noisy-columns/noisy-masses.ts";

/** Noisy counts of target x column, row-major: `cells` rows of `count`. */
export interface NoisyTable {
  readonly count: number;
  readonly counts: Float64Array;
}

/** What of a column is known beside its table: shares of its tokens and the variance of one. */
export interface Margin {
  readonly shares: Float64Array;
  readonly variance: number;
}

/**
 * How many rows are in each cell of the target: every table says so once, with `count` times the variance of one of its
 * cells; combined by the inverse of these. None is negative.
 */
export function cellCounts(tables: readonly NoisyTable[], cells: number): Float64Array {
  const sums = new Float64Array(cells);
  const weight = tables.reduce((sum, { count }) => sum + 1 / count, 0);
  for (const { count, counts } of tables)
    for (let i = 0; i < counts.length; i++) {
      const cell = Math.floor(i / count);
      sums[cell] = (sums[cell] as number) + (counts[i] as number) / count / weight;
    }
  const total = Math.max(
    1,
    sums.reduce((a, b) => a + b, 0),
  );
  return ontoSimplex(sums, total).map((rows) => Math.max(rows, 1e-3 * total));
}

/**
 * P(token | cell of the target), row-major, from noisy counts of standard deviation `sigma`. What the table says beyond
 * independence is shrunk by how much of it the noise explains (lambda = max(0, 1 - (p - 2) sigma^2 / square) of p free numbers,
 * after James & Stein 1961), so that columns that have nothing to do with the target do not seem to. Each row is then
 * brought to its total without negative cells.
 */
export function conditionals(
  { count, counts }: NoisyTable,
  rows: Float64Array,
  sigma: number,
  margin: Margin,
): Float64Array {
  const cells = rows.length;
  const total = rows.reduce((a, b) => a + b, 0);
  const shares = marginOf(counts, count, total, cells * sigma ** 2, margin);
  const scale = Float64Array.from(rows, (own, cell) => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += counts[cell * count + k] as number;
    return own - sum;
  });
  const beyond = counts.map((value, i) => {
    const cell = Math.floor(i / count);
    return value + (scale[cell] as number) / count - (rows[cell] as number) * (shares[i % count] as number);
  });
  const square = beyond.reduce((sum, value) => sum + value * value, 0);
  const free = Math.max(1, (cells - 1) * (count - 1) - 2);
  const kept = cells === 1 ? 0 : Math.max(0, 1 - (free * sigma ** 2) / Math.max(square, 1e-9));
  const made = new Float64Array(cells * count);
  for (let cell = 0; cell < cells; cell++) {
    const own = rows[cell] as number;
    const row = Float64Array.from(
      { length: count },
      (_, k) => own * (shares[k] as number) + kept * (beyond[cell * count + k] as number),
    );
    const held = ontoSimplex(row, own);
    for (let k = 0; k < count; k++)
      made[cell * count + k] = ((held[k] as number) / own + LEAST * (shares[k] as number)) / (1 + LEAST);
  }
  return made;
}

/** Of every conditional distribution: the column's own, so that nothing is impossible. */
const LEAST = 1e-3;

/** The column's own shares, from its table and from what was known before. */
function marginOf(
  counts: Float64Array,
  count: number,
  total: number,
  variance: number,
  margin: Margin,
): Float64Array {
  const here = new Float64Array(count);
  counts.forEach((value, i) => {
    here[i % count] = (here[i % count] as number) + value;
  });
  const both = here.map((rows, k) =>
    combined(
      rows,
      variance,
      total * (margin.shares[k] as number),
      total ** 2 * Math.max(margin.variance, 1e-12),
    ),
  );
  const held = ontoSimplex(both, total);
  return held.map((mass) => (mass / total + 1e-4 / count) / (1 + 1e-4));
}
