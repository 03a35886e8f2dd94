import { describe, expect, it } from "vitest";
import { guessDate, type DateGuess } from "./guess-date.ts";
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

describe("many ways of writing dates", () => {
  it.each([
    [["10JAN2018", "20JUN2016"], "DDMONYYYY"],
    [["03APR2020:10:30:05", "11MAY2020:22:30:00"], "DDMONYYYY:HH:mm:ss"],
    [["11mar2018 10:30:00", "02jan2019 11:00:01"], "DDmonYYYY HH:mm:ss"],
    [["10. Nov 2016", "04. Mär 2015"], "DD. MMM YYYY"],
    [["10. Nov. 2016", "04. März 2015", "01. Mai 2019"], "DD. MMM YYYY"],
    [["5 janv. 2020", "17 mars 2020", "3 août 2019"], "D MMM YYYY"],
    [["5 de enero de 2020", "13 de marzo de 2020"], "D [de] MMMM [de] YYYY"],
    [["ene-05-2020", "dic-06-2021"], "MMM-DD-YYYY"],
    [["4 maggio 2020", "13 luglio 2020", "1 gennaio 2019"], "D MMMM YYYY"],
    [["05/out/2020", "13/dez/2020", "01/fev/2019"], "DD/MMM/YYYY"],
    [["5 mei 2020", "13 maart 2020", "1 oktober 2019"], "D MMMM YYYY"],
    [["7.05 Uhr", "13.40 Uhr"], "H.mm [Uhr]"],
    [["201904", "201911", "202012", "202001", "201808", "201901", "201707", "201702"], "YYYYMM"],
    [["January 3, 2020", "March 14, 2019"], "MMMM D, YYYY"],
    [["2019-02-22T11:30:53+0100"], "YYYY-MM-DDTHH:mm:ss+0100"],
    [["2019-02-22 11:30:53.330669"], "YYYY-MM-DD HH:mm:ss.SSSSSS"],
    [["2018-12", "2021-11"], "YYYY-MM"],
    [["05/2019", "12/2020"], "MM/YYYY"],
    [["22-FEB-19 11.30.53.330669000 AM"], "DD-MON-YY hh.mm.ss.SSSSSSSSS A"],
    [["24:00", "17:27"], "kk:mm"],
    [["11h30", "9h05"], "H[h]mm"],
    [["22.02.2019, 11:30 Uhr"], "DD.MM.YYYY, HH:mm [Uhr]"],
    [["20180426", "20181213", "20181214", "20190102"], "YYYYMMDD"],
    [["20190222113053", "20190216221250", "20190217221250", "20190117221250"], "YYYYMMDDHHmmss"],
  ])("%j is %s, and is written back", (texts, pattern) => {
    const guess = guessDate(texts, settled) as DateGuess;
    expect(guess).toMatchObject({ pattern, fits: texts.length, exact: true });
    for (const text of texts) expect(formatDate(readDate(text, guess.format), guess.format)).toBe(text);
  });

  it.each([
    ["ids of a year and a running number", ["20010001", "20010002", "20010003", "20010004", "20010005"]],
    ["numbers of devices", ["20830224", "20810224", "20810299", "20830112"]],
    ["counts", ["19000101", "20991230", "20150731", "19871340"]],
    ["a few numbers", ["20200101", "20200102"]],
    ["case numbers of a year", ["13-2019", "412-2019"]],
    ["pressures", ["120/80", "135/78"]],
    ["school years", ["2019/20", "2020/21"]],
    ["long numbers", ["20190222113099", "20190222116053", "20190222113053", "20190222113054"]],
    ["decimals", ["12.2049", "13.1999"]],
    [
      "counts that are months at times",
      ["201904", "201911", "202014", "202001", "201808", "201901", "201707", "201799"],
    ],
    ["codes of departments", ["0100", "0150", "1500", "2300", "0200", "0800"]],
    ["days that are none", ["0000-00-00", "0000-00-00"]],
  ])("%s are no dates", (_, texts) => {
    const guess = guessDate(texts, settled);
    expect(guess?.fits ?? 0).toBeLessThan(texts.length);
  });

  it("keeps how much each cell tells", () => {
    const guess = guessDate(
      ["2018", "2017-07-25", "2019-05", "2016", "2020-02-07T10:30"],
      settled,
    ) as DateGuess;
    expect(guess.exact).toBe(true);
    expect(guess.format.coarser?.map(({ pattern }) => pattern)).toEqual(["YYYY-MM-DD", "YYYY-MM", "YYYY"]);
    const unknown = guessDate(
      ["UN/UNK/2019", "05/MAY/2019", "UN/MAY/2019", "07/JUN/2019"],
      settled,
    ) as DateGuess;
    expect(unknown).toMatchObject({ pattern: "DD/MON/YYYY", fits: 4, exact: true });
    const zeros = guessDate(["00.05.2019", "00.00.2018", "17.05.2019"], settled) as DateGuess;
    expect(zeros).toMatchObject({ pattern: "DD.MM.YYYY", fits: 3, exact: true });
  });

  it("reads four digits as times where the name says so, or where they have many minutes", () => {
    const few = ["0815", "1430", "2400", "0005"];
    expect(guessDate(few, settled)).toBeUndefined();
    expect(guessDate(few, { ...settled, compact: true })).toMatchObject({ pattern: "kkmm", exact: true });
    const many = Array.from({ length: 40 }, (_, i) => `${String((i * 7) % 24).padStart(2, "0")}${10 + i}`);
    expect(guessDate(many, settled)).toMatchObject({ pattern: "HHmm", fits: 40, exact: true });
  });

  it("takes the part of six digits that differs more for the day", () => {
    const days = Array.from({ length: 25 }, (_, i) => String(1 + i).padStart(2, "0"));
    const named = { ...settled, compact: true, days: true };
    expect(
      guessDate(
        days.map((day, i) => `${day}0${1 + (i % 9)}${19 + (i % 3)}`),
        named,
      )?.pattern,
    ).toBe("DDMMYY");
    expect(
      guessDate(
        days.map((day, i) => `${19 + (i % 3)}0${1 + (i % 9)}${day}`),
        named,
      )?.pattern,
    ).toBe("YYMMDD");
  });

  it("takes digits for days beside days with other marks", () => {
    const texts = ["2019-05-07", "20190612", "2019-08-21", "20200102", "20181130", "20181201"];
    expect(guessDate(texts, settled)).toMatchObject({ fits: 6 });
  });

  it("does not make dates of years beside which one date stands", () => {
    const years = Array.from({ length: 99 }, (_, i) => String(1920 + i));
    expect(guessDate([...years, "2019-05-07"], settled)?.fits).toBe(1);
  });

  it("reads each cell by its own format and writes the most frequent one", () => {
    const texts = ["13.04.2020", "05.02.2020", "2020-01-05", "43831"];
    const guess = guessDate(texts, settled) as DateGuess;
    expect(guess).toMatchObject({ pattern: "DD.MM.YYYY", fits: 4, exact: false });
    const read = texts.map((text) => formatDate(readDate(text, guess.format), guess.format));
    expect(read).toEqual(["13.04.2020", "05.02.2020", "05.01.2020", "01.01.2020"]);
  });

  it("settles day and month by the column's other dates, and says where both orders occur", () => {
    const inMarch = ["2020-03-01", "2020-03-30", "03/04/2020", "03/09/2020"];
    expect(guessDate(inMarch, { ...settled, dayFirst: true })).toMatchObject({ ambiguous: false });
    const both = guessDate(["13/02/2020", "02/14/2020", "02/15/2020"], settled);
    expect(both).toMatchObject({ fits: 3, ambiguous: true });
  });

  it("gives offsets back by month where they change", () => {
    const texts = ["2019-02-22T11:30:53+01:00", "2019-07-16T22:12:50+02:00", "2019-12-16T22:12:50+01:00"];
    expect(guessDate(texts, settled)).toMatchObject({
      pattern: "YYYY-MM-DDTHH:mm:ssZZ",
      fits: 3,
      exact: true,
    });
  });

  it("writes a fraction as long as it is where lengths differ", () => {
    const texts = ["2020-01-05T10:30:53.1Z", "2020-01-05T10:30:53.123Z", "2020-01-05T10:30:53Z"];
    expect(guessDate(texts, settled)).toMatchObject({ pattern: "YYYY-MM-DDTHH:mm:ssFZ", exact: true });
  });

  it("writes midnight as most cells do", () => {
    const late = guessDate(["2020-01-05 24:00", "2020-01-06 17:00"], settled) as DateGuess;
    expect(late).toMatchObject({ pattern: "YYYY-MM-DD kk:mm", exact: true });
    const mixed = ["2020-01-05 24:00", "2020-01-06 00:00", "2020-01-07 00:00"];
    expect(guessDate(mixed, settled)).toMatchObject({ pattern: "YYYY-MM-DD HH:mm", fits: 3, exact: false });
  });
});
