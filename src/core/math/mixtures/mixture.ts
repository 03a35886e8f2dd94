import { logDeterminant, robustCholesky, solveLower } from "../linear/linear-algebra.ts";
import type { Rng } from "../rng.ts";

/** A Gaussian mixture as plain numbers. One component with `full` covariance is a multivariate normal. */
export interface Mixture {
  readonly width: number;
  readonly covariance: "full" | "diagonal";
  /** k shares that sum to 1 */
  readonly weights: Float64Array;
  /** k x width */
  readonly means: Float64Array;
  /** full: k lower Cholesky factors of width x width; diagonal: k x width standard deviations */
  readonly factors: Float64Array;
}

export interface MixtureOptions {
  readonly components: number;
  readonly covariance: "full" | "diagonal";
  /** Added to every variance. Default 1e-2. */
  readonly ridge?: number;
  /** Most rounds of EM. Default 40. */
  readonly rounds?: number;
  /** EM ends when the mean log-likelihood gains less than this. Default 1e-3. */
  readonly tolerance?: number;
}

interface Rows {
  readonly rows: number;
  readonly width: number;
  /** row-major */
  readonly data: ArrayLike<number>;
}

/**
 * Fits by EM from k-means++ seeds and ten rounds of k-means. Yields the share done after every component of every
 * round, so that a caller can breathe or stop; returns the mixture. `components` beyond the rows are not used.
 * Source: Dempster, Laird, Rubin (1977); Arthur, Vassilvitskii, k-means++ (2007).
 */
export function* fitMixture(
  points: Rows,
  options: MixtureOptions,
  rng: Rng,
): Generator<number, Mixture, void> {
  const { rows, width } = points;
  if (rows < 1 || width < 1) throw new RangeError("a mixture needs at least one row and one column");
  const k = Math.max(1, Math.min(options.components, rows));
  const rounds = options.rounds ?? 40;
  const shares = seedShares(points, k, rng);
  let mixture = yield* maximise(points, shares, options, k, 0, 1 / (rounds + 1));
  let before = -Infinity;
  for (let round = 0; round < rounds && k > 1; round++) {
    const likelihood = expect(points, mixture, shares);
    if (likelihood - before < (options.tolerance ?? 1e-3)) break;
    before = likelihood;
    mixture = yield* maximise(points, shares, options, k, (round + 1) / (rounds + 1), 1 / (rounds + 1));
  }
  return mixture;
}

/** Hard k-means shares (rows x k) to start EM from. */
function seedShares(points: Rows, k: number, rng: Rng): Float64Array {
  const { rows, width, data } = points;
  const centres = new Float64Array(k * width);
  const nearest = new Float64Array(rows).fill(Infinity);
  const owner = new Int32Array(rows);
  const distance = (row: number, centre: number): number => {
    let sum = 0;
    for (let j = 0; j < width; j++) {
      const gap = (data[row * width + j] as number) - (centres[centre * width + j] as number);
      sum += gap * gap;
    }
    return sum;
  };
  for (let c = 0; c < k; c++) {
    const row = c === 0 ? rng.integer(rows) : rng.weighted(nearest);
    for (let j = 0; j < width; j++) centres[c * width + j] = data[row * width + j] as number;
    for (let i = 0; i < rows; i++) {
      const d = distance(i, c);
      if (d < (nearest[i] as number)) {
        nearest[i] = d;
        owner[i] = c;
      }
    }
  }
  for (let round = 0; round < 10; round++) {
    moveCentres(points, centres, owner, k);
    let moved = 0;
    for (let i = 0; i < rows; i++) {
      let best = 0;
      let least = Infinity;
      for (let c = 0; c < k; c++) {
        const d = distance(i, c);
        if (d < least) {
          least = d;
          best = c;
        }
      }
      if (best !== owner[i]) moved++;
      owner[i] = best;
    }
    if (moved === 0) break;
  }
  const shares = new Float64Array(rows * k);
  for (let i = 0; i < rows; i++) shares[i * k + (owner[i] as number)] = 1;
  return shares;
}

function moveCentres(points: Rows, centres: Float64Array, owner: Int32Array, k: number): void {
  const { rows, width, data } = points;
  const sizes = new Float64Array(k);
  const sums = new Float64Array(k * width);
  for (let i = 0; i < rows; i++) {
    const c = owner[i] as number;
    sizes[c] = (sizes[c] as number) + 1;
    for (let j = 0; j < width; j++)
      sums[c * width + j] = (sums[c * width + j] as number) + (data[i * width + j] as number);
  }
  for (let c = 0; c < k; c++) {
    if (sizes[c] === 0) continue;
    for (let j = 0; j < width; j++)
      centres[c * width + j] = (sums[c * width + j] as number) / (sizes[c] as number);
  }
}

/** The mixture that `shares` (rows x k responsibilities) call for. */
function* maximise(
  points: Rows,
  shares: Float64Array,
  options: MixtureOptions,
  k: number,
  done: number,
  part: number,
): Generator<number, Mixture, void> {
  const { rows, width, data } = points;
  const full = options.covariance === "full";
  const ridge = options.ridge ?? 1e-2;
  const size = full ? width * width : width;
  const weights = new Float64Array(k);
  const means = new Float64Array(k * width);
  const factors = new Float64Array(k * size);
  const gap = new Float64Array(width);
  for (let c = 0; c < k; c++) {
    let total = 1e-12;
    for (let i = 0; i < rows; i++) {
      const share = shares[i * k + c] as number;
      if (share === 0) continue;
      total += share;
      for (let j = 0; j < width; j++)
        means[c * width + j] = (means[c * width + j] as number) + share * (data[i * width + j] as number);
    }
    for (let j = 0; j < width; j++) means[c * width + j] = (means[c * width + j] as number) / total;
    weights[c] = total / rows;
    const spread = new Float64Array(size);
    for (let i = 0; i < rows; i++) {
      const share = (shares[i * k + c] as number) / total;
      if (share < 1e-12) continue;
      for (let j = 0; j < width; j++)
        gap[j] = (data[i * width + j] as number) - (means[c * width + j] as number);
      addSquare(spread, gap, share, full);
    }
    for (let j = 0; j < width; j++) {
      const at = full ? j * width + j : j;
      spread[at] = (spread[at] as number) + ridge;
    }
    factors.set(full ? robustCholesky(spread, width) : spread.map(Math.sqrt), c * size);
    yield done + (part * (c + 1)) / k;
  }
  const sum = weights.reduce((a, b) => a + b, 0);
  return { width, covariance: options.covariance, weights: weights.map((w) => w / sum), means, factors };
}

/** spread += share * gap gap' (both triangles), or its diagonal. */
function addSquare(spread: Float64Array, gap: Float64Array, share: number, full: boolean): void {
  const width = gap.length;
  for (let j = 0; j < width; j++) {
    const scaled = share * (gap[j] as number);
    if (!full) {
      spread[j] = (spread[j] as number) + scaled * (gap[j] as number);
      continue;
    }
    for (let l = 0; l <= j; l++) {
      const sum = (spread[j * width + l] as number) + scaled * (gap[l] as number);
      spread[j * width + l] = sum;
      spread[l * width + j] = sum;
    }
  }
}

/** Writes the responsibilities (rows x k) into `shares`; returns the mean log-likelihood of a row. */
function expect(points: Rows, mixture: Mixture, shares: Float64Array): number {
  const k = mixture.weights.length;
  const density = componentDensities(mixture);
  const logs = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < points.rows; i++) {
    const sum = density(points.data, i * points.width, logs);
    total += sum;
    for (let c = 0; c < k; c++) shares[i * k + c] = Math.exp((logs[c] as number) - sum);
  }
  return total / points.rows;
}

/** A function that fills `logs` with log(weight x density) of each component at a point and returns their log-sum. */
function componentDensities(
  mixture: Mixture,
): (data: ArrayLike<number>, from: number, logs: Float64Array) => number {
  const { width, weights, means, factors } = mixture;
  const full = mixture.covariance === "full";
  const size = full ? width * width : width;
  const constants = weights.map((weight, c) => {
    const factor = factors.subarray(c * size, (c + 1) * size);
    const determinant = full
      ? logDeterminant(factor, width)
      : factor.reduce((a, s) => a + 2 * Math.log(s), 0);
    return Math.log(weight) - 0.5 * (width * Math.log(2 * Math.PI) + determinant);
  });
  const gap = new Float64Array(width);
  return (data, from, logs) => {
    let top = -Infinity;
    for (let c = 0; c < weights.length; c++) {
      const factor = factors.subarray(c * size, (c + 1) * size);
      for (let j = 0; j < width; j++) gap[j] = (data[from + j] as number) - (means[c * width + j] as number);
      if (full) solveLower(factor, width, gap);
      let square = 0;
      for (let j = 0; j < width; j++) {
        const z = full ? (gap[j] as number) : (gap[j] as number) / (factor[j] as number);
        square += z * z;
      }
      const log = (constants[c] as number) - 0.5 * square;
      logs[c] = log;
      if (log > top) top = log;
    }
    if (top === -Infinity) return top;
    let sum = 0;
    for (const log of logs) sum += Math.exp(log - top);
    return top + Math.log(sum);
  };
}

/** Mean log-likelihood of a row. */
export function mixtureLogLikelihood(mixture: Mixture, points: Rows): number {
  const density = componentDensities(mixture);
  const logs = new Float64Array(mixture.weights.length);
  let total = 0;
  for (let i = 0; i < points.rows; i++) total += density(points.data, i * points.width, logs);
  return total / points.rows;
}

/** `rows` draws, row-major rows x width. */
export function sampleMixture(mixture: Mixture, rows: number, rng: Rng): Float64Array {
  const { width, weights, means, factors } = mixture;
  const full = mixture.covariance === "full";
  const out = new Float64Array(rows * width);
  const noise = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    const c = rng.weighted(weights);
    for (let j = 0; j < width; j++) noise[j] = rng.normal();
    for (let j = 0; j < width; j++) {
      let value = means[c * width + j] as number;
      if (!full) value += (factors[c * width + j] as number) * (noise[j] as number);
      else
        for (let l = 0; l <= j; l++)
          value += (factors[(c * width + j) * width + l] as number) * (noise[l] as number);
      out[i * width + j] = value;
    }
  }
  return out;
}

/** JSON-safe. */
export interface SavedMixture {
  readonly width: number;
  readonly covariance: "full" | "diagonal";
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly factors: readonly number[];
}

export function saveMixture(mixture: Mixture): SavedMixture {
  return {
    width: mixture.width,
    covariance: mixture.covariance,
    weights: [...mixture.weights],
    means: [...mixture.means],
    factors: [...mixture.factors],
  };
}

/** Throws RangeError where the lengths do not agree or a number is not finite. */
export function loadMixture(saved: SavedMixture): Mixture {
  const { width, covariance, weights, means, factors } = saved;
  if (!Number.isInteger(width) || width < 1)
    throw new RangeError("a mixture's width must be a positive integer");
  if (covariance !== "full" && covariance !== "diagonal")
    throw new RangeError("a mixture is full or diagonal");
  for (const list of [weights, means, factors])
    if (!Array.isArray(list) || !list.every((x) => typeof x === "number" && Number.isFinite(x)))
      throw new RangeError("a mixture holds finite numbers");
  const k = weights.length;
  const size = covariance === "full" ? width * width : width;
  if (k < 1 || means.length !== k * width || factors.length !== k * size)
    throw new RangeError("a mixture's parts are not of one size");
  return {
    width,
    covariance,
    weights: Float64Array.from(weights),
    means: Float64Array.from(means),
    factors: Float64Array.from(factors),
  };
}
