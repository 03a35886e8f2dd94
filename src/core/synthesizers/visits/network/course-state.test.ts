import { expect, test } from "vitest";
import { learnNumericBins } from "../../../codec/columns/numeric-bins.ts";
import { learnCodedLevels } from "../../../codec/columns/coded-levels.ts";
import { PIECES } from "../columns/scores.ts";
import { CourseState } from "./course-state.ts";
import type { VisitParts } from "./course-state.ts";
import reference from "./fixtures/course_state.json";

const bins = learnNumericBins(
  Float64Array.of(1, 2, 3, 4, 5, 6),
  { type: "decimals", decimals: 0 },
  { bins: 2 },
);
const levels = learnCodedLevels(
  { type: "coded", codes: Int32Array.from({ length: 18 }, (_, i) => i % 3), levels: ["a", "b", "c"] },
  { most: 3 },
);

/** A number whose score is itself, and three levels. */
const parts: VisitParts = {
  end: false,
  clock: {
    tick: 1,
    unit: 1,
    grid: { type: "decimals", decimals: 0 },
    gaps: bins,
    step: undefined,
    strict: true,
    first: 0,
    usualGap: 2,
    usualLength: 10,
    longLength: 20,
    most: 10,
    meanVisits: 4,
    window: undefined,
    same: false,
    calendar: false,
    schedule: undefined,
    counted: false,
    endings: undefined,
  },
  numbers: [
    {
      column: 0,
      dated: false,
      carried: false,
      code: bins,
      scores: { of: (value) => value, pieces: (value, into, at) => into.fill(value, at, at + PIECES) },
      grid: { type: "decimals", decimals: 0 },
      change: undefined,
      direction: 0,
      rate: undefined,
      within: undefined,
      next: false,
      gate: undefined,
      ends: [],
      stays: [],
    },
  ],
  categories: [
    {
      column: 1,
      code: levels.code,
      width: 3,
      embedding: undefined,
      followers: undefined,
      leads: false,
      ends: new Uint8Array(3),
      stays: new Uint8Array(3),
      way: undefined,
    },
  ],
};

const gaps = [0, 2, 4, 1];
const values = Float64Array.of(0.5, NaN, -1, 0.25);
const tokens = Int32Array.of(1, 0, 0, 2);

const close = (found: ArrayLike<number>, wanted: readonly number[]): void =>
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));

test("what is remembered of a course is what the formulas say, visit after visit", () => {
  const state = new CourseState(parts, 2);
  const { width } = state.layout;
  reference.forEach(({ time, never, missed, number, category }, k) => {
    const into = new Float32Array(width).fill(9);
    state.features(1, { first: 0, until: NaN, count: NaN }, into, 0);
    close(into, time);
    const own = into.subarray(time.length);
    const [last = 0, since = 0, ...rest] = number;
    const known = never === 0 ? values.slice(0, k).findLast((value) => !Number.isNaN(value)) : 0;
    close(own, [
      last,
      ...Array.from({ length: PIECES }, () => known as number),
      never,
      missed,
      since,
      ...rest,
    ]);
    close(own.subarray(14 + PIECES), category);
    if (k < 4) state.update(1, gaps[k] as number, values, k, tokens, k);
  });
  const copy = new CourseState(parts, 1);
  copy.copy(0, state, 1);
  const [one, other] = [new Float32Array(width), new Float32Array(width)];
  state.features(1, { first: 0, until: NaN, count: NaN }, one, 0);
  copy.features(0, { first: 0, until: NaN, count: NaN }, other, 0);
  expect(other).toEqual(one);
});
