import type { Edges } from "./cells.ts";
import { bellsWithin, likelyShapes, type LikelyShape } from "./likely-shapes.ts";
import type { Ticks } from "./ticks.ts";

/** What noisy counts of the first cells say of where numbers lie; `total` rows are in them. */
export interface FirstLook {
  readonly edges: Edges;
  readonly ticks: Ticks;
  readonly counts: ArrayLike<number>;
  /** standard deviation of each */
  readonly sigma: number;
  readonly total: number;
}

/** A cell this many standard deviations above nothing is real whatever stands between. */
const SURE = 4;
/** Cells at the ends of the shape that hold no more than this share together are not looked at. */
const TAIL = 0.004;
/** A cell beside the run joins it where it stands out so many standard deviations. */
const BESIDE = 2;

/** Cells from the first to the last, and what the shape expects in each. */
export interface LikelyRun extends Pick<LikelyShape, "below"> {
  readonly first: number;
  readonly last: number;
  readonly expected: Float64Array;
}

/**
 * First and last of the cells that hold the numbers, most likely: those of the shape (`likelyShapes`, tried one after
 * another) that explains the noisy counts best, what is known of their sum and of usual magnitudes included; every cell
 * that stands out by itself; and what stands out beside the run.
 */
export function likelyRun(look: FirstLook): LikelyRun {
  const { counts, sigma, edges, ticks } = look;
  const cells = counts.length;
  const rare = rareness(edges, ticks);
  const { shares, below } = likeliest(look, rare);
  let first = endOf(shares);
  let last = cells - 1 - endOf(shares.toReversed());
  for (let k = 0; k < cells; k++) {
    if ((counts[k] as number) < (SURE + (rare[k] as number) / 2) * sigma) continue;
    first = Math.min(first, k);
    last = Math.max(last, k);
  }
  const stands = (k: number): boolean => k >= 0 && k < cells && (counts[k] as number) > BESIDE * sigma;
  while (stands(first - 1)) first--;
  while (stands(last + 1)) last++;
  const expected = shares.slice(first, last + 1).map((share) => look.total * share);
  return { first, last, expected, ...(below && { below }) };
}

/** The first cell up to which more than `TAIL` lies. */
function endOf(shares: Float64Array): number {
  let sum = 0;
  const found = shares.findIndex((share) => (sum += share) > TAIL);
  return Math.max(0, found);
}

function likeliest(look: FirstLook, rare: Float64Array): LikelyShape {
  const none: LikelyShape = { shares: new Float64Array(look.counts.length), unusual: Infinity };
  return best(likelyShapes(look.edges, look.ticks.unit === "number"), none, look, rare);
}

/** What a later look expects in its cells: what the look before did, or a bell where that explains the counts better. */
export function likelierMasses(look: Omit<FirstLook, "ticks">, before: Float64Array): Float64Array {
  const { edges, total } = look;
  const sum = before.reduce((a, b) => a + b, 0);
  const known: LikelyShape = { shares: before.map((mass) => mass / Math.max(sum, 1e-9)), unusual: 0 };
  return best(bellsWithin(edges), known, look).shares.map((share) => share * total);
}

/** Of `shapes` and `first` the one that explains the counts best. */
function best(
  shapes: Iterable<LikelyShape>,
  first: LikelyShape,
  { counts, sigma, total }: Omit<FirstLook, "edges" | "ticks">,
  rare?: Float64Array,
): LikelyShape {
  const scoreOf = ({ shares, unusual }: LikelyShape): number => {
    let score = -unusual;
    for (let k = 0; k < shares.length; k++) {
      const share = shares[k] as number;
      const mass = total * share;
      score += (mass * ((counts[k] as number) - mass / 2)) / sigma ** 2 - share * (rare?.[k] ?? 0);
    }
    return score;
  };
  let [found, most] = [first, scoreOf(first)];
  for (const shape of shapes) {
    const score = scoreOf(shape);
    if (score > most) [found, most] = [shape, score];
  }
  return found;
}

/** Numbers are usual from a fourth to 256; each power of two beyond is so much rarer, in nats. */
const [USUAL_LEAST, USUAL_MOST] = [-2, 8];
const RARE_POWER = 0.3;
const NEGATIVE = 3;
const [USUAL_FROM, USUAL_TO] = [Date.UTC(1990, 0), Date.UTC(2030, 0)];
const RARE_YEAR = 0.1;
const YEAR = 365.25 * 86_400_000;

/** How rare numbers are in each cell before anything is seen: far below zero, very large, or long ago. */
function rareness(edges: Edges, ticks: Ticks): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, k) => {
    const low = edges[k] as number;
    if (ticks.unit === "time") return 0;
    if (ticks.unit === "date") {
      const year = ticks.fromTick(low);
      return (RARE_YEAR * Math.max(0, USUAL_FROM - year, year - USUAL_TO)) / YEAR;
    }
    const nearest = Math.max(1, low < 0 ? -((edges[k + 1] as number) - 1) : low);
    const power = low === 0 ? 0 : Math.log2(Math.abs(ticks.fromTick(nearest)));
    return (low < 0 ? NEGATIVE : 0) + RARE_POWER * Math.max(0, USUAL_LEAST - power, power - USUAL_MOST);
  });
}
