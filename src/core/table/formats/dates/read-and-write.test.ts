import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { DateFormat } from "../../table.ts";
import { durationClock, readDuration, writeDuration, type DurationClock } from "./durations.ts";
import { markOf } from "./precision.ts";
import { readDate } from "./read-date.ts";
import { patternsOf } from "./shapes.ts";
import { formatDate } from "./write-date.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A text of each kind; every pattern that its shape allows is tried. */
const TEXTS = [
  "2019-02-22",
  "22.02.2019",
  "2.2.2019",
  "02/22/19",
  "22-FEB-2019",
  "22. Feb 2019",
  "Feb 22, 2019",
  "22 de febrero de 2019",
  "22feb2019",
  "2019/02",
  "02/2019",
  "feb. 2019",
  "20190222",
  "20190222113053",
  "20190222T1130",
  "2019-02-22T11:30:53.330669",
  "2019-02-22 11:30:53.0000000",
  "2019-02-22T11:30:53+01:00",
  "22FEB2019:11:30:53",
  "22-FEB-19 11.30.53.330669000 AM",
  "2/22/2019 1:30 PM",
  "22.02.2019, 11:30 Uhr",
  "11:30",
  "9h05",
  "11:30:53",
];

test("every pattern of every kind of text writes the moments on its grid so that they are read as they were", () => {
  const patterns = [...new Set(TEXTS.flatMap((text) => patternsOf(text)))];
  expect(patterns.length).toBeGreaterThan(60);
  const days = Math.floor(Date.UTC(1970, 0, 1) / DAY);
  const moment = fc.record({
    day: fc.integer({ min: days, max: days + 36_000 }),
    micros: fc.integer({ min: 0, max: 86_399_999_999 }),
  });
  fc.assert(
    fc.property(moment, fc.constantFrom(...patterns), ({ day, micros }, pattern) => {
      const once = formatDate(day * DAY + micros / 1000, pattern);
      const read = readDate(once, pattern);
      expect(read, `${once} by ${pattern}`).not.toBeNaN();
      expect(formatDate(read, pattern)).toBe(once);
      expect(readDate(formatDate(read, pattern), pattern)).toBe(read);
    }),
    { numRuns: 3000 },
  );
});

test("moments are those that Python's datetime reads and writes", async () => {
  const file = new URL("./fixtures/moments.json", import.meta.url);
  const rows = JSON.parse(await readFile(file, "utf8")) as [string, string, number][];
  expect(rows.length).toBeGreaterThan(100);
  for (const [pattern, text, ms] of rows) {
    expect(readDate(text, pattern), text).toBeCloseTo(ms, 3);
    expect(formatDate(ms, pattern)).toBe(text);
  }
});

it.each(["2019-02-29", "1900-02-29", "2019-13-01", "2019-00-10", "2019-01-00", "2019-01-32", "2019-1-01x"])(
  "%s is no day",
  (text) => expect(readDate(text, "YYYY-MM-DD")).toBeNaN(),
);

it("has 24:00 as the end of the day, and no minute after it", () => {
  expect(readDate("24:00", "kk:mm")).toBe(DAY);
  expect(formatDate(DAY, "kk:mm")).toBe("24:00");
  expect(formatDate(0, "kk:mm")).toBe("00:00");
  expect(readDate("24:01", "kk:mm")).toBeNaN();
  expect(readDate("24:00", "HH:mm")).toBeNaN();
  const late = readDate("31.12.2019 24:00", "DD.MM.YYYY kk:mm");
  expect(late).toBe(Date.UTC(2020, 0, 1));
  expect(formatDate(late, "DD.MM.YYYY kk:mm")).toBe("31.12.2019 24:00");
});

it("reads names of months in four languages, in any case, with or without a point", () => {
  const names = ["Mär", "Mrz", "März", "MAR", "mars", "marzo", "march", "Mar."];
  for (const name of names) expect(readDate(`05 ${name} 2020`, "DD MMM YYYY")).toBe(Date.UTC(2020, 2, 5));
  expect(readDate("05 Mart 2020", "DD MMM YYYY")).toBeNaN();
  expect(readDate("1 août 2020", "D MMM YYYY")).toBe(Date.UTC(2020, 7, 1));
  expect(readDate("1 juil. 2020", "D MMM YYYY")).toBe(Date.UTC(2020, 6, 1));
});

it("counts days as Excel does", () => {
  expect(readDate("43831", "SERIAL")).toBe(Date.UTC(2020, 0, 1));
  expect(readDate("43831.5", "SERIAL")).toBe(Date.UTC(2020, 0, 1, 12));
  expect(formatDate(Date.UTC(2020, 0, 1, 12), "SERIAL")).toBe("43831.5");
});

it("puts years of two digits into the hundred years that end in the latest one", () => {
  const format = (latestYear: number): DateFormat => ({ pattern: "DD.MM.YY", latestYear });
  const year = (text: string, latest: number): number =>
    new Date(readDate(text, format(latest))).getUTCFullYear();
  expect(year("04.12.31", 2022)).toBe(1931);
  expect(year("04.12.22", 2022)).toBe(2022);
  expect(year("04.12.23", 2022)).toBe(1923);
  expect(new Date(readDate("04.12.31", "DD.MM.YY")).getUTCFullYear()).toBe(2031);
});

describe("less than a whole date", () => {
  const format: DateFormat = {
    pattern: "YYYY-MM-DD",
    coarser: [
      { pattern: "YYYY-MM", share: 0.2 },
      { pattern: "YYYY", share: 0.1 },
    ],
  };

  it.each(["2019-05-07", "2019-05", "2019", "1931", "1969-12"])(
    "%s says by its value how much is known",
    (text) => {
      const value = readDate(text, format);
      expect(formatDate(value, format)).toBe(text);
      expect(markOf(value, 2)).toBe(text.length === 10 ? 0 : text.length === 7 ? 1 : 2);
    },
  );
});

it("writes the offset of the month where it changes through the year", () => {
  const summer = [
    "+01:00",
    "+01:00",
    "+01:00",
    "+02:00",
    "+02:00",
    "+02:00",
    "+02:00",
    "+02:00",
    "+02:00",
    "+02:00",
    "+01:00",
    "+01:00",
  ];
  const format: DateFormat = { pattern: "YYYY-MM-DDTHH:mmZZ", offsets: summer };
  for (const text of ["2020-01-05T10:30+01:00", "2020-07-05T10:30+02:00"])
    expect(formatDate(readDate(text, format), format)).toBe(text);
  expect(readDate("2020-07-05T10:30Z", format)).toBe(Date.UTC(2020, 6, 5, 10, 30));
});

describe("durations beyond a day", () => {
  it.each([
    [["36:15", "0:30", "120:00"], "H:mm"],
    [["36:15:10", "00:30:00"], "HH:mm:ss"],
    [["23:59", "24:00", "0:10"], undefined],
    [["36:15", "ward 3"], undefined],
    [["36:75"], undefined],
  ])("%j: %s", (texts, clock) => expect(durationClock(texts)).toBe(clock));

  it("come back as they were", () => {
    const clocks: DurationClock[] = ["H:mm", "H:mm:ss"];
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 999_999 }), fc.constantFrom(...clocks), (value, clock) => {
        expect(readDuration(writeDuration(value, clock), clock)).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(readDuration("36:15", "H:mm")).toBe(36 * 60 + 15);
    expect(MINUTE).toBe(60_000);
  });
});
