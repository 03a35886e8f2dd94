/** Sums over Poisson samples, each with Gaussian noise: what DP-SGD asks of patients (Abadi et al. 2016). */
export interface SampledPlan {
  /** each unit is in a step's sample by a coin of its own that falls so with this probability; a multiple of 2^-32 */
  readonly rate: number;
  /** standard deviation of the noise, over `norm` */
  readonly sigma: number;
  /** at most */
  readonly steps: number;
  /** L2 norm to which what a unit adds to a sum is cut */
  readonly norm: number;
  /** numbers in a sum */
  readonly dimensions: number;
}

/** What the rows of a sample have to add. */
export interface Contributions {
  /** L2 norm of what each row adds, over all dimensions, before anything is cut; NaN or infinite: the row is left out */
  readonly norms: ArrayLike<number>;
  /** The sum of what the rows add, each times its scale; a row of scale 0 is left out. */
  sum(scales: Float64Array): Float64Array;
}

/** One run of a `SampledPlan`. */
export interface SampledSteps {
  /** steps so far; each costs, those of an empty sample too */
  readonly taken: number;
  /** One step: `contributions` of the rows of its sample, cut to the norm, summed, with noise. Throws where norms are not those of the sum. */
  step(contributions: (rows: Int32Array) => Promise<Contributions>): Promise<Float64Array>;
  /** Enters the steps that were taken in the ledger; none can follow. */
  end(): void;
}
