import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Correlated } from "../numbers/correlation-numbers.ts";
import type { Rows } from "../simulating/rows.ts";

/**
 * Standard normals that hang together by the numbers `correlation.A.B` of the pairs given (0 where none is), drawn patient
 * by patient. The first `given` of the names may have been drawn by a stage before, and then stand in fields of the rows
 * (`scoreField`).
 * Throws FaultError `simulation-refused` where the correlations cannot hold together.
 * @returns for a chunk, the normals by place of the name; arrays are used again for the next chunk
 */
export function latents(
  numbers: Numbers,
  names: readonly string[],
  pairs: readonly Correlated[],
  given: number,
): (rows: Rows, rng: Rng) => Float64Array[] {
  const k = names.length;
  const factor = cholesky(numbers, names, pairs);
  const drawn = new Float64Array(k);
  let kept: Float64Array[] = [];
  return (rows, rng) => {
    if (kept[0]?.length !== rows.count) kept = names.map(() => new Float64Array(rows.count));
    const known = names.slice(0, given).map((name) => fieldOf(rows, scoreField(name)));
    for (let i = 0; i < rows.count; i++) {
      for (let g = 0; g < given; g++) {
        const had = known[g];
        let rest = had === undefined ? NaN : (had[i] as number);
        for (let j = 0; j < g; j++) rest -= (factor[g * k + j] as number) * (drawn[j] as number);
        drawn[g] = had === undefined ? rng.normal() : rest / (factor[g * k + g] as number);
      }
      for (let j = given; j < k; j++) drawn[j] = rng.normal();
      for (let j = 0; j < k; j++) {
        let sum = 0;
        for (let l = 0; l <= j; l++) sum += (factor[j * k + l] as number) * (drawn[l] as number);
        (kept[j] as Float64Array)[i] = sum;
      }
    }
    return kept;
  };
}

/** Field of the rows that keeps the normal behind a quantity, for stages that hang together with it: "bmi_score". */
export const scoreField = (name: string): string => `${name}_score`;

const fieldOf = (rows: Rows, name: string): Float64Array | undefined =>
  rows.has(name) ? rows.get(name) : undefined;

function cholesky(numbers: Numbers, names: readonly string[], pairs: readonly Correlated[]): Float64Array {
  const k = names.length;
  const matrix = new Float64Array(k * k);
  for (let i = 0; i < k; i++) matrix[i * k + i] = 1;
  for (const [a, b] of pairs) {
    const [i, j] = [names.indexOf(a), names.indexOf(b)];
    if (i >= 0 && j >= 0) matrix[i * k + j] = matrix[j * k + i] = numbers.of(`correlation.${a}.${b}`);
  }
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * k + j] as number;
      for (let l = 0; l < j; l++) sum -= (matrix[i * k + l] as number) * (matrix[j * k + l] as number);
      if (i === j && !(sum > 0))
        throw new FaultError({
          code: "simulation-refused",
          reason: `The correlations of ${names[i]} cannot hold together.`,
          remedy: "Set them closer to 0.",
        });
      matrix[i * k + j] = i === j ? Math.sqrt(sum) : sum / (matrix[j * k + j] as number);
    }
  return matrix;
}
