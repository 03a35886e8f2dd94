import type { CategoryPart } from "../columns/category-part.ts";
import type { Clock } from "../columns/clock.ts";
import { FOLLOWERS } from "../columns/followers.ts";
import type { NumberPart } from "../columns/number-part.ts";
import { PIECES } from "../columns/scores.ts";
import { OWN_FEATURES, OwnPast } from "./own-past.ts";

/** What is learned of one table of visits, column by column. */
export interface VisitParts {
  readonly clock: Clock;
  readonly numbers: readonly NumberPart[];
  readonly categories: readonly CategoryPart[];
  /** whether an end of follow-up is known, and kept to */
  readonly end: boolean;
}

/** Numbers that are remembered of one column of numbers. */
const KEPT = 15;
const [LAST, Z, FIRST, EWMA, LEAST, MOST, COUNT, SEEN] = [0, 1, 2, 3, 4, 5, 6, 7];
const [SUM_T, SUM_TT, SUM_Z, SUM_TZ, CHANGE, MISSED, SUM_ZZ] = [8, 9, 10, 11, 12, 13, 14];
/** Of the newest value and of the newest change in their running means. */
const NEWEST = 0.35;
const NEWEST_CHANGE = 0.4;

const NUMBER_FEATURES = 14 + PIECES;
/** Features of the last value beside the patient's own, where patients differ more than their values do. */
const BESIDE_OWN = 2;
const MOST_BESIDE = 4;

const numberFeatures = ({ within }: NumberPart): number =>
  NUMBER_FEATURES + (within === undefined ? 0 : BESIDE_OWN);
const SCALE = 0.7;

/** Where the features of a visit lie: what is shared, then column after column. */
export interface FeatureLayout {
  readonly time: number;
  /** of one number, of each category */
  readonly categories: readonly number[];
  /** widths, segment after segment: time, numbers, categories */
  readonly segments: readonly number[];
  readonly width: number;
}

/** Whether it is known where no visit follows. */
export const isBounded = ({ clock, end }: VisitParts): boolean => end || clock.window !== undefined;

/** Features of the time that is left. */
export const REST = 2;

/** `now` and `until` in ticks since the first visit. */
export function restFeatures(
  { clock }: VisitParts,
  now: number,
  until: number,
  into: Float32Array,
  at: number,
): void {
  const rest = Number.isNaN(until) ? clock.longLength : Math.max(0, until - now);
  into[at] = Math.log1p(rest / clock.usualGap);
  into[at + 1] = rest / clock.longLength;
}

/** The feature, of the first segment, that tells how likely the next visit is the last by its number alone. */
export const ENDING = 8;

export function featureLayout(parts: VisitParts): FeatureLayout {
  const { clock, numbers, categories } = parts;
  const time =
    ENDING +
    Number(clock.endings !== undefined) +
    (isBounded(parts) ? REST : 0) +
    (clock.counted ? 3 : 0) +
    (clock.calendar ? CALENDAR : 0);
  const own = categories.map(({ width, followers }) =>
    followers ? 4 * width + FOLLOWERS + OWN_FEATURES : 3 * width,
  );
  const segments = [time, ...numbers.map(numberFeatures), ...own];
  return { time, categories: own, segments, width: segments.reduce((sum, width) => sum + width, 0) };
}

/** Month and hour on their circles, and the weekday. */
export const CALENDAR = 11;

/** What is known of a patient beside the visits: what the first time is, and where it is known, how long and how often. */
export interface Known {
  /** the first time, as the table has it */
  first: number;
  /** ticks from the first visit to where no visit follows; NaN = not known */
  until: number;
  /** visits; NaN = not known */
  count: number;
}

/**
 * What is remembered of the visits so far of several patients, one a slot; training and sampling share it. Numbers are
 * remembered by their normal scores.
 */
export class CourseState {
  readonly parts: VisitParts;
  readonly layout: FeatureLayout;
  /** visits so far, and ticks since the first, of each slot */
  readonly visits: Int32Array;
  readonly elapsed: Float64Array;
  private readonly numbers: Float64Array;
  private readonly gaps: Float64Array;
  private readonly last: Int32Array;
  private readonly first: Int32Array;
  private readonly shares: Float64Array;
  /** of categories with an embedding: the running mean of what stands for the tokens */
  private readonly recent: Float64Array;
  private readonly sharesWidth: number;
  /** of each category with an embedding */
  private readonly past: readonly (OwnPast | undefined)[];

  constructor(parts: VisitParts, slots: number) {
    this.parts = parts;
    this.layout = featureLayout(parts);
    this.visits = new Int32Array(slots);
    this.elapsed = new Float64Array(slots);
    this.numbers = new Float64Array(slots * parts.numbers.length * KEPT);
    this.gaps = new Float64Array(2 * slots);
    this.last = new Int32Array(slots * parts.categories.length);
    this.first = new Int32Array(slots * parts.categories.length);
    this.sharesWidth = parts.categories.reduce((sum, { width }) => sum + width, 0);
    this.shares = new Float64Array(slots * this.sharesWidth);
    this.recent = new Float64Array(slots * this.sharesWidth);
    this.past = parts.categories.map((part) => part.embedding && new OwnPast(part, slots));
    for (let slot = 0; slot < slots; slot++) this.clear(slot);
  }

  /** A patient without a visit yet. */
  clear(slot: number): void {
    const { numbers, categories } = this.parts;
    this.visits[slot] = 0;
    this.elapsed[slot] = 0;
    this.gaps.fill(0, 2 * slot, 2 * slot + 2);
    this.numbers.fill(0, slot * numbers.length * KEPT, (slot + 1) * numbers.length * KEPT);
    for (let j = 0; j < numbers.length; j++) this.numbers[(slot * numbers.length + j) * KEPT + LAST] = NaN;
    this.last.fill(-1, slot * categories.length, (slot + 1) * categories.length);
    this.first.fill(-1, slot * categories.length, (slot + 1) * categories.length);
    this.shares.fill(0, slot * this.sharesWidth, (slot + 1) * this.sharesWidth);
    this.recent.fill(0, slot * this.sharesWidth, (slot + 1) * this.sharesWidth);
    for (const past of this.past) past?.clear(slot);
  }

  /** What is remembered of `from` in slot `slot` of another state of the same parts. */
  copy(slot: number, from: CourseState, other: number): void {
    this.visits[slot] = from.visits[other] as number;
    this.elapsed[slot] = from.elapsed[other] as number;
    const move = (
      a: { set(values: never, at: number): void },
      b: { subarray(from: number, to: number): unknown },
      width: number,
    ): void => a.set(b.subarray(other * width, (other + 1) * width) as never, slot * width);
    move(this.gaps, from.gaps, 2);
    move(this.numbers, from.numbers, this.parts.numbers.length * KEPT);
    move(this.last, from.last, this.parts.categories.length);
    move(this.first, from.first, this.parts.categories.length);
    move(this.shares, from.shares, this.sharesWidth);
    move(this.recent, from.recent, this.sharesWidth);
    this.past.forEach((past, j) => past?.copy(slot, from.past[j] as OwnPast, other));
  }

  /** The last known value of number `j`, NaN where there was none. */
  lastValue(slot: number, j: number): number {
    return this.numbers[(slot * this.parts.numbers.length + j) * KEPT + LAST] as number;
  }

  /** Ticks between the visit of the last known value of number `j` and the last visit. */
  sinceValue(slot: number, j: number): number {
    const seen = this.numbers[(slot * this.parts.numbers.length + j) * KEPT + SEEN] as number;
    return (this.elapsed[slot] as number) - seen;
  }

  /** The token of category `j` at the last visit, -1 where there was none. */
  lastToken(slot: number, j: number): number {
    return this.last[slot * this.parts.categories.length + j] as number;
  }

  /** The tokens of category `j` that the patient has had, the likeliest first: into OWN numbers. */
  ownTokens(slot: number, j: number, into: Int32Array): void {
    this.past[j]?.rank(slot, this.lastToken(slot, j), into);
  }

  /** One more visit, `gap` ticks after the last; `values` and `tokens` from their places on. */
  update(
    slot: number,
    gap: number,
    values: Float64Array,
    valuesAt: number,
    tokens: Int32Array,
    tokensAt: number,
  ): void {
    const { clock, numbers, categories } = this.parts;
    const now = (this.elapsed[slot] as number) + gap;
    const scaled = now / clock.usualLength;
    for (let j = 0; j < numbers.length; j++)
      this.remember(
        slot * numbers.length + j,
        numbers[j] as NumberPart,
        values[valuesAt + j] as number,
        now,
        scaled,
      );
    let at = slot * this.sharesWidth;
    for (let j = 0; j < categories.length; j++) {
      const part = categories[j] as CategoryPart;
      const token = tokens[tokensAt + j] as number;
      const place = slot * categories.length + j;
      this.last[place] = token;
      if (this.visits[slot] === 0) this.first[place] = token;
      addToken(part, token, 1, this.shares, at);
      if (part.embedding) {
        for (let k = at; k < at + part.width; k++) this.recent[k] = (1 - NEWEST) * (this.recent[k] as number);
        addToken(part, token, NEWEST, this.recent, at);
      }
      this.past[j]?.add(slot, token, this.visits[slot] as number);
      at += part.width;
    }
    const logGap = this.visits[slot] === 0 ? 0 : Math.log1p(Math.max(0, gap) / clock.usualGap);
    this.gaps[2 * slot] = logGap;
    this.gaps[2 * slot + 1] = (this.gaps[2 * slot + 1] as number) + logGap;
    this.elapsed[slot] = now;
    this.visits[slot] = (this.visits[slot] as number) + 1;
  }

  private remember(place: number, { scores }: NumberPart, value: number, now: number, scaled: number): void {
    const { numbers } = this;
    const at = place * KEPT;
    if (Number.isNaN(value)) {
      numbers[at + MISSED] = 1;
      return;
    }
    const z = scores.of(value);
    if ((numbers[at + COUNT] as number) === 0) {
      numbers[at + FIRST] = numbers[at + EWMA] = numbers[at + LEAST] = numbers[at + MOST] = z;
    } else {
      numbers[at + CHANGE] =
        (1 - NEWEST_CHANGE) * (numbers[at + CHANGE] as number) +
        NEWEST_CHANGE * Math.abs(z - (numbers[at + Z] as number));
      numbers[at + EWMA] = (1 - NEWEST) * (numbers[at + EWMA] as number) + NEWEST * z;
      numbers[at + LEAST] = Math.min(numbers[at + LEAST] as number, z);
      numbers[at + MOST] = Math.max(numbers[at + MOST] as number, z);
    }
    numbers[at + LAST] = value;
    numbers[at + Z] = z;
    numbers[at + COUNT] = (numbers[at + COUNT] as number) + 1;
    numbers[at + SEEN] = now;
    numbers[at + SUM_T] = (numbers[at + SUM_T] as number) + scaled;
    numbers[at + SUM_TT] = (numbers[at + SUM_TT] as number) + scaled * scaled;
    numbers[at + SUM_Z] = (numbers[at + SUM_Z] as number) + z;
    numbers[at + SUM_TZ] = (numbers[at + SUM_TZ] as number) + scaled * z;
    numbers[at + MISSED] = 0;
    numbers[at + SUM_ZZ] = (numbers[at + SUM_ZZ] as number) + z * z;
  }

  /** The features of the next visit of `slot`, `layout.width` numbers from `at` on. */
  features(slot: number, known: Known, into: Float32Array, at: number): void {
    let to = this.timeFeatures(slot, known, into, at);
    const { numbers, categories } = this.parts;
    for (let j = 0; j < numbers.length; j++) {
      this.numberFeatures(slot, j, into, to);
      to += numberFeatures(numbers[j] as NumberPart);
    }
    const visits = Math.max(1, this.visits[slot] as number);
    let shares = slot * this.sharesWidth;
    for (let j = 0; j < categories.length; j++) {
      const part = categories[j] as CategoryPart;
      const { width } = part;
      const place = slot * categories.length + j;
      into.fill(0, to, to + 3 * width);
      addToken(part, this.last[place] as number, 1, into, to);
      addToken(part, this.first[place] as number, 1, into, to + width);
      for (let k = 0; k < width; k++) into[to + 2 * width + k] = (this.shares[shares + k] as number) / visits;
      to += 3 * width;
      shares += width;
      if (part.followers === undefined) continue;
      for (let k = 0; k < width; k++) into[to + k] = this.recent[shares - width + k] as number;
      to += width;
      const last = this.last[place] as number;
      if (last < 0) into.fill(0, to, to + FOLLOWERS);
      else into.set(part.followers.logs.subarray(last * FOLLOWERS, (last + 1) * FOLLOWERS), to);
      to += FOLLOWERS;
      this.past[j]?.features(slot, last, this.visits[slot] as number, into, to);
      to += OWN_FEATURES;
    }
  }

  private timeFeatures(slot: number, { first, until, count }: Known, into: Float32Array, at: number): number {
    const { clock } = this.parts;
    const k = this.visits[slot] as number;
    const now = this.elapsed[slot] as number;
    let to = at;
    into[to++] = k / 10;
    into[to++] = Math.log1p(k);
    into[to++] = Number(k === 0);
    into[to++] = Number(k === 1);
    into[to++] = Math.log1p(now / clock.usualLength);
    into[to++] = now / clock.longLength;
    into[to++] = this.gaps[2 * slot] as number;
    into[to++] = (this.gaps[2 * slot + 1] as number) / Math.max(1, k - 1);
    if (clock.endings) into[to++] = clock.endings.odds[Math.min(k, clock.endings.odds.length - 1)] as number;
    if (isBounded(this.parts)) {
      restFeatures(this.parts, now, until, into, to);
      to += REST;
    }
    if (clock.counted) {
      const rest = Number.isNaN(count) ? 0 : Math.max(0, count - k);
      into[to++] = Math.log1p(rest);
      into[to++] = rest / 10;
      into[to++] = Number(rest === 1);
    }
    if (clock.calendar) {
      calendarFeatures(first + now * clock.tick, into, to);
      to += CALENDAR;
    }
    return to;
  }

  private numberFeatures(slot: number, j: number, into: Float32Array, to: number): void {
    const { clock, numbers } = this.parts;
    const at = (slot * numbers.length + j) * KEPT;
    const { numbers: kept } = this;
    const count = kept[at + COUNT] as number;
    const z = kept[at + Z] as number;
    into[to] = SCALE * z;
    if (count > 0) (numbers[j] as NumberPart).scores.pieces(kept[at + LAST] as number, into, to + 1);
    else into.fill(0, to + 1, to + 1 + PIECES);
    let next = to + 1 + PIECES;
    into[next++] = Number(count === 0);
    into[next++] = Number((this.visits[slot] as number) > 0 && (kept[at + MISSED] as number) > 0);
    const since = Math.max(0, (this.elapsed[slot] as number) - (kept[at + SEEN] as number));
    into[next++] = count > 0 ? 0.5 * Math.log1p(since / clock.usualGap) : 0;
    into[next++] = SCALE * (kept[at + FIRST] as number);
    into[next++] = SCALE * (kept[at + EWMA] as number);
    into[next++] = SCALE * (kept[at + LEAST] as number);
    into[next++] = SCALE * (kept[at + MOST] as number);
    const n = Math.max(1, count);
    const covariance =
      (kept[at + SUM_TZ] as number) / n -
      (((kept[at + SUM_T] as number) / n) * (kept[at + SUM_Z] as number)) / n;
    const variance = Math.max(0, (kept[at + SUM_TT] as number) / n - ((kept[at + SUM_T] as number) / n) ** 2);
    into[next++] = covariance / Math.sqrt(variance + 0.01);
    into[next++] = kept[at + CHANGE] as number;
    into[next++] = 0.5 * Math.log1p(count);
    into[next++] = SCALE * ((kept[at + EWMA] as number) - z);
    const mean = (kept[at + SUM_Z] as number) / n;
    into[next++] = SCALE * mean;
    into[next++] = Math.sqrt(Math.max(0, (kept[at + SUM_ZZ] as number) / n - mean * mean));
    const { within } = numbers[j] as NumberPart;
    if (within === undefined) return;
    const beside = (own: number): number =>
      count > 0 ? Math.max(-MOST_BESIDE, Math.min(MOST_BESIDE, (own - z) / within)) / 2 : 0;
    into[next++] = beside(mean);
    into[next] = beside(kept[at + FIRST] as number);
  }
}

/** Adds what stands for `token`, `part.width` numbers from `at` on; nothing for -1. */
export function addToken(
  { width, embedding }: CategoryPart,
  token: number,
  factor: number,
  into: Float32Array | Float64Array,
  at: number,
): void {
  if (token < 0) return;
  if (embedding === undefined) {
    into[at + token] = (into[at + token] as number) + factor;
    return;
  }
  for (let k = 0; k < width; k++)
    into[at + k] = (into[at + k] as number) + factor * (embedding.previous[token * width + k] as number);
}

const DAY = 86_400_000;

/** The phase of a moment in the year and the day, and its weekday. */
export function calendarFeatures(moment: number, into: Float32Array, at: number): void {
  const days = moment / DAY;
  const year = (2 * Math.PI * days) / 365.2425;
  const day = 2 * Math.PI * (days - Math.floor(days));
  into[at] = Math.sin(year);
  into[at + 1] = Math.cos(year);
  into[at + 2] = Math.sin(day);
  into[at + 3] = Math.cos(day);
  const weekday = (((Math.floor(days) + 3) % 7) + 7) % 7;
  for (let k = 0; k < 7; k++) into[at + 4 + k] = Number(k === weekday);
}
