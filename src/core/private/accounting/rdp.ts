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

/** Of a series of the fractional orders; where it has not ended by then, whole orders bound it. */
const MOST_TERMS = 1000;
/** Terms below this share of the sum, as a logarithm, end the series. */
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

/** log A of any order, by two series with the sizes of their terms (their signs would make it smaller); undefined where they are long. */
function logMomentSeries(rate: number, sigma: number, order: number): number | undefined {
  const middle = sigma * sigma * Math.log(1 / rate - 1) + 0.5;
  const [logRate, logRest] = [Math.log(rate), Math.log1p(-rate)];
  let [below, above, coefficient] = [-Infinity, -Infinity, 0];
  let [lastBelow, lastAbove] = [-Infinity, -Infinity];
  for (let i = 0; i < MOST_TERMS; i++) {
    const j = order - i;
    const square = 2 * sigma * sigma;
    const termBelow =
      coefficient + i * logRate + j * logRest + (i * (i - 1)) / square + logTail((i - middle) / sigma);
    const termAbove =
      coefficient + j * logRate + i * logRest + (j * (j - 1)) / square + logTail((middle - j) / sigma);
    [below, above] = [logAdd(below, termBelow), logAdd(above, termAbove)];
    const sum = logAdd(below, above);
    if (termBelow < lastBelow && termAbove < lastAbove && Math.max(termBelow, termAbove) < sum + NEGLIGIBLE)
      return sum;
    [lastBelow, lastAbove] = [termBelow, termAbove];
    coefficient += Math.log(Math.abs(j)) - Math.log(i + 1);
  }
  return undefined;
}

/** log A, which is convex in the order and 0 at order 1: between whole orders a straight line bounds it. */
function logMoment(rate: number, sigma: number, order: number): number {
  if (Number.isInteger(order)) return logMomentWhole(rate, sigma, order);
  const series = logMomentSeries(rate, sigma, order);
  if (series !== undefined) return series;
  const floor = Math.floor(order);
  const low = floor === 1 ? 0 : logMomentWhole(rate, sigma, floor);
  return low + (order - floor) * (logMomentWhole(rate, sigma, floor + 1) - low);
}

/** Rényi divergence of `order` > 1 after all steps; `sampled.sigma` over the clipping norm. Infinity without noise. */
export function renyiOf({ rate, sigma, steps }: Sampled, order: number): number {
  if (rate === 0 || steps === 0) return 0;
  if (!(sigma > 0)) return Infinity;
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
