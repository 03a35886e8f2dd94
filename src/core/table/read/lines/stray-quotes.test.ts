import { describe, expect, it } from "vitest";
import { columnOf, faultOf, readText } from "../../fixtures/read-text.ts";

/** 200 rows; the note of some begins or ends with a quote. */
function tableWith(notes: Readonly<Record<number, string>>): string {
  const rows = Array.from(
    { length: 200 },
    (_, i) => `${i + 1},${30 + (i % 50)},${i % 2 ? "f" : "m"},${notes[i + 1] ?? "fine"}`,
  );
  return `id,age,sex,note\n${rows.join("\n")}\n`;
}

describe("two stray quotes", () => {
  const text = tableWith({ 21: '"good', 81: 'well"' });

  it("in the last column are told with the line, the column and what lies between", async () => {
    for (const size of [7, 1 << 18])
      expect(await faultOf(readText(text, {}, size))).toEqual({
        code: "rows-in-quotes",
        row: 21,
        line: 22,
        column: "note",
        lines: 60,
        rows: 60,
      });
  });

  it("read as ordinary text lose no row", async () => {
    const { table } = await readText(text, { repair: { literalQuotes: true } }, 50);
    expect(table.rows).toBe(200);
    const { cells } = columnOf(table, "note");
    expect([cells[20], cells[50], cells[80]]).toEqual(['"good', "fine", 'well"']);
  });

  it("that are meant can be kept as one cell", async () => {
    const { table } = await readText(text, { repair: { longQuotes: true } });
    expect(table.rows).toBe(140);
    expect(columnOf(table, "note").cells[20]).toMatch(/^good\n22,51,f,fine\n/);
  });

  it("on neighbouring rows, and in the middle of a row, are told too", async () => {
    expect(await faultOf(readText(tableWith({ 21: '"good', 22: 'well"' })))).toMatchObject({
      code: "rows-in-quotes",
      line: 22,
      lines: 1,
    });
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i},${i % 7 === 3 ? (i === 3 ? '"x' : 'x"') : "x"},${i % 5}.5`,
    );
    expect(await faultOf(readText(`n,note,crp\n${rows.join("\n")}\n`))).toMatchObject({
      code: "rows-in-quotes",
      line: 5,
      column: "note",
    });
  });
});

describe("quoted cells of several lines", () => {
  const note = '"No fever, no cough.\nBP 120/80, pulse 72\nplan: rest, fluids, review"';

  it("are read as they are", async () => {
    const { table, notes } = await readText(tableWith({ 5: note, 6: '"two\nlines"', 90: note }));
    expect(table.rows).toBe(200);
    expect(columnOf(table, "note").cells[5]).toBe("two\nlines");
    expect(notes).toEqual([]);
  });

  it("are read as they are in a table of two columns", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `"line one, of ${i}\nline two, end",${i}`);
    const { table, notes } = await readText(`note,n\n${rows.join("\n")}\n`);
    expect(table.rows).toBe(30);
    expect(notes).toEqual([]);
  });

  it("are told with their line where they are very long", async () => {
    const long = `"${Array.from({ length: 60 }, (_, i) => `paragraph ${i}`).join("\n")}"`;
    const { table, notes } = await readText(tableWith({ 5: long }));
    expect(table.rows).toBe(200);
    expect(notes).toEqual([
      "The quoted cell that opens on line 6, in “note”, goes on for 60 lines. If its quotes are stray, read quotes as ordinary text.",
    ]);
  });
});

it("quotes that open and close on their line still quote where stray ones are ordinary text", async () => {
  const text = 'id,note,sex\n1,"a, b",f\n2,"open,m\n3,"said ""no""",f\n4,shut",m\n';
  const { table } = await readText(text, { repair: { literalQuotes: true } });
  expect(columnOf(table, "note").cells).toEqual(["a, b", '"open', 'said "no"', 'shut"']);
});
