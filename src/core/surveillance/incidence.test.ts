import { describe, expect, it } from "vitest";
import { FaultError } from "../fault.ts";
import { levels, madeTable, numbers } from "../table/fixtures/made-table.ts";
import { dayLabel, dayOf, mondayOf, weekdayOf, weekLabel, yearsBefore } from "./calendar.ts";
import { everyFor, incidenceOf, periodStart } from "./incidence.ts";

const at = (date: string): number => Date.parse(`${date}Z`.replace(" ", "T"));
const day = (date: string): number => dayOf(Date.parse(date));
const dated = (dates: readonly (string | null)[], wards?: readonly number[]) =>
  madeTable([
    numbers(
      "onset",
      dates.map((date) => (date === null ? NaN : at(date.length > 10 ? date : `${date} 00:00`))),
      {
        pattern: "YYYY-MM-DD HH:mm",
      },
    ),
    ...(wards ? [levels("ward", wards, ["A", "B"])] : []),
  ]);

describe("the calendar", () => {
  it("names ISO weeks over the end of a year as the standard does", () => {
    const named = [
      "2015-12-31",
      "2016-01-03",
      "2016-01-04",
      "2018-12-31",
      "2020-12-31",
      "2021-01-03",
      "2026-12-28",
    ];
    expect(named.map((date) => weekLabel(day(date)))).toEqual([
      "2015-W53",
      "2015-W53",
      "2016-W01",
      "2019-W01",
      "2020-W53",
      "2020-W53",
      "2026-W53",
    ]);
  });

  it("knows weekdays, also before 1970, and leap days", () => {
    expect(weekdayOf(day("2026-12-01"))).toBe(1);
    expect(weekdayOf(day("1969-12-28"))).toBe(6);
    expect(dayLabel(mondayOf(day("1969-12-28")))).toBe("1969-12-22");
    expect(dayLabel(yearsBefore(day("2024-02-29"), 1))).toBe("2023-03-01");
    expect(dayLabel(yearsBefore(day("2024-02-29"), 4))).toBe("2020-02-29");
  });
});

describe("incidence", () => {
  it("fills days without an event with zeros, and goes by the day whatever the time", () => {
    const counted = incidenceOf(dated(["2024-02-28 23:59", "2024-03-01 00:00", null, "2024-03-01 10:00"]), {
      column: "onset",
      every: "day",
    });
    expect([...counted.counts]).toEqual([1, 0, 2]);
    expect([counted.events, counted.undated, dayLabel(counted.start)]).toEqual([3, 1, "2024-02-28"]);
    expect(counted.partial).toEqual({ first: false, last: false });
  });

  it("counts weeks from Monday over the end of a year, and says which are cut off", () => {
    const counted = incidenceOf(dated(["2020-12-30", "2021-01-03", "2021-01-04", "2021-01-24"]), {
      column: "onset",
      every: "week",
    });
    expect([...counted.counts]).toEqual([2, 1, 0, 1]);
    expect(weekLabel(periodStart(counted, 0))).toBe("2020-W53");
    expect(counted.partial).toEqual({ first: true, last: false });
  });

  it("counts one level over the days of the whole table, and patients beside rows", () => {
    const table = dated(["2024-01-01", "2024-01-02", "2024-01-04", "2024-01-02"], [0, 1, 0, 1]);
    const counted = incidenceOf(
      { ...table, patients: Int32Array.from([0, 1, 2, 1]) },
      { column: "onset", every: "day", by: { column: "ward", level: "B" } },
    );
    expect([...counted.counts]).toEqual([0, 2, 0, 0]);
    expect([...counted.patients]).toEqual([0, 1, 0, 0]);
  });

  it("keeps to a span that is given, so that two tables have the same periods", () => {
    const span = { first: day("2024-01-01"), last: day("2024-01-14") };
    const counted = incidenceOf(dated(["2023-12-31", "2024-01-08", "2024-01-15"]), {
      column: "onset",
      every: "week",
      span,
    });
    expect([...counted.counts]).toEqual([0, 1]);
    expect([counted.outside, counted.partial.last]).toEqual([2, false]);
  });

  it("leaves out dates that tell a month or a year only", () => {
    const table = madeTable([
      numbers("onset", [at("2024-01-01 00:00"), at("2024-01-01 00:00") + 1], {
        pattern: "YYYY-MM-DD",
        date: { pattern: "YYYY-MM-DD", coarser: [{ pattern: "YYYY-MM", share: 0.5 }] },
      }),
    ]);
    const counted = incidenceOf(table, { column: "onset", every: "day" });
    expect([counted.events, counted.undated]).toEqual([1, 1]);
  });

  it.each([
    [{ column: "onset", every: "day" }, madeTable([numbers("onset", [1, 2])]), "tell a day"],
    [{ column: "when", every: "day" }, dated(["2024-01-01"]), "when"],
    [{ column: "onset", every: "week" }, dated([null, null]), "no date"],
    [{ column: "onset", every: "day" }, dated(["0001-01-01", "2024-01-01"]), "years"],
    [
      { column: "onset", every: "day", by: { column: "ward", level: "C" } },
      dated(["2024-01-01"], [0]),
      "no level “C”",
    ],
    [{ column: "onset", every: "day", by: { column: "onset", level: "C" } }, dated(["2024-01-01"]), "picked"],
    [
      { column: "onset", every: "day" },
      madeTable([numbers("onset", [1], { pattern: "YYYY-MM" })]),
      "tell a day",
    ],
    [
      { column: "onset", every: "day" },
      madeTable([numbers("onset", [1], { pattern: "HH:mm" })]),
      "tell a day",
    ],
  ] as const)("refuses %o with a way out", (asked, table, words) => {
    let thrown: unknown;
    try {
      incidenceOf(table, asked);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FaultError);
    expect((thrown as Error).message).toContain(words);
  });

  it("counts days where the span is short and days have events", () => {
    expect(everyFor({ first: 0, last: 89 }, 400)).toBe("day");
    expect(everyFor({ first: 0, last: 89 }, 200)).toBe("week");
    expect(everyFor({ first: 0, last: 900 }, 40_000)).toBe("week");
  });
});
