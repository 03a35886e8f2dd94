import { breathe } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import { CourseState } from "../network/course-state.ts";
import type { Known, VisitParts } from "../network/course-state.ts";
import type { DrawnVisits, Origin, VisitDrawer } from "./visit-drawer.ts";
import { GOES_ON, OVER, roomForVisits } from "./visit-drawer.ts";
import type { DrawingWeights } from "../network/visit-weights.ts";

/** Patients whose courses are drawn together, one a slot. */
export interface Slots {
  readonly state: CourseState;
  readonly known: readonly Known[];
  readonly origin: Origin;
  /** slots x width: what does not change, as inputs of the networks */
  readonly statics: Float32Array;
  readonly staticsWidth: number;
}

export function makeSlots(
  parts: VisitParts,
  known: readonly Known[],
  statics: Float32Array,
  staticsWidth: number,
  rng: Rng,
): Slots {
  return {
    state: new CourseState(parts, known.length),
    known,
    origin: {
      values: new Float64Array(known.length * parts.numbers.length).fill(NaN),
      phase: Float64Array.from(known, () => rng.uniform()),
    },
    statics,
    staticsWidth,
  };
}

/** What a course must keep to. */
export interface CourseLimits {
  /** visits that are drawn at most, those before not counted */
  readonly most: number;
  /** ticks since the first visit that none goes beyond, of each slot */
  readonly until: Float64Array | undefined;
  /** which visits are drawn again; see `PatientRequest.refuses` */
  readonly refuses: ((visits: DrawnVisits, slots: Int32Array) => Uint8Array) | undefined;
}

/** The visits of one round, one of each of `slots` that still goes on. */
export interface Round {
  readonly slots: Int32Array;
  readonly visits: DrawnVisits;
}

export interface CourseRun {
  readonly rounds: readonly Round[];
  /** slots where a visit was refused time after time */
  readonly failed: Uint8Array;
}

/** Visits whose context is worked out at once. */
export const TOGETHER = 500;
const REFUSALS = 20;

/** Draws visit after visit until every course has ended; the state goes along. `begun`: only these slots, which rise. */
export async function runCourses(
  parts: VisitParts,
  drawer: VisitDrawer,
  weights: DrawingWeights,
  slots: Slots,
  limits: CourseLimits,
  rng: Rng,
  begun?: Int32Array,
): Promise<CourseRun> {
  const { state } = slots;
  const rounds: Round[] = [];
  const failed = new Uint8Array(slots.known.length);
  let alive = begun ?? Int32Array.from(slots.known.keys());
  for (let k = 0; alive.length > 0 && k < limits.most; k++) {
    const drawn = await drawRound(parts, drawer, weights, slots, alive, { limits, failed, rng });
    const kept: number[] = [];
    const goOn: number[] = [];
    for (let i = 0; i < alive.length; i++) {
      const slot = alive[i] as number;
      const late =
        limits.until !== undefined &&
        (state.elapsed[slot] as number) + (drawn.gaps[i] as number) > (limits.until[slot] as number);
      if (failed[slot] === 1 || drawn.fate[i] === OVER || late) continue;
      kept.push(i);
      if (drawn.fate[i] === GOES_ON) goOn.push(slot);
      follow(parts, slots, slot, drawn, i);
    }
    rounds.push({
      slots: Int32Array.from(kept, (i) => alive[i] as number),
      visits: pick(parts, drawn, kept),
    });
    alive = Int32Array.from(goOn);
  }
  return { rounds, failed };
}

/** Brings the state of a slot one visit on. */
export function follow(
  { numbers, categories }: VisitParts,
  { state, origin }: Slots,
  slot: number,
  { gaps, values, tokens }: DrawnVisits,
  i: number,
): void {
  if (state.visits[slot] === 0)
    origin.values.set(values.subarray(i * numbers.length, (i + 1) * numbers.length), slot * numbers.length);
  state.update(slot, gaps[i] as number, values, i * numbers.length, tokens, i * categories.length);
}

interface RoundRules {
  readonly limits: CourseLimits;
  readonly failed: Uint8Array;
  readonly rng: Rng;
}

async function drawRound(
  parts: VisitParts,
  drawer: VisitDrawer,
  weights: DrawingWeights,
  slots: Slots,
  alive: Int32Array,
  { limits, failed, rng }: RoundRules,
): Promise<DrawnVisits> {
  const drawn = roomForVisits(parts, alive.length);
  for (let from = 0; from < alive.length; from += TOGETHER) {
    const own = alive.subarray(from, from + TOGETHER);
    const context = weights.context(contextInputs(slots, own), own.length);
    await breathe();
    const part = roomForVisits(parts, own.length);
    const draw = (i: number): void => {
      const slot = own[i] as number;
      const known = slots.known[slot] as Known;
      drawer.draw(context, i, { state: slots.state, slot, known, origin: slots.origin }, part, rng);
    };
    for (let i = 0; i < own.length; i++) {
      draw(i);
      if (i % 100 === 99) await breathe();
    }
    if (limits.refuses) await redraw(part, own, limits.refuses, draw, parts, failed);
    put(parts, drawn, from, part, own.length);
  }
  return drawn;
}

/** Draws refused visits again; those that are refused time after time make their slot fail. */
async function redraw(
  part: DrawnVisits,
  own: Int32Array,
  refuses: NonNullable<CourseLimits["refuses"]>,
  draw: (i: number) => void,
  parts: VisitParts,
  failed: Uint8Array,
): Promise<void> {
  let asked = Array.from(own.keys());
  for (let tried = 0; ; tried++) {
    const there = asked.filter((i) => part.fate[i] !== OVER);
    if (there.length === 0) return;
    const answers = refuses(
      pick(parts, part, there),
      Int32Array.from(there, (i) => own[i] as number),
    );
    asked = there.filter((_, k) => answers[k] === 1);
    if (asked.length === 0) return;
    if (tried === REFUSALS) break;
    for (const i of asked) draw(i);
    await breathe();
  }
  for (const i of asked) failed[own[i] as number] = 1;
}

/** What the networks are given of the next visit of some slots. */
export function contextInputs({ state, known, statics, staticsWidth }: Slots, own: Int32Array): Float32Array {
  const width = staticsWidth + state.layout.width;
  const x = new Float32Array(own.length * width);
  for (let i = 0; i < own.length; i++) {
    const slot = own[i] as number;
    x.set(statics.subarray(slot * staticsWidth, (slot + 1) * staticsWidth), i * width);
    state.features(slot, known[slot] as Known, x, i * width + staticsWidth);
  }
  return x;
}

/** Those visits at `places`. */
export function pick(
  { numbers, categories }: VisitParts,
  { gaps, times, values, tokens, levels, fate }: DrawnVisits,
  places: readonly number[],
): DrawnVisits {
  const wide = (from: Float64Array, width: number): Float64Array => {
    const to = new Float64Array(places.length * width);
    places.forEach((i, k) => to.set(from.subarray(i * width, (i + 1) * width), k * width));
    return to;
  };
  const whole = (from: Int32Array, width: number): Int32Array => {
    const to = new Int32Array(places.length * width);
    places.forEach((i, k) => to.set(from.subarray(i * width, (i + 1) * width), k * width));
    return to;
  };
  return {
    gaps: wide(gaps, 1),
    times: wide(times, 1),
    values: wide(values, numbers.length),
    tokens: whole(tokens, categories.length),
    levels: whole(levels, categories.length),
    fate: Uint8Array.from(places, (i) => fate[i] as number),
  };
}

function put(
  { numbers, categories }: VisitParts,
  to: DrawnVisits,
  at: number,
  from: DrawnVisits,
  count: number,
): void {
  to.gaps.set(from.gaps, at);
  to.times.set(from.times, at);
  to.values.set(from.values, at * numbers.length);
  to.tokens.set(from.tokens, at * categories.length);
  to.levels.set(from.levels, at * categories.length);
  to.fate.set(from.fate.subarray(0, count), at);
}
