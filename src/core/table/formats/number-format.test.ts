import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNumber, placesOf, PLAIN, readNumber, type NumberMarks } from "./number-format.ts";
import { chooseMarks, showsDecimalComma } from "./number-marks.ts";

const GERMAN: NumberMarks = { decimalMark: ",", thousandsMark: "." };
const value = (text: string, marks: NumberMarks = PLAIN): number | undefined =>
  readNumber(text, marks)?.value;

describe("readNumber", () => {
  it.each([
    ["71.3", PLAIN, 71.3],
    ["-0.5", PLAIN, -0.5],
    [".5", PLAIN, 0.5],
    ["+3", PLAIN, 3],
    ["1e5", PLAIN, 100_000],
    ["1.5E-3", PLAIN, 0.0015],
    ["1,5", GERMAN, 1.5],
    ["265.000,00", GERMAN, 265_000],
    ["1.234.567", GERMAN, 1_234_567],
    ["1 234,5", { decimalMark: ",", thousandsMark: " " }, 1234.5],
    ["1\u00a0234,5", { decimalMark: ",", thousandsMark: " " }, 1234.5],
    ["12'345.6", { decimalMark: ".", thousandsMark: "'" }, 12_345.6],
    ["Infinity", PLAIN, Infinity],
    ["-inf", PLAIN, -Infinity],
    ["1e400", PLAIN, Infinity],
  ] as const)("%s under %o is %d", (text, marks, expected) => {
    expect(value(text, marks)).toBe(expected);
  });

  it.each([
    "",
    "007",
    "01234",
    "1.2.3",
    "12a",
    "0x10",
    "1,2,3",
    "--1",
    "1e",
    "12345678901234567890",
    "1 2",
    "<0.5",
  ])("%s is not a number", (text) => {
    expect(readNumber(text, PLAIN)).toBeUndefined();
    expect(readNumber(text, GERMAN)).toBeUndefined();
  });
});

describe("formatNumber", () => {
  it.each([
    [71.5, { ...PLAIN, decimals: 2 }, "71.5"],
    [71.5, { ...PLAIN, decimals: 1, leastDecimals: 2 }, "71.50"],
    [40, { ...PLAIN, decimals: 3, leastDecimals: 1 }, "40.0"],
    [60.667, { ...PLAIN, decimals: 3, leastDecimals: 1 }, "60.667"],
    [265_000, { ...GERMAN, decimals: 2, leastDecimals: 2 }, "265.000,00"],
    [1234.5678, { ...PLAIN, decimals: 2 }, "1234.57"],
    [-0.001, { ...PLAIN, decimals: 2 }, "0"],
    [1e21, { ...PLAIN, decimals: 0 }, "1000000000000000000000"],
    [1e-7, { ...PLAIN, decimals: 7 }, "0.0000001"],
    [-1_234_567, { ...PLAIN, decimals: 0, thousandsMark: "," as const }, "-1,234,567"],
    [5.397605346934028e-79, { ...PLAIN, decimals: 20 }, "5.397605346934028e-79"],
    [-1.5e-19, { ...GERMAN, decimals: 20 }, "-0,00000000000000000015"],
    [1.25e-20, { ...GERMAN, decimals: 20 }, "1,25e-20"],
    [0.5, { ...PLAIN, decimals: 20 }, "0.5"],
  ])("%d under %o is %s", (number, format, text) => {
    expect(formatNumber(number, format)).toBe(text);
  });

  it("writes what was read, for any number with at most 15 digits", () => {
    const marks = fc.constantFrom(PLAIN, GERMAN, { decimalMark: ".", thousandsMark: "," } as const);
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 3 }),
        marks,
        (whole, places, m) => {
          const number = whole / 10 ** places;
          const text = formatNumber(number, { ...m, decimals: placesOf(number) });
          expect(readNumber(text, m)?.value).toBe(number === 0 ? 0 : number);
        },
      ),
    );
  });
});

it("a printer's minus sign is a minus, and is known not to be written so", () => {
  expect(readNumber("\u22123.5", PLAIN)).toMatchObject({ value: -3.5, plain: false });
  expect(readNumber("\u20132,5", GERMAN)).toMatchObject({ value: -2.5, plain: false });
  expect(readNumber("2\u20133", PLAIN)).toBeUndefined();
});

describe("formatNumber of numbers near 0", () => {
  /** Of 20 places, the last can be the ninth digit: then what is off is one of it. */
  const NINTH_DIGIT = 1e-9 * (1 + 1e-6);

  it("writes what was read, to nine digits, however small", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom(PLAIN, GERMAN),
        (digits, exponent, marks) => {
          const number = Number(`${digits}e-${exponent}`);
          const read = readNumber(formatNumber(number, { ...marks, decimals: placesOf(number) }), marks);
          expect(Math.abs((read?.value as number) / number - 1)).toBeLessThan(NINTH_DIGIT);
        },
      ),
    );
  });
});

describe("chooseMarks", () => {
  const settled = { decimalComma: false, dayFirst: false };
  it("tells decimal commas from thousands commas", () => {
    expect(chooseMarks(["1,234", "12,345"], settled).marks).toEqual({ decimalMark: ".", thousandsMark: "," });
    expect(chooseMarks(["1,234", "12,34"], settled).marks.decimalMark).toBe(",");
    expect(chooseMarks(["1,234", "12,345"], { ...settled, decimalComma: true }).marks.decimalMark).toBe(",");
  });

  it("reads 1.234 as a thousand only where the rest of the file has a decimal comma", () => {
    expect(chooseMarks(["1.234", "2.500"], settled).marks).toEqual(PLAIN);
    expect(chooseMarks(["1.234", "2.500"], { ...settled, decimalComma: true }).marks).toEqual(GERMAN);
    expect(chooseMarks(["1.234", "2.5"], { ...settled, decimalComma: true }).marks).toEqual(PLAIN);
  });

  it("sees a decimal comma only where it is one", () => {
    expect(showsDecimalComma(["1,5", "2,25"])).toBe(true);
    expect(showsDecimalComma(["1,500", "2,250"])).toBe(false);
    expect(showsDecimalComma(["a,b", "c"])).toBe(false);
  });
});
