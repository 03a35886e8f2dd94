/** Tokens of rows x places, row-major, with the number of tokens at each place. */
export interface CountedTokens {
  readonly rows: number;
  readonly counts: readonly number[];
  readonly tokens: Int32Array;
}
