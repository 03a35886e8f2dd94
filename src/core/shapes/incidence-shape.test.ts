import { describe, expect, it } from "vitest";
import type { IncidenceSeries } from "../report/report.ts";
import { alarmWords, incidenceMarks, periodWords, realWords } from "./incidence-shape.ts";

const MONDAY = Date.parse("2020-12-28") / 86_400_000;
const series = (of: Partial<IncidenceSeries> = {}): IncidenceSeries => ({
  every: "week",
  start: MONDAY,
  real: [20, NaN, 0, 40],
  synthetic: [10, 2, 0, 20],
  scale: 0.5,
  partial: { first: false, last: false },
  alarms: { detector: "farrington", from: 0, real: [3], synthetic: [2] },
  ...of,
});
const box = { left: 0, top: 30, right: 400, bottom: 130 };
const widths = (text: string): number => 6 * text.length;

describe("events over time as geometry", () => {
  it("draws synthetic counts on the scale of real ones, and hidden ones as high as they could be", () => {
    const marks = incidenceMarks(series(), box, widths);
    expect(marks.y.map(({ label }) => label)).toEqual(["0", "10", "20", "30", "40"]);
    expect(marks.edge).toBe("M0 80H100M300 30H400");
    expect(marks.synthetic).toBe("M50 80L150 120L250 130L350 30");
    expect(marks.hidden).toBe("M100 130V120H200V130z");
    expect(marks.realAlarms).toContain("M345 ");
    expect(marks.syntheticAlarms).toContain("M245 ");
  });

  it("names months where they find room, else quarters, years", () => {
    const long = series({ real: Array<number>(210).fill(10), synthetic: Array<number>(210).fill(5) });
    const labels = (right: number) =>
      incidenceMarks(long, { ...box, right }, widths).x.map(({ label }) => label);
    expect(labels(3000).slice(0, 3)).toEqual(["2021", "Feb", "Mar"]);
    expect(labels(700).slice(0, 3)).toEqual(["2021", "Apr", "Jul"]);
    expect(labels(250)).toEqual(["2021", "2022", "2023", "2024"]);
    const week = series({ start: MONDAY + 14, real: [9], synthetic: [9] });
    expect(incidenceMarks(week, box, widths).x).toEqual([{ at: 0, label: "2021-01-11" }]);
  });

  it("has a picture of an empty series", () => {
    const empty = series({ real: [0, 0], synthetic: [0, 0], scale: 1 });
    expect(incidenceMarks(empty, box, widths).area).toBe("");
  });

  it("says periods, counts and alarms in words", () => {
    expect(periodWords(series(), 0)).toBe("Week 53, from 2020-12-28");
    expect(periodWords(series({ every: "day" }), 4)).toBe("2021-01-01");
    expect(realWords(series({ rounded: true }), 25)).toBe("about 25");
    expect(realWords(series(), NaN)).toBe("under 5 or hidden");
    expect(alarmWords(series())).toContain("1 week in the real table, of which 1 in the synthetic one too");
    expect(alarmWords(series())).toContain("0 weeks in the synthetic table alone");
    const { alarms: _, ...none } = series();
    expect(alarmWords({ ...none, unwatched: "10 whole weeks are too few." })).toBe(
      "Outbreaks cannot be told. 10 whole weeks are too few.",
    );
  });
});
