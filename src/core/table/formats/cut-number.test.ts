import { describe, expect, it } from "vitest";
import { cutCell, unitKey } from "./cut-number.ts";
import { chooseReading, readCell } from "./number-reading.ts";
import { formatNumber } from "./number-format.ts";
import { formatOf, WritingSoFar } from "./number-marks.ts";

const context = { decimalComma: false, dayFirst: false };

describe("a cell is cut into its number, its unit and its limit", () => {
  it.each([
    ["64 bpm", "64", " bpm"],
    ["96,5%", "96,5", "%"],
    ["$2,150", "2,150", ""],
    ["-3.5 °C", "-3.5", " °C"],
    ["7.2 10^9/L", "7.2", " 10^9/L"],
    ["410 x10³/µL", "410", " x10³/µL"],
    ["71 mL/min/1.73m2", "71", " mL/min/1.73m2"],
    ["48 J", "48", " J"],
  ])("%s", (text, number, suffix) => {
    expect(cutCell(text)).toMatchObject({ number, suffix });
    expect(cutCell(text)?.limit).toBeUndefined();
  });

  it.each([
    ["<4", "4", "below", false],
    ["< 0,02 ng/ml", "0,02", "below", false],
    ["≤1.5", "1.5", "below", true],
    ["<= 1.5", "1.5", "below", true],
    ["unter 3", "3", "below", false],
    [">100", "100", "above", false],
    [">=85", "85", "above", true],
    ["85+", "85", "above", true],
    ["85 und älter", "85", "above", true],
    ["more than 12", "12", "above", false],
  ])("%s", (text, number, side, inclusive) => {
    expect(cutCell(text)).toMatchObject({ number, limit: { side, inclusive } });
  });

  it.each(["14A", "P-17", "120/80", "12:30", "3 May", "12 Jan 2020", "10 PM", "<LOD", "A4", "1-2", "17.b,c"])(
    "%s is no number with a unit",
    (text) => expect(cutCell(text)).toBeUndefined(),
  );

  it("tells spellings of one unit from different units", () => {
    expect(unitKey("mmol/L")).toBe(unitKey(" mmol/l"));
    expect(unitKey("days")).toBe(unitKey("day"));
    expect(unitKey("Jahre")).toBe(unitKey("Jahren"));
    expect(unitKey("giorni")).toBe(unitKey("giorno"));
    expect(unitKey("ug/L")).toBe(unitKey("µg/L"));
    expect(unitKey("mg/dL")).not.toBe(unitKey("mg/L"));
    expect(unitKey("m")).not.toBe(unitKey("ms"));
  });
});

describe("a column of numbers with a unit", () => {
  const written = (texts: readonly string[]): string[] => {
    const { reading } = chooseReading(texts, context);
    const writing = new WritingSoFar();
    const numbers = texts.map((text) => {
      const read = readCell(text, reading);
      if (read !== undefined) writing.add(read.number);
      return read?.number.value ?? NaN;
    });
    const format = formatOf(reading.marks, writing.done(), reading.affix);
    return numbers.map((value) => formatNumber(value, format));
  };

  it.each([
    [["61 bpm", "102 bpm", "88 bpm"]],
    [["$1,250", "$980", "$12,400"]],
    [["36,8 °C", "38,25 °C", "37,5 °C"]],
    [["1 day", "4 days", "12 days"]],
    [["-$12", "$40", "$7"]],
  ])("is written as it was: %s", (texts) => {
    expect(written(texts)).toEqual(texts);
  });

  it("is written with the unit where most cells have it, without where most are bare", () => {
    expect(written(["5 mg", "7 mg", "9"])).toEqual(["5 mg", "7 mg", "9 mg"]);
    expect(written(["5", "7", "9 mg"])).toEqual(["5", "7", "9"]);
  });

  it("is not read when two units stand side by side, nor a mark of the laboratory as a unit", () => {
    const two = chooseReading(["90 mg/dL", "5.1 mmol/L", "101 mg/dL"], context);
    expect(two).toMatchObject({ fits: 0, units: ["mg/dL", "mmol/L"] });
    expect(chooseReading(["5.1", "4.2", "6.9 H", "4.4"], context).reading.affix).toBeUndefined();
  });
});
