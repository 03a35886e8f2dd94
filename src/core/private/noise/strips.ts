/**
 * The discrete Gaussian of standard deviation 2^20 on the integers, in strips of 2^13 of them up to 16 standard deviations,
 * as whole numbers: what `safe-gaussians.ts` draws from.
 */

/** Standard deviation. */
export const UNITS = 2 ** 20;
export const STRIPS = 2048;
export const WIDTH = 2 ** 13;
const WORD = 2 ** 32;
/** Places of fixed-point numbers: exp(-128) = 2^-185 still has 200 of them. */
const PLACES = 448n;
/** 2 UNITS^2 */
const TWICE_VARIANCE = 2n * BigInt(UNITS) ** 2n;

/**
 * exp(-x^2 / (2 UNITS^2)) in 2^-448ths, rounded; off by less than 2^-440: exp(-q) of 256 times less by its series, squared
 * eight times.
 */
export function bell(x: bigint): bigint {
  const extra = 64n;
  const part = ((x * x) << (PLACES + extra - 8n)) / TWICE_VARIANCE;
  let term = 1n << (PLACES + extra);
  let sum = 0n;
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term = -((term * part) >> (PLACES + extra)) / k;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> (PLACES + extra);
  return sum >> extra;
}

export interface Strips {
  /** 2^32 P[strip i is drawn] = cut[i] + the sum of 2^32 - cut[j] over strips j whose alias is i, over 2048 */
  readonly cut: Float64Array;
  readonly alias: Uint16Array;
  /** 2^32 times what is taken of the integer where strip i begins, as a double; at most 2^32 */
  readonly first: Float64Array;
  /** no integer of strip i is taken with fewer than this many 2^-32ths */
  readonly surely: Float64Array;
  /** the exact ratio that `first` is a double of: `scale / weight[i] * exp(...)` */
  readonly scale: bigint;
  readonly weight: readonly bigint[];
}

let made: Strips | undefined;

/** Made once: some 50 ms. */
export const strips = (): Strips => (made ??= makeStrips());

function makeStrips(): Strips {
  const bells = Array.from({ length: STRIPS + 1 }, (_, i) => bell(BigInt(i * WIDTH)));
  const whole = BigInt(STRIPS) * BigInt(WORD);
  const sum = bells.slice(0, STRIPS).reduce((total, one) => total + one, 0n);
  // Weights are rounded up and what is left over goes to the first: they need only be enough.
  const scale = ((whole - BigInt(STRIPS)) << PLACES) / sum;
  const weight = bells.slice(0, STRIPS).map((one) => ((one * scale) >> PLACES) + 1n);
  weight[0] = (weight[0] as bigint) + whole - weight.reduce((total, one) => total + one, 0n);
  const share = (one: bigint, i: number): number =>
    Number(((one * scale) << 200n) / (weight[i] as bigint)) * WORD * 2 ** -648;
  return {
    ...aliases(weight),
    first: Float64Array.from(weight, (_, i) => share(bells[i] as bigint, i)),
    surely: Float64Array.from(weight, (_, i) => Math.floor(share(bells[i + 1] as bigint, i)) - 1),
    scale,
    weight,
  };
}

/** Vose's alias table, in whole numbers: weights sum to 2048 * 2^32. */
function aliases(weight: readonly bigint[]): Pick<Strips, "cut" | "alias"> {
  const left = weight.map(Number);
  const cut = new Float64Array(STRIPS).fill(WORD);
  const alias = Uint16Array.from({ length: STRIPS }, (_, i) => i);
  const small = left.flatMap((one, i) => (one < WORD ? [i] : []));
  const large = left.flatMap((one, i) => (one >= WORD ? [i] : []));
  while (small.length > 0 && large.length > 0) {
    const [less, more] = [small.pop() as number, large.at(-1) as number];
    cut[less] = left[less] as number;
    alias[less] = more;
    left[more] = (left[more] as number) - (WORD - (left[less] as number));
    if ((left[more] as number) < WORD) small.push(large.pop() as number);
  }
  return { cut, alias };
}
