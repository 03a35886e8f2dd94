import type { CountedTokens } from "./counted-tokens.ts";

/** Each place's rows cut in two, as bits. */
export interface Halves {
  readonly rows: number;
  /** of each place 32 rows a number, 1 for the upper half of its tokens */
  readonly bits: readonly Int32Array[];
  readonly ones: readonly number[];
}

/** Rows that pairs are looked for in. */
const MOST_ROWS = 2000;
/** Chance that a place without any pair is given one. */
const CHANCE = 0.01;

/** The rows of each place on either side of the token that cuts them most evenly. */
export function halvesOf({ rows, counts, tokens }: CountedTokens): Halves {
  const places = counts.length;
  const used = Math.min(rows, MOST_ROWS);
  const bits = counts.map((count, place) => {
    const own = Int32Array.from(
      { length: used },
      (_, i) => tokens[Math.floor((i * rows) / used) * places + place] as number,
    );
    const cut = middle(own, count);
    const words = new Int32Array((used + 31) >> 5);
    own.forEach(
      (token, i) => (words[i >> 5] = (words[i >> 5] as number) | (token > cut ? 1 << (i & 31) : 0)),
    );
    return words;
  });
  return { rows: used, bits, ones: bits.map((words) => words.reduce((sum, word) => sum + setBits(word), 0)) };
}

/** The token up to which the rows are nearest to half of all. */
function middle(tokens: Int32Array, count: number): number {
  const shares = new Float64Array(count);
  for (const token of tokens) shares[token] = (shares[token] as number) + 1 / tokens.length;
  let [below, best, least] = [0, 0, Infinity];
  shares.forEach((share, token) => {
    below += share;
    if (Math.abs(below - 0.5) < least) [best, least] = [token, Math.abs(below - 0.5)];
  });
  return best;
}

/**
 * Pairs of places before `place` that tell of it together what neither tells alone, the strongest first: with every column
 * cut in two, 2n (I(a; place | b) - I(a; place)) passes what the greatest of all pairs would by chance (chi squared with two
 * degrees of freedom, all pairs together at 1%). Information about one column at a time misses them (exclusive or).
 */
export function strongPairs({ rows, bits, ones }: Halves, place: number): (readonly [number, number])[] {
  const own = bits[place] as Int32Array;
  const entropy = entropies(rows);
  const withOwn = (other: number): Int32Array =>
    (bits[other] as Int32Array).map((word, i) => word & (own[i] as number));
  const joint = Array.from({ length: place }, (_, other) => withOwn(other));
  const both = joint.map(countOf);
  const least = 2 * Math.log((place * (place - 1)) / 2 / CHANCE);
  const found: { pair: readonly [number, number]; strength: number }[] = [];
  for (let b = 1; b < place; b++)
    for (let a = 0; a < b; a++) {
      const counts = {
        a: ones[a] as number,
        b: ones[b] as number,
        y: ones[place] as number,
        ab: sharedBits(bits[a] as Int32Array, bits[b] as Int32Array),
        ay: both[a] as number,
        by: both[b] as number,
        aby: sharedBits(joint[a] as Int32Array, bits[b] as Int32Array),
      };
      const strength = 2 * interaction(rows, counts, entropy);
      if (strength > least) found.push({ pair: [a, b], strength });
    }
  return found.sort((one, other) => other.strength - one.strength).map(({ pair }) => pair);
}

/** Rows in which each, each two and all three of a, b and y are in the upper half. */
type Counts = Readonly<Record<"a" | "b" | "y" | "ab" | "ay" | "by" | "aby", number>>;

/** n (I(a; y | b) - I(a; y)), in nats. */
function interaction(n: number, c: Counts, x: Float64Array): number {
  const at = (count: number): number => x[count] as number;
  const one = (count: number): number => at(count) + at(n - count);
  const two = (p: number, q: number, pq: number): number =>
    at(pq) + at(p - pq) + at(q - pq) + at(n - p - q + pq);
  const [abY, aY, bY] = [c.aby, c.ay - c.aby, c.by - c.aby];
  const [abN, aN, bN] = [c.ab - abY, c.a - c.ab - aY, c.b - c.ab - bY];
  const [noneY, noneN] = [c.y - abY - aY - bY, n - c.y - abN - aN - bN];
  const three = at(abY) + at(aY) + at(bY) + at(noneY) + at(abN) + at(aN) + at(bN) + at(noneN);
  const pairs = two(c.a, c.b, c.ab) + two(c.a, c.y, c.ay) + two(c.b, c.y, c.by);
  return three - pairs + one(c.a) + one(c.b) + one(c.y) - at(n);
}

/** k log k for k up to n. */
const entropies = (n: number): Float64Array =>
  Float64Array.from({ length: n + 1 }, (_, k) => (k > 0 ? k * Math.log(k) : 0));

const countOf = (words: Int32Array): number => words.reduce((sum, word) => sum + setBits(word), 0);

function sharedBits(one: Int32Array, other: Int32Array): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) count += setBits((one[i] as number) & (other[i] as number));
  return count;
}

/** How many of 32 bits are set. */
function setBits(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
