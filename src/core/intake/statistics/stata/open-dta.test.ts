import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bytesFile } from "../../fixtures/bytes-file.ts";
import { records, sheetCells } from "../../fixtures/sheet-cells.ts";
import { singleText } from "../cell-texts.ts";
import { openDta } from "./open-dta.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/statistics/${name}`, import.meta.url)));

const truth = records(new TextDecoder().decode(fixture("table.csv"))).map((row) =>
  row.filter((_, i) => i !== 8),
);

describe("a Stata file", () => {
  it.each(["stata13.dta", "stata14.dta", "stata15.dta"])(
    "%s has the cells of the CSV beside it",
    async (name) => {
      const { cells, hints } = await sheetCells(await openDta(bytesFile(name, fixture(name))));
      expect(cells).toEqual(truth);
      expect(hints.get("pain")).toMatchObject({ label: "Pain on arrival", kind: "category" });
    },
  );

  const CITIES: Readonly<Record<string, string>> = { Łódź: "Lodz", 東京: "Tokyo" };

  it.each([
    ["pandas114.dta", "of format 114, high bytes first", 180],
    ["pandas117.dta", "with long texts apart", Infinity],
    ["pandas118.dta", "with long texts apart, high bytes first", Infinity],
  ])("%s, %s, has the cells of the CSV too", async (name, _, most) => {
    const { cells } = await sheetCells(await openDta(bytesFile(name, fixture(name))));
    const old = name !== "pandas118.dta";
    const plain = truth.map((row, i) =>
      row.map((cell, j) => {
        if (i === 0 || !old) return cell;
        if (j === 8) return CITIES[cell] ?? cell;
        return j === 10 ? cell.slice(0, most).trim().replace(/[“”]/g, "'") : cell;
      }),
    );
    expect(cells).toEqual(plain);
  });

  it("tells kinds of missing apart in a note", async () => {
    const bytes = fixture("stata15.dta");
    const missing = [0, 0, 0, 0, 0, 0, 0xe0, 0x7f];
    const at = bytes.findIndex((_, i) => missing.every((byte, n) => bytes[i + n] === byte));
    bytes[at + 5] = 2;
    const { cells, notes } = await sheetCells(await openDta(bytesFile("kinds.dta", bytes)));
    expect(cells).toEqual(truth);
    expect(notes.join(" ")).toMatch(/: cells with \.b are missing, as the file says\./);
  });

  it("writes numbers of 32 bits as short as those bits allow", () => {
    expect([71.3, 0.1, 1 / 3, 16_777_216, -5e-7].map((value) => singleText(Math.fround(value)))).toEqual([
      "71.3",
      "0.1",
      "0.33333334",
      "16777216",
      "-5e-7",
    ]);
  });
});
