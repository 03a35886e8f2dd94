import type { NumericBins } from "../../../codec/columns/numeric-bins.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import { headOf } from "../../token-rows/heads.ts";
import type { CategoryPart } from "../columns/category-part.ts";
import { addToken, CALENDAR, calendarFeatures, isBounded, REST, restFeatures } from "./course-state.ts";
import type { VisitParts } from "./course-state.ts";
import { FOLLOWERS } from "../columns/followers.ts";
import type { NumberPart } from "../columns/number-part.ts";
import { OWN } from "./own-past.ts";
import { PIECES } from "../columns/scores.ts";
import type { Scores } from "../columns/scores.ts";
import { scoresOf } from "../columns/scores.ts";

/** What a head tells: the gap before a visit, a number by itself or by its change, a level, or that the visit is the last. */
export type HeadKind = "gap" | "value" | "change" | "level" | "stop";

export interface VisitHead {
  readonly kind: HeadKind;
  /** which target it is a head of, in the order in which a visit is drawn */
  readonly target: number;
  /** of numbers and levels: which one */
  readonly of: number;
  readonly classes: number;
}

/** A number or a level of a visit. */
export interface Drawn {
  readonly type: "number" | "category";
  /** which one, among the parts */
  readonly of: number;
}

/** In the order in which they are drawn: the gap, levels that lead, numbers, other levels, whether it is the last. */
export interface Targets {
  /** what the targets behind the gap are */
  readonly order: readonly Drawn[];
  /** of each target: where its inputs start among those of all */
  readonly inputsAt: readonly number[];
  readonly heads: readonly VisitHead[];
  /** inputs that each target is for those behind it */
  readonly widths: readonly number[];
  /** for each target the places of its heads */
  readonly ofTarget: readonly (readonly number[])[];
  readonly gapScores: Scores;
}

export const GAP_FEATURES = PIECES + 4;
export const VALUE_FEATURES = PIECES + 3;

export function targetsOf(parts: VisitParts): Targets {
  const { clock, numbers, categories } = parts;
  const order = orderOf(parts);
  const heads: VisitHead[] = [{ kind: "gap", target: 0, of: 0, classes: clock.gaps.count }];
  const widths = [GAP_FEATURES + (isBounded(parts) ? REST : 0) + (clock.calendar ? CALENDAR : 0)];
  order.forEach(({ type, of }, k) => {
    const target = 1 + k;
    if (type === "number") {
      const { code, change } = numbers[of] as NumberPart;
      heads.push({ kind: "value", target, of, classes: code.count });
      if (change) heads.push({ kind: "change", target, of, classes: change.code.count });
      widths.push(VALUE_FEATURES);
      return;
    }
    const { code, followers, width } = categories[of] as CategoryPart;
    const count = Math.max(1, code.count);
    heads.push({ kind: "level", target, of, classes: count + (followers ? FOLLOWERS + OWN : 0) });
    widths.push(width);
  });
  const targets = 2 + order.length;
  heads.push({ kind: "stop", target: targets - 1, of: 0, classes: 2 });
  widths.push(0);
  let at = 0;
  return {
    order,
    heads,
    widths,
    inputsAt: widths.map((width) => (at += width) - width),
    ofTarget: Array.from({ length: targets }, (_, t) =>
      heads.flatMap(({ target }, k) => (target === t ? [k] : [])),
    ),
    gapScores: scoresOf(clock.gaps),
  };
}

function orderOf({ numbers, categories }: VisitParts): Drawn[] {
  const levels = (leading: boolean): Drawn[] =>
    categories.flatMap(({ leads }, of): Drawn[] => (leads === leading ? [{ type: "category", of }] : []));
  return [...levels(true), ...numbers.map((_, of): Drawn => ({ type: "number", of })), ...levels(false)];
}

/** A visit whose gap is known. */
export interface Timed {
  readonly gap: number;
  /** whether it is the patient's first */
  readonly first: boolean;
  /** when it is, as the table has it, and in ticks since the first */
  readonly moment: number;
  readonly now: number;
  /** ticks since the first visit to where no visit follows; NaN = not known */
  readonly until: number;
}

export function gapFeatures(
  parts: VisitParts,
  scores: Scores,
  { gap, first, moment, now, until }: Timed,
  into: Float32Array,
  at: number,
): void {
  const { clock } = parts;
  if (first) into.fill(0, at, at + PIECES + 1);
  else {
    into[at] = scores.of(gap);
    scores.pieces(gap, into, at + 1);
  }
  let to = at + PIECES + 1;
  into[to++] = Number(first);
  into[to++] = Math.log1p(now / clock.usualLength);
  into[to++] = now / clock.longLength;
  if (isBounded(parts)) {
    restFeatures(parts, now, until, into, to);
    to += REST;
  }
  if (clock.calendar) calendarFeatures(moment, into, to);
}

/** `before`: the last known value; both NaN where there is none. */
export function valueFeatures(
  { scores }: NumberPart,
  value: number,
  before: number,
  into: Float32Array,
  at: number,
): void {
  const missing = Number.isNaN(value);
  const z = missing ? 0 : scores.of(value);
  into[at] = z;
  if (missing) into.fill(0, at + 1, at + 1 + PIECES);
  else scores.pieces(value, into, at + 1);
  into[at + 1 + PIECES] = Number(missing);
  into[at + 2 + PIECES] = missing || Number.isNaN(before) ? 0 : 2 * (z - scores.of(before));
}

export function levelFeatures(part: CategoryPart, token: number, into: Float32Array, at: number): void {
  into.fill(0, at, at + part.width);
  addToken(part, token, 1, into, at);
}

/** Frequent tokens that have a coefficient of their own beside the directions. */
const FREQUENT = 32;

/** The heads of all targets; `offsets`: their logits without a network. */
export function tokenHeads(
  { clock, numbers, categories }: VisitParts,
  { heads }: Targets,
  offsets: readonly Float32Array[],
): TokenHead[] {
  const byBins = (code: NumericBins, offset: Float32Array): TokenHead =>
    headOf({ type: "numeric", code }, offset);
  return heads.map(({ kind, of, classes }, k) => {
    const offset = offsets[k] as Float32Array;
    const number = numbers[of];
    if (kind === "gap") return byBins(clock.gaps, offset);
    if (kind === "value" && number) return byBins(number.code, offset);
    if (kind === "change" && number?.change) return byBins(number.change.code, offset);
    const category = categories[of];
    if (kind === "level" && category?.embedding) return embeddedHead(category, offset);
    return { classes, coefficients: classes, offset };
  });
}

/**
 * Classes are the tokens, behind them the first, second, ... of what usually follows the token before, and the first,
 * second, ... of those that the patient has had.
 */
function embeddedHead({ code, embedding }: CategoryPart, offset: Float32Array): TokenHead {
  const { width, next } = embedding as NonNullable<CategoryPart["embedding"]>;
  const classes = offset.length;
  const places = FOLLOWERS + OWN;
  const count = classes - places;
  const own = Math.min(FREQUENT, count);
  const ones = Array.from({ length: own }, (_, token) => token);
  if (code.missing >= own) ones.push(code.missing);
  for (let place = 0; place < places; place++) ones.push(count + place);
  const basis = new Float32Array((width + ones.length) * classes);
  for (let k = 0; k < width; k++)
    for (let token = 0; token < count; token++)
      basis[k * classes + token] = next[token * width + k] as number;
  ones.forEach((at, k) => (basis[(width + k) * classes + at] = 1));
  return { classes, coefficients: width + ones.length, basis, offset };
}
