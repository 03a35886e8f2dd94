import { describe, expect, it } from "vitest";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { dayOf } from "../../surveillance/calendar.ts";
import { simulatedDays } from "../../surveillance/fixtures/simulated-events.ts";
import { roundedCounts, shownCounts } from "../../surveillance/hide-small.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { compareIncidence } from "./compare-incidence.ts";
import { incidenceSeries } from "./incidence-series.ts";

const DAY = 86_400_000;
const first = dayOf(Date.parse("2021-01-04"));
const outbreak = { from: first + 7 * 150, days: 14, factor: 3 };

function events(seed: number, of: { days?: number; events?: number; born?: boolean } = {}): Table {
  const rng = createRng(seed);
  const simulation = { first, days: 1456, events: 5000, dispersion: 1.2, outbreak, ...of };
  const days = simulatedDays(simulation, rng);
  const wards = days.map(() => rng.weighted([6, 3, 0.01]));
  const births = days.map((day) => (day - 365 * (20 + rng.integer(60)) - rng.integer(365)) * DAY);
  return madeTable([
    numbers("born", births, { pattern: "YYYY-MM-DD" }),
    numbers(
      "onset",
      days.map((day) => day * DAY),
      { pattern: "YYYY-MM-DD" },
    ),
    levels("ward", wards, ["A", "B", "C"]),
  ]);
}

describe("what a report shows of events over time", () => {
  it("finds the column with a series, not that of births, and the outbreak in both tables", async () => {
    const compared = await compareIncidence(events(1), events(2), breathe);
    expect(compared?.columns.map(({ name }) => name)).toEqual(["onset"]);
    const series = compared?.columns[0]?.series ?? [];
    expect(series.map(({ by, every }) => [by?.level, every])).toEqual([
      [undefined, "week"],
      ["A", "week"],
      ["B", "week"],
    ]);
    const [all] = series;
    expect(all?.alarms?.detector).toBe("farrington");
    for (const alarms of [all?.alarms?.real, all?.alarms?.synthetic])
      expect(alarms?.some((at) => at === 150 || at === 151)).toBe(true);
    for (const { real, rounded, by } of series) {
      expect(real.every((count) => Number.isNaN(count) || count === 0 || count >= 5)).toBe(true);
      expect(rounded).toBe(by ? true : undefined);
      if (rounded) expect(real.every((count) => Number.isNaN(count) || count % 5 === 0)).toBe(true);
    }
  }, 60_000);

  it("shows a short and dense series by day too, its weeks then in whole fives", async () => {
    const short = (seed: number) => events(seed, { days: 140, events: 1400 });
    const compared = await compareIncidence(short(3), short(4), breathe);
    expect(compared?.columns[0]?.series.slice(0, 2).map(({ every, rounded }) => [every, rounded])).toEqual([
      ["week", true],
      ["day", undefined],
    ]);
  });

  it("says nothing of a table without dates, or with too few events", async () => {
    const plain = madeTable([numbers("age", [1, 2, 3], { decimals: 0 })]);
    expect(await compareIncidence(plain, plain, breathe)).toBeUndefined();
    const few = events(5, { events: 150 });
    expect(await compareIncidence(few, few, breathe)).toBeUndefined();
  });

  it("scales a synthetic table of another size, and counts none of a level it does not have", async () => {
    const made = madeTable([
      numbers("onset", [first * DAY, (first + 8) * DAY, (first - 1) * DAY], { pattern: "YYYY-MM-DD" }),
      levels("ward", [0, 0, 0], ["A"]),
    ]);
    const all = await incidenceSeries(events(6), made, { column: "onset" });
    expect(all.synthetic?.slice(0, 3)).toEqual([1, 1, 0]);
    expect(all.scale).toBeLessThan(0.001);
    const none = await incidenceSeries(events(6), made, {
      column: "onset",
      by: { column: "ward", level: "B" },
    });
    expect(none.synthetic?.every((count) => count === 0)).toBe(true);
    const alone = await incidenceSeries(events(6), undefined, { column: "onset", every: "day" });
    expect([alone.every, alone.synthetic, alone.scale]).toEqual(["day", undefined, undefined]);
  });
});

describe("small counts", () => {
  it("are hidden, and another one with them where their sum would tell", () => {
    expect(shownCounts([7, 3, 0, 9], [7, 3, 0, 9])).toEqual([NaN, NaN, 0, 9]);
    expect(shownCounts([7, 3, 2, 9], [7, 3, 2, 9])).toEqual([7, NaN, NaN, 9]);
    expect(shownCounts([7, 8], [7, 8])).toEqual([7, 8]);
    expect(shownCounts([3], [3])).toEqual([NaN]);
  });

  it("go by patients where these have several rows", () => {
    expect(shownCounts([12, 9, 7], [3, 9, 7])).toEqual([NaN, 9, NaN]);
  });

  it("are rounded to whole fives", () => {
    expect(roundedCounts([5, 7, 8, 0, NaN])).toEqual([5, 5, 10, 0, NaN]);
  });
});
