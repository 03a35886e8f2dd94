import { cholesky, inverseDiagonal, solveFactored } from "../../../math/linear/linear-algebra.ts";
import { roundest } from "../lookup.ts";

/** t = w1 x1 + w2 x2 + ... + c by least squares. */
export interface Line {
  readonly weights: readonly number[];
  /** standard errors of the weights */
  readonly doubts: readonly number[];
  /** what each adds, in deviations of t for one of its own */
  readonly shares: readonly number[];
  readonly constant: number;
  /** R² */
  readonly fit: number;
}

/** Undefined where the columns do not tell their weights. */
export function leastSquares(
  xs: readonly Float64Array[],
  t: Float64Array,
  rows: readonly number[],
): Line | undefined {
  const k = xs.length;
  if (rows.length < k + 3) return undefined;
  const all = [...xs, t];
  const middles = all.map((x) => rows.reduce((sum, i) => sum + (x[i] as number) / rows.length, 0));
  const product = (a: number, b: number): number => {
    const [x, z, xm, zm] = [all[a], all[b], middles[a], middles[b]] as [
      Float64Array,
      Float64Array,
      number,
      number,
    ];
    let sum = 0;
    for (const i of rows) sum += ((x[i] as number) - xm) * ((z[i] as number) - zm);
    return sum;
  };
  const lengths = all.map((_, a) => Math.sqrt(product(a, a)));
  if (!lengths.every((length) => length > 0)) return undefined;
  const gram = new Float64Array(k * k);
  const right = new Float64Array(k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++)
      gram[a * k + b] = gram[b * k + a] = product(a, b) / ((lengths[a] as number) * (lengths[b] as number));
    right[a] = product(a, k) / ((lengths[a] as number) * (lengths[k] as number));
  }
  const factor = cholesky(gram, k);
  if (!factor || factor.some((value, at) => at % (k + 1) === 0 && !(value > 1e-6))) return undefined;
  const solved = right.slice();
  solveFactored(factor, k, solved);
  const fit = solved.reduce((sum, value, a) => sum + value * (right[a] as number), 0);
  const diagonal = inverseDiagonal(factor, k);
  const length = lengths[k] as number;
  const noise = Math.sqrt(Math.max(0, 1 - fit) / (rows.length - k - 1));
  const weights = Array.from(solved, (value, a) => (value * length) / (lengths[a] as number));
  return {
    weights,
    doubts: weights.map(
      (_, a) => (noise * Math.sqrt(diagonal[a] as number) * length) / (lengths[a] as number),
    ),
    shares: Array.from(solved, Math.abs),
    constant: weights.reduce((sum, weight, a) => sum - weight * (middles[a] as number), middles[k] as number),
    fit,
  };
}

/** The line's value in row i without its constant. */
export const along = (xs: readonly Float64Array[], weights: readonly number[], i: number): number =>
  xs.reduce((sum, x, k) => sum + (weights[k] as number) * (x[i] as number), 0);

/** Share of the weight below which another number may stand for it though the rows tell them apart. */
const CLOSE = 0.004;
const DOUBTS = 3.5;

/** The weight as a person would have chosen it: 0, a whole number, its inverse, a half, or few digits, as far as the rows allow. */
export function plainWeight(weight: number, doubt: number): number {
  const reach = DOUBTS * doubt;
  if (Math.abs(weight) <= reach) return 0;
  const size = Math.abs(weight);
  const [low, high] = [size - Math.max(reach, CLOSE * size), size + Math.max(reach, CLOSE * size)];
  const sign = Math.sign(weight);
  const fits = (value: number): boolean => value >= low && value <= high && value > 0;
  const whole = nearestWhole(size, low, high);
  if (fits(whole)) return sign * whole;
  const inverse = 1 / nearestWhole(1 / size, 1 / high, 1 / Math.max(low, 1e-300));
  if (fits(inverse)) return sign * inverse;
  const half = Math.round(2 * size) / 2;
  if (fits(half)) return sign * half;
  return reach > 0 ? sign * simplest(size - reach, size + reach) : weight;
}

/** 1 where it is within reach, else the whole number with the fewest digits, else the nearest. */
function nearestWhole(value: number, low: number, high: number): number {
  if (low <= 1 && high >= 1) return 1;
  const round = low < high ? roundest(low, high) : value;
  return Number.isInteger(round) ? round : Math.round(value);
}

/** The number with the fewest digits between two, both ends included; 0 where it lies between. */
export function simplest(low: number, high: number): number {
  if (low <= 0 && high >= 0) return 0;
  if (low >= high) return low;
  return low > 0 ? roundest(low, high) : -simplest(-high, -low);
}

/** Share of the rows at each end that the choice of a constant leaves out. */
const LEFT_OUT = 0.001;

/** The ends of what lies above nearly all `lows` and below nearly all `highs`; undefined where nothing does. */
export function between(lows: Float64Array, highs: Float64Array): [number, number] | undefined {
  const left = Math.floor(LEFT_OUT * lows.length);
  const low = lows
    .slice()
    .sort()
    .at(-1 - left) as number;
  const high = highs.slice().sort()[left] as number;
  const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  return low <= high + slack ? [Math.min(low, high) - slack, Math.max(low, high) + slack] : undefined;
}

/** Mean of the five numbers in the middle. */
export function middleOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const from = Math.max(0, Math.floor((sorted.length - 5) / 2));
  const some = sorted.subarray(from, from + 5);
  return some.reduce((sum, value) => sum + value / some.length, 0);
}
