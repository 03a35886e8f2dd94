/** One loop over memory: what it reads, what it writes, and the shapes of both. Written numbers start undefined. */
export interface Loop<Facts extends object = object> {
  /** shapes of the outputs, from those of the inputs */
  shapes(inputs: readonly (readonly number[])[], facts: Facts): (readonly number[])[];
  run(
    from: readonly Float32Array[],
    to: readonly Float32Array[],
    shapes: readonly (readonly number[])[],
    facts: Facts,
  ): void;
}

/** Inputs or outputs by position. */
export const at = <T>(some: readonly T[], i: number): T => some[i] as T;
