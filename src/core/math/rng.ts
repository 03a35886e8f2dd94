/** A seeded stream of random numbers: sfc32 (C. Doty-Humphrey, PractRand), seeded through splitmix32. */
export interface Rng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Standard normal (Marsaglia polar method). */
  normal(): number;
  /** Uniform integer in [0, n); n >= 1. */
  integer(n: number): number;
  /** A random permutation of 0 .. n-1 (Fisher-Yates). */
  permutation(n: number): Int32Array;
  /** `count` distinct integers out of 0 .. n-1, in random order. */
  choose(n: number, count: number): Int32Array;
  /** Index drawn in proportion to non-negative `weights`. */
  weighted(weights: ArrayLike<number>): number;
  /** An independent stream named by `label`; the parent does not advance. */
  fork(label: string): Rng;
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

function hash(text: string, seed: number): number {
  let h = seed ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h | 0;
}

/** Same `seed`, same stream, on every machine. */
export function createRng(seed: number): Rng {
  const mix = splitmix32(seed);
  const key = mix() | 0;
  let a = mix() | 0;
  let b = mix() | 0;
  let c = mix() | 0;
  let counter = 1;
  let spare: number | undefined;

  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();

  const uniform = (): number => next() / 4294967296;
  const integer = (n: number): number => Math.floor(uniform() * n);

  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const s = x * x + y * y;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = y * scale;
        return x * scale;
      }
    }
  };

  const permutation = (n: number): Int32Array => choose(n, n);

  const choose = (n: number, count: number): Int32Array => {
    const pool = Int32Array.from({ length: n }, (_, i) => i);
    const taken = Math.min(count, n);
    for (let i = 0; i < taken; i++) {
      const j = i + integer(n - i);
      const held = pool[i] as number;
      pool[i] = pool[j] as number;
      pool[j] = held;
    }
    return pool.slice(0, taken);
  };

  const weighted = (weights: ArrayLike<number>): number => {
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i] as number;
    let left = uniform() * total;
    let last = 0;
    for (let i = 0; i < weights.length; i++) {
      const w = weights[i] as number;
      if (w <= 0) continue;
      last = i;
      left -= w;
      if (left < 0) return i;
    }
    return last;
  };

  const fork = (label: string): Rng => createRng(hash(label, key));

  return { uniform, normal, integer, permutation, choose, weighted, fork };
}
