import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { madeTable, numbers } from "../table/fixtures/made-table.ts";
import { dayOf } from "./calendar.ts";
import { expectedSeries } from "./expected.ts";
import { simulatedDays, type Simulation } from "./fixtures/simulated-events.ts";
import { incidenceOf, periodStart, type Every, type Incidence } from "./incidence.ts";
import { agreementOf, detectorFor, watch, type Detector, type Watch } from "./outbreaks.ts";

const first = dayOf(Date.parse("2020-01-06"));
const DAYS = 4 * 364;

function seriesOf(of: Partial<Simulation>, seed: number, every: Every = "week"): Incidence {
  const days = simulatedDays({ first, days: DAYS, events: 5000, dispersion: 1.2, ...of }, createRng(seed));
  const span = { first, last: first + (of.days ?? DAYS) - 1 };
  const table = madeTable([
    numbers(
      "onset",
      days.map((day) => day * 86_400_000),
      { pattern: "YYYY-MM-DD" },
    ),
  ]);
  return incidenceOf(table, { column: "onset", every, span });
}

async function watched(series: Incidence, detector?: Detector): Promise<Watch> {
  const found = await watch(series, detector);
  if ("reason" in found) throw new Error(found.reason);
  return found;
}

describe("outbreaks", () => {
  it("finds two weeks of three times as many events in 20 of 20 series", async () => {
    const from = first + 7 * 170;
    for (let seed = 1; seed <= 20; seed++) {
      const series = seriesOf({ outbreak: { from, days: 14, factor: 3 } }, seed);
      const { detector, outbreaks } = await watched(series);
      expect(detector).toBe("farrington");
      expect(outbreaks.some((found) => found.from <= 171 && found.to >= 170)).toBe(true);
    }
  }, 60_000);

  it("raises an alarm in few weeks of clean series", async () => {
    let [alarms, weeks] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const found = (await watched(seriesOf({}, 100 + seed))).watched;
      alarms += found.filter(({ alarm }) => alarm).length;
      weeks += found.length;
    }
    expect(weeks).toBeGreaterThan(1800);
    expect(alarms / weeks).toBeLessThan(0.02);
  }, 60_000);

  it("names C2 where past years are missing, which finds a sharp rise of days", async () => {
    const from = first + 60;
    const series = seriesOf({ days: 100, events: 1000, outbreak: { from, days: 3, factor: 4 } }, 1, "day");
    const { detector, outbreaks } = await watched(series);
    expect(detector).toBe("ears-c2");
    expect(outbreaks.some((found) => found.from <= 61 && found.to >= 60)).toBe(true);
  });

  it("says why nothing can be told", () => {
    const few = detectorFor(seriesOf({ events: 60 }, 1));
    expect(few).toMatchObject({ reason: expect.stringContaining("events per week") as string });
    const short = detectorFor(seriesOf({ days: 70, events: 700 }, 1));
    expect(short).toMatchObject({ reason: expect.stringContaining("10 whole weeks") as string });
  });

  it("does not judge a week that the dates end within", async () => {
    const whole = seriesOf({}, 3);
    const cut = { ...whole, partial: { first: true, last: true } };
    const { watched: judged } = await watched(cut);
    expect(judged.at(-1)?.at).toBe(whole.counts.length - 2);
  });

  it("counts what is found again within a week, and what stands alone", () => {
    const of = (...outbreaks: [number, number][]): Watch => ({
      detector: "farrington",
      watched: [],
      outbreaks: outbreaks.map(([from, to]) => ({ from, to })),
    });
    expect(agreementOf(of([10, 11], [30, 30]), of([12, 12], [33, 33], [50, 50]))).toEqual({
      real: 2,
      found: 1,
      synthetic: 3,
      alone: 2,
    });
  });
});

describe("what is expected of a series", () => {
  it("finds season, weekday, trend and dispersion that were put in", () => {
    const weekly = expectedSeries(seriesOf({ dispersion: 2, events: 20_000 }, 5));
    expect(weekly?.dispersion).toBeGreaterThan(1.6);
    expect(weekly?.dispersion).toBeLessThan(2.5);
    expect(Math.log((weekly?.season?.[0] as number) / (weekly?.season?.[6] as number))).toBeCloseTo(0.69, 1);
    expect(weekly?.trend).toBeCloseTo(1, 1);
    const daily = expectedSeries(seriesOf({ dispersion: 1, events: 20_000 }, 6, "day"));
    expect(daily?.dispersion).toBeCloseTo(1, 1);
    expect((daily?.weekday?.[0] as number) / (daily?.weekday?.[6] as number)).toBeCloseTo(1.25 / 0.65, 0);
    expect(daily?.weekday).toHaveLength(7);
  });

  it("says nothing of a season that less than a year and a half shows, nor of an empty series", () => {
    expect(expectedSeries(seriesOf({ days: 364 }, 7))?.season).toBeUndefined();
    const empty = seriesOf({}, 8);
    expect(expectedSeries({ ...empty, counts: new Float64Array(empty.counts.length) })).toBeUndefined();
    expect(periodStart(empty, 1) - periodStart(empty, 0)).toBe(7);
  });
});
