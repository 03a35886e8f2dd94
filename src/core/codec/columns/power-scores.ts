import type { NumericBins } from "./numeric-bins.ts";

/** Powers between which the best one is looked for, and steps of the search. */
const LEAST_POWER = -3;
const MOST_POWER = 5;
const STEPS = 60;
/** Zero lies at most so many deviations from the mean: beyond that a power bends nothing, and only digits are lost. */
const FAR = 10;
const MOST_SCORE = 4;

const found = new WeakMap<NumericBins, Float64Array>();

/**
 * One score a bin, near normal with mean 0 and deviation 1 over the rows: the bin's middle value under the power
 * transform of Yeo & Johnson (2000), its power that of the greatest likelihood. Unlike normal scores of ranks it is
 * smooth, so that numbers which nearly follow from each other still do.
 */
export function powerScores(code: NumericBins): Float64Array {
  const scores = found.get(code) ?? scoresOf(code);
  found.set(code, scores);
  return scores;
}

function scoresOf({ bins, cdf }: NumericBins): Float64Array {
  const shares = bins.map((_, i) => (cdf[i + 1] as number) - (cdf[i] as number));
  const values = bins.map(({ knots, levels }) => middleOf(knots, levels));
  const { mean, deviation } = momentsOf(values, shares);
  const unit = Math.max(deviation, 1e-300);
  const origin = Math.sign(mean) * Math.max(0, Math.abs(mean) - FAR * unit);
  const xs = values.map((value) => (value - origin) / unit);
  const power = bestPower(xs, shares);
  const bent = xs.map((x) => bend(x, power));
  const own = momentsOf(bent, shares);
  return Float64Array.from(bent, (value) => {
    const score = (value - own.mean) / Math.max(own.deviation, 1e-300);
    return Math.min(MOST_SCORE, Math.max(-MOST_SCORE, score));
  });
}

/** The value that half of the bin lies below. */
function middleOf(knots: Float64Array, levels: Float64Array): number {
  if (knots.length === 1) return knots[0] as number;
  const after = levels.findIndex((level) => level >= 0.5);
  const from = levels[after - 1] as number;
  const along = (0.5 - from) / ((levels[after] as number) - from);
  return (knots[after - 1] as number) * (1 - along) + (knots[after] as number) * along;
}

function momentsOf(
  values: readonly number[],
  shares: readonly number[],
): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value, i) => sum + value * (shares[i] as number), 0);
  const square = values.reduce((sum, value, i) => sum + (value - mean) ** 2 * (shares[i] as number), 0);
  return { mean, deviation: Math.sqrt(square) };
}

/** Yeo & Johnson 2000, equation 2.1. */
export function bend(x: number, power: number): number {
  const own = x < 0 ? 2 - power : power;
  const size = Math.abs(own) < 1e-6 ? Math.log1p(Math.abs(x)) : ((1 + Math.abs(x)) ** own - 1) / own;
  return x < 0 ? -size : size;
}

/** The power under which `xs` are likeliest as normal numbers, by golden section. */
export function bestPower(xs: readonly number[], shares: readonly number[]): number {
  const slope = xs.reduce(
    (sum, x, i) => sum + (shares[i] as number) * Math.sign(x) * Math.log1p(Math.abs(x)),
    0,
  );
  const loss = (power: number): number =>
    Math.log(
      momentsOf(
        xs.map((x) => bend(x, power)),
        shares,
      ).deviation,
    ) -
    (power - 1) * slope;
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [LEAST_POWER, MOST_POWER];
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}
