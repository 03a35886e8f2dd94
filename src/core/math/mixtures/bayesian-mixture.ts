/** A mixture of normal distributions on the line. */
export interface LineMixture {
  /** sum to 1 */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

export interface LineMixtureOptions {
  /** Components that are offered; most stay empty. Default 10. */
  readonly components?: number;
  /** Concentration of the Dirichlet process; the smaller, the fewer components. Default 0.001. */
  readonly concentration?: number;
  /** Most rounds. Default 100. */
  readonly rounds?: number;
}

const LEAST_VARIANCE = 1e-6;
/** Rounds end when no weight moves by more. */
const STILL = 1e-5;

/** What the variational distribution is, component by component. */
interface Beliefs {
  readonly counts: Float64Array;
  readonly precision: Float64Array;
  readonly means: Float64Array;
  readonly freedom: Float64Array;
  readonly variances: Float64Array;
}

/**
 * Variational Gaussian mixture with a Dirichlet process prior on the weights (Blei & Jordan 2006), in one dimension, with
 * scikit-learn's priors: mean precision 1 at the sample's mean, one degree of freedom, the sample's variance. `values`
 * are finite, at least two. Starts from `shares` (row-major values x components), else from k-means of quantiles.
 */
export function fitLineMixture(
  values: Float64Array,
  options: LineMixtureOptions = {},
  shares = quantileShares(values, options.components ?? 10),
): LineMixture {
  const { components = 10, concentration = 1e-3, rounds = 100 } = options;
  const prior = momentsOf(values);
  let beliefs = maximise(values, shares, components, prior);
  let weights = weightsOf(beliefs.counts, concentration);
  for (let round = 0; round < rounds; round++) {
    expect(values, beliefs, concentration, shares);
    beliefs = maximise(values, shares, components, prior);
    const next = weightsOf(beliefs.counts, concentration);
    const moved = next.some((weight, k) => Math.abs(weight - (weights[k] as number)) > STILL);
    weights = next;
    if (!moved) break;
  }
  return { weights, means: beliefs.means, deviations: beliefs.variances.map(Math.sqrt) };
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0);
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, variance: squares / Math.max(1, values.length - 1) };
}

function maximise(
  values: Float64Array,
  shares: Float64Array,
  components: number,
  prior: { mean: number; variance: number },
): Beliefs {
  const counts = new Float64Array(components).fill(10 * Number.EPSILON);
  const sums = new Float64Array(components);
  for (let i = 0; i < values.length; i++)
    for (let k = 0; k < components; k++) {
      const share = shares[i * components + k] as number;
      counts[k] = (counts[k] as number) + share;
      sums[k] = (sums[k] as number) + share * (values[i] as number);
    }
  const centres = sums.map((sum, k) => sum / (counts[k] as number));
  const spreads = new Float64Array(components);
  for (let i = 0; i < values.length; i++)
    for (let k = 0; k < components; k++) {
      const gap = (values[i] as number) - (centres[k] as number);
      spreads[k] = (spreads[k] as number) + (shares[i * components + k] as number) * gap * gap;
    }
  const precision = counts.map((count) => 1 + count);
  const freedom = counts.map((count) => 1 + count);
  const means = counts.map(
    (count, k) => (prior.mean + count * (centres[k] as number)) / (precision[k] as number),
  );
  const variances = counts.map((count, k) => {
    const own = (spreads[k] as number) + count * LEAST_VARIANCE;
    const off = (count / (precision[k] as number)) * ((centres[k] as number) - prior.mean) ** 2;
    return (prior.variance + own + off) / (freedom[k] as number);
  });
  return { counts, precision, means, freedom, variances };
}

/** The responsibilities, into `shares`. */
function expect(
  values: Float64Array,
  { counts, precision, means, freedom, variances }: Beliefs,
  concentration: number,
  shares: Float64Array,
): void {
  const logWeights = expectedLogWeights(counts, concentration);
  const constants = logWeights.map((log, k) => {
    const nu = freedom[k] as number;
    const logLambda = Math.LN2 + digamma(0.5 * nu) - Math.log(nu);
    return log - 0.5 * Math.log(variances[k] as number) + 0.5 * (logLambda - 1 / (precision[k] as number));
  });
  const logs = new Float64Array(counts.length);
  for (let i = 0; i < values.length; i++) {
    let top = -Infinity;
    for (let k = 0; k < logs.length; k++) {
      const gap = (values[i] as number) - (means[k] as number);
      logs[k] = (constants[k] as number) - (0.5 * gap * gap) / (variances[k] as number);
      top = Math.max(top, logs[k] as number);
    }
    let total = 0;
    for (let k = 0; k < logs.length; k++) total += logs[k] = Math.exp((logs[k] as number) - top);
    for (let k = 0; k < logs.length; k++) shares[i * logs.length + k] = (logs[k] as number) / total;
  }
}

/** Parameters of each stick's beta distribution. */
function sticks(counts: Float64Array, concentration: number): { a: Float64Array; b: Float64Array } {
  const b = new Float64Array(counts.length);
  let after = 0;
  for (let k = counts.length - 1; k >= 0; k--) {
    b[k] = concentration + after;
    after += counts[k] as number;
  }
  return { a: counts.map((count) => 1 + count), b };
}

function expectedLogWeights(counts: Float64Array, concentration: number): Float64Array {
  const { a, b } = sticks(counts, concentration);
  let left = 0;
  return a.map((own, k) => {
    const both = digamma(own + (b[k] as number));
    const log = digamma(own) - both + left;
    left += digamma(b[k] as number) - both;
    return log;
  });
}

/** Mean weights. */
function weightsOf(counts: Float64Array, concentration: number): Float64Array {
  const { a, b } = sticks(counts, concentration);
  let left = 1;
  const weights = a.map((own, k) => {
    const whole = own + (b[k] as number);
    const weight = (own / whole) * left;
    left *= (b[k] as number) / whole;
    return weight;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The derivative of log gamma, for x > 0. */
export function digamma(x: number): number {
  let at = x;
  let value = 0;
  for (; at < 6; at++) value -= 1 / at;
  const r = 1 / (at * at);
  const tail = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132))));
  return value + Math.log(at) - 0.5 / at - tail;
}

/** Each value wholly to the nearest of `components` centres, found by k-means from evenly spaced quantiles. */
function quantileShares(values: Float64Array, components: number): Float64Array {
  const sorted = values.slice().sort();
  let centres = Float64Array.from(
    { length: components },
    (_, k) => sorted[Math.floor(((k + 0.5) / components) * sorted.length)] as number,
  );
  const owner = new Int32Array(values.length);
  for (let round = 0; round < 20; round++) {
    const sums = new Float64Array(components);
    const sizes = new Float64Array(components);
    values.forEach((value, i) => {
      let best = 0;
      for (let k = 1; k < components; k++)
        if (Math.abs(value - (centres[k] as number)) < Math.abs(value - (centres[best] as number))) best = k;
      owner[i] = best;
      sums[best] = (sums[best] as number) + value;
      sizes[best] = (sizes[best] as number) + 1;
    });
    centres = centres.map((centre, k) =>
      (sizes[k] as number) > 0 ? (sums[k] as number) / (sizes[k] as number) : centre,
    );
  }
  const shares = new Float64Array(values.length * components);
  owner.forEach((k, i) => {
    shares[i * components + k] = 1;
  });
  return shares;
}
