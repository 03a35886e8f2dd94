import { describe, expect, it } from "vitest";
import { bytesFile } from "../../fixtures/bytes-file.ts";
import { sheetCells } from "../../fixtures/sheet-cells.ts";
import { madeSav, type MadeSav } from "./fixtures/made-sav.ts";
import { openSav } from "./open-sav.ts";

const read = async (made: MadeSav): ReturnType<typeof sheetCells> =>
  sheetCells(await openSav(bytesFile("made.sav", madeSav(made))));
const rowsOf = (...numbers: readonly number[]): MadeSav["rows"] => numbers.map((x) => [x, [97]]);
const numbersOf = async (made: MadeSav): Promise<(string | undefined)[]> =>
  (await read(made)).cells.slice(1).map(([x]) => x);

const KOELN = [0x4b, 0xf6, 0x6c, 0x6e];
const KOELN_UTF8 = [0x4b, 0xc3, 0xb6, 0x6c, 0x6e];

describe("the bytes of an SPSS file", () => {
  it.each([true, false])("are numbers and texts with the low byte first: %s", async (littleEndian) => {
    const { cells } = await read({
      littleEndian,
      rows: [
        [1.5, KOELN_UTF8],
        [NaN, []],
        [-3e9, [49]],
      ],
    });
    expect(cells).toEqual([
      ["X", "S"],
      ["1.5", "Köln"],
      ["", ""],
      ["-3000000000", "1"],
    ]);
  });

  it("are all rows up to the end where their number is not said", async () => {
    expect(await numbersOf({ saidRows: -1, rows: rowsOf(1, 2, 3) })).toEqual(["1", "2", "3"]);
    await expect(read({ saidRows: 4, rows: rowsOf(1, 2, 3) })).rejects.toThrow(/ends after 3 of 4 rows/);
  });

  it("are texts of the encoding that the file names, or refused", async () => {
    const { cells, notes } = await read({ encoding: "windows-1252", rows: [[1, KOELN]] });
    expect([cells[1], notes]).toEqual([["1", "Köln"], []]);
    await expect(read({ encoding: "EBCDIC-17", rows: [[1, KOELN]] })).rejects.toThrow(
      /“EBCDIC-17”, which cannot be read here/,
    );
  });

  it("are told where they are another encoding than the file says", async () => {
    const { cells, notes } = await read({
      encoding: "UTF-8",
      rows: [
        [1, KOELN],
        [2, KOELN_UTF8],
      ],
    });
    expect(cells.slice(1)).toEqual([
      ["1", "Köln"],
      ["2", "Köln"],
    ]);
    expect(notes).toEqual(["One text is not UTF-8, although the file says so, and read as windows-1252."]);
  });

  it("may end in half a character, where SPSS cut a text", async () => {
    const { cells, notes } = await read({
      encoding: "UTF-8",
      rows: [[1, [97, 97, 97, 97, 97, 97, 97, 0xc3]]],
    });
    expect([cells[1]?.[1], notes]).toEqual(["aaaaaaa", []]);
  });
});

describe("value labels of an SPSS file", () => {
  it("that two codes share are told apart by their codes, and so is one that is another code", async () => {
    const labels = [
      [1, "ward"],
      [2, "ward"],
      [3, "1"],
      [4, ""],
    ] as const;
    expect(await numbersOf({ labels, rows: rowsOf(1, 2, 3, 4) })).toEqual([
      "ward (1)",
      "ward (2)",
      "1 (3)",
      "4",
    ]);
  });

  it("are the cells where a stray code has none", async () => {
    const labels = [
      [1, "mild"],
      [2, "severe"],
    ] as const;
    const { cells, hints } = await read({ labels, measure: 2, rows: rowsOf(1, 2, 9, 2) });
    expect(cells.slice(1).map(([x]) => x)).toEqual(["mild", "severe", "9", "severe"]);
    expect(hints.get("X")).toMatchObject({ kind: "category", measure: "ordinal" });
  });

  it("of few values of a number leave it a number, and are told", async () => {
    const labels = [
      [0, "no pain"],
      [10, "worst"],
    ] as const;
    const { cells, hints, notes } = await read({ labels, measure: 3, rows: rowsOf(0, 3, 5, 7, 10) });
    expect(cells.slice(1).map(([x]) => x)).toEqual(["0", "3", "5", "7", "10"]);
    expect(hints.get("X")).not.toHaveProperty("valueLabels");
    expect(hints.get("X")).toMatchObject({ kind: "decimal" });
    expect(notes).toEqual([
      "“X”: 0 (“no pain”), 10 (“worst”) have labels and stay numbers, as most values of the column have none.",
    ]);
  });

  it("of missing values are the reason that is told", async () => {
    const labels = [
      [999, "refused"],
      [-1, "not asked"],
    ] as const;
    const missing = { type: -3, values: [900, 999, -1] };
    const { cells, notes } = await read({ labels, missing, rows: rowsOf(62, 999, 950, -1, 71) });
    expect(cells.slice(1).map(([x]) => x)).toEqual(["62", "", "", "", "71"]);
    expect(notes).toEqual([
      "“X”: cells with -1 (“not asked”), 950 and 999 (“refused”) are missing, as the file says.",
    ]);
  });
});
