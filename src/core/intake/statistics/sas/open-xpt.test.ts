import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bytesFile } from "../../fixtures/bytes-file.ts";
import { records, sheetCells } from "../../fixtures/sheet-cells.ts";
import { openXpt } from "./open-xpt.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/statistics/${name}`, import.meta.url)));

const codes: Readonly<Record<string, string>> = {
  male: "1",
  female: "2",
  none: "1",
  mild: "2",
  severe: "3",
  never: "0",
  former: "1",
  current: "2",
  refused: "8",
  "does not know": "9",
};

/** The CSV's cells as a transport file can have them: codes for labels, notes of 190 characters. */
function truth(names: (name: string) => string): string[][] {
  const [head = [], ...rows] = records(new TextDecoder().decode(fixture("table.csv")));
  const labelled = ["sex", "pain", "smoking"].map((name) => head.indexOf(name));
  return [
    head.map(names),
    ...rows.map((row) =>
      row.map((cell, i) => {
        if (labelled.includes(i)) return codes[cell] ?? cell;
        return head[i] === "note" ? cell.slice(0, 190).trim() : cell;
      }),
    ),
  ];
}

describe("a SAS transport file", () => {
  it.each([
    ["table5.xpt", (name: string) => (name === "weight_kg" ? "weight" : name)],
    ["table8.xpt", (name: string) => name],
  ])("%s has the cells of the CSV beside it", async (name, names) => {
    const { cells, hints } = await sheetCells(await openXpt(bytesFile(name, fixture(name))));
    expect(cells).toEqual(truth(names));
    expect(hints.get("born")).toMatchObject({ label: "Date of birth", kind: "datetime" });
  });

  it("with several tables has a sheet for each", async () => {
    const one = fixture("table5.xpt");
    const library = 240;
    const both = Uint8Array.from([...one, ...one.subarray(library)]);
    const nameAt = 408;
    both.set(new TextEncoder().encode("VISITS  "), one.length + nameAt - library);
    const opened = await openXpt(bytesFile("two.xpt", both));
    expect(opened.sheets.map(({ rows, columns }) => [rows, columns])).toEqual([
      [24, 12],
      [24, 12],
    ]);
    await expect(opened.text({})).rejects.toThrow(/holds 2 tables/);
    const { cells } = await sheetCells(opened, { sheet: "VISITS" });
    expect(cells).toEqual(truth((name) => (name === "weight_kg" ? "weight" : name)));
  });

  it("tells kinds of missing apart in a note", async () => {
    const bytes = fixture("table5.xpt");
    const missing = [0x2e, 0, 0, 0, 0, 0, 0, 0];
    const rowsAt = 2400;
    const at = bytes.findIndex((_, i) => i >= rowsAt && missing.every((byte, n) => bytes[i + n] === byte));
    bytes[at] = 0x5a;
    const { notes } = await sheetCells(await openXpt(bytesFile("kinds.xpt", bytes)));
    expect(notes).toEqual([expect.stringMatching(/: cells with \.Z are missing, as the file says\./)]);
  });
});
