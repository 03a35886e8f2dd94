import { FaultError } from "../../../fault.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Correlated } from "../numbers/correlation-numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";

/**
 * Standard normals that hang together by the numbers `correlation.A.B` of the pairs given (0 where none is), drawn patient
 * by patient. The first `given` of the names may have been drawn by a stage before, and then stand in fields of the rows
 * (`scoreField`). Throws FaultError `simulation-refused` where the correlations cannot hold together.
 * @returns for a chunk, the normals by place of the name; arrays are used again for the next chunk
 */
export function latents(
  numbers: Numbers,
  names: readonly string[],
  pairs: readonly Correlated[],
  given: number,
): (rows: Rows, rng: Rng) => readonly Float64Array[] {
  const k = names.length;
  const factor = cholesky(numbers, names, pairs);
  const parts = names.map((_, j) => partsOf(factor, j, k));
  let drawn = new Float64Array(0);
  let kept: readonly Float64Array[] = [];
  return (rows, rng) => {
    if (drawn.length !== rows.count * k) {
      drawn = new Float64Array(rows.count * k);
      kept = names.map(() => new Float64Array(rows.count));
    }
    let known = 0;
    while (known < given && rows.has(scoreField(names[known] as string))) known++;
    for (let i = 0; i < rows.count; i++) for (let j = known; j < k; j++) drawn[i * k + j] = rng.normal();
    for (const [j, part] of parts.entries()) {
      if (j < known) undo(rows.get(scoreField(names[j] as string)), part, j, drawn, k);
      combine(part, drawn, k, kept[j] as Float64Array);
    }
    return kept;
  };
}

/** Field of the rows that keeps the normal behind a quantity, for stages that hang together with it: "bmi_score". */
export const scoreField = (name: string): string => `${name}_score`;

/** What a normal is made of: places of independent ones, and how much of each; its own is the last. */
interface Parts {
  readonly of: Int32Array;
  readonly by: Float64Array;
}

function partsOf(factor: Float64Array, j: number, k: number): Parts {
  const of = Array.from({ length: j + 1 }, (_, l) => l).filter((l) => factor[j * k + l] !== 0);
  return { of: Int32Array.from(of), by: Float64Array.from(of, (l) => factor[j * k + l] as number) };
}

function combine({ of, by }: Parts, drawn: Float64Array, k: number, into: Float64Array): void {
  for (let i = 0, at = 0; i < into.length; i++, at += k) {
    let sum = 0;
    for (let l = 0; l < of.length; l++) sum += (by[l] as number) * (drawn[at + (of[l] as number)] as number);
    into[i] = sum;
  }
}

/** Sets the own part of normal `j` so that the whole is what was drawn before. */
function undo(had: Float64Array, { of, by }: Parts, j: number, drawn: Float64Array, k: number): void {
  const own = by[of.length - 1] as number;
  for (let i = 0; i < had.length; i++) {
    let rest = had[i] as number;
    for (let l = 0; l < of.length - 1; l++)
      rest -= (by[l] as number) * (drawn[i * k + (of[l] as number)] as number);
    drawn[i * k + j] = rest / own;
  }
}

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
      if (i === j && !(sum > 0)) refuse(names[i] as string);
      matrix[i * k + j] = i === j ? Math.sqrt(sum) : sum / (matrix[j * k + j] as number);
    }
  return matrix;
}

function refuse(name: string): never {
  throw new FaultError({
    code: "simulation-refused",
    reason: `The correlations of ${name.replaceAll("_", " ")} with other quantities cannot all hold together.`,
    remedy: "Set them closer to 0.",
  });
}
