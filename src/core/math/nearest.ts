/** Points in a mixed space, column by column: numbers, and codes that are equal or not. */
export interface Points {
  readonly rows: number;
  readonly numbers: readonly Float32Array[];
  readonly codes: readonly Int32Array[];
}

/**
 * Squared distances from point `row` of `from` to every point of `to`, written to `out`: squared differences of the
 * numbers, plus 1 for each pair of different codes. Code -1 (a level outside the list) is 1/2 from any listed one and 0
 * from itself, as one-hot columns divided by sqrt 2 would have it.
 */
export function squaredDistances(from: Points, row: number, to: Points, out: Float32Array): void {
  out.fill(0);
  to.numbers.forEach((column, k) => addNumber(column, from.numbers[k]?.[row] as number, out));
  to.codes.forEach((column, k) => addCode(column, from.codes[k]?.[row] as number, out));
}

function addNumber(column: Float32Array, value: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const d = (column[i] as number) - value;
    out[i] = (out[i] as number) + d * d;
  }
}

/** Without branches, which would be guessed wrong for every second category: `differs` is 0 or 1 in the sign bit. */
function addCode(column: Int32Array, code: number, out: Float32Array): void {
  const whole = code < 0 ? 0.5 : 1;
  const half = code < 0 ? 0 : 0.5;
  for (let i = 0; i < out.length; i++) {
    const other = column[i] as number;
    const apart = other ^ code;
    const differs = (apart | -apart) >>> 31;
    out[i] = (out[i] as number) + differs * (whole - half * (other >>> 31));
  }
}

/** The least of each run of `size` distances; a rest shorter than `size` does not count. */
export function leastPerBlock(distances: Float32Array, size: number, out: Float32Array): void {
  for (let block = 0; block < out.length; block++) {
    let least = Infinity;
    const end = (block + 1) * size;
    for (let i = block * size; i < end; i++) {
      const distance = distances[i] as number;
      least = distance < least ? distance : least;
    }
    out[block] = least;
  }
}
