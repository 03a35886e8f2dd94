import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { row, workbook } from "../core/intake/fixtures/workbook.ts";
import { asFault } from "../core/lab/lab.ts";
import { fileAt, readTable } from "./files.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-sheets-"));
  const rows = (n: number): string =>
    Array.from({ length: n }, (_, i) => row(i + 2, [i, i % 2 ? "f" : "m"])).join("");
  const book = workbook([
    { name: "Codes", rows: row(1, ["n", "code"]) + rows(3) },
    { name: "Visits", rows: row(1, ["n", "sex"]) + rows(20) },
    { name: "Empty", rows: "" },
  ]);
  await writeFile(at("book.xlsx"), await book.slice(0, book.size));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a file of several tables", () => {
  test("is read as its largest, and a note names the others", async () => {
    const { table, notes } = await readTable(at("book.xlsx"));
    expect(table.rows).toBe(20);
    expect(notes[0]).toBe(
      "book.xlsx holds 2 tables; “Visits”, the largest, was read. Others are named with --sheet: Codes.",
    );
  });

  test("is read as the one that is named, or refused with the names there are", async () => {
    const { table, notes } = await readTable(at("book.xlsx"), { choice: { sheet: "Codes" } });
    expect(table.rows).toBe(3);
    expect(notes).toEqual([]);
    const fault = await readTable(at("book.xlsx"), { choice: { sheet: "Labs" } }).catch((error: unknown) =>
      asFault(error),
    );
    expect(fault).toMatchObject({ code: "unknown-sheet", sheet: "Labs", known: ["Codes", "Visits"] });
  });
});

test("bytes of a file are had by their places, up to its end", async () => {
  await writeFile(at("a.txt"), "0123456789");
  const file = await fileAt(at("a.txt"));
  expect(new TextDecoder().decode(await file.slice(3, 6))).toBe("345");
  expect(new TextDecoder().decode(await file.slice(8, 40))).toBe("89");
  await expect(fileAt(at("nothing.csv"))).rejects.toMatchObject({ fault: { code: "file-unreadable" } });
});
