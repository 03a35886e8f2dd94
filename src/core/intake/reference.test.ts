import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { columnOf, faultOf } from "../table/fixtures/read-text.ts";
import { bytesFile } from "./fixtures/bytes-file.ts";
import { records, sheetCells } from "./fixtures/sheet-cells.ts";
import { openFile } from "./open-file.ts";
import { readFile } from "./read-file.ts";

/** Written by fixtures/make_intake.py with pandas, pyarrow and openpyxl. */
const fixture = (name: string): ReturnType<typeof bytesFile> =>
  bytesFile(name, new Uint8Array(readFileSync(new URL(`fixtures/files/${name}`, import.meta.url))));

const csv = records(readFileSync(new URL("fixtures/files/table.csv", import.meta.url), "utf8"));
const trimmed = (cells: string[][]): string[][] => cells.map((row) => row.map((cell) => cell.trim()));

const parquet = ["snappy", "gzip", "zstd", "lz4", "none", "v2"].map((kind) => `table-${kind}.parquet`);
const json = ["table.json", "data.json", "columns.json", "split.json", "by-row.json", "table.ndjson"];

/** Numbers to 14 digits: openpyxl writes 16, rounded, and JSON may write 89.0 for 89. */
const rounded = (cells: string[][]): string[][] =>
  cells.map((row) =>
    row.map((cell) => (/^-?\d+(\.\d+)?$/.test(cell) ? String(Number(Number(cell).toPrecision(14))) : cell)),
  );

describe("one table of 12 columns has the CSV's cells", () => {
  it.each(["table.csv.gz", "table.zip", ...parquet])("to the character, in %s", async (name) => {
    const { cells, notes } = await sheetCells(await openFile(fixture(name)));
    expect(trimmed(cells)).toEqual(csv);
    expect(notes).toEqual([]);
  });

  it.each(["table.xlsx", "table-1904.xlsx", ...json])("in %s", async (name) => {
    const { cells, notes } = await sheetCells(await openFile(fixture(name)));
    expect(rounded(trimmed(cells))).toEqual(rounded(csv));
    expect(notes).toEqual([]);
  });

  it.each(["table.xlsx", "table-zstd.parquet", "table.ndjson"])(
    "and its kinds and values, in %s",
    async (name) => {
      const { table } = await readFile(fixture(name));
      const { table: reference } = await readFile(fixture("table.csv"));
      const cellsOf = (of: typeof table, column: string): unknown[] =>
        columnOf(of, column).cells.map((cell) =>
          typeof cell === "number" ? Number(cell.toPrecision(14)) : cell,
        );
      for (const { name: column } of reference.schema.columns) {
        expect(cellsOf(table, column), column).toEqual(cellsOf(reference, column));
        expect(columnOf(table, column).schema.kind, column).toBe(columnOf(reference, column).schema.kind);
      }
    },
  );

  it("but not where Brotli packs it, which is said", async () => {
    const fault = await faultOf(openFile(fixture("table-brotli.parquet")));
    expect(fault).toMatchObject({ code: "file-refused", reason: expect.stringContaining("BROTLI") });
  });
});

describe("a Parquet file of every type", () => {
  it("has every value in full", async () => {
    const { cells, notes, hints } = await sheetCells(await openFile(fixture("types.parquet")));
    const [names, ...rows] = cells as [string[], ...string[][]];
    const column = (name: string): string[] => rows.map((row) => row[names.indexOf(name)] as string);
    expect(column("big")).toEqual(["9007199254740993", "", "-9223372036854775808"]);
    expect(column("unsigned")).toEqual(["18446744073709551615", "0", ""]);
    expect(column("small")).toEqual(["255", "0", ""]);
    expect(column("single")).toEqual(["0.1", "", "16777216"]);
    expect(column("double")).toEqual(["0.30000000000000004", "", "-1e-7"]);
    expect(column("price")).toEqual(["1234567890123456.78", "", "-0.05"]);
    expect(column("cents")).toEqual(["1.50", "", "-0.05"]);
    expect(column("day")).toEqual(["1899-12-31", "", "2024-02-29"]);
    expect(column("ms")).toEqual(["2020-01-01 00:00:00", "", "2020-01-02 03:04:05"]);
    expect(column("us")).toEqual(["2020-01-01 00:00:00", "", "1960-01-01 12:00:00"]);
    expect(column("ns")).toEqual(["2020-01-01 00:00:00.000", "", "1970-01-01 00:00:00.500"]);
    expect(column("utc")).toEqual(["2020-01-01 10:00:00", "", "2020-06-01 00:00:00"]);
    expect(column("clock")).toEqual(["08:30:00", "", "23:59:59"]);
    expect(column("truth")).toEqual(["true", "", "false"]);
    expect(column("text")).toEqual(["Köln, 'x'", "", ""]);
    expect(column("level")).toEqual(["a", "", "a"]);
    expect(column("raw")).toEqual(["abc", "", "ff00"]);
    expect(column("place.ward")).toEqual(["A", "", ""]);
    expect(column("place.bed")).toEqual(["1", "", "3"]);
    expect(names).not.toContain("codes");
    expect(notes).toEqual([
      "Not read, because they hold lists: “codes”.",
      "Not read, because they hold maps: “counts”.",
      "Times are in UTC in “utc”.",
      "Parts of a millisecond were cut off in “us”, “ns”.",
    ]);
    expect(hints.get("truth")?.kind).toBe("boolean");
    expect(hints.get("day")?.kind).toBe("datetime");
  });
});
