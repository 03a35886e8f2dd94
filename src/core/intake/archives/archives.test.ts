import { deflateSync, gzipSync, zipSync, type Zippable } from "fflate";
import { describe, expect, it } from "vitest";
import { describeFault } from "../../fault.ts";
import { faultOf } from "../../table/fixtures/read-text.ts";
import { bytesFile } from "../fixtures/bytes-file.ts";
import { sheetCells } from "../fixtures/sheet-cells.ts";
import { row, workbook } from "../fixtures/workbook.ts";
import { openFile } from "../open-file.ts";
import { readFile } from "../read-file.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = bytes(
  `id,age,sex\n${Array.from({ length: 400 }, (_, i) => `P${i},${20 + (i % 60)},${i % 2 ? "F" : "M"}`).join("\n")}\n`,
);
const zip = (files: Zippable, name = "export.zip"): ReturnType<typeof bytesFile> =>
  bytesFile(name, zipSync(files), 5000);
const whole = async (file: ReturnType<typeof bytesFile>): Promise<Uint8Array> => file.slice(0, file.size);

/** Unpacks all of it, and lets it go. */
const unpacked = async (file: ReturnType<typeof bytesFile>): Promise<void> => {
  const { pieces } = await (await openFile(file)).text({});
  for await (const piece of pieces()) expect(piece.length).toBeGreaterThan(0);
};

describe("a gzip file", () => {
  it("is read as what is packed in it, of one member or of several", async () => {
    const one = gzipSync(csv);
    expect((await readFile(bytesFile("a.csv.gz", one))).table.rows).toBe(400);
    const half = csv.length >> 1;
    const parts = [gzipSync(csv.subarray(0, half)), gzipSync(csv.subarray(half))];
    const { table, storedAs } = await readFile(
      bytesFile("a.csv.gz", Uint8Array.from([...parts[0]!, ...parts[1]!])),
    );
    expect(table.rows).toBe(400);
    expect(storedAs).toBe("Delimited text, packed with gzip");
  });

  it("may hold a file whose parts are found by their places", async () => {
    const packed = gzipSync(
      await whole(workbook([{ name: "A", rows: row(1, ["a", "b"]) + row(2, [1, 2]) + row(3, [3, 4]) }])),
    );
    expect((await sheetCells(await openFile(bytesFile("book.xlsx.gz", packed)))).cells).toHaveLength(3);
  });

  it("that is cut off, changed or followed by something else is refused, wherever that is", async () => {
    const packed = gzipSync(csv);
    for (let end = 20; end < packed.length; end += 97)
      expect(await faultOf(readFile(bytesFile("a.csv.gz", packed.slice(0, end))))).toMatchObject({
        code: "file-damaged",
      });
    for (const at of [packed.length - 1, packed.length - 6]) {
      const changed = packed.slice();
      changed[at] = (changed[at] as number) ^ 1;
      expect(await faultOf(readFile(bytesFile("a.csv.gz", changed)))).toMatchObject({ code: "file-damaged" });
    }
    const more = Uint8Array.from([...packed, 1, 2, 3, 4, 5]);
    expect(await faultOf(readFile(bytesFile("a.csv.gz", more)))).toMatchObject({ code: "file-damaged" });
  });

  it("that was made to fill a memory is refused before it does", async () => {
    const bomb = gzipSync(bytes("1,2,3\n".repeat(1_800_000)), { level: 1 });
    const fault = await faultOf(unpacked(bytesFile("bomb.csv.gz", bomb, 1 << 16)));
    expect(fault).toMatchObject({ code: "file-refused" });
    expect(describeFault(fault).detail).toBe(
      "It unpacks to more than 200 times its size, which no table does.",
    );
  });
});

describe("a zip archive", () => {
  it("of one table is opened as that; texts beside it are no tables", async () => {
    const opened = await openFile(
      zip({ "data/visits.csv": csv, "README.txt": bytes("Read me."), "__MACOSX/._x": csv }),
    );
    expect(opened.sheets).toEqual([
      { name: "data/visits.csv", table: true },
      { name: "README.txt", table: false, note: "no table" },
    ]);
    expect((await sheetCells(opened)).cells).toHaveLength(401);
  });

  it("of several lists them, sheets of workbooks too, and opens the one that is chosen", async () => {
    const book = await whole(
      workbook([
        { name: "One", rows: row(1, ["a", "b"]) + row(2, [1, 2]) + row(3, [3, 4]) },
        { name: "Two", rows: row(1, ["c", "d"]) + row(2, [1, 2]) + row(3, [3, 4]) },
      ]),
    );
    const file = zip({ "a/visits.csv": csv, "b/visits.csv.gz": gzipSync(csv), "book.xlsx": book });
    const opened = await openFile(file);
    expect(opened.sheets.map(({ name }) => name)).toEqual([
      "a/visits.csv",
      "b/visits.csv.gz",
      "book.xlsx, One",
      "book.xlsx, Two",
    ]);
    expect(await faultOf(opened.text({}))).toMatchObject({ code: "several-sheets" });
    expect((await sheetCells(opened, { sheet: "book.xlsx, Two" })).cells[0]).toEqual(["c", "d"]);
    expect((await sheetCells(opened, { sheet: "visits.csv" })).cells[0]).toEqual(["id", "age", "sex"]);
    expect(await faultOf(opened.text({ sheet: "nothing" }))).toMatchObject({ code: "unknown-sheet" });
  });

  it("without a table says what it holds", async () => {
    expect(await faultOf(openFile(zip({ "scan.png": bytes("\u0089PNG"), "notes.md": bytes("x") })))).toEqual({
      code: "no-sheet",
      file: "export.zip",
      holds: "“scan.png”, “notes.md”",
    });
    expect(await faultOf(openFile(zip({})))).toMatchObject({ code: "no-sheet", holds: "no file" });
  });

  it("in an archive, with a password, of too many files or with names that lead out of it is refused in words", async () => {
    const refusal = async (file: ReturnType<typeof bytesFile>): Promise<string> =>
      describeFault(await faultOf(openFile(file))).detail;
    expect(await refusal(zip({ "inner.zip": zipSync({ "a.csv": csv }) }))).toMatch(
      /another archive, “inner\.zip”/,
    );
    const locked = zipSync({ "a.csv": csv });
    const at = locked.findIndex(
      (_, i) => locked[i] === 0x50 && locked[i + 1] === 0x4b && locked[i + 2] === 1 && locked[i + 3] === 2,
    );
    locked[at + 8] = 1;
    expect(await refusal(bytesFile("locked.zip", locked))).toBe("It is protected with a password.");
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.csv`, new Uint8Array(0)]));
    expect(await refusal(zip(many))).toMatch(/1,001 files; at most 1,000/);
    expect(await refusal(zip({ "../../etc/passwd.csv": csv }))).toMatch(/leads out of the archive/);
  });

  it("whose content is not what its table of contents says is refused", async () => {
    const good = zipSync({ "a.csv": csv });
    const read = (changed: Uint8Array): Promise<unknown> => readFile(bytesFile("a.zip", changed));
    for (let end = 10; end < good.length; end += 61)
      expect(await faultOf(read(good.slice(0, end)))).toMatchObject({ code: "file-damaged" });
    for (let at = 60; at < good.length - 90; at += 101) {
      const changed = good.slice();
      changed[at] = (changed[at] as number) ^ 16;
      expect(await faultOf(read(changed))).toMatchObject({ code: "file-damaged" });
    }
  });

  it("that says it is small and is not is refused", async () => {
    const body = bytes("1,2,3\n".repeat(1_800_000));
    const bomb = zipSync({ "a.csv": body }, { level: 1 });
    expect(await faultOf(unpacked(bytesFile("a.zip", bomb)))).toMatchObject({ code: "file-refused" });
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.length);
    const at = bomb.findIndex((_, i) => i + 4 < bomb.length && view.getUint32(i, true) === 0x02014b50);
    view.setUint32(at + 24, 1000, true);
    expect(["file-refused", "file-damaged"]).toContain(
      (await faultOf(unpacked(bytesFile("a.zip", bomb)))).code,
    );
    expect(deflateSync(body).length).toBeLessThan(body.length / 200);
  });
});
