import { expect, test } from "vitest";
import { madeTable, numbers, texts } from "../../../table/fixtures/made-table.ts";
import type { Table } from "../../../table/table.ts";
import { MOST_VISITS } from "../../../visits/most-visits.ts";
import { learnClock } from "./clock.ts";
import { logRatios } from "./category-part.ts";
import { coursesToLearn } from "./learn.ts";

const OTHERS = 40;

/** Forty patients of four visits, and one of `most`, who comes every 17 units instead of every ten or so. */
function visits(most: number): Table {
  const all = Array.from({ length: OTHERS + 1 }, (_, patient) =>
    Array.from({ length: patient === 0 ? most : 4 }, (_one, k) => ({
      patient,
      time: k * (patient === 0 ? 17 : 8 + (patient % 5)),
    })),
  ).flat();
  return madeTable(
    [
      numbers(
        "time",
        all.map(({ time }) => time),
        { decimals: 0, course: "time" },
      ),
      texts(
        "ward",
        all.map(({ time }) => (time % 2 === 0 ? "a" : "b")),
      ),
    ],
    { patients: Int32Array.from(all, ({ patient }) => patient) },
  );
}

test("of one patient's hundred thousand visits the first thousand are learned", async () => {
  const began = performance.now();
  const { visits: learned, plan } = await coursesToLearn(visits(100_000));
  expect(performance.now() - began).toBeLessThan(5000);
  expect(plan.most).toBe(100_000);
  expect(learned.rows).toHaveLength(MOST_VISITS + 4 * OTHERS);
  expect(learned.starts[1]).toBe(MOST_VISITS);
  expect(learned.times[MOST_VISITS - 1]).toBe(17 * (MOST_VISITS - 1));
});

test("no usual time is one patient's own", async () => {
  const { visits: learned, plan } = await coursesToLearn(visits(400));
  const clock = learnClock(learned, plan, 24);
  const json = JSON.stringify({ ...clock, gaps: clock.gaps.save() });
  const stored = new Set([...json.matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number)));
  for (const own of [400, 17 * 399]) expect(stored).not.toContain(own);
  expect(clock.gaps.bins.flatMap(({ knots }) => [...knots])).not.toContain(17);
});

test("what one patient goes through again and again counts as two and a half visits", () => {
  const tokens = Int32Array.from({ length: 60 }, (_, r) => r % 2);
  const whole = logRatios(tokens, Int32Array.of(0, 60), new Int32Array(60), 2);
  const [there, back] = [whole[1], whole[2]] as [number, number];
  expect(Math.max(Math.abs(there), Math.abs(back))).toBeLessThan(2);
  const starts = Int32Array.from({ length: 7 }, (_, p) => 10 * p);
  const patients = Int32Array.from({ length: 60 }, (_, r) => Math.floor(r / 10));
  const shared = logRatios(tokens, starts, patients, 2);
  expect(shared[1]).toBeGreaterThan(there + 0.4);
});
