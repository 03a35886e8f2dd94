/**
 * Counts with mean `mean` and variance `dispersion` * mean: negative binomial with size mean / (dispersion - 1), Poisson where
 * the dispersion is 1. Chances are summed outwards from the mode, so that no count is too large for it.
 */
export interface CountLaw {
  /** above 0 */
  readonly mean: number;
  /** 1 or more */
  readonly dispersion: number;
}

/** Chances relative to the mode's below which nothing is added. */
const NEGLIGIBLE = 1e-20;

/** The least count whose distribution function reaches `p`, in (0, 1); 0 where the mean is 0. R: qnbinom, qpois. */
export function countQuantile(law: CountLaw, p: number): number {
  const { from, chances } = chancesOf(law);
  let below = 0;
  for (let i = 0; i < chances.length; i++) {
    below += chances[i] as number;
    if (below >= p * (1 - 64 * Number.EPSILON)) return from + i;
  }
  return from + chances.length - 1;
}

/** Chance of `count` or more. */
export function chanceOfAtLeast(law: CountLaw, count: number): number {
  const { from, chances } = chancesOf(law);
  let above = 0;
  for (let i = chances.length - 1; i >= 0 && from + i >= count; i--) above += chances[i] as number;
  return Math.min(1, above);
}

/** The chances of `from`, `from` + 1, ... */
function chancesOf({ mean, dispersion }: CountLaw): { from: number; chances: number[] } {
  if (!(mean > 0)) return { from: 0, chances: [1] };
  /** chance of k + 1 in parts of the chance of k */
  const step = (k: number): number =>
    dispersion > 1 ? ((k + mean / (dispersion - 1)) * (1 - 1 / dispersion)) / (k + 1) : mean / (k + 1);
  const mode = Math.max(0, Math.floor(dispersion > 1 ? mean - dispersion + 1 : mean));
  const rising: number[] = [];
  for (let k = mode, chance = 1; chance > NEGLIGIBLE; k++) {
    rising.push(chance);
    chance *= step(k);
  }
  const falling: number[] = [];
  for (let k = mode - 1, chance = 1; k >= 0; k--) {
    chance /= step(k);
    if (chance < NEGLIGIBLE) break;
    falling.push(chance);
  }
  const chances = [...falling.reverse(), ...rising];
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  return { from: mode - falling.length, chances: chances.map((chance) => chance / all) };
}
