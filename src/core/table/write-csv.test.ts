import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulateCohort } from "../clinic/cohorts/cohorts.ts";
import { columnOf, readBytes, readText } from "./fixtures/read-text.ts";
import { takeRows, type ColumnSchema, type Kind, type Table } from "./table.ts";
import { createCsvWriter, guard } from "./write-csv.ts";

function write(table: Table, source?: Table): Uint8Array {
  const writer = createCsvWriter(table.schema, source === undefined ? {} : { source });
  const parts = [writer.header(), writer.rows(table)];
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

const text = (bytes: Uint8Array, encoding = "utf-8"): string =>
  new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

const files: [string, string][] = [
  ["plain", "id,age,sex,crp,died\nP1,71,f,0.5,0\nP2,65,m,12.25,1\nP3,,f,NA,0\nP4,48,,3,1\n"],
  [
    "German, with mark and CRLF",
    "\ufeffid;datum;platelets;kreatinin\r\nP1;28.11.2021;265.000,00;1,9\r\nP2;09.02.2022;k.A.;1,1\r\nP3;01.03.2022;95,50;2\r\n",
  ],
  ["pandas floats", "age,ef\n40.0,20\n60.667,38\n,25\n101.0,40\n"],
  ["American times", "t,x\n2/24/96 14:38,1.5\n9/17/53 17:08,2.5\n8/16/13 00:32,3.5\n"],
  ["quotes and lines", 'note,x\n"a, b",1\n"said ""no""",2\n"two\nlines",3\n'],
  ["tabs", "a\tb\nx y\t1.50\nz\t2.25\n"],
  ["thousands", 'a,cost\nx,"1,234"\ny,"12,500"\nz,999\n'],
  ["leading zeros", "zip,x\n01067,1.5\n10115,2.5\n00501,3.5\n"],
];

describe("round trip", () => {
  it.each(files)("%s: the same bytes", async (_, file) => {
    const { table } = await readText(file);
    expect(text(write(table, table))).toBe(file);
  });

  it("keeps Latin-1 and UTF-16 files in their encoding", async () => {
    const file = "name;x\nZoë;1,5\nfünf €;2,5\n";
    const latin = await readBytes(write(await withEncoding(file, "windows-1252")), {
      repair: { encoding: "windows-1252" },
    });
    expect(latin.table.schema.dialect.encoding).toBe("windows-1252");
    expect(columnOf(latin.table, "name").cells).toEqual(["Zoë", "fünf €"]);
    for (const encoding of ["utf-16le", "utf-16be"] as const) {
      expect(text(write(await withEncoding(file, encoding)), encoding)).toBe(`\ufeff${file}`);
    }
  });

  it("brings a simulated cohort back cell for cell", async () => {
    const cohort = simulateCohort("heart-failure", 1);
    const bytes = write(cohort, cohort);
    const { table } = await readBytes(bytes, {}, 1 << 16);
    expect(text(write(table, table))).toBe(text(bytes));
    table.columns.forEach((column, i) => {
      if (column.type === "numeric") expect(column).toEqual(cohort.columns[i]);
    });
  });

  it("any texts come back, whatever is in them", async () => {
    const cell = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .map((s) => s.replaceAll("\r", "").trim().replace(/^$/, "x"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 8 }), async (rows) => {
        const cells = rows.map(([a, b], i) => [`${a}~`, `~${b}`, i]);
        const quoted = cells
          .map((row) => row.map((c) => `"${String(c).replaceAll('"', '""')}"`).join(","))
          .join("\n");
        const { table } = await readText(`"a","b","n"\n${quoted}\n`);
        const again = await readBytes(write(table, table));
        expect(again.table.columns).toEqual(table.columns);
        expect(columnOf(again.table, "a").cells).toEqual(cells.map(([a]) => a));
      }),
      { numRuns: 60 },
    );
  });
});

const described = (name: string, kind: Kind): ColumnSchema => ({
  name,
  kind,
  role: "feature",
  reason: "",
  missingToken: "",
});

async function withEncoding(
  file: string,
  encoding: "windows-1252" | "utf-16le" | "utf-16be",
): Promise<Table> {
  const { table } = await readText(file);
  const dialect = { ...table.schema.dialect, encoding, bom: encoding !== "windows-1252" };
  return { ...table, schema: { ...table.schema, dialect } };
}

describe("chunks", () => {
  it("are the whole, put together", () => {
    const cohort = simulateCohort("diabetes", 3);
    const writer = createCsvWriter(cohort.schema);
    const first = takeRows(
      cohort,
      Array.from({ length: 250 }, (_, i) => i),
    );
    const second = takeRows(
      cohort,
      Array.from({ length: cohort.rows - 250 }, (_, i) => 250 + i),
    );
    const joined = text(writer.header()) + text(writer.rows(first)) + text(writer.rows(second));
    expect(joined).toBe(text(write(cohort)));
  });

  it("of no rows are no bytes", () => {
    const cohort = simulateCohort("diabetes", 3);
    expect(createCsvWriter(cohort.schema).rows(takeRows(cohort, []))).toHaveLength(0);
  });

  it("rounds numbers to the source's decimals and never writes NaN", async () => {
    const { table } = await readText("x,y\n1.25,10\n2.50,20\n3.75,NA\n");
    const made: Table = {
      ...table,
      columns: [
        { type: "numeric", values: Float64Array.of(1.23456, NaN, 7) },
        { type: "numeric", values: Float64Array.of(10.4, Infinity, 3) },
      ],
    };
    expect(text(write(made))).toBe("x,y\n1.23,10\n,NA\n7.00,3\n");
  });
});

describe("formulas", () => {
  const file = 'ward,x\n"=HYPERLINK(""http://a"")",1.5\n=cmd(),2.5\n-5 to 5,3.5\n@home,4.5\n++,5.5\n-,6.5\n';

  it("stay as they are where they stood in the source's column", async () => {
    const { table } = await readText(file, { changes: [{ type: "missing-tokens", tokens: [""] }] });
    expect(text(write(table, table))).toBe(file);
  });

  it("are not left live when they did not", async () => {
    const { table } = await readText(file, { changes: [{ type: "missing-tokens", tokens: [""] }] });
    const lines = text(write(table)).split("\n");
    expect(lines[1]).toBe(`"'=HYPERLINK(""http://a"")",1.5`);
    expect(lines.slice(2, 7)).toEqual(["'=cmd(),2.5", "'-5 to 5,3.5", "'@home,4.5", "++,5.5", "-,6.5"]);
  });

  it("are guarded in another column than the one they stood in, and in names", async () => {
    const source = (await readText("a,b\n=cmd(),x\ny,z\n")).table;
    const other = (await readText("a,=b\nx,=cmd()\ny,z\n")).table;
    expect(text(write(other, source))).toBe("a,'=b\nx,'=cmd()\ny,z\n");
  });

  it("are not left live by what a model file says of its columns", () => {
    const live = "=HYPERLINK(1)";
    const made: Table = {
      name: "made",
      rows: 2,
      columns: [
        { type: "numeric", values: Float64Array.of(0, NaN) },
        { type: "numeric", values: Float64Array.of(NaN, 2) },
        { type: "coded", codes: Int32Array.of(-1, 0), levels: [`"${live}`] },
      ],
      schema: {
        columns: [
          { ...described("when", "datetime"), missingToken: "@now", date: { pattern: "=cmd()YYYY" } },
          { ...described("n", "integer"), missingToken: live },
          { ...described("＝level", "category"), missingToken: "+tab\t" },
        ],
        dialect: { delimiter: ";", quote: "'", newline: "\n", bom: false, encoding: "utf-8" },
        missingTokens: ["@now", live],
      },
    };
    const unquoted = text(write(made))
      .trimEnd()
      .split("\n")
      .map((line) => line.split(";").map((cell) => cell.replace(/^'(.*)'$/, "$1").replaceAll("''", "'")));
    expect(unquoted).toEqual([
      ["when", "n", "'＝level"],
      ["'=cmd()1970", `'${live}`, "'+tab\t"],
      ["'@now", "2", `'"${live}`],
    ]);
  });

  it("keep a missing token and a date pattern that are the source's own", async () => {
    const file = "when,n\n@2021-01-02,1.5\n@2021-02-03,=none\n@2022-03-04,2.5\n@2022-05-06,3.5\n";
    const { table } = await readText(file, { changes: [{ type: "missing-tokens", tokens: ["", "=none"] }] });
    expect(text(write(table, table))).toBe(file);
    expect(text(write(table)).split("\n")[2]).toContain(",'=none");
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["\n=1", "'\n=1"],
    ['"=1+1"', `'"=1+1"`],
    ["＠x", "'＠x"],
    ["+cmd", "'+cmd"],
    ["\t=1", "'\t=1"],
    ["-5", "-5"],
    ["+4.5e3", "+4.5e3"],
    ["-1,5", "-1,5"],
    ["+++", "+++"],
    ["A-1", "A-1"],
    ["-2+3", "'-2+3"],
  ])("%j is written %j", (before, after) => {
    expect(guard(before)).toBe(after);
  });
});
