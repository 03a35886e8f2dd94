import { describe, expect, it } from "vitest";
import { columnOf, faultOf } from "../../table/fixtures/read-text.ts";
import { bytesFile } from "../fixtures/bytes-file.ts";
import { sheetCells } from "../fixtures/sheet-cells.ts";
import { merges, row, workbook } from "../fixtures/workbook.ts";
import { openFile } from "../open-file.ts";
import { readFile } from "../read-file.ts";

const patients = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => row(from + i, [`P${i}`, 40 + i, i % 2 ? "F" : "M", 1.5 * i])).join(
    "",
  );
const names = ["patient", "age", "sex", "score"];

describe("a workbook", () => {
  it("lists its sheets, hidden ones and empty ones too, and asks which one", async () => {
    const opened = await openFile(
      workbook([
        { name: "Visits", rows: row(1, names) + patients(2, 5) },
        {
          name: "Codes",
          rows: row(1, ["code", "meaning"]) + row(2, ["a", "b"]) + row(3, ["c", "d"]),
          hidden: true,
        },
        { name: "Empty", rows: '<row r="1"><c r="A1" s="0"/></row>' },
        { name: "Remarks", rows: row(1, ["made in May"]) },
      ]),
    );
    expect(opened.sheets).toEqual([
      { name: "Visits", rows: 5, columns: 4, table: true },
      { name: "Codes", rows: 2, columns: 2, table: true, note: "hidden" },
      { name: "Empty", table: false, note: "empty" },
      { name: "Remarks", rows: 0, columns: 1, table: false, note: "one column of text" },
    ]);
    expect(await faultOf(opened.text({}))).toEqual({
      code: "several-sheets",
      file: "visits.xlsx",
      sheets: ["Visits", "Codes"],
    });
    expect(await faultOf(opened.text({ sheet: "Labs" }))).toMatchObject({
      code: "unknown-sheet",
      sheet: "Labs",
    });
    expect((await sheetCells(opened, { sheet: "Codes" })).cells).toEqual([
      ["code", "meaning"],
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("finds the names below a title, and leaves a remark below the table out", async () => {
    const rows =
      row(1, ["Report of ward 3"]) + row(3, names) + patients(4, 4) + row(9, ["Source: the registry"]);
    const opened = await openFile(workbook([{ name: "A", rows, after: merges("A1:D1") }]));
    expect(opened.sheets[0]).toMatchObject({ rows: 4, note: "names in row 3, below a title" });
    const { cells, notes } = await sheetCells(opened);
    expect(cells[0]).toEqual(names);
    expect(cells).toHaveLength(5);
    expect(notes).toEqual([
      "The names stand in row 3 of the sheet.",
      "1 remark below the table was left out.",
    ]);
  });

  it("takes the row of the names that a person gives, or none", async () => {
    const rows = row(1, ["a", "b", "c", "d"]) + row(2, names) + patients(3, 3);
    const opened = await openFile(workbook([{ name: "A", rows }]));
    expect((await sheetCells(opened, { headerRow: 2 })).cells[0]).toEqual(names);
    const none = await sheetCells(opened, { headerRow: 0 });
    expect(none.cells.slice(0, 2)).toEqual([
      ["column_1", "column_2", "column_3", "column_4"],
      ["a", "b", "c", "d"],
    ]);
  });

  it("says where there are no names", async () => {
    const { table, notes } = await readFile(workbook([{ name: "A", rows: patients(1, 6) }]));
    expect(table.rows).toBe(6);
    expect(table.schema.columns.map(({ name }) => name)).toEqual([
      "column_1",
      "column_2",
      "column_3",
      "column_4",
    ]);
    expect(notes[0]).toMatch(/no names above its values/);
  });
});

describe("merged cells", () => {
  it("are filled from the top left, and headings between the rows are left out", async () => {
    const rows =
      row(1, names) +
      row(2, ["Ward A"]) +
      row(3, ["P1", 50, "F", 1]) +
      row(4, [undefined, 51, "F", 2]) +
      row(5, ["P2", 60, "M", 3]);
    const { cells, notes } = await sheetCells(
      await openFile(workbook([{ name: "A", rows, after: merges("A2:D2", "A3:A4") }])),
    );
    expect(cells.slice(1)).toEqual([
      ["P1", "50", "F", "1"],
      ["P1", "51", "F", "2"],
      ["P2", "60", "M", "3"],
    ]);
    expect(notes).toEqual([
      "1 merged cell was filled from the top left.",
      "1 heading between the rows, merged across them, was left out.",
    ]);
  });

  it("name groups of columns above the names", async () => {
    const rows =
      row(1, ["id", "before", undefined, "after", undefined]) +
      row(2, [undefined, "min", "max", "min", "max"]) +
      row(3, ["P1", 1, 2, 3, 4]) +
      row(4, ["P2", 5, 6, 7, 8]);
    const after = merges("A1:A2", "B1:C1", "D1:E1");
    const { cells } = await sheetCells(await openFile(workbook([{ name: "A", rows, after }])));
    expect(cells[0]).toEqual(["id", "before min", "before max", "after min", "after max"]);
    expect(cells).toHaveLength(3);
  });

  it("of a whole sheet end at its last value", async () => {
    const rows = row(1, names) + patients(2, 3);
    const opened = await openFile(workbook([{ name: "A", rows, after: merges("D4:XFD1048576") }]));
    expect((await sheetCells(opened)).cells).toHaveLength(4);
  });
});

describe("cells", () => {
  const cellsOf = async (
    written: readonly (string | number | undefined)[],
    formats: readonly string[],
    since1904 = false,
  ): Promise<{ cells: string[]; notes: readonly string[] }> => {
    const head = row(1, ["n", "x"]);
    const rows = written.map((cell, i) => row(i + 2, [`P${i}`, cell])).join("");
    const opened = await openFile(workbook([{ name: "A", rows: head + rows }], { formats, since1904 }));
    const { cells, notes } = await sheetCells(opened);
    return { cells: cells.slice(1).map(([, cell]) => cell as string), notes };
  };

  it("with a date format are dates, in both systems and before March 1900", async () => {
    expect(
      (await cellsOf(["1:1", "1:59", "1:60", "1:61", "1:43831", "1:2958465"], ["yyyy-mm-dd"])).cells,
    ).toEqual(["1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "2020-01-01", "9999-12-31"]);
    expect((await cellsOf(["1:0", "1:42369"], ["d.m.yy"], true)).cells).toEqual(["1904-01-01", "2020-01-01"]);
  });

  it("of one column are all written with a time where one has it", async () => {
    const formats = ["dd/mm/yyyy", "dd/mm/yyyy h:mm"];
    expect((await cellsOf(["1:43831", "2:43831.354166666664"], formats)).cells).toEqual([
      "2020-01-01 00:00:00",
      "2020-01-01 08:30:00",
    ]);
  });

  it("are times, durations, percentages and padded numbers as they are shown", async () => {
    const formats = ["h:mm AM/PM", "[h]:mm", "0.0%", "00000", '0.0" kg"', "[Red]0.00;[Blue]-0.00", "General"];
    const { cells } = await cellsOf(
      ["1:0.75", "2:1.25", "3:0.065", "4:123", "5:71.5", "6:2.25", "7:3"],
      formats,
    );
    expect(cells).toEqual(["18:00:00", "30:00:00", "6.5%", "00123", "71.5", "2.25", "3"]);
  });

  it("are numbers in full, without the noise of binary fractions", async () => {
    const written = [
      "0:0.30000000000000004",
      "0:9007199254740993",
      "0:1E-7",
      "0:1.5E+20",
      "0:0.14285714285714285",
    ];
    expect((await cellsOf(written, [])).cells).toEqual([
      "0.3",
      "9007199254740993",
      "0.0000001",
      "150000000000000000000",
      "0.14285714285714285",
    ]);
  });

  it("that hold an error or a formula without a result are missing, and counted", async () => {
    const { cells, notes } = await cellsOf([5, "#N/A", "=A1+1", "#DIV/0!", 7], []);
    expect(cells).toEqual(["5", "", "", "", "7"]);
    expect(notes).toEqual([
      "2 cells hold errors such as #N/A or #DIV/0!; they are missing.",
      "1 cell holds a formula without a result, the first in B4; they are missing. Open the workbook in Excel and save it to have them calculated.",
    ]);
  });

  it("keep their text: entities, line ends, quotes, what XML cannot hold", async () => {
    expect((await cellsOf(["a &amp; b, &#x4e;&quot;", "x_x000D_y", "two\nlines"], [])).cells).toEqual([
      'a & b, N"',
      "x\ry",
      "two\nlines",
    ]);
  });

  it("of totals at the end are not counted among the rows", async () => {
    const patients = [1, 2, 3].map((n) => row(1 + n, [`P${n}`, 50 + n, "F", n])).join("");
    const rows = row(1, names) + patients + row(5, ["Total", 156]);
    const { sheets } = await openFile(workbook([{ name: "A", rows }]));
    expect(sheets[0]).toMatchObject({ name: "A", rows: 3, columns: 4 });
  });

  it("in hidden rows and columns are read, and told", async () => {
    const rows = row(1, names) + row(2, ["P1", 50, "F", 1], 'hidden="1"') + row(3, ["P2", 51, "M", 2]);
    const before = '<cols><col min="4" max="4" hidden="1"/></cols>';
    const { cells, notes } = await sheetCells(await openFile(workbook([{ name: "A", rows, before }])));
    expect(cells).toHaveLength(3);
    expect(notes).toEqual([
      "1 row is hidden in the sheet and read all the same.",
      "Hidden in the sheet, and read all the same: score.",
    ]);
  });
});

describe("sheets made to trouble a reader", () => {
  it("of very many formatted rows without a value are read in a moment", async () => {
    const empty = Array.from(
      { length: 20_000 },
      (_, i) => `<row r="${i + 6}"><c r="A${i + 6}" s="1"/></row>`,
    ).join("");
    const started = performance.now();
    const { table } = await readFile(
      workbook([{ name: "A", rows: row(1, names) + patients(2, 4) + empty }], { formats: ["0"] }),
    );
    expect(table.rows).toBe(4);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("with a document type, or cut off, are refused", async () => {
    const typed = workbook([{ name: "A", rows: `<!DOCTYPE x>${row(1, names)}` }]);
    expect(await faultOf(openFile(typed))).toMatchObject({ code: "file-damaged" });
    const cut = workbook([{ name: "A", rows: `${row(1, names)}</sheetData><!--` }]);
    expect(await faultOf(openFile(cut))).toMatchObject({ code: "file-damaged" });
  });

  it("whose styles are missing are refused, since dates would be numbers", async () => {
    const whole = workbook([{ name: "A", rows: row(1, names) + patients(2, 4) }]);
    const bytes = await whole.slice(0, whole.size);
    const at = new TextDecoder("latin1").decode(bytes).lastIndexOf("xl/styles.xml");
    bytes[at + 4] = 120;
    expect(await faultOf(openFile(bytesFile("a.xlsx", bytes)))).toMatchObject({
      code: "file-damaged",
      reason: "“xl/styles.xml”, which the workbook names, is missing in it.",
    });
  });

  it("are typed as people see them", async () => {
    const rows =
      row(1, ["id", "seen", "share"]) +
      Array.from({ length: 30 }, (_, i) => row(i + 2, [`P${i}`, `1:${43831 + i}`, `2:0.${i + 10}`])).join("");
    const { table } = await readFile(workbook([{ name: "A", rows }], { formats: ["dd.mm.yyyy", "0%"] }));
    expect(columnOf(table, "seen").schema.kind).toBe("datetime");
    expect(columnOf(table, "share").schema).toMatchObject({ kind: "integer", number: { suffix: "%" } });
  });
});
