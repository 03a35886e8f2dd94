import { expect, test } from "vitest";
import { createTokenCodec } from "../../../codec/token.ts";
import type { TokenCodec } from "../../../codec/token.ts";
import { createRng } from "../../../math/rng.ts";
import type { Rng } from "../../../math/rng.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import type { Table } from "../../../table/table.ts";
import { silentBlock } from "../blocks.ts";
import { encodeRows } from "../../token-rows/rows.ts";
import type { TokenRows } from "../../token-rows/rows.ts";
import { nothingBeside } from "./beside.ts";
import { learnGaps } from "./learn-gaps.ts";
import { loadGaps, savedGap } from "./gap.ts";
import type { Gap } from "./gap.ts";
import { offsetOf } from "../../token-rows/heads.ts";
import { plansFor } from "../model.ts";
import { createSampler } from "../sampler.ts";

const ROWS = 600;

/** Urea is missing in 6% of the rows; in nine of ten of those creatinine and sediment are too, and in 1% of the others. */
function labs(rng: Rng): Table {
  const drawn = Array.from({ length: ROWS }, () => rng.uniform() >= 0.06);
  const without = (value: number, none: number, i: number): number =>
    rng.uniform() < (drawn[i] ? 0.01 : 0.9) ? none : value;
  const any = (share: number): number => (rng.uniform() < share ? NaN : rng.normal());
  return madeTable([
    numbers(
      "urea",
      drawn.map((known) => (known ? rng.normal() : NaN)),
    ),
    numbers(
      "creatinine",
      drawn.map((_, i) => without(rng.normal(), NaN, i)),
    ),
    levels(
      "sediment",
      drawn.map((_, i) => without(rng.integer(3), -1, i)),
      ["none", "some", "much"],
    ),
    numbers(
      "weight",
      drawn.map(() => any(0.06)),
    ),
    numbers(
      "age",
      drawn.map(() => any(0)),
    ),
  ]);
}

async function done<T>(work: AsyncGenerator<number, T, void>): Promise<T> {
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
  }
}

async function encoded(): Promise<{ codec: TokenCodec; data: TokenRows }> {
  const table = labs(createRng(3));
  const codec = createTokenCodec(table, { bins: 40 });
  return { codec, data: await done(encodeRows(table, codec, createRng(1))) };
}

test("gaps that come together are found, with how much they do; a gap by chance and a full column have none", async () => {
  const { data } = await encoded();
  const gaps = await done(learnGaps(data));
  expect(gaps.map((gap) => gap !== undefined)).toEqual([false, true, true, false, false]);
  const [, creatinine] = gaps as [undefined, Gap];
  expect([...creatinine.parents]).toEqual([0]);
  const truth = Math.log(9) + Math.log(99);
  expect(creatinine.weights[0]).toBeGreaterThan(truth - 1.5);
  expect(creatinine.weights[0]).toBeLessThan(truth + 1);
});

test("with silent networks cells are missing together as they are in the table, and as often", async () => {
  const { codec, data } = await encoded();
  const { places } = data;
  const offsets = codec.code.columns.map(({ code }) => offsetOf(code.shares, ROWS));
  const parents = places.columns.map((_, place) => Int32Array.from({ length: place }, (__, i) => i));
  const drawnWith = async (gaps: readonly (Gap | undefined)[]): Promise<boolean[][]> => {
    const plans = plansFor(
      codec,
      places,
      parents,
      offsets,
      { members: 2, units: 2 },
      {
        ...nothingBeside(places),
        gaps,
      },
    );
    const tokens = await createSampler(places, plans, plans.map(silentBlock)).draw(20_000, createRng(2));
    const { columns } = codec.fromTokens(tokens, createRng(4));
    return columns.map((column) =>
      column.type === "numeric"
        ? Array.from(column.values, Number.isNaN)
        : Array.from(column.codes, (c) => c < 0),
    );
  };
  const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
  const given = (flags: boolean[][], place: number): number =>
    share((flags[place] as boolean[]).filter((_, i) => flags[0]?.[i]));
  const apart = await drawnWith([]);
  const together = await drawnWith(await done(learnGaps(data)));
  for (const place of [1, 2]) {
    expect(given(apart, place)).toBeLessThan(0.12);
    expect(given(together, place)).toBeGreaterThan(0.75);
  }
  expect(given(together, 3)).toBeLessThan(0.12);
  for (const place of [0, 1, 2, 3])
    expect(share(together[place] as boolean[])).toBeCloseTo(share(apart[place] as boolean[]), 1);
  expect(share(together[4] as boolean[])).toBe(0);
});

test("gaps come back from JSON, and damaged ones are refused", async () => {
  const { codec, data } = await encoded();
  const gaps = await done(learnGaps(data));
  const saved = JSON.parse(JSON.stringify(gaps.map(savedGap))) as unknown[];
  expect(loadGaps(saved, codec, data.places)).toEqual(gaps);
  const with1 = (gap: unknown): unknown[] => [null, gap, null, null, null];
  const sound = { parents: [0], weights: [2], shift: -1 };
  const broken = [
    { ...sound, parents: [1] },
    { ...sound, weights: [] },
    { ...sound, shift: "none" },
  ];
  expect(loadGaps(with1(sound), codec, data.places)[1]).toMatchObject({ shift: -1 });
  for (const gap of broken) expect(() => loadGaps(with1(gap), codec, data.places)).toThrow();
  expect(() => loadGaps([null, null, null, null, { ...sound, parents: [3] }], codec, data.places)).toThrow();
  expect(() => loadGaps(saved.slice(1), codec, data.places)).toThrow();
  expect(() => loadGaps(undefined, codec, data.places)).toThrow(/gaps cannot be read/);
});
