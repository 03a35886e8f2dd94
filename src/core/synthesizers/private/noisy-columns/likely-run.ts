import { normalCdf } from "../../../math/normal.ts";
import type { Edges } from "./cells.ts";
import type { Ticks } from "./ticks.ts";

/** What noisy counts of the first cells say of where numbers lie; `total` rows are in them. */
export interface FirstLook {
  readonly counts: ArrayLike<number>;
  /** standard deviation of each */
  readonly sigma: number;
  readonly total: number;
  /** how unlikely numbers are in a cell before anything is seen, in nats */
  readonly rare: ArrayLike<number>;
}

/** Standard deviations of the bells that are tried, in cells. */
const SPREADS = [0.35, 0.7, 1.2, 2, 3, 5, 9, 16];
/** A cell this many standard deviations above nothing is real whatever stands between. */
const SURE = 4;
/** Cells at the ends of the bell with less than this share are not looked at. */
const TAIL = 0.01;
/** A cell beside the run joins it where it stands out so many standard deviations. */
const BESIDE = 1.5;

/**
 * First and last of the cells that hold the numbers, most likely: those of the bell (a normal distribution over cells, its
 * place and spread tried one after another) that explains the noisy counts best, what is known of their sum and of usual
 * magnitudes included; every cell that stands out by itself; and what stands out beside the run.
 */
export function likelyRun(look: FirstLook): readonly [number, number] {
  const { counts, sigma, rare } = look;
  const cells = counts.length;
  const bell = likeliestBell(look);
  let first = Math.max(
    0,
    bell.findIndex((share) => share >= TAIL),
  );
  let last = Math.max(
    first,
    bell.findLastIndex((share) => share >= TAIL),
  );
  for (let k = 0; k < cells; k++) {
    if ((counts[k] as number) < (SURE + (rare[k] as number) / 2) * sigma) continue;
    first = Math.min(first, k);
    last = Math.max(last, k);
  }
  const stands = (k: number): boolean => k >= 0 && k < cells && (counts[k] as number) > BESIDE * sigma;
  while (stands(first - 1)) first--;
  while (stands(last + 1)) last++;
  return [first, last];
}

function likeliestBell({ counts, sigma, total, rare }: FirstLook): Float64Array {
  const cells = counts.length;
  let best = -Infinity;
  let found: Float64Array = new Float64Array(cells);
  for (const spread of SPREADS)
    for (let middle = 0; middle <= cells - 1; middle += Math.max(0.5, spread / 2)) {
      const bell = bellShares(cells, middle, spread);
      let score = 0;
      for (let k = 0; k < cells; k++) {
        const share = bell[k] as number;
        const mass = total * share;
        score += (mass * ((counts[k] as number) - mass / 2)) / sigma ** 2 - share * (rare[k] as number);
      }
      if (score <= best) continue;
      best = score;
      found = bell;
    }
  return found;
}

function bellShares(cells: number, middle: number, spread: number): Float64Array {
  const below = (edge: number): number => normalCdf((edge - middle) / spread);
  const shares = Float64Array.from({ length: cells }, (_, k) => below(k + 0.5) - below(k - 0.5));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** Powers of two of the unit up to which numbers are usual. */
const USUAL_POWERS = 18;
const RARE_POWER = 0.35;
const NEGATIVE = 3;
const [USUAL_FROM, USUAL_TO] = [Date.UTC(1990, 0), Date.UTC(2030, 0)];
const RARE_YEAR = 0.1;
const YEAR = 365.25 * 86_400_000;

/** How rare numbers are in each cell before anything is seen: far below zero, very large, or long ago. */
export function rareness(edges: Edges, ticks: Ticks): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, k) => {
    const low = edges[k] as number;
    if (ticks.unit === "time") return 0;
    if (ticks.unit === "date") {
      const year = ticks.fromTick(low);
      return (RARE_YEAR * Math.max(0, USUAL_FROM - year, year - USUAL_TO)) / YEAR;
    }
    const powers = Math.log2(Math.max(1, Math.abs(low)));
    return (low < 0 ? NEGATIVE : 0) + RARE_POWER * Math.max(0, powers - USUAL_POWERS);
  });
}
