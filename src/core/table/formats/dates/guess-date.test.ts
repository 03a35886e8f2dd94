import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guessDate } from "./guess-date.ts";
import { readDate } from "./read-date.ts";
import { formatDate } from "./write-date.ts";

const settled = { dayFirst: false, compact: false };

describe("guessDate", () => {
  it.each([
    [["28.11.2021", "09.02.2022"], "DD.MM.YYYY"],
    [["1.2.2021", "28.11.2021"], "D.M.YYYY"],
    [["2/24/96 14:38", "9/17/53 17:08", "8/16/13 00:32"], "M/D/YY HH:mm"],
    [["2/24/96 4:38", "9/17/53 17:08"], "M/D/YY H:mm"],
    [["2021-03-01", "2020-12-24"], "YYYY-MM-DD"],
    [["2021-03-01 10:15:00"], "YYYY-MM-DD HH:mm:ss"],
    [["2021-03-01T10:15"], "YYYY-MM-DDTHH:mm"],
    [["2021-03-01T10:15:00Z"], "YYYY-MM-DDTHH:mm:ssZ"],
    [["13/02/2020", "01/03/2020"], "DD/MM/YYYY"],
    [["02/13/2020", "01/03/2020"], "MM/DD/YYYY"],
    [["12-JAN-2020", "03-FEB-2021"], "DD-MON-YYYY"],
    [["12-Jan-20", "03-Feb-21"], "DD-MMM-YY"],
    [["1/2/2020 1:05 PM", "1/22/2020 11:05 AM"], "M/D/YYYY h:mm A"],
    [["10:15", "23:59"], "HH:mm"],
  ])("%j is %s, and is written back", (texts, pattern) => {
    const guess = guessDate(texts, settled);
    expect(guess).toMatchObject({ pattern, fits: texts.length, ambiguous: false, exact: true });
    for (const text of texts) expect(formatDate(readDate(text, pattern), pattern)).toBe(text);
  });

  it("says when day and month cannot be told apart, and takes the file's habit", () => {
    const texts = ["01/02/2020", "03/04/2021"];
    expect(guessDate(texts, settled)).toMatchObject({ pattern: "MM/DD/YYYY", ambiguous: true });
    expect(guessDate(texts, { ...settled, dayFirst: true })).toMatchObject({
      pattern: "DD/MM/YYYY",
      ambiguous: true,
    });
    expect(guessDate(["01/01/2020", "02/02/2020"], settled)?.ambiguous).toBe(false);
  });

  it("reads eight digits as a date only when asked to", () => {
    expect(guessDate(["20200131"], settled)).toBeUndefined();
    expect(guessDate(["20200131"], { ...settled, compact: true })?.pattern).toBe("YYYYMMDD");
  });

  it.each(["30.02.2021", "2021-13-01", "25:00", "1.234", "2021", "13/2020"])("%s is no date", (text) => {
    expect(guessDate([text], settled)).toBeUndefined();
  });
});

it("writes any minute of four centuries and reads it back", () => {
  const minute = fc.integer({ min: Date.UTC(1800, 0, 1) / 60_000, max: Date.UTC(2200, 0, 1) / 60_000 });
  const pattern = fc.constantFrom(
    "YYYY-MM-DD HH:mm",
    "D.M.YYYY H:mm",
    "M/D/YYYY h:mm A",
    "DD-MON-YYYY HH:mm",
  );
  fc.assert(
    fc.property(minute, pattern, (minutes, form) => {
      expect(readDate(formatDate(minutes * 60_000, form), form)).toBe(minutes * 60_000);
    }),
  );
});
