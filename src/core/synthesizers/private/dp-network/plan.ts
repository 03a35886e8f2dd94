/** How a network is learned. All of it follows from what is public or was paid for. */
export interface NetworkPlan {
  /** bins of a column of numbers, about */
  readonly bins: number;
  /** hidden units */
  readonly units: number;
  readonly steps: number;
  /** rows of a step, in the mean: `rate` of all */
  readonly batch: number;
  readonly rate: number;
  /** L2 norm to which a row's gradient is cut */
  readonly norm: number;
  readonly learningRate: number;
  /** decay of the moving average of the weights */
  readonly average: number;
}

/** Of rho, for bins, levels, ranges and the number of rows. */
export const COLUMNS_SHARE = 0.2;
/** Of rho, for tables of the target with each column, where there is one. */
export const TARGET_SHARE = 0.2;

/** About so many bins of a column of numbers. */
export const binsFor = (rows: number, rho: number): number =>
  Math.round(clamp(1.2 * (rows * Math.sqrt(rho)) ** 0.4, 6, 24));

const [LEAST_BATCH, MOST_BATCH] = [256, 1000];
const STEPS = 300;
const UNITS = 64;

/** `rows`: their noisy number; settings of 0 are taken by the table. */
export function planNetwork(
  rows: number,
  rho: number,
  settings: { steps: number; units: number },
): NetworkPlan {
  const batch = Math.min(rows, clamp(rows / 20, LEAST_BATCH, MOST_BATCH));
  return {
    bins: binsFor(rows, rho),
    units: settings.units || UNITS,
    steps: settings.steps || STEPS,
    batch,
    rate: batch / rows,
    norm: 1,
    learningRate: 0.04,
    average: 0.99,
  };
}

/** A tenth of the steps to warm up, then half a cosine down to a tenth. */
export function rateAt({ learningRate, steps }: NetworkPlan, step: number): number {
  const warm = Math.min(1, (step + 1) / Math.max(1, Math.min(20, steps / 10)));
  return learningRate * warm * (0.1 + 0.45 * (1 + Math.cos((Math.PI * step) / steps)));
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
