import { zipSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { bytesFile } from "./fixtures/bytes-file.ts";
import { firstRowsOf, lookInto, maskedRowsOf, pairOf } from "./look-into.ts";

const file = (name: string, text: string): ReturnType<typeof bytesFile> =>
  bytesFile(name, new TextEncoder().encode(text));
const rows = Array.from({ length: 9 }, (_, i) => `${i},${20 + i},f`).join("\n");

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
/** Row numbers with their texts, as a workbook of one sheet. */
function workbook(lines: readonly (readonly [number, readonly string[]])[]): Uint8Array {
  const sheet = lines
    .map(([number, cells]) => `<row r="${number}">${cells.map(cell).join("")}</row>`)
    .join("");
  return zipSync({
    "[Content_Types].xml": strToU8("<Types/>"),
    "xl/workbook.xml": strToU8(
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Visits" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    "xl/worksheets/sheet1.xml": strToU8(
      `<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
  });
}

describe("looking into files", () => {
  it("tells what they hold, and what two of them may be by their names", async () => {
    const one = await lookInto(file("a.csv", `case,age,sex\n${rows}\n`));
    const other = await lookInto(file("b.csv", `case,age,sex\n${rows}\n`));
    const third = await lookInto(file("c.json", '[{"case": 1, "crp": 2.5}, {"case": 2, "crp": 3.5}]'));
    expect(one).toMatchObject({ name: "a.csv", words: "Delimited text", names: ["case", "age", "sex"] });
    expect(pairOf(one, other)).toEqual({ shared: ["case", "age", "sex"], alike: true });
    expect(pairOf(one, third)).toEqual({ shared: ["case"], alike: false });
  });

  it("says why one cannot be opened, and goes on", async () => {
    const { fault, sheets } = await lookInto(bytesFile("a.xlsx", new Uint8Array([0x50, 0x4b, 3, 4, 9, 9])));
    expect(fault?.code).toBe("file-damaged");
    expect(sheets).toEqual([]);
    expect((await lookInto(bytesFile("none.csv", new Uint8Array(0)))).fault?.code).toBe("file-empty");
  });

  it("shows the first rows as they stand, blank ones too, and where the names are", async () => {
    const text = `Visits of 2025\n\ncase,age,sex\n${rows}\n`;
    const found = await firstRowsOf(file("a.csv", text), {}, 4);
    expect(found).toEqual({
      cells: [["Visits of 2025"], [""], ["case", "age", "sex"], ["0", "20", "f"]],
      header: 3,
      names: ["case", "age", "sex"],
    });
    expect((await firstRowsOf(file("a.csv", text), { headerRow: 0 }, 2)).header).toBe(0);
  });

  it("numbers the rows of a sheet as Excel does", async () => {
    const bytes = workbook([
      [1, ["Visits of 2025"]],
      [4, ["case", "age", "sex"]],
      ...Array.from({ length: 5 }, (_, i) => [5 + i, [`C${i}`, `${20 + i}`, "f"]] as const),
    ]);
    const found = await firstRowsOf(bytesFile("v.xlsx", bytes), {}, 5);
    expect(found.header).toBe(4);
    expect(found.cells[0]).toEqual(["Visits of 2025", "", ""]);
    expect(found.cells[1]).toEqual(["", "", ""]);
    expect(found.cells[4]).toEqual(["C0", "20", "f"]);
  });

  it("masks identifiers below the names, whichever row is made the header", async () => {
    const names = ["Anna Weber", "Paul Koch", "Eva Lang", "Jan Wolf", "Ida Roth", "Max Frank"];
    const patients = Array.from(
      { length: 48 },
      (_, i) => `${names[i % 6]},${50 + (i % 9)},${100 + (i % 7)}/${60 + i},${i % 2 ? "f" : "m"}`,
    );
    const bytes = file("a.csv", `Ward 3\nname,age,bp,sex\n${patients.join("\n")}\n`);
    const { cells, header } = await maskedRowsOf(bytes, {}, 4);
    expect(header).toBe(2);
    expect(cells).toEqual([
      ["Ward 3"],
      ["name", "age", "bp", "sex"],
      ["•••• •••••", "50", "100/60", "m"],
      ["•••• ••••", "51", "101/61", "f"],
    ]);
    expect((await maskedRowsOf(bytes, { headerRow: 3 }, 4)).cells).toEqual(cells);
    expect((await maskedRowsOf(bytes, { headerRow: 1 }, 4)).cells[2]?.[0]).toBe("•••• •••••");
  });

  it("masks all of a table that cannot be told apart", async () => {
    const { cells } = await maskedRowsOf(file("a.csv", "name,age\nAnna Weber,50\n"), {}, 4);
    expect(cells).toEqual([
      ["name", "age"],
      ["•••• •••••", "••"],
    ]);
  });
});
