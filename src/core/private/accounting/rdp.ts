/**
 * Rényi differential privacy of the Gaussian mechanism on a Poisson sample (Mironov, Talwar & Zhang 2019, "Rényi
 * differential privacy of the sampled Gaussian mechanism"), neighbours by adding or removing one.
 */
import { normalCdf } from "../../math/normal.ts";
import { checkedDelta } from "./searching.ts";
import type { Spend } from "./spend.ts";

export type Sampled = NonNullable<Spend["sampled"]>;

/** The orders at which a curve is known. */
export const ORDERS: readonly number[] = [
  1.01,
  1.02,
  1.03,
  1.05,
  1.07,
  ...Array.from({ length: 99 }, (_, i) => (11 + i) / 10),
  ...Array.from({ length: 53 }, (_, i) => 11 + i),
  ...Array.from({ length: 25 }, (_, i) => Math.round(64 * 2 ** ((i + 1) / 4))),
];

/** Of a series of the fractional orders, beyond the order. */
const MOST_TERMS = 300;
/** Of the sum, as a logarithm: what is left of a series below it ends the series. */
const NEGLIGIBLE = -30;

/** log(e^a + e^b) */
function logAdd(a: number, b: number): number {
  const [small, great] = a < b ? [a, b] : [b, a];
  return small === -Infinity ? great : great + Math.log1p(Math.exp(small - great));
}

/** log P(Z > x) of a standard normal Z. */
function logTail(x: number): number {
  if (x < 20) return Math.log(normalCdf(-x));
  const s = 1 / (x * x);
  const series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s)));
  return -0.5 * x * x - Math.log(x) - 0.5 * Math.log(2 * Math.PI) + Math.log(series);
}

/** log A of a whole order (section 3.3): the binomial sum. */
function logMomentWhole(rate: number, sigma: number, order: number): number {
  let [sum, coefficient] = [-Infinity, 0];
  for (let i = 0; i <= order; i++) {
    const weight = coefficient + i * Math.log(rate) + (order - i) * Math.log1p(-rate);
    sum = logAdd(sum, weight + (i * (i - 1)) / (2 * sigma * sigma));
    coefficient += Math.log(order - i) - Math.log(i + 1);
  }
  return sum;
}

/**
 * log A of any order, by two series with the sizes of their terms (as dp-accounting has it; signs would make it smaller). From order on each term is
 * at most 1 - (order + 1) / (i + 1) of the one before, since the Gaussian tails that remain fall (Mills ratio): what is left
 * after term i is at most i / order of it, and counts with the sum.
 */
function logMomentSeries(rate: number, sigma: number, order: number): number {
  const square = 2 * sigma * sigma;
  const middle = sigma * sigma * Math.log(1 / rate - 1) + 0.5;
  const [logRate, logRest] = [Math.log(rate), Math.log1p(-rate)];
  let [sum, coefficient] = [-Infinity, 0];
  for (let i = 0; ; i++) {
    const j = order - i;
    const below =
      coefficient + i * logRate + j * logRest + (i * (i - 1)) / square + logTail((i - middle) / sigma);
    const above =
      coefficient + j * logRate + i * logRest + (j * (j - 1)) / square + logTail((middle - j) / sigma);
    const term = logAdd(below, above);
    sum = logAdd(sum, term);
    const left = term + Math.log(i / order);
    if (i > order && (left < sum + NEGLIGIBLE || i > order + MOST_TERMS)) return logAdd(sum, left);
    coefficient += Math.log(Math.abs(j)) - Math.log(i + 1);
  }
}

const logMoment = (rate: number, sigma: number, order: number): number =>
  Number.isInteger(order) ? logMomentWhole(rate, sigma, order) : logMomentSeries(rate, sigma, order);

/** Rényi divergence of `order` > 1 after all steps; `sampled.sigma` over the clipping norm. Infinity without noise. */
export function renyiOf({ rate, sigma, steps }: Sampled, order: number): number {
  if (rate === 0 || steps === 0) return 0;
  if (!(sigma > 1e-150)) return Infinity;
  if (rate >= 1) return (steps * order) / (2 * sigma * sigma);
  return Math.max(0, (steps * logMoment(rate, sigma, order)) / (order - 1));
}

/** Sum of Rényi divergences at each of ORDERS. */
export const renyiCurve = (mechanisms: readonly Sampled[]): Float64Array =>
  Float64Array.from(ORDERS, (order) => mechanisms.reduce((sum, one) => sum + renyiOf(one, order), 0));

export interface AtOrder {
  readonly epsilon: number;
  /** at which the bound is least */
  readonly order: number;
}

/**
 * The least epsilon that a curve gives at `delta` (proposition 12 of Canonne, Kamath & Steinke 2020); `divergences`: at
 * each of ORDERS. Infinity at delta 0.
 */
export function epsilonOfCurve(divergences: ArrayLike<number>, delta: number): AtOrder {
  checkedDelta(delta);
  let best: AtOrder = { epsilon: Infinity, order: 1 };
  ORDERS.forEach((order, i) => {
    const divergence = divergences[i] as number;
    const epsilon = epsilonAt(order, divergence, delta);
    if (epsilon < best.epsilon) best = { epsilon, order };
  });
  return best;
}

function epsilonAt(order: number, divergence: number, delta: number): number {
  if (divergence === 0 || delta * delta + Math.expm1(-divergence) > 0) return 0;
  if (delta === 0) return Infinity;
  const log = Math.log(delta) + Math.log(order);
  return Math.max(0, divergence + Math.log1p(-1 / order) - log / (order - 1));
}
