import { breathe } from "../breathe.ts";
import { denseRows, widthOf } from "./design.ts";
import type { Design } from "./design.ts";
import type { Estimates } from "./generalized-linear.ts";
import { inverse, inverseDiagonal, robustCholesky, solveFactored } from "../linear/linear-algebra.ts";

const MOST_STEPS = 30;
const MOST_HALVINGS = 20;
const SETTLED = 1e-9;
const ROWS_A_PULSE = 2000;

export interface CoxFit extends Estimates {
  /** of the coefficients, row-major */
  readonly covariance: Float64Array;
}

/**
 * Cox's proportional hazards regression (Cox 1972) with Efron's handling of tied times (Efron 1977; statsmodels' PHReg
 * with ties="efron"), by Newton's method. The design's intercept is left out: coefficients begin with its first column.
 * @param times follow-up of every row, any unit
 * @param events 1 where the event was seen at that time, 0 where the row was censored
 * @param pulse called at least every 2,000 rows: lets other work through, may throw to cancel
 */
export async function coxRegression(
  design: Design,
  times: Float64Array,
  events: ArrayLike<number>,
  pulse: () => Promise<void> = breathe,
): Promise<CoxFit> {
  const width = widthOf(design) - 1;
  const order = Int32Array.from(times.keys()).sort((a, b) => (times[b] as number) - (times[a] as number));
  const follow: FollowUp = { x: denseRows(design), width, order, times, events };
  let coefficients: Float64Array = new Float64Array(width);
  let here = await partialLikelihood(follow, coefficients, pulse);
  for (let step = 0; ; step++) {
    const factor = robustCholesky(here.information, width);
    const move = here.gradient.slice();
    solveFactored(factor, width, move);
    const decrement = move.reduce((sum, x, i) => sum + x * (here.gradient[i] as number), 0);
    let next: Likelihood | undefined;
    for (let half = 0, size = 1; half < MOST_HALVINGS && decrement > SETTLED && !next; half++, size /= 2) {
      const tried = coefficients.map((b, i) => b + size * (move[i] as number));
      const reached = await partialLikelihood(follow, tried, pulse);
      if (!(reached.value >= here.value)) continue;
      coefficients = tried;
      next = reached;
    }
    if (!next || step === MOST_STEPS) {
      const errors = inverseDiagonal(factor, width).map(Math.sqrt);
      return { coefficients, errors, covariance: inverse(factor, width), converged: decrement <= SETTLED };
    }
    here = next;
  }
}

interface FollowUp {
  /** row-major, rows x width */
  readonly x: Float64Array;
  readonly width: number;
  /** row numbers by falling time */
  readonly order: Int32Array;
  readonly times: Float64Array;
  readonly events: ArrayLike<number>;
}

interface Likelihood {
  readonly value: number;
  readonly gradient: Float64Array;
  /** minus its second derivatives, width x width */
  readonly information: Float64Array;
}

/** Sums of exp(xb), x exp(xb) and xx' exp(xb) (lower triangle) over a set of rows. */
class RiskSums {
  zero = 0;
  readonly first: Float64Array;
  readonly second: Float64Array;
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
    this.first = new Float64Array(width);
    this.second = new Float64Array(width * width);
  }

  clear(): void {
    this.zero = 0;
    this.first.fill(0);
    this.second.fill(0);
  }

  add(x: Float64Array, row: number, hazard: number): void {
    const { first, second, width } = this;
    const from = row * width;
    this.zero += hazard;
    for (let i = 0; i < width; i++) {
      const weighed = hazard * (x[from + i] as number);
      if (weighed === 0) continue;
      first[i] = (first[i] as number) + weighed;
      for (let j = 0; j <= i; j++) {
        second[i * width + j] = (second[i * width + j] as number) + weighed * (x[from + j] as number);
      }
    }
  }
}

/** The log partial likelihood with its derivatives; rows join the risk set from the latest time to the first. */
async function partialLikelihood(
  { x, width, order, times, events }: FollowUp,
  coefficients: Float64Array,
  pulse: () => Promise<void>,
): Promise<Likelihood> {
  const gradient = new Float64Array(width);
  const information = new Float64Array(width * width);
  const atRisk = new RiskSums(width);
  const tied = new RiskSums(width);
  let value = 0;
  let beat = 0;
  for (let from = 0; from < order.length;) {
    const time = times[order[from] as number] as number;
    tied.clear();
    let deaths = 0;
    let to = from;
    for (; to < order.length && times[order[to] as number] === time; to++) {
      const row = order[to] as number;
      let score = 0;
      for (let i = 0; i < width; i++) score += (x[row * width + i] as number) * (coefficients[i] as number);
      const hazard = Math.exp(score);
      atRisk.add(x, row, hazard);
      if (events[row] !== 1) continue;
      deaths++;
      tied.add(x, row, hazard);
      value += score;
      for (let i = 0; i < width; i++) gradient[i] = (gradient[i] as number) + (x[row * width + i] as number);
    }
    if (deaths > 0) value -= leave(atRisk, tied, deaths, gradient, information, width);
    beat += to - from;
    from = to;
    if (beat >= ROWS_A_PULSE) {
      beat = 0;
      await pulse();
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) information[j * width + i] = information[i * width + j] as number;
  }
  return { value, gradient, information };
}

/** Efron's terms for `deaths` events at one time: adds to gradient and information, gives the sum of log risk. */
function leave(
  atRisk: RiskSums,
  tied: RiskSums,
  deaths: number,
  gradient: Float64Array,
  information: Float64Array,
  width: number,
): number {
  let logs = 0;
  let inverses = 0;
  let shares = 0;
  const means = new Float64Array(width);
  for (let l = 0; l < deaths; l++) {
    const share = l / deaths;
    const risk = atRisk.zero - share * tied.zero;
    logs += Math.log(risk);
    inverses += 1 / risk;
    shares += share / risk;
    for (let i = 0; i < width; i++) {
      const own = ((atRisk.first[i] as number) - share * (tied.first[i] as number)) / risk;
      means[i] = own;
      gradient[i] = (gradient[i] as number) - own;
      for (let j = 0; j <= i; j++) {
        information[i * width + j] = (information[i * width + j] as number) - own * (means[j] as number);
      }
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      const at = i * width + j;
      information[at] =
        (information[at] as number) +
        inverses * (atRisk.second[at] as number) -
        shares * (tied.second[at] as number);
    }
  }
  return logs;
}
