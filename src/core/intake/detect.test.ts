import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { describeFault, type Fault } from "../fault.ts";
import { faultOf } from "../table/fixtures/read-text.ts";
import { detectFormat } from "./detect.ts";
import { bytesFile } from "./fixtures/bytes-file.ts";
import { row, workbook } from "./fixtures/workbook.ts";
import { openFile } from "./open-file.ts";
import { readFile } from "./read-file.ts";

const formatOf = async (text: string): Promise<string> =>
  (await detectFormat(bytesFile("x.bin", strToU8(text)))).format;
const bytes = (...values: number[]): Uint8Array =>
  Uint8Array.from([...values, ...new Array<number>(200).fill(0)]);

describe("a file's format", () => {
  it("of a text is told by its first characters", async () => {
    expect(await formatOf("id,age\n1,2\n")).toBe("delimited");
    expect(await formatOf("[id],[age]\n1,2\n3,4\n")).toBe("delimited");
    expect(await formatOf("{id};{age}\n1;2\n")).toBe("delimited");
    expect(await formatOf('\ufeff[{"a": 1}]')).toBe("json");
    expect(await formatOf('{\n  "a": [1]\n}')).toBe("json");
    expect(await formatOf('{"a": 1}\n{"a": 2}\n')).toBe("ndjson");
    expect(await formatOf('{"a": 1}\n')).toBe("json");
    expect(await formatOf('{"resourceType": "Bundle", "entry": []}')).toBe("fhir");
    expect(await formatOf('{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b"}')).toBe(
      "fhir",
    );
    expect(await formatOf(`HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!${"0".repeat(30)}`)).toBe("xpt");
  });

  it("is told by content where the name says another, with a note", async () => {
    const book = workbook([{ name: "A", rows: row(1, ["a", "b"]) + row(2, [1, 2]) + row(3, [3, 5]) }]);
    const renamed = bytesFile("table.csv", await book.slice(0, book.size));
    expect((await readFile(renamed)).notes[0]).toBe(
      "Its name ends in .csv, but its content is of another kind (Excel workbook) and was read as that.",
    );
    const text = await readFile(bytesFile("table.xlsx", strToU8("a,b\n1,2\n3,4\n")));
    expect(text.table.rows).toBe(2);
    expect(text.notes[0]).toBe(
      "Its name ends in .xlsx, but its content is of another kind (Delimited text) and was read as that.",
    );
    expect((await readFile(bytesFile("table.txt", strToU8("a,b\n1,2\n3,4\n")))).notes).toEqual([]);
  });

  it("that is not opened is refused with the way out", async () => {
    const words = (fault: Fault): string => `${describeFault(fault).detail} ${describeFault(fault).remedy}`;
    const said = async (content: Uint8Array): Promise<string> =>
      words(await faultOf(openFile(bytesFile("x.xls", content))));
    const old = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    expect(await said(old)).toMatch(/before 2007 .* save it as \.xlsx\./);
    const locked = Uint8Array.from([
      ...old,
      ...Array.from("EncryptedPackage", (letter) => [letter.charCodeAt(0), 0]).flat(),
    ]);
    expect(await said(locked)).toMatch(/password/);
    expect(await said(strToU8("PARE    "))).toMatch(/encrypted metadata/);
    expect(
      await said(zipSync({ mimetype: strToU8("application/vnd.oasis"), "content.xml": strToU8("<a/>") })),
    ).toMatch(/OpenDocument.*save it as \.xlsx/);
    expect(
      await said(zipSync({ "[Content_Types].xml": strToU8("<a/>"), "word/document.xml": strToU8("<a/>") })),
    ).toMatch(/a Word document/);
    expect(
      await said(bytes(0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74)),
    ).toMatch(/SQLite/);
  });

  it("that is no table stays no table", async () => {
    expect(await faultOf(readFile(bytesFile("a.csv", strToU8("%PDF-1.7\n"))))).toEqual({
      code: "file-binary",
      file: "a.csv",
      looksLike: "a PDF document",
    });
    expect(await faultOf(readFile(bytesFile("a.csv", new Uint8Array(0))))).toEqual({
      code: "file-empty",
      file: "a.csv",
    });
    expect(
      await faultOf(readFile(bytesFile("a.xls", strToU8("<html><table></table></html>")))),
    ).toMatchObject({
      code: "file-binary",
      looksLike: "a web page",
    });
  });
});
