import { keptCount } from "../../../codec/columns/column-code.ts";
import { breathe } from "../../../math/breathe.ts";
import type { Inputs } from "../../../nn/tensor.ts";
import { offsetOf } from "../../token-rows/heads.ts";
import type { CategoryPart } from "../columns/category-part.ts";
import { CourseState } from "./course-state.ts";
import type { VisitParts } from "./course-state.ts";
import { FOLLOWERS, placeAmong } from "../columns/followers.ts";
import type { Gate } from "../columns/gate.ts";
import { EITHER, NEVER } from "../columns/gate.ts";
import { OWN, placeOfOwn } from "./own-past.ts";
import type { NumberPart } from "../columns/number-part.ts";
import { changeOf } from "../columns/number-part.ts";
import type { KnownOfPatients } from "../columns/statics.ts";
import type { Targets } from "./targets.ts";
import { gapFeatures, levelFeatures, valueFeatures } from "./targets.ts";
import type { VisitRows } from "../columns/visit-rows.ts";

/** What was seen at each visit. */
export interface Seen {
  /** ticks since the patient's visit before */
  readonly gaps: Float64Array;
  /** visits x numbers: values as the parts count them, NaN = missing */
  readonly values: Float64Array;
  /** visits x categories */
  readonly tokens: Int32Array;
}

/** Visits as a network takes them. */
export interface EncodedVisits {
  readonly visits: number;
  /** visits x width: the features of the state before, what does not change left out */
  readonly context: Float32Array;
  readonly contextWidth: number;
  /** visits x width: the targets as inputs of those behind them */
  readonly targets: Float32Array;
  readonly targetsWidth: number;
  /** visits x heads; -1 where the head does not count */
  readonly tokens: Int32Array;
  readonly heads: number;
}

/** Runs every patient's course through one state. */
export async function encodeVisits(
  visits: VisitRows,
  parts: VisitParts,
  targets: Targets,
  known: KnownOfPatients,
  seen: Seen,
): Promise<EncodedVisits> {
  const { starts, rows, times } = visits;
  const count = rows.length;
  const state = new CourseState(parts, 1);
  const contextWidth = state.layout.width;
  const targetsWidth = targets.widths.reduce((sum, width) => sum + width, 0);
  const encoded: EncodedVisits = {
    visits: count,
    context: new Float32Array(count * contextWidth),
    contextWidth,
    targets: new Float32Array(count * targetsWidth),
    targetsWidth,
    tokens: new Int32Array(count * targets.heads.length).fill(-1),
    heads: targets.heads.length,
  };
  const { numbers, categories } = parts;
  for (let p = 0; p + 1 < starts.length; p++) {
    state.clear(0);
    const own = {
      first: known.first[p] as number,
      until: known.until[p] as number,
      count: known.count[p] as number,
    };
    const [from, to] = [starts[p] as number, starts[p + 1] as number];
    for (let r = from; r < to; r++) {
      state.features(0, own, encoded.context, r * contextWidth);
      encodeVisit(parts, targets, state, seen, encoded, {
        r,
        first: r === from,
        last: r === to - 1,
        moment: times[r] as number,
        until: own.until,
      });
      state.update(
        0,
        seen.gaps[r] as number,
        seen.values,
        r * numbers.length,
        seen.tokens,
        r * categories.length,
      );
    }
    await breathe();
  }
  return encoded;
}

interface Place {
  readonly r: number;
  readonly first: boolean;
  readonly last: boolean;
  readonly moment: number;
  readonly until: number;
}

function encodeVisit(
  { clock, numbers, categories, ...rest }: VisitParts,
  targets: Targets,
  state: CourseState,
  { gaps, values, tokens }: Seen,
  encoded: EncodedVisits,
  { r, first, last, moment, until }: Place,
): void {
  const parts = { clock, numbers, categories, ...rest };
  const into = encoded.targets;
  const start = r * encoded.targetsWidth;
  const heads = r * encoded.heads;
  const set = (target: number, k: number, token: number): void => {
    encoded.tokens[heads + (targets.ofTarget[target]?.[k] as number)] = token;
  };
  const gap = gaps[r] as number;
  const now = first ? 0 : (state.elapsed[0] as number) + gap;
  gapFeatures(parts, targets.gapScores, { gap, first, moment, now, until }, into, start);
  if (!first) set(0, 0, clock.gaps.tokenOf(gap));
  targets.order.forEach(({ type, of: j }, k) => {
    const target = 1 + k;
    const at = start + (targets.inputsAt[target] as number);
    if (type === "category") {
      const part = categories[j] as CategoryPart;
      const token = tokens[r * categories.length + j] as number;
      levelFeatures(part, token, into, at);
      set(target, 0, classOf(part, state, j, token));
      return;
    }
    const part = numbers[j] as NumberPart;
    const value = values[r * numbers.length + j] as number;
    const before = beforeVisit(part, state, 0, j, gap);
    valueFeatures(part, value, before, into, at);
    if (part.gate && gateOf(part.gate, tokens, r * categories.length) === NEVER) return;
    if (part.change === undefined || Number.isNaN(before)) set(target, 0, part.code.tokenOf(value));
    else set(target, 1, part.change.code.tokenOf(changeOf(value, before, part.change.log)));
  });
  set(targets.widths.length - 1, 0, Number(last));
}

/** What the tokens of a visit, from `at` on, decide. */
export const gateOf = ({ category, present }: Gate, tokens: Int32Array, at: number): number =>
  present[tokens[at + category] as number] ?? EITHER;

const own = new Int32Array(OWN);

/** The class of `token`: among what usually follows, else among the patient's own, else by itself. */
function classOf({ code, followers }: CategoryPart, state: CourseState, j: number, token: number): number {
  if (followers === undefined) return token;
  const place = placeAmong(followers, state.lastToken(0, j), token);
  if (place >= 0) return code.count + place;
  state.ownTokens(0, j, own);
  const again = placeOfOwn(own, token);
  return again < 0 ? token : code.count + FOLLOWERS + again;
}

/** The last known value of number `j`, as a visit `gap` ticks later counts it; NaN where there is none. */
export function beforeVisit(
  { carried }: NumberPart,
  state: CourseState,
  slot: number,
  j: number,
  gap: number,
): number {
  const before = state.lastValue(slot, j);
  return carried ? before - state.sinceValue(slot, j) - gap : before;
}

/** Logits of each head without a network: the log shares of its tokens, counted where the head counts. */
export function headOffsets({ tokens, heads, visits }: EncodedVisits, targets: Targets): Float32Array[] {
  return targets.heads.map(({ classes }, k) => {
    const counts = new Float64Array(classes);
    for (let r = 0; r < visits; r++) {
      const token = tokens[r * heads + k] as number;
      if (token >= 0 && token < classes) counts[token] = (counts[token] as number) + 1;
    }
    const kept = counts.map((n) => keptCount(n));
    const total = Math.max(
      1,
      kept.reduce((sum, n) => sum + n, 0),
    );
    return offsetOf(
      kept.map((n) => n / total),
      total,
    );
  });
}

/** The inputs of a network for some visits; `patients` and `statics` (patients x width): what does not change. */
export function inputsOf(
  { context, contextWidth, targets, targetsWidth, tokens, heads }: EncodedVisits,
  patients: Int32Array,
  statics: Float32Array,
  staticsWidth: number,
): (rows: Int32Array) => Inputs {
  const width = staticsWidth + contextWidth + targetsWidth;
  return (rows) => {
    const x = new Float32Array(rows.length * width);
    const wanted = new Float32Array(rows.length * heads);
    const weights = new Float32Array(rows.length * heads);
    for (let i = 0; i < rows.length; i++) {
      const r = rows[i] as number;
      const p = patients[r] as number;
      let at = i * width;
      x.set(statics.subarray(p * staticsWidth, (p + 1) * staticsWidth), at);
      at += staticsWidth;
      x.set(context.subarray(r * contextWidth, (r + 1) * contextWidth), at);
      at += contextWidth;
      x.set(targets.subarray(r * targetsWidth, (r + 1) * targetsWidth), at);
      for (let k = 0; k < heads; k++) {
        const token = tokens[r * heads + k] as number;
        wanted[i * heads + k] = token;
        weights[i * heads + k] = Number(token >= 0);
      }
    }
    return {
      x: { rows: rows.length, width, data: x },
      tokens: { rows: rows.length, width: heads, data: wanted },
      weights: { rows: rows.length, width: heads, data: weights },
    };
  };
}
