import type { NumericBins } from "../../../codec/columns/numeric-bins.ts";
import { snap, stepOf } from "../../../codec/columns/grid.ts";
import type { Rng } from "../../../math/rng.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import { tokenAt } from "../../token-rows/sampler.ts";
import type { CategoryPart } from "../columns/category-part.ts";
import { rounded, timeAt } from "../columns/clock.ts";
import type { CourseState, Known, VisitParts } from "../network/course-state.ts";
import { beforeVisit, gateOf } from "../network/encode.ts";
import { OWN, placeOfOwn } from "../network/own-past.ts";
import { FOLLOWERS } from "../columns/followers.ts";
import { ALWAYS, EITHER, NEVER } from "../columns/gate.ts";
import type { NumberPart } from "../columns/number-part.ts";
import { changed } from "../columns/number-part.ts";
import { TargetPass } from "../network/target-pass.ts";
import { gapFeatures, levelFeatures, valueFeatures } from "../network/targets.ts";
import type { Drawn, Targets } from "../network/targets.ts";
import type { DrawingWeights } from "../network/visit-weights.ts";

/** Visits that are drawn together, one of each patient. */
export interface DrawnVisits {
  /** ticks since the visit before */
  readonly gaps: Float64Array;
  /** as the table has them */
  readonly times: Float64Array;
  /** visits x numbers, as the parts count them */
  readonly values: Float64Array;
  /** visits x categories: tokens, and levels as the codes know them */
  readonly tokens: Int32Array;
  readonly levels: Int32Array;
  /** what becomes of the course */
  readonly fate: Uint8Array;
}

/** It goes on; this visit is its last; it ended before this visit, which is none. */
export const [GOES_ON, LAST_VISIT, OVER] = [0, 1, 2];

export function roomForVisits({ numbers, categories }: VisitParts, visits: number): DrawnVisits {
  return {
    gaps: new Float64Array(visits),
    times: new Float64Array(visits),
    values: new Float64Array(visits * numbers.length),
    tokens: new Int32Array(visits * categories.length),
    levels: new Int32Array(visits * categories.length),
    fate: new Uint8Array(visits),
  };
}

/** What columns that follow from the time remember of a patient: the first value of each number, and a share of a step. */
export interface Origin {
  readonly values: Float64Array;
  readonly phase: Float64Array;
}

/** Cells of a visit that are given: they are kept, and the others are drawn, none of them empty. */
export interface GivenVisit {
  /** as the table has it; NaN = drawn */
  readonly time: number;
  /** as written; NaN and -1 = drawn; the visit is the `at`-th */
  readonly values: Float64Array;
  readonly tokens: Int32Array;
  readonly levels: Int32Array;
  readonly at: number;
}

/** Candidates for a gap that leads beyond the end of follow-up. */
const GAPS_TRIED = 8;

/** Draws visits one by one from what the context says of them. */
export class VisitDrawer {
  private readonly parts: VisitParts;
  private readonly targets: Targets;
  private readonly pass: TargetPass;
  private readonly headOf: readonly (readonly number[])[];
  /** the number that is the time of the visit that follows, -1 = none */
  private readonly next: number;
  /** tokens that the patient has had */
  private readonly own = new Int32Array(OWN);

  constructor(parts: VisitParts, targets: Targets, heads: readonly TokenHead[], weights: DrawingWeights) {
    this.parts = parts;
    this.targets = targets;
    this.pass = new TargetPass(weights, targets, heads);
    this.headOf = targets.ofTarget;
    this.next = parts.numbers.findIndex((part) => part.next);
  }

  /**
   * Draws the next visit of `slot` into place `i` of `into`; `context` holds what the context says, visit after visit.
   * `given` cells are kept.
   */
  draw(
    context: Float32Array,
    i: number,
    { state, slot, known, origin }: { state: CourseState; slot: number; known: Known; origin: Origin },
    into: DrawnVisits,
    rng: Rng,
    given?: GivenVisit,
  ): void {
    const { clock, numbers, categories } = this.parts;
    const { pass, targets } = this;
    const first = state.visits[slot] === 0;
    pass.begin(context, i);
    pass.reach(0);
    into.fate[i] = GOES_ON;
    const drawn = this.drawGap(state, slot, known, rng, given);
    const gap = given && Number.isNaN(drawn) ? 0 : drawn;
    if (Number.isNaN(gap)) {
      into.fate[i] = OVER;
      return;
    }
    const moment = given && !Number.isNaN(given.time) ? given.time : this.momentAt(state, slot, known, gap);
    const written = first
      ? 0
      : rounded((moment - known.first) / clock.tick - (state.elapsed[slot] as number));
    into.gaps[i] = written;
    into.times[i] = moment;
    gapFeatures(
      this.parts,
      targets.gapScores,
      { gap: written, first, moment, now: (state.elapsed[slot] as number) + written, until: known.until },
      pass.features,
      0,
    );
    pass.set(0);
    for (let target = 1; target <= targets.order.length; target++) {
      const { type, of: j } = targets.order[target - 1] as Drawn;
      if (type === "category") {
        this.drawLevel(i, target, j, state, slot, into, rng, given);
        continue;
      }
      const part = numbers[j] as NumberPart;
      const before = beforeVisit(part, state, slot, j, written);
      const own = given ? this.givenValue(part, given, j, moment) : NaN;
      const gate = part.gate ? gateOf(part.gate, into.tokens, i * categories.length) : EITHER;
      pass.reach(target);
      const at = { state, slot, origin, gap: written, moment };
      const value =
        !Number.isNaN(own) || (gate === NEVER && !given)
          ? own
          : this.drawNumber(target, j, before, at, rng, given !== undefined || gate === ALWAYS);
      into.values[i * numbers.length + j] = value;
      valueFeatures(part, value, before, pass.features, 0);
      pass.set(target);
      if (part.ends.includes(value)) into.fate[i] = LAST_VISIT;
    }
    if (into.fate[i] === GOES_ON && this.isLast(state, slot, known, rng)) into.fate[i] = LAST_VISIT;
  }

  /**
   * Draws what becomes of the course after the visit at place `i` of `into`, whose cells are all set already and are the
   * next visit of `slot`.
   */
  setGiven(
    context: Float32Array,
    i: number,
    { state, slot, known }: { state: CourseState; slot: number; known: Known; origin: Origin },
    into: DrawnVisits,
    rng: Rng,
  ): void {
    const { numbers, categories } = this.parts;
    const { pass, targets } = this;
    const [gap, moment] = [into.gaps[i] as number, into.times[i] as number];
    const first = state.visits[slot] === 0;
    into.fate[i] = GOES_ON;
    pass.begin(context, i);
    pass.reach(0);
    gapFeatures(
      this.parts,
      targets.gapScores,
      { gap, first, moment, now: (state.elapsed[slot] as number) + gap, until: known.until },
      pass.features,
      0,
    );
    pass.set(0);
    targets.order.forEach(({ type, of: j }, k) => {
      pass.reach(1 + k);
      if (type === "number") {
        const part = numbers[j] as NumberPart;
        const value = into.values[i * numbers.length + j] as number;
        valueFeatures(part, value, beforeVisit(part, state, slot, j, gap), pass.features, 0);
        if (part.ends.includes(value)) into.fate[i] = LAST_VISIT;
      } else {
        const part = categories[j] as CategoryPart;
        const token = into.tokens[i * categories.length + j] as number;
        levelFeatures(part, token, pass.features, 0);
        if (part.ends[token] === 1) into.fate[i] = LAST_VISIT;
      }
      pass.set(1 + k);
    });
    if (into.fate[i] === GOES_ON && this.isLast(state, slot, known, rng)) into.fate[i] = LAST_VISIT;
  }

  private givenValue(
    { dated, code }: NumberPart,
    { values, at }: GivenVisit,
    j: number,
    moment: number,
  ): number {
    const value = values[at * this.parts.numbers.length + j] as number;
    if (code.bins.length === 0) return NaN;
    return dated ? rounded((value - moment) / this.parts.clock.tick) : value;
  }

  private drawGap(state: CourseState, slot: number, known: Known, rng: Rng, given?: GivenVisit): number {
    const { clock } = this.parts;
    const visits = state.visits[slot] as number;
    if (visits === 0 || (given && !Number.isNaN(given.time))) return 0;
    const now = state.elapsed[slot] as number;
    const planned = this.toldGap(state, slot) ?? clock.schedule?.[visits - 1];
    if (planned !== undefined) return now + planned > known.until ? NaN : planned;
    const total = this.pass.ask(this.headOf[0]?.[0] as number);
    const count = clock.gaps.count;
    for (let tried = 0; tried < GAPS_TRIED; tried++) {
      const token = tokenAt(this.pass.weights, count, rng.uniform() * total);
      const gap = this.onGrid(clock.gaps.cellOf(token, rng));
      if (!(now + gap > known.until)) return gap;
    }
    return NaN;
  }

  /** The gap before the next visit, where the last one tells when that is; NaN where it leaves no time for one. */
  private toldGap(state: CourseState, slot: number): number | undefined {
    if (this.next < 0 || state.sinceValue(slot, this.next) > 0) return undefined;
    const gap = state.lastValue(slot, this.next);
    if (Number.isNaN(gap)) return undefined;
    return gap > 0 || (gap === 0 && !this.parts.clock.strict) ? gap : NaN;
  }

  private onGrid(drawn: number): number {
    const { step, strict } = this.parts.clock;
    const gap = Number.isNaN(drawn) ? this.parts.clock.usualGap : Math.max(0, drawn);
    if (step === undefined) return gap;
    return Math.max(strict ? 1 : 0, Math.round(gap / step)) * step;
  }

  /** The time of the visit as it is written; later than the one before where that is always so. */
  private momentAt(state: CourseState, slot: number, known: Known, gap: number): number {
    const { clock } = this.parts;
    if (state.visits[slot] === 0) return known.first;
    const now = state.elapsed[slot] as number;
    const before = timeAt(clock, known.first, now);
    let moment = timeAt(clock, known.first, now + gap);
    const more = Math.max(clock.step ?? 0, clock.tick === 1 ? stepOf(clock.grid) : 1);
    for (let extra = 1; clock.strict && moment <= before && extra < 400 && more > 0; extra++)
      moment = timeAt(clock, known.first, now + gap + extra * more);
    return moment;
  }

  private drawNumber(
    target: number,
    j: number,
    before: number,
    at: { state: CourseState; slot: number; origin: Origin; gap: number; moment: number },
    rng: Rng,
    present: boolean,
  ): number {
    const part = this.parts.numbers[j] as NumberPart;
    const { code, change, rate, stays } = part;
    const { state, slot, origin, gap } = at;
    if (rate !== undefined && (state.visits[slot] as number) > 0) {
      const step = stepOf(code.grid);
      const from = origin.values[slot * this.parts.numbers.length + j] as number;
      const elapsed = (state.elapsed[slot] as number) + gap;
      const steps = Math.floor((origin.phase[slot] as number) + (rate * elapsed) / step + 1e-6);
      if (!Number.isNaN(from)) return snap(from + step * steps, code.grid);
    }
    if (stays.includes(before)) return before;
    const heads = this.headOf[target] as readonly number[];
    if (change === undefined || Number.isNaN(before)) {
      const token = this.drawToken(heads[0] as number, rng, present ? code.missing : -1);
      return this.written(part, code.cellOf(token, rng), at.moment);
    }
    const total = this.pass.ask(heads[1] as number);
    const kept = this.mask(part, change.code, total, present);
    const token = tokenAt(this.pass.weights, change.code.count, rng.uniform() * kept);
    const drawn = change.code.cellOf(token, rng);
    return Number.isNaN(drawn) ? NaN : this.written(part, changed(part, before, drawn), at.moment);
  }

  /** A date as it can be written. */
  private written(part: NumberPart, value: number, moment: number): number {
    if (!part.dated || Number.isNaN(value)) return value;
    const { tick } = this.parts.clock;
    return rounded((snap(moment + value * tick, part.grid) - moment) / tick);
  }

  /** Takes the steps that a one-way column never makes, and missing where `present`, from the weights; returns their sum. */
  private mask({ direction }: NumberPart, code: NumericBins, total: number, present: boolean): number {
    const { weights } = this.pass;
    if (direction === 0 && !present) return total;
    let kept = 0;
    for (let token = 0; token < code.count; token++) {
      const knots = code.bins[token]?.knots;
      const away = knots !== undefined && direction * ((knots[0] as number) + (knots.at(-1) as number)) < 0;
      if (away || (present && token === code.missing)) weights[token] = 0;
      kept += weights[token] as number;
    }
    return kept;
  }

  private drawToken(head: number, rng: Rng, without: number): number {
    let total = this.pass.ask(head);
    const { weights } = this.pass;
    const { classes } = this.targets.heads[head] as Targets["heads"][number];
    if (without >= 0 && classes > 1) {
      total -= weights[without] as number;
      weights[without] = 0;
    }
    return tokenAt(weights, classes, rng.uniform() * total);
  }

  private drawLevel(
    i: number,
    target: number,
    j: number,
    state: CourseState,
    slot: number,
    into: DrawnVisits,
    rng: Rng,
    given: GivenVisit | undefined,
  ): void {
    const { categories } = this.parts;
    const part = categories[j] as CategoryPart;
    const place = i * categories.length + j;
    const own = given ? (given.tokens[given.at * categories.length + j] as number) : -1;
    this.pass.reach(target);
    if (given && own >= 0) {
      into.tokens[place] = own;
      into.levels[place] = given.levels[given.at * categories.length + j] as number;
    } else {
      if (part.followers) state.ownTokens(slot, j, this.own);
      const token = this.levelAfter(part, target, state.lastToken(slot, j), rng, given !== undefined);
      into.tokens[place] = token;
      into.levels[place] = part.code.count === 0 ? -1 : part.code.cellOf(token, rng);
    }
    const token = into.tokens[place] as number;
    levelFeatures(part, token, this.pass.features, 0);
    this.pass.set(target);
    if (part.ends[token] === 1) into.fate[i] = LAST_VISIT;
  }

  private levelAfter(part: CategoryPart, target: number, before: number, rng: Rng, present: boolean): number {
    if (before >= 0 && part.stays[before] === 1) return before;
    const head = this.headOf[target]?.[0] as number;
    const from = part.way?.[before];
    const oneWay = from !== undefined && !Number.isNaN(from);
    if (!oneWay && !present && part.followers === undefined) return this.drawToken(head, rng, -1);
    this.pass.ask(head);
    const { classes } = this.targets.heads[head] as Targets["heads"][number];
    const { weights } = this.pass;
    const { code, way, followers } = part;
    const count = Math.max(1, code.count);
    const { own } = this;
    const tokenOf = (k: number): number => {
      if (k < count) return k;
      if (k >= count + FOLLOWERS) return own[k - count - FOLLOWERS] as number;
      return before < 0 ? -1 : (followers?.tokens[before * FOLLOWERS + k - count] as number);
    };
    if (followers !== undefined) {
      for (let k = count; k < classes; k++) {
        const token = tokenOf(k);
        if (token < 0) weights[k] = 0;
        else weights[token] = 0;
      }
      for (let k = count; k < count + FOLLOWERS; k++) {
        const token = tokenOf(k);
        const again = token < 0 ? -1 : placeOfOwn(own, token);
        if (again >= 0) weights[count + FOLLOWERS + again] = 0;
      }
    }
    let total = 0;
    for (let k = 0; k < classes; k++) {
      if (oneWay && (way?.[tokenOf(k)] as number) < from) weights[k] = 0;
      if (present && count > 1 && tokenOf(k) === code.missing) weights[k] = 0;
      total += weights[k] as number;
    }
    const drawn = tokenOf(tokenAt(weights, classes, rng.uniform() * total));
    return Math.max(0, drawn);
  }

  private isLast(state: CourseState, slot: number, known: Known, rng: Rng): boolean {
    const { clock } = this.parts;
    const visits = (state.visits[slot] as number) + 1;
    if (visits >= clock.most) return true;
    if (clock.same) return false;
    if (clock.counted) return visits >= known.count;
    if (clock.endings && visits < clock.endings.least) return false;
    const target = this.targets.widths.length - 1;
    this.pass.reach(target);
    return this.drawToken(this.headOf[target]?.[0] as number, rng, -1) === 1;
  }
}
