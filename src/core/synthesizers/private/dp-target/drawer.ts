import { breathe } from "../../../math/breathe.ts";
import { normalCdf } from "../../../math/normal.ts";
import type { Rng } from "../../../math/rng.ts";

/** One column as it is drawn within each cell of the target. */
export interface DrawnColumn {
  /** P(token | cell), row-major: one row of `count` for each cell */
  readonly shares: Float64Array;
  readonly count: number;
  /** the token that is not drawn where a missing cell is filled; -1: none */
  readonly missing: number;
  /** tokens from the lowest to the highest, for those that correlations join; left out: drawn by itself */
  readonly order?: Int32Array;
}

export interface Drawer {
  /** Tokens of `rows` rows, one array a column. `allowed`: 1 for tokens that may come, of columns that are asked; any of the others. */
  draw(rows: number, rng: Rng, allowed?: ReadonlyMap<number, Uint8Array>): Promise<Int32Array[]>;
  /** Tokens that are missing or -1 drawn given the others, by Bayes' rule with columns independent within a cell. */
  complete(given: readonly Int32Array[], rng: Rng): Promise<Int32Array[]>;
}

const ROWS_AT_ONCE = 500;

/** `factor`: lower Cholesky factor of the correlations of the columns with an order. */
export function createDrawer(
  weights: ArrayLike<number>,
  columns: readonly DrawnColumn[],
  factor?: ArrayLike<number>,
): Drawer {
  const joined = factor === undefined ? [] : columns.flatMap(({ order }, j) => (order ? [j] : []));
  const d = joined.length;

  async function draw(
    rows: number,
    rng: Rng,
    allowed: ReadonlyMap<number, Uint8Array> = new Map(),
  ): Promise<Int32Array[]> {
    const held = restricted(weights, columns, allowed);
    const tokens = columns.map(() => new Int32Array(rows));
    const noise = new Float64Array(d);
    const scores = new Float64Array(columns.length);
    for (let row = 0; row < rows; row++) {
      const cell = rng.weighted(held.weights);
      for (let k = 0; k < d; k++) noise[k] = rng.normal();
      joined.forEach((j, i) => {
        let sum = 0;
        for (let k = 0; k <= i; k++) sum += (factor?.[i * d + k] as number) * (noise[k] as number);
        scores[j] = sum;
      });
      held.columns.forEach((column, j) => {
        const place = factor !== undefined && column.order ? normalCdf(scores[j] as number) : rng.uniform();
        (tokens[j] as Int32Array)[row] = tokenAt(column, cell, place);
      });
      if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe();
    }
    return tokens;
  }

  async function complete(given: readonly Int32Array[], rng: Rng): Promise<Int32Array[]> {
    const rows = given[0]?.length ?? 0;
    const made = given.map((tokens) => tokens.slice());
    const presentOnly = restricted(weights, columns, withoutMissing(columns)).columns;
    const open = (j: number, token: number): boolean => token < 0 || token === columns[j]?.missing;
    for (let row = 0; row < rows; row++) {
      const likely = Float64Array.from(weights, (weight, cell) => {
        let log = Math.log(Math.max(weight, 1e-300));
        columns.forEach(({ shares, count }, j) => {
          const token = given[j]?.[row] ?? -1;
          if (!open(j, token)) log += Math.log(Math.max(shares[cell * count + token] as number, 1e-12));
        });
        return log;
      });
      const most = likely.reduce((a, b) => Math.max(a, b), -Infinity);
      const cell = rng.weighted(likely.map((log) => Math.exp(log - most)));
      presentOnly.forEach((column, j) => {
        const tokens = made[j] as Int32Array;
        if (open(j, tokens[row] as number)) tokens[row] = tokenAt(column, cell, rng.uniform());
      });
      if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await breathe();
    }
    return made;
  }

  return { draw, complete };
}

/** Every column's tokens but the missing one, where it has others. */
const withoutMissing = (columns: readonly DrawnColumn[]): Map<number, Uint8Array> =>
  new Map(
    columns.flatMap(({ count, missing }, j): [number, Uint8Array][] =>
      missing < 0 || count < 2
        ? []
        : [[j, Uint8Array.from({ length: count }, (_, token) => (token === missing ? 0 : 1))]],
    ),
  );

/** The distribution given that columns have allowed tokens alone: cells by Bayes' rule, exact where no correlation joins those columns. */
function restricted(
  weights: ArrayLike<number>,
  columns: readonly DrawnColumn[],
  allowed: ReadonlyMap<number, Uint8Array>,
): { readonly weights: Float64Array; readonly columns: readonly DrawnColumn[] } {
  const cells = Float64Array.from(weights);
  const held = columns.map((column, j): DrawnColumn => {
    const may = allowed.get(j);
    if (may === undefined) return column;
    const { count } = column;
    const shares = column.shares.map((share, i) => (may[i % count] === 1 ? share : 0));
    cells.forEach((weight, cell) => {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += shares[cell * count + k] as number;
      cells[cell] = weight * sum;
    });
    return { ...column, shares };
  });
  const possible = cells.some((weight) => weight > 0);
  return possible ? { weights: cells, columns: held } : { weights: Float64Array.from(weights), columns };
}

/** The token at `place` in (0, 1) of a column's distribution in `cell`, whatever that sums to. */
function tokenAt({ shares, count, order }: DrawnColumn, cell: number, place: number): number {
  const from = cell * count;
  let total = 0;
  for (let k = 0; k < count; k++) total += shares[from + k] as number;
  let left = place * total;
  let last = 0;
  for (let k = 0; k < count; k++) {
    const token = order?.[k] ?? k;
    const share = shares[from + token] as number;
    if (share <= 0) continue;
    last = token;
    left -= share;
    if (left < 0) return token;
  }
  return last;
}
