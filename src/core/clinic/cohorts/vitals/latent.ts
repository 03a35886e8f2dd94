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
  const drawn = names.map(() => new Float64Array(TOGETHER));
  let kept: readonly Float64Array[] = [];
  return (rows, rng) => {
    if (kept[0]?.length !== rows.count) kept = names.map(() => new Float64Array(rows.count));
    let known = 0;
    while (known < given && rows.has(scoreField(names[known] as string))) known++;
    const had = names.slice(0, known).map((name) => rows.get(scoreField(name)));
    for (let from = 0; from < rows.count; from += TOGETHER) {
      const count = Math.min(TOGETHER, rows.count - from);
      for (let i = 0; i < count; i++)
        for (let j = known; j < k; j++) (drawn[j] as Float64Array)[i] = rng.normal();
      for (let j = 0; j < k; j++) {
        const part = parts[j] as Parts;
        if (j < known) undo((had[j] as Float64Array).subarray(from, from + count), part, j, drawn);
        combine(part, drawn, (kept[j] as Float64Array).subarray(from, from + count));
      }
    }
    return kept;
  };
}

/** Patients whose draws are combined at once: few enough to stay at hand. */
const TOGETHER = 100;

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

function combine({ of, by }: Parts, drawn: readonly Float64Array[], into: Float64Array): void {
  into.fill(0);
  for (let l = 0; l < of.length; l++) {
    const [own, times] = [drawn[of[l] as number] as Float64Array, by[l] as number];
    for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + times * (own[i] as number);
  }
}

/** Sets the own part of normal `j` so that the whole is what was drawn before. */
function undo(had: Float64Array, { of, by }: Parts, j: number, drawn: readonly Float64Array[]): void {
  const [own, into] = [by[of.length - 1] as number, drawn[j] as Float64Array];
  for (let i = 0; i < had.length; i++) {
    let rest = had[i] as number;
    for (let l = 0; l < of.length - 1; l++)
      rest -= (by[l] as number) * ((drawn[of[l] as number] as Float64Array)[i] as number);
    into[i] = rest / own;
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
