import { logistic, logit } from "../../../math/logistic.ts";
import type { Numbers } from "../numbers/numbers.ts";

/** 0 men, 1 women, as the field `female`. */
export const SEXES = ["men", "women"] as const;
export type Sex = (typeof SEXES)[number];

/**
 * Where a share by age and sex stands: `crossed`, a number for each band and sex; `margins`, one for each band, each sex and
 * all adults, that are multiplied (share of the band × share of the sex / share of all).
 */
export interface ByAge {
  /** "diabetes.share": what the ids begin with */
  readonly id: string;
  /** "40-59": whole years, both included; the last band ends where most of those who are older are no older */
  readonly bands: readonly string[];
  readonly by: "crossed" | "margins";
}

/** Within (0, 1), so that odds and their logarithms are finite. */
export const inside = (p: number): number => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));

interface Band {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** The published shares of a sex, band by band. */
export function bandsOf({ id, bands, by }: ByAge, sex: Sex, numbers: Numbers): Band[] {
  const factor = by === "margins" ? numbers.of(`${id}.${sex}`) / numbers.of(`${id}.all`) : 1;
  return bands.map((band) => {
    const [from = 0, to = from] = band.split("-").map(Number);
    const share = numbers.of(by === "crossed" ? `${id}.${band}.${sex}` : `${id}.${band}`);
    return { from, to, share: inside(share * factor) };
  });
}

/** Of log odds. */
const CLOSE = 1 / 1024;

/**
 * Shares for each year of age from `first` to `last`, whose mean over each band is the published one: log odds are straight
 * between the middles of bands, go on towards the young, and stay after the last middle.
 */
export function sharesByYear(bands: readonly Band[], first: number, last: number): Float64Array {
  const middles = bands.map(({ from, to }) => (from + to + 1) / 2);
  const heights = bands.map(({ share }) => logit(share));
  const shares = new Float64Array(last - first + 1);
  const draw = (): void => {
    for (let i = 0; i < shares.length; i++) shares[i] = logistic(heightAt(middles, heights, first + i + 0.5));
  };
  draw();
  for (let round = 0, off = 1; round < 60 && off > CLOSE; round++) {
    off = 0;
    for (const [at, { from, to, share }] of bands.entries()) {
      const mean = meanOf(shares, Math.max(0, from - first), Math.min(last, to) - first);
      const step = logit(share) - logit(inside(mean));
      heights[at] = (heights[at] as number) + step;
      off = Math.max(off, Math.abs(step));
    }
    draw();
  }
  return shares;
}

function heightAt(middles: readonly number[], heights: readonly number[], age: number): number {
  const last = middles.length - 1;
  if (age >= (middles[last] as number) || last === 0) return heights[last] as number;
  let at = 0;
  while (at < last - 1 && age > (middles[at + 1] as number)) at++;
  const [left, right] = [middles[at] as number, middles[at + 1] as number];
  const [low, high] = [heights[at] as number, heights[at + 1] as number];
  return low + ((high - low) * (age - left)) / (right - left);
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i <= to; i++) sum += values[i] as number;
  return sum / (to - from + 1);
}
