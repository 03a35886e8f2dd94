import { expect, test } from "vitest";
import { learnCodedLevels } from "../../../codec/columns/coded-levels.ts";
import type { CategoryPart } from "../columns/category-part.ts";
import { FOLLOWERS } from "../columns/followers.ts";
import { OWN, OWN_FEATURES, OwnPast, placeOfOwn } from "./own-past.ts";

const COUNT = 40;

const { code } = learnCodedLevels(
  {
    type: "coded",
    codes: Int32Array.from({ length: 10 * COUNT }, (_, i) => i % COUNT),
    levels: Array.from({ length: COUNT }, (_, i) => `C${i}`),
  },
  { most: 1000 },
);

/** Token 3 is likely after token 5; after others all are alike. */
const part: CategoryPart = {
  column: 0,
  code,
  width: 1,
  embedding: {
    width: 1,
    previous: Float32Array.from({ length: COUNT }, (_, token) => Number(token === 5)),
    next: Float32Array.from({ length: COUNT }, (_, token) => (token === 3 ? 4 : 0)),
  },
  followers: {
    tokens: new Int32Array(COUNT * FOLLOWERS).fill(-1).fill(7, 9 * FOLLOWERS, 9 * FOLLOWERS + 1),
    logs: new Float32Array(COUNT * FOLLOWERS),
  },
  leads: true,
  ends: new Uint8Array(COUNT),
  stays: new Uint8Array(COUNT),
  way: undefined,
};

function had(tokens: readonly number[]): OwnPast {
  const past = new OwnPast(part, 2);
  tokens.forEach((token, visit) => past.add(1, token, visit));
  return past;
}

const ranked = (past: OwnPast, last: number): number[] => {
  const into = new Int32Array(OWN);
  past.rank(1, last, into);
  return [...into].filter((token) => token >= 0);
};

test("a patient's own codes come the more often before the less often, and the likely ones first", () => {
  const past = had([7, 3, 7, 9, 9, 7, 5]);
  expect(ranked(past, 0)).toEqual([7, 9, 3, 5]);
  expect(ranked(past, 5)).toEqual([3, 7, 9, 5]);
  expect(placeOfOwn(Int32Array.from([...ranked(past, 0), ...new Array(OWN - 4).fill(-1)]), 3)).toBe(2);
});

test("of many codes the likeliest are places, none twice, whatever their number", () => {
  const past = had(Array.from({ length: 200 }, (_, k) => (7 * k) % COUNT));
  const own = ranked(past, 0);
  expect(own).toHaveLength(OWN);
  expect(new Set(own).size).toBe(OWN);
});

test("what is told of a place is its share, how often and how lately it was, and how often what usually follows", () => {
  const past = had([7, 7, 7, 9]);
  const into = new Float32Array(OWN_FEATURES);
  past.features(1, 9, 4, into, 0);
  expect(into[0]).toBeCloseTo(Math.log((3 / 4) * OWN), 5);
  expect(into[1]).toBeCloseTo(Math.log((1 / 4) * OWN), 5);
  expect(into[2]).toBe(-5);
  expect(into[OWN]).toBeCloseTo(Math.log(4), 5);
  expect(into[2 * OWN]).toBeCloseTo(Math.exp(-2 / 3), 5);
  expect(into[3 * OWN]).toBeCloseTo(Math.log(4), 5);
});

test("slots are apart, and copied and cleared whole", () => {
  const past = had([7, 9, 7]);
  const other = new OwnPast(part, 2);
  other.copy(1, past, 1);
  past.clear(1);
  expect(ranked(past, 0)).toEqual([]);
  expect(ranked(other, 0)).toEqual([7, 9]);
});
