/** One mechanism that answered from the patients, and what it cost. JSON-safe: it is a line of the ledger. */
export interface Spend {
  /** "Bins and single columns" */
  readonly what: string;
  /** how many columns, or the size of a matrix, for a person: "13", "7 × 7" */
  readonly columns: string;
  /** answers of this kind */
  readonly queries: number;
  /** the most by which one patient changes one answer (L2) */
  readonly sensitivity: number;
  /** standard deviation of the noise of one answer; left out where the answer is a choice */
  readonly sigma?: number;
  /** zCDP; 0 where `sampled` says what it cost */
  readonly rho: number;
  /** taken from delta beside: thresholds under which a level is not told */
  readonly delta?: number;
  /** A subsampled Gaussian (Poisson sampling, add/remove), composed `steps` times; `sigma` over the clipping norm. */
  readonly sampled?: { readonly rate: number; readonly sigma: number; readonly steps: number };
}

/** What a run may spend and has spent. */
export interface Budget {
  readonly epsilon: number;
  readonly delta: number;
  /** in all; what `epsilon` and the part of `delta` that is not kept for thresholds come to */
  readonly rho: number;
  /** the part of `delta` that thresholds may take */
  readonly thresholds: number;
  readonly spent: readonly Spend[];
  /** rho that is left */
  left(): number;
  /** Throws where more is spent than there is: a mistake in a method, never a person's. */
  spend(one: Spend): void;
}
