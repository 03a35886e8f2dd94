import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf, faultOf, oneColumn, readBytes, readText } from "../fixtures/read-text.ts";
import { COLUMN_LIMIT } from "./lines/header.ts";
import { FaultError } from "../../fault.ts";
import { profileTable } from "../profile/profile-table.ts";
import type { Table } from "../table.ts";
import { createCsvWriter } from "../write-csv.ts";

const bytesOf = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

describe("files that are no table", () => {
  it.each([
    ["", 0],
    ["\ufeff", 0],
    ["\n\n  \n", 0],
  ])("%j is empty", async (text) => {
    expect(await faultOf(readText(text))).toEqual({ code: "file-empty", file: "patients.csv" });
  });

  it.each([
    ["an Excel workbook (xlsx)", bytesOf("PK", [3, 4], "....[Content_Types].xml....xl/workbook.xml")],
    ["a zip archive", bytesOf("PK", [3, 4], "....readme.txt")],
    ["a Parquet file", bytesOf("PAR1", [21, 4, 21])],
    ["a PNG image", bytesOf([0x89], "PNG\r\n", [26, 10, 0, 0])],
    ["a PDF document", bytesOf("%PDF-1.7\n")],
    ["a gzip archive", bytesOf([0x1f, 0x8b, 8, 0, 0, 0])],
    ["an old Excel or Word file", bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ["binary data", Uint8Array.from({ length: 4000 }, (_, i) => (i * 73) % 251)],
    ["JSON", bytesOf('[{"age": 71}]')],
    ["a web page", bytesOf("<!DOCTYPE html><table>")],
  ])("%s", async (looksLike, bytes) => {
    expect(await faultOf(readBytes(bytes))).toEqual({ code: "file-binary", file: "patients.csv", looksLike });
  });

  it("a header alone", async () => {
    expect(await faultOf(readText("age,sex,died\n"))).toEqual({
      code: "header-only",
      file: "patients.csv",
      columns: 3,
    });
  });

  it("one row", async () => {
    expect(await faultOf(readText("age,sex\n71,f\n"))).toEqual({ code: "too-few-rows", rows: 1, needed: 2 });
  });

  it("a stream that breaks", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytesOf("a,b\n1,2\n"));
      throw new Error("the disk was taken out");
    }
    const { readCsv } = await import("./read-csv.ts");
    expect(await faultOf(readCsv(broken(), { name: "usb.csv" }))).toMatchObject({
      code: "file-unreadable",
      reason: "the disk was taken out",
    });
  });
});

describe("rows of the wrong length", () => {
  const text = 'age,note,died\n71,"two\nlines",0\n65,x,1\n48,y\n80,z,0,9\n33,w,0\n12,v,1\n';

  it("are told by row and line, with what stands there", async () => {
    expect(await faultOf(readText(text))).toEqual({
      code: "ragged-row",
      row: 3,
      line: 5,
      cells: 2,
      expected: 3,
      alsoRows: 1,
      otherRows: [4],
      raw: ["48", "y"],
    });
  });

  it("are told by the same row and line whatever the chunks", async () => {
    for (const size of [1, 3, 5, 11]) {
      expect(await faultOf(readText(text, {}, size))).toMatchObject({ row: 3, line: 5, alsoRows: 1 });
    }
  });

  it("can be left out, which is noted", async () => {
    const { table } = await readText(text, { repair: { skipRaggedRows: true } });
    expect(columnOf(table, "age").cells).toEqual([71, 65, 33, 12]);
    expect(table.reading?.skipped.ragged).toBe(2);
  });

  it("blank lines are no rows", async () => {
    const { table } = await readText("age,sex\n71,f\n\n65,m\n   \n\n");
    expect(table.rows).toBe(2);
  });
});

describe("column names", () => {
  it("that occur twice are numbered, which is noted", async () => {
    const { table, notes } = await readText("age,sex,age,age,age_2\n71,f,1,2,9\n65,m,3,4,8\n");
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["age", "sex", "age_3", "age_4", "age_2"]);
    expect(notes).toEqual([
      "Another column “age” is called “age_3”.",
      "Another column “age” is called “age_4”.",
    ]);
  });
});

describe("quotes", () => {
  const text = 'age,note,died\n71,fine,0\n65,"never closed,1\n48,y,0\n80,z,0\n';

  it("that never close are told by row and line", async () => {
    expect(await faultOf(readText(text))).toEqual({ code: "unclosed-quote", row: 2, line: 3 });
    expect(await faultOf(readText(text, {}, 9))).toEqual({ code: "unclosed-quote", row: 2, line: 3 });
  });

  it("can be read as plain characters", async () => {
    const { table } = await readText(text, { repair: { literalQuotes: true } });
    expect(columnOf(table, "note").cells).toEqual(["fine", '"never closed', "y", "z"]);
  });

  it("that never close in a large file are told soon", async () => {
    const rest = "71,fine text without any quote,0\n".repeat(400_000);
    const started = performance.now();
    expect(await faultOf(readText(`age,note,died\n65,"open,1\n${rest}`, {}, 1 << 18))).toEqual({
      code: "unclosed-quote",
      row: 1,
      line: 2,
    });
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("width and variety", () => {
  it("refuses 10,000 columns at the header", async () => {
    const wide = (value: string): string =>
      Array.from({ length: 10_000 }, (_, i) => `${value}${i}`).join(",");
    expect(await faultOf(readText(`${wide("gene")}\n${wide("1")}\n${wide("2")}\n`))).toEqual({
      code: "too-many-columns",
      columns: 10_000,
      limit: COLUMN_LIMIT,
    });
  });

  it("reads as many columns as it says", async () => {
    const wide = (value: string): string =>
      Array.from({ length: COLUMN_LIMIT }, (_, i) => `${value}${i}`).join(",");
    const { table } = await readText(`${wide("gene")}\n${wide("1")}\n${wide("2")}\n`, {}, 4096);
    expect(table.columns).toHaveLength(COLUMN_LIMIT);
  });

  it("reads a category of 30,000 levels, leaves it out and offers to learn it", async () => {
    const cells = Array.from({ length: 60_000 }, (_, i) => `diagnosis ${(i * 17) % 30_000}`);
    const { table } = await readText(oneColumn("dx", cells), {}, 1 << 16);
    expect(columnOf(table, "dx").schema).toMatchObject({ kind: "category", role: "omit" });
    expect(columnOf(table, "dx").cells).toEqual(cells);
    const flag = (await profileTable(table))[0]?.flags[0];
    expect(flag?.text).toBe(
      "60,000 of 60,000 cells (100%) have a level that fewer than 5 patients share. Left out: it comes out empty.",
    );
    expect(flag?.offer?.change).toEqual({ type: "role", column: "dx", role: "feature" });
  });

  it("reads a table whose every cell is missing or the same", async () => {
    const { table } = await readText("a,b\n,x\nNA,x\n?,x\n");
    expect(columnOf(table, "a")).toMatchObject({
      schema: { kind: "constant", role: "omit" },
      cells: [null, null, null],
    });
    expect(columnOf(table, "b")).toMatchObject({ schema: { kind: "constant" }, cells: ["x", "x", "x"] });
  });
});

describe("odd values", () => {
  const many = (n: number, cell: (i: number) => string): string[] =>
    Array.from({ length: n }, (_, i) => cell(i));

  it("numbers beyond 1e308 and Infinity are missing and flagged; 1e5 is a number", async () => {
    const cells = many(40, (i) => ["1e400", "Infinity", "-inf", "1e5"][i] ?? String(i * 2));
    const { table } = await readText(oneColumn("x", cells));
    expect(columnOf(table, "x").cells.slice(0, 5)).toEqual([null, null, null, 100_000, 8]);
    expect((await profileTable(table))[0]?.flags[0]?.text).toBe(
      "3 values beyond any number (above 1e308, Infinity). Treated as missing.",
    );
  });

  it("mixed numbers and text: the share is shown and a choice offered, both ways", async () => {
    const few = await readText(
      oneColumn(
        "crp",
        many(50, (i) => (i < 2 ? "clotted" : String(i * 1.5))),
      ),
    );
    const check = (await profileTable(few.table))[0]?.flags[0];
    expect(check?.text).toBe("2 cells (4%) are not numbers, the first in row 1. Treated as missing.");
    expect(check?.offer?.change).toEqual({ type: "kind", column: "crp", kind: "category" });
    expect(few.table.reading?.unread).toEqual([
      { column: "crp", cells: 2, examples: [{ text: "clotted", cells: 2 }] },
    ]);
    const half = await readText(
      oneColumn(
        "crp",
        many(50, (i) => (i % 2 ? ["low", "high"][(i >> 1) % 2]! : String(i % 22))),
      ),
    );
    const offered = (await profileTable(half.table))[0]?.flags[0];
    expect(offered?.text).toBe("50% of the cells are numbers, the others are text. Read as category.");
    expect(offered?.offer?.change).toEqual({
      type: "kind",
      column: "crp",
      kind: "decimal",
      strayAsMissing: true,
    });
  });

  it("a kind that does not fit names row, value and share, unless strays may be missing", async () => {
    const text = oneColumn(
      "crp",
      many(50, (i) => (i === 7 ? "clotted" : String(i * 1.5))),
    );
    const change = { type: "kind", column: "crp", kind: "decimal" } as const;
    expect(await faultOf(readText(text, { changes: [change] }))).toEqual({
      code: "kind-mismatch",
      column: "crp",
      kind: "a number",
      row: 8,
      value: "clotted",
      share: 0.02,
    });
    const { table } = await readText(text, { changes: [{ ...change, strayAsMissing: true }] });
    expect(columnOf(table, "crp").cells[7]).toBeNull();
    const unknown = { type: "role", column: "crpp", role: "omit" } as const;
    expect(await faultOf(readText(text, { changes: [unknown] }))).toMatchObject({ code: "unknown-column" });
  });

  it("formula cells are texts like any other", async () => {
    const { table } = await readText(
      oneColumn(
        "x",
        many(40, (i) => ["=cmd()", "+1+1", "@SUM(A1)"][i % 3]!),
      ),
    );
    expect(columnOf(table, "x").cells.slice(0, 3)).toEqual(["=cmd()", "+1+1", "@SUM(A1)"]);
  });
});

describe("any bytes at all", () => {
  const pieces = fc.array(
    fc.constantFrom(
      ",",
      ";",
      "\n",
      "\r\n",
      '"',
      "'",
      "a",
      "1",
      "-",
      ".",
      "NA",
      "\t",
      " ",
      "é",
      "\ufeff",
      "2021-01-02",
      "=x",
      "sep=;\n",
    ),
    { maxLength: 60 },
  );

  it("are a table or a fault with a code, never anything else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          pieces.map((p) => new TextEncoder().encode(p.join(""))),
          fc.uint8Array({ maxLength: 300 }),
        ),
        fc.integer({ min: 1, max: 40 }),
        async (bytes, size) => {
          const outcome = await readBytes(bytes, {}, size).then(
            ({ table }) => table,
            (error: unknown) => error,
          );
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(FaultError);
            return;
          }
          const table = outcome as Table;
          for (const column of table.columns) {
            expect(column.type === "numeric" ? column.values.length : column.codes.length).toBe(table.rows);
          }
          expect(await profileTable(table)).toHaveLength(table.columns.length);
          createCsvWriter(table.schema).rows(table);
        },
      ),
      { numRuns: 400 },
    );
  });
});

it("a first line of a million characters is refused at once", async () => {
  expect(await faultOf(readText("x".repeat(1_000_000), {}, 1 << 16))).toMatchObject({ code: "file-binary" });
});

describe("a table written here", () => {
  const name = fc.string({ unit: "grapheme", maxLength: 8 });
  const level = fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 });
  /** Texts as reading leaves them: trimmed, and no missing token among them. */
  const asRead = (text: string): string => `~${text.replaceAll("\r", "").replaceAll("\ufffd", "")}~`;
  const tables = fc.record({
    names: fc.uniqueArray(name.map(asRead), { minLength: 2, maxLength: 2 }),
    levels: fc.array(level.map(asRead), { minLength: 1, maxLength: 6 }),
    rows: fc.integer({ min: 2, max: 40 }),
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    newline: fc.constantFrom("\n" as const, "\r\n" as const),
    encoding: fc.constantFrom("utf-8" as const, "utf-16le" as const, "utf-16be" as const),
    bom: fc.boolean(),
    seed: fc.nat(),
  });
  type Made = typeof tables extends fc.Arbitrary<infer T> ? T : never;

  function made({ names, levels, rows, seed, ...dialect }: Made): Table {
    const distinct = [...new Set(levels)];
    const code = (row: number): number => (seed + row * 7) % distinct.length;
    const described = { role: "feature", reason: "", missingToken: "" } as const;
    return {
      name: "made",
      rows,
      columns: [
        { type: "coded", codes: Int32Array.from({ length: rows }, (_, row) => code(row)), levels: distinct },
        {
          type: "numeric",
          values: Float64Array.from({ length: rows }, (_, row) => (seed % 1000) + row + 0.5),
        },
      ],
      schema: {
        columns: [
          { ...described, name: names[0] as string, kind: "category" },
          {
            ...described,
            name: names[1] as string,
            kind: "decimal",
            number: { decimals: 1, decimalMark: ".", thousandsMark: "" },
          },
        ],
        dialect: { ...dialect, quote: '"', bom: dialect.bom || dialect.encoding !== "utf-8" },
        missingTokens: [""],
      },
    };
  }

  const write = (table: Table): Uint8Array => {
    const writer = createCsvWriter(table.schema, { source: table });
    return Buffer.concat([writer.header(), writer.rows(table)]);
  };
  const cellsOf = (table: Table): (string | number | null)[][] =>
    table.schema.columns.map((column) => columnOf(table, column.name).cells);

  it("is read back cell for cell, whatever its texts and its dialect", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.integer({ min: 1, max: 99 }), async (drawn, size) => {
        const table = made(drawn);
        const again = await readBytes(write(table), { repair: { longQuotes: true } }, size);
        expect(again.table.schema.columns.map((column) => column.name)).toEqual(drawn.names);
        expect(cellsOf(again.table)).toEqual(cellsOf(table));
      }),
      { numRuns: 120, seed: 7 },
    );
  });

  it("with any bytes of it damaged is a table or a fault with a code", async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(tables, damage, async (drawn, changes) => {
        const bytes = Uint8Array.from(write(made(drawn)));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const outcome = await readBytes(bytes, {}, 64).then(
          ({ table }) => createCsvWriter(table.schema).rows(table),
          (error: unknown) => error,
        );
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(FaultError);
      }),
      { numRuns: 120, seed: 7 },
    );
  });
});
