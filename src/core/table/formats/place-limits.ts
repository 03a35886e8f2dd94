import type { CutLimit } from "./cut-number.ts";
import type { Limit } from "../table.ts";

/** Cells that say the same limit, under the text that most of them have. */
export interface FoundLimit extends CutLimit {
  readonly text: string;
  readonly at: number;
  readonly cells: number;
  /** All of its cells have that text. */
  readonly even: boolean;
}

/** Gathers the limits of a column from its texts. */
export class LimitsSoFar {
  private readonly found = new Map<string, { limit: CutLimit; at: number; texts: Map<string, number> }>();

  add(text: string, limit: CutLimit, at: number, cells: number): void {
    const key = limitKey(limit, at);
    const own = this.found.get(key) ?? { limit, at, texts: new Map<string, number>() };
    own.texts.set(text, (own.texts.get(text) ?? 0) + cells);
    this.found.set(key, own);
  }

  done(): FoundLimit[] {
    return [...this.found.values()].map(({ limit, at, texts }) => {
      const [[text] = [""]] = [...texts].sort((a, b) => b[1] - a[1]);
      const cells = [...texts.values()].reduce((sum, count) => sum + count, 0);
      return { ...limit, text, at, cells, even: texts.size === 1 };
    });
  }
}

export const limitKey = ({ side, inclusive }: CutLimit, at: number): string => `${side} ${inclusive} ${at}`;

/** Places that are tried beyond a limit before its number goes beyond all others. */
const TRIED = 64;

/**
 * A number of its own for each of `found`, on the grid of `decimals` places: the first beyond its limit that none of
 * `values` has. By `limitKey`.
 */
export function placeLimits(
  found: readonly FoundLimit[],
  values: Float64Array,
  decimals: number,
): ReadonlyMap<string, Limit> {
  const scale = 10 ** decimals;
  const tried = found.map(({ side, inclusive, at }) => {
    const sign = side === "below" ? -1 : 1;
    const unit = firstBeyond(at * scale, sign, inclusive);
    return Array.from({ length: TRIED }, (_, k) => (unit + sign * k) / scale);
  });
  const asked = new Set(tried.flat());
  const taken = new Set<number>();
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (asked.has(value)) taken.add(value);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const placed = new Map<string, Limit>();
  const order = found.map((_, i) => i).sort((a, b) => strictness(found[b]) - strictness(found[a]));
  for (const i of order) {
    const limit = found[i] as FoundLimit;
    const sign = limit.side === "below" ? -1 : 1;
    let value = (tried[i] as number[]).find((place) => !taken.has(place));
    if (value === undefined) {
      let unit = Math.round((sign < 0 ? low : high) * scale) + sign;
      while (taken.has(unit / scale)) unit += sign;
      value = unit / scale;
    }
    taken.add(value === 0 ? 0 : value);
    placed.set(limitKey(limit, limit.at), {
      text: limit.text,
      value: value === 0 ? 0 : value,
      side: limit.side,
    });
  }
  return placed;
}

const strictness = (limit: FoundLimit | undefined): number =>
  limit === undefined ? 0 : limit.side === "below" ? -limit.at : limit.at;

/** The first whole number of units on the far side of `units`, or there where `inclusive`. */
function firstBeyond(units: number, sign: number, inclusive: boolean): number {
  const near = Math.round(units);
  const whole = Math.abs(units - near) < 1e-6 * Math.max(1, Math.abs(units));
  if (whole) return inclusive ? near : near + sign;
  return sign < 0 ? Math.floor(units) : Math.ceil(units);
}

/** Row text of the limits among a column's numbers; undefined for a number. */
export function limitTexts(limits: readonly Limit[] | undefined): ReadonlyMap<number, string> | undefined {
  return limits === undefined || limits.length === 0
    ? undefined
    : new Map(limits.map(({ value, text }) => [value, text]));
}
