import type { Grid } from "../../../codec/columns/grid.ts";
import { gridOf, snap, stepOf } from "../../../codec/columns/grid.ts";
import type { NumericBins } from "../../../codec/columns/numeric-bins.ts";
import { learnNumericBins, loadNumericBins } from "../../../codec/columns/numeric-bins.ts";
import { asIndex, asNumber, asNumbers, asRecord } from "../../../codec/saved-state.ts";
import { spearman } from "../../../math/scores/rank-correlation.ts";
import { namesAge } from "../../../table/column-names.ts";
import type { ColumnSchema } from "../../../table/table.ts";
import type { CoursePlan } from "../../../visits/course-plan.ts";
import { rounded } from "./clock.ts";
import type { Gate } from "./gate.ts";
import { loadGate } from "./gate.ts";
import type { Scores } from "./scores.ts";
import { scoresOf } from "./scores.ts";
import type { VisitRows } from "./visit-rows.ts";

/** How the step from the last known value to the next is told. */
export interface Change {
  readonly code: NumericBins;
  /** of the logarithm */
  readonly log: boolean;
}

/**
 * A column of numbers or dates that may change from visit to visit. A date is counted in ticks from the time of its visit,
 * and so is the time of the next one; below, its value is that count.
 */
export interface NumberPart {
  /** index in the table */
  readonly column: number;
  readonly dated: boolean;
  /** a date that stays as it was, unless a new one is written */
  readonly carried: boolean;
  readonly code: NumericBins;
  readonly scores: Scores;
  /** what a written value can be */
  readonly grid: Grid;
  /** undefined: each value is told by itself */
  readonly change: Change | undefined;
  /** 1: it never falls within a patient, -1: it never rises */
  readonly direction: -1 | 0 | 1;
  /** values after which a course ends, and that stay once they are reached */
  readonly ends: readonly number[];
  readonly stays: readonly number[];
  /** It follows from the time: so much a tick, from the first value on. */
  readonly rate: number | undefined;
  /**
   * How far its normal score usually moves from a value to the next, where patients differ more than that: then a
   * value is also seen beside the patient's own.
   */
  readonly within: number | undefined;
  /** It is the time of the visit that follows. */
  readonly next: boolean;
  /** Where a level of the same visit decides whether there is a value. */
  readonly gate: Gate | undefined;
}

const FEWEST_PAIRS = 60;
const ALIKE = 0.75;
const UNCHANGED = 0.25;
/** Mean move of a normal score below which patients differ more than their values do; of independent values it is 1.13. */
const STEADY = 1;

/** Pairs of a value and the last known one of the same patient before it. */
interface Pairs {
  /** of each visit: the value known before, NaN = none */
  readonly before: Float64Array;
  /** visits with a value and one before */
  readonly at: Int32Array;
}

/** `values` of the visits, NaN = missing; those of dates in ticks from `times`. */
export function learnNumber(
  visits: VisitRows,
  column: number,
  schema: ColumnSchema,
  values: Float64Array,
  elapsed: Float64Array,
  { plan, bins }: { readonly plan: CoursePlan; readonly bins: number },
): NumberPart {
  const { patients } = visits;
  const next = plan.next === column;
  const dated = isDated(schema, column, plan);
  const grid = gridOf(schema);
  const { limits } = schema;
  const declared: Grid =
    schema.kind === "datetime" ? { type: "decimals", decimals: 0 } : next ? steps(grid) : grid;
  const code = learnNumericBins(values, declared, { bins, patients, ...(limits && { limits }) });
  const plain = pairsOf(values, visits);
  const moved = dated ? pairsOf(values, visits, elapsed) : plain;
  const carried = dated && isCarried(values, moved);
  const pairs = carried ? moved : plain;
  const told = plan.monotone.some((one) => one.column === column);
  const change =
    code.bins.length === 0 ? undefined : learnChange(values, pairs, visits, code, { carried, bins, told });
  const absorbing = plan.absorbing.filter((one) => one.column === column && !dated);
  const levels = (how: "ends" | "stays"): number[] =>
    absorbing.flatMap((one) => (one.how === how ? [one.level] : []));
  const [ends, stays] = [levels("ends"), levels("stays")];
  const scores = scoresOf(code);
  const base = {
    column,
    dated,
    carried,
    code,
    scores,
    grid,
    change,
    ends,
    stays,
    gate: undefined,
    within: change && !dated ? withinOf(values, plain, scores) : undefined,
    next,
  };
  if (dated || code.bins.length === 0) return { ...base, direction: 0, rate: undefined };
  const way = plan.monotone.find((one) => one.column === column)?.direction;
  return {
    ...base,
    direction: way === undefined || change === undefined ? 0 : way === "rises" ? 1 : -1,
    rate: rateOf(values, visits, elapsed, { step: stepOf(code.grid), age: namesAge(schema.name) }),
  };
}

/** Whether a column's values are counted from the time of their visit. */
export const isDated = ({ kind }: ColumnSchema, column: number, { next }: CoursePlan): boolean =>
  kind === "datetime" || next === column;

/** `elapsed`: where it is given, values count from the time of their visit, and those before are moved to the next one's. */
function pairsOf(values: Float64Array, { starts, patients }: VisitRows, elapsed?: Float64Array): Pairs {
  const before = new Float64Array(values.length).fill(NaN);
  const at: number[] = [];
  values.forEach((value, r) => {
    if (starts[patients[r] as number] === r) return;
    const last = values[r - 1] as number;
    const passed = elapsed ? (elapsed[r] as number) - (elapsed[r - 1] as number) : 0;
    before[r] = (Number.isNaN(last) ? (before[r - 1] as number) : last) - passed;
    if (!Number.isNaN(value) && !Number.isNaN(before[r])) at.push(r);
  });
  return { before, at: Int32Array.from(at) };
}

/** Whether dates stay as they were over many visits. */
function isCarried(values: Float64Array, { at, before }: Pairs): boolean {
  const same = at.reduce(
    (sum, r) => sum + Number(Math.abs((values[r] as number) - (before[r] as number)) < 0.5),
    0,
  );
  return at.length > 0 && same > UNCHANGED * at.length;
}

function learnChange(
  values: Float64Array,
  { at, before }: Pairs,
  visits: VisitRows,
  code: NumericBins,
  { carried, bins, told }: { readonly carried: boolean; readonly bins: number; readonly told: boolean },
): Change | undefined {
  const { patients } = visits;
  const own = Float64Array.from(at, (r) => values[r] as number);
  const last = Float64Array.from(at, (r) => before[r] as number);
  if (own.length < (told ? 1 : FEWEST_PAIRS)) return undefined;
  const same = own.reduce((sum, value, i) => sum + Number(value === last[i]), 0);
  if (!told && !carried && same <= UNCHANGED * own.length && !(spearman(own, last) > ALIKE)) return undefined;
  const log = !carried && isSteadierAsLog(own, last);
  const withBefore = Int32Array.from(before.keys()).filter((r) => !Number.isNaN(before[r]));
  const changes = Float64Array.from(withBefore, (r) =>
    changeOf(values[r] as number, before[r] as number, log),
  );
  const grid: Grid = log
    ? { type: "decimals", decimals: 6 }
    : code.grid.type === "free"
      ? code.grid
      : steps(code.grid);
  return {
    log,
    code: learnNumericBins(changes, grid, {
      bins,
      patients: Int32Array.from(withBefore, (r) => patients[r] as number),
      limits: [{ text: "", value: 0, side: "below" }],
    }),
  };
}

/** The grid of differences between values of `grid`. */
function steps(grid: Grid): Grid {
  return grid.type === "multiple" ? { ...grid, offset: 0 } : grid;
}

export const changeOf = (value: number, before: number, log: boolean): number =>
  rounded(log ? (value === before ? 0 : Math.log(value / before)) : value - before);

/** Whether the size of the change depends less on the value before as a logarithm. */
function isSteadierAsLog(own: Float64Array, last: Float64Array): boolean {
  if (own.some((value) => value <= 0) || last.some((value) => value <= 0)) return false;
  const along = (size: (value: number, before: number) => number): number =>
    Math.abs(
      spearman(
        own.map((value, i) => Math.abs(size(value, last[i] as number))),
        last,
      ),
    );
  const [log, raw] = [along((a, b) => Math.log(a / b)), along((a, b) => a - b)];
  return log < raw;
}

/** Mean move of the normal score from a value to the next; undefined where patients do not differ by more, or there is none. */
function withinOf(values: Float64Array, { at, before }: Pairs, scores: Scores): number | undefined {
  let sum = 0;
  for (const r of at) sum += Math.abs(scores.of(values[r] as number) - scores.of(before[r] as number));
  const moves = sum / at.length;
  return moves > 0 && moves < STEADY ? moves : undefined;
}

/**
 * The rate of a column that is its patient's first value and time alone, as finely as it is written; else undefined. What goes
 * by few steps may be anything else that goes up, unless its name is that of an age.
 */
function rateOf(
  values: Float64Array,
  { starts }: VisitRows,
  elapsed: Float64Array,
  { step, age }: { readonly step: number; readonly age: boolean },
): number | undefined {
  if (step === 0 || values.some(Number.isNaN)) return undefined;
  const risen = values.slice();
  for (let p = 0; p + 1 < starts.length; p++)
    for (let r = starts[p] as number; r < (starts[p + 1] as number); r++)
      risen[r] = (values[r] as number) - (values[starts[p] as number] as number);
  let [xy, xx] = [0, 0];
  elapsed.forEach((t, r) => {
    xy += t * (risen[r] as number);
    xx += t * t;
  });
  const rate = xy / xx;
  const reach = risen.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(rate) || reach < (age ? 1 : 3) * step) return undefined;
  // times are written to the tick, so that a tick may be missing of what has passed
  const most = 1.01 * step + Math.min(Math.abs(rate), step / 2);
  const off = risen.reduce(
    (sum, value, r) => sum + Number(Math.abs(value - rate * (elapsed[r] as number)) > most),
    0,
  );
  return off <= 0.001 * values.length ? rate : undefined;
}

/** Ticks since the patient's first visit. */
export function elapsedOf(starts: Int32Array, gaps: Float64Array): Float64Array {
  const elapsed = new Float64Array(gaps.length);
  for (let p = 0; p + 1 < starts.length; p++)
    for (let r = (starts[p] as number) + 1; r < (starts[p + 1] as number); r++)
      elapsed[r] = (elapsed[r - 1] as number) + (gaps[r] as number);
  return elapsed;
}

/** The value after `change`, as it can be written and no further out than what five patients reach. */
export function changed(part: NumberPart, before: number, change: number): number {
  if (change === 0) return before;
  const { code, direction } = part;
  const { bins } = code;
  const low = bins[0]?.knots[0] as number;
  const high = bins.at(-1)?.knots.at(-1) as number;
  const next = part.change?.log ? before * Math.exp(change) : before + change;
  const held = Math.min(high, Math.max(low, next));
  const written = isDiscrete(code) ? nearest(code, held) : snap(held, code.grid);
  if (direction > 0) return Math.max(before, written);
  return direction < 0 ? Math.min(before, written) : written;
}

/** Whether every value is one that five patients share. */
const isDiscrete = ({ bins }: NumericBins): boolean => bins.every(({ knots }) => knots.length === 1);

const nearest = (code: NumericBins, value: number): number =>
  code.bins[code.binOf(value)]?.knots[0] as number;

export const savedNumber = ({
  column,
  dated,
  carried,
  code,
  change,
  direction,
  ends,
  stays,
  rate,
  within,
  next,
  gate,
}: NumberPart): unknown => ({
  column,
  dated,
  carried,
  code: code.save(),
  ...(change && { change: { log: change.log, code: change.code.save() } }),
  direction,
  ends,
  stays,
  ...(rate !== undefined && { rate }),
  ...(within !== undefined && { within }),
  ...(next && { next }),
  ...(gate && { gate: { category: gate.category, present: [...gate.present] } }),
});

/** Inverse of `savedNumber`; throws FaultError `model-damaged`. */
export function loadNumber(saved: unknown, schemas: readonly ColumnSchema[]): NumberPart {
  const state = asRecord(saved, "numbers");
  const column = asIndex(state["column"], schemas.length, "numbers");
  const change = state["change"] === undefined ? undefined : asRecord(state["change"], "numbers");
  const code = loadNumericBins(state["code"]);
  const direction = asNumber(state["direction"], "numbers");
  return {
    column,
    dated: state["dated"] === true,
    carried: state["carried"] === true,
    code,
    scores: scoresOf(code),
    grid: gridOf(schemas[column] as ColumnSchema),
    change: change && { log: change["log"] === true, code: loadNumericBins(change["code"]) },
    direction: direction > 0 ? 1 : direction < 0 ? -1 : 0,
    ends: [...asNumbers(state["ends"], "numbers")],
    stays: [...asNumbers(state["stays"], "numbers")],
    rate: state["rate"] === undefined ? undefined : asNumber(state["rate"], "numbers"),
    within: state["within"] === undefined ? undefined : asNumber(state["within"], "numbers"),
    next: state["next"] === true,
    gate: state["gate"] === undefined ? undefined : loadGate(state["gate"]),
  };
}
