import type { CategoryPart } from "../columns/category-part.ts";
import { FOLLOWERS } from "../columns/followers.ts";

/** Tokens that a patient has had already, the likeliest first: as "the second of their own" they are few choices among many. */
export const OWN = 12;
export const OWN_FEATURES = 3 * OWN + FOLLOWERS;
/** Different tokens that are remembered of a patient; of more the one that is longest ago is forgotten. */
const MOST = 48;
/** Visits after which a token is far back; the least and greatest log that a place is told by. */
const FAR_BACK = 3;
const FARTHEST = 5;

/** Which tokens of one category with an embedding several patients have had, one a slot. */
export class OwnPast {
  private readonly part: CategoryPart;
  private readonly used: Int32Array;
  /** slots x MOST: tokens, how often, and at which visit last */
  private readonly tokens: Int32Array;
  private readonly counts: Int32Array;
  private readonly seen: Int32Array;
  private readonly logs = new Float64Array(MOST);
  private readonly order = new Int32Array(OWN);

  constructor(part: CategoryPart, slots: number) {
    this.part = part;
    this.used = new Int32Array(slots);
    this.tokens = new Int32Array(slots * MOST);
    this.counts = new Int32Array(slots * MOST);
    this.seen = new Int32Array(slots * MOST);
  }

  clear(slot: number): void {
    this.used[slot] = 0;
  }

  copy(slot: number, from: OwnPast, other: number): void {
    this.used[slot] = from.used[other] as number;
    const range = [other * MOST, (other + 1) * MOST] as const;
    this.tokens.set(from.tokens.subarray(...range), slot * MOST);
    this.counts.set(from.counts.subarray(...range), slot * MOST);
    this.seen.set(from.seen.subarray(...range), slot * MOST);
  }

  /** What is missing, and levels that share a token, cannot come again. */
  add(slot: number, token: number, visit: number): void {
    const { code } = this.part;
    if (token < 0 || token === code.missing || token === code.pooled) return;
    const from = slot * MOST;
    const used = this.used[slot] as number;
    let at = from;
    while (at < from + used && this.tokens[at] !== token) at++;
    if (at === from + used) {
      if (used < MOST) this.used[slot] = used + 1;
      else {
        at = from;
        for (let k = from + 1; k < from + MOST; k++)
          if ((this.seen[k] as number) < (this.seen[at] as number)) at = k;
      }
      this.tokens[at] = token;
      this.counts[at] = 0;
    }
    this.counts[at] = (this.counts[at] as number) + 1;
    this.seen[at] = visit;
  }

  /** Puts the tokens of a slot into `into`, OWN numbers, the likeliest after `last` first; -1 where there are fewer. */
  rank(slot: number, last: number, into: Int32Array): void {
    const count = this.ordered(slot, last);
    for (let k = 0; k < OWN; k++)
      into[k] = k < count ? (this.tokens[slot * MOST + (this.order[k] as number)] as number) : -1;
  }

  /**
   * Of each place, from `at` on: log of its share of what the patient has had, weighed by how likely it is after `last`,
   * against an even one; log of how often; how lately. Behind them log of how often the patient has had each of what
   * usually follows.
   */
  features(slot: number, last: number, visits: number, into: Float32Array, at: number): void {
    const count = this.ordered(slot, last);
    into.fill(0, at, at + OWN_FEATURES);
    into.fill(-FARTHEST, at, at + OWN);
    let total = 0;
    for (let k = 0; k < (this.used[slot] as number); k++) total += Math.exp(this.logs[k] as number);
    for (let k = 0; k < count; k++) {
      const own = this.order[k] as number;
      const place = slot * MOST + own;
      const log = (this.logs[own] as number) - Math.log(total) + Math.log(OWN);
      into[at + k] = Math.max(-FARTHEST, log);
      into[at + OWN + k] = Math.log1p(this.counts[place] as number);
      into[at + 2 * OWN + k] = Math.exp(((this.seen[place] as number) - visits) / FAR_BACK);
    }
    const { followers } = this.part;
    if (followers === undefined || last < 0) return;
    for (let k = 0; k < FOLLOWERS; k++) {
      const token = followers.tokens[last * FOLLOWERS + k] as number;
      if (token >= 0) into[at + 3 * OWN + k] = Math.log1p(this.timesOf(slot, token));
    }
  }

  private timesOf(slot: number, token: number): number {
    const from = slot * MOST;
    for (let at = from; at < from + (this.used[slot] as number); at++)
      if (this.tokens[at] === token) return this.counts[at] as number;
    return 0;
  }

  /** Sets `logs` and `order`; returns how many places there are. */
  private ordered(slot: number, last: number): number {
    const { logs, order, part } = this;
    const used = this.used[slot] as number;
    const { width, previous, next } = part.embedding as NonNullable<CategoryPart["embedding"]>;
    for (let k = 0; k < used; k++) {
      const place = slot * MOST + k;
      const token = this.tokens[place] as number;
      let log = Math.log(this.counts[place] as number);
      if (last >= 0)
        for (let d = 0; d < width; d++)
          log += (previous[last * width + d] as number) * (next[token * width + d] as number);
      logs[k] = log;
    }
    const count = Math.min(OWN, used);
    let listed = 0;
    for (let k = 0; k < used; k++) {
      let at = listed;
      while (at > 0 && (logs[order[at - 1] as number] as number) < (logs[k] as number)) at--;
      if (at >= count) continue;
      for (let to = Math.min(listed, count - 1); to > at; to--) order[to] = order[to - 1] as number;
      order[at] = k;
      listed = Math.min(count, listed + 1);
    }
    return count;
  }
}

/** The place of `token` among `own`, -1 where it is none of them. */
export function placeOfOwn(own: Int32Array, token: number): number {
  for (let k = 0; k < OWN; k++) if (own[k] === token) return k;
  return -1;
}
