/** Points in a mixed space: numbers side by side, and codes that are equal or not. Row-major. */
export interface Points {
  readonly rows: number;
  readonly numbers: Float32Array;
  readonly codes: Int32Array;
}

export interface Space {
  /** numbers and codes per point */
  readonly numbers: number;
  readonly codes: number;
}

/**
 * Squared distances from point `row` of `from` to every point of `to`, written to `out`: squared differences of the
 * numbers, plus 1 for each pair of different codes. Code -1 (a level outside the list) is 1/2 from any listed one and 0
 * from itself, as one-hot columns divided by sqrt 2 would have it.
 */
export function squaredDistances(
  space: Space,
  from: Points,
  row: number,
  to: Points,
  out: Float32Array,
): void {
  const { numbers, codes } = space;
  const fromNumbers = from.numbers.subarray(row * numbers, (row + 1) * numbers);
  const fromCodes = from.codes.subarray(row * codes, (row + 1) * codes);
  let n = 0;
  let c = 0;
  for (let i = 0; i < to.rows; i++) {
    let distance = 0;
    for (let k = 0; k < numbers; k++) {
      const d = (fromNumbers[k] as number) - (to.numbers[n++] as number);
      distance += d * d;
    }
    for (let k = 0; k < codes; k++) {
      const a = fromCodes[k] as number;
      const b = to.codes[c++] as number;
      if (a !== b) distance += a < 0 || b < 0 ? 0.5 : 1;
    }
    out[i] = distance;
  }
}

/** The least of `distances` at the places in `subset`, `except` left out; Infinity when there is none. */
export function leastOf(distances: Float32Array, subset: Int32Array, except = -1): number {
  let least = Infinity;
  for (let i = 0; i < subset.length; i++) {
    const at = subset[i] as number;
    const distance = distances[at] as number;
    if (distance < least && at !== except) least = distance;
  }
  return least;
}
