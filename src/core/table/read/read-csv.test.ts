import { describe, expect, it } from "vitest";
import { columnOf, faultOf, oneColumn, readBytes, readText } from "../fixtures/read-text.ts";

const EU = [
  "\ufeffpatient_id;aufnahme;platelets;kreatinin;geschlecht;died;remark",
  'HF-001;28.11.2021;265.000,00;1,9;m;0;"sagte ""besser"""',
  'HF-002;09.02.2022;263.358,03;1,1;w;0;"nüchtern; Kontrolle',
  'in 2 Wochen"',
  "HF-003;16.03.2021;k.A.;;w;1;",
  "HF-004;07.04.2021;210.000,00;1,9;m;0;Weg war weit und lang",
  "",
].join("\r\n");

describe("dialect", () => {
  it("finds a German file's marks, dates, quotes and missing token", async () => {
    const { table, notes } = await readText(EU);
    expect(table.rows).toBe(4);
    expect(table.schema.dialect).toEqual({
      delimiter: ";",
      quote: '"',
      newline: "\r\n",
      bom: true,
      encoding: "utf-8",
    });
    expect(columnOf(table, "platelets").cells).toEqual([265_000, 263_358.03, null, 210_000]);
    expect(columnOf(table, "platelets").schema).toMatchObject({
      kind: "decimal",
      missingToken: "k.A.",
      number: { decimals: 2, leastDecimals: 2, decimalMark: ",", thousandsMark: ".", exact: true },
    });
    expect(columnOf(table, "kreatinin").cells).toEqual([1.9, 1.1, null, 1.9]);
    expect(columnOf(table, "aufnahme").cells[0]).toBe(Date.UTC(2021, 10, 28));
    expect(columnOf(table, "geschlecht").schema).toMatchObject({ kind: "category", role: "sensitive" });
    expect(columnOf(table, "remark").schema).toMatchObject({ kind: "text", role: "omit" });
    expect(columnOf(table, "remark").cells[1]).toBe("nüchtern; Kontrolle\r\nin 2 Wochen");
    expect(table.schema.missingTokens).toEqual(["", "k.A."]);
    expect(notes).toEqual([]);
  });

  it("reads the same whatever the size of the chunks", async () => {
    const whole = await readText(EU, {}, 10_000);
    for (const size of [1, 2, 3, 7, 31]) expect(await readText(EU, {}, size)).toEqual(whole);
  });

  it.each([",", ";", "\t", "|"])("finds the delimiter %j", async (delimiter) => {
    const text = ["a,b,c", "1,x y,2.5", "2,z,3.5"].join("\n").replaceAll(",", delimiter);
    const { table } = await readText(text);
    expect(table.schema.dialect.delimiter).toBe(delimiter);
    expect(columnOf(table, "c").cells).toEqual([2.5, 3.5]);
  });

  it("finds single quotes, line ends of old Macs, and Excel's sep= line", async () => {
    const single = await readText("a,b\n'x, y',1\n'z',2\n'it''s',3\n");
    expect(columnOf(single.table, "a").cells).toEqual(["x, y", "z", "it's"]);
    const mac = await readText("a,b\r1,2\r3,4\r");
    expect(mac.table.schema.dialect.newline).toBe("\r");
    expect(columnOf(mac.table, "b").cells).toEqual([2, 4]);
    const excel = await readText("sep=;\r\na;b\r\n1;2\r\n3;4\r\n");
    expect(columnOf(excel.table, "b").cells).toEqual([2, 4]);
  });

  it("reads UTF-16 with a mark and without, and Latin-1", async () => {
    const text = "name;größe\nJosé;1,5\nZoë;2,5\nÜmit;3,5\n";
    const utf16 = (little: boolean, mark: boolean): Uint8Array => {
      const marked = mark ? `\ufeff${text}` : text;
      const bytes = new Uint8Array(marked.length * 2);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < marked.length; i++) view.setUint16(2 * i, marked.charCodeAt(i), little);
      return bytes;
    };
    for (const [little, mark] of [
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ] as const) {
      const { table } = await readBytes(utf16(little, mark), {}, 7);
      expect(table.schema.dialect).toMatchObject({ encoding: little ? "utf-16le" : "utf-16be", bom: mark });
      expect(columnOf(table, "größe").cells).toEqual([1.5, 2.5, 3.5]);
    }
    const latin = Uint8Array.from(text, (c) => c.charCodeAt(0));
    const { table } = await readBytes(latin, { repair: { encoding: "windows-1252" } }, 5);
    expect(table.schema.dialect.encoding).toBe("windows-1252");
    expect(columnOf(table, "name").cells).toEqual(["José", "Zoë", "Ümit"]);
  });

  it("asks what the one accent is that stands far into the file, and reads it as told", async () => {
    const plain = `name,x\n${"abc,1\n".repeat(60_000)}`;
    const utf8 = await readText(`${plain}Zoë,2\n`, {}, 4096);
    expect(utf8.table.schema.dialect.encoding).toBe("utf-8");
    const bytes = Uint8Array.from(`${plain}Zoë,2\n`, (c) => c.charCodeAt(0));
    expect(await faultOf(readBytes(bytes, {}, 4096))).toMatchObject({
      code: "encoding-unclear",
      line: 60_002,
    });
    const latin = await readBytes(bytes, { repair: { encoding: "windows-1252" } }, 4096);
    expect(latin.table.schema.dialect.encoding).toBe("windows-1252");
    expect(columnOf(latin.table, "name").cells.at(-1)).toBe("Zoë");
  });
});

describe("header", () => {
  it("names the columns of a file without names, and says so", async () => {
    const { table, notes } = await readText("6,148,72\n1,85,66\n8,183,64\n");
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["column_1", "column_2", "column_3"]);
    expect(table.rows).toBe(3);
    expect(notes[0]).toContain("first line holds values");
  });

  it("keeps years as names, and a table of texts has names", async () => {
    const years = await readText("ward,2019,2020\nA,12,15\nB,300,11\n");
    expect(years.table.schema.columns.map(({ name }) => name)).toEqual(["ward", "2019", "2020"]);
    const texts = await readText("sex,ward\nf,A\nm,B\n");
    expect(texts.table.schema.columns.map(({ name }) => name)).toEqual(["sex", "ward"]);
  });

  it("finds the row names that R writes without a name", async () => {
    const { table, notes } = await readText('"age","sex"\n"r1",71,"f"\n"r2",65,"m"\n"r3",48,"m"\n');
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["row_name", "age", "sex"]);
    expect(notes.join()).toContain("row_name");
  });

  it("leaves out lines above the table and rows without a value, and says so", async () => {
    const { table } = await readText(
      "Export of 20.11.2026;;\n\nnot for research;;\nage;sex;crp\n71;f;1,5\n;;\n65;m;2,5\n;;\n;;\n",
    );
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["age", "sex", "crp"]);
    expect(columnOf(table, "age").cells).toEqual([71, 65]);
    expect(table.reading?.skipped).toEqual({ above: 2, blank: 3, ragged: 0 });
  });

  it("numbers a column without a name", async () => {
    const { table, notes } = await readText("age,,sex\n71,1.5,f\n65,2.5,m\n");
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["age", "column_2", "sex"]);
    expect(notes).toEqual(["Column 2 has no name; it is called “column_2”."]);
  });
});

const many = (n: number, cell: (i: number) => string): string[] =>
  Array.from({ length: n }, (_, i) => cell(i));

describe("kinds", () => {
  const cases: [string, string, string[], object][] = [
    ["whole numbers", "x", many(60, (i) => String(i * 3)), { kind: "integer" }],
    [
      "whole numbers written 40.0",
      "x",
      many(60, (i) => `${i * 3}.0`),
      { kind: "integer", number: { decimals: 0, leastDecimals: 1 } },
    ],
    ["decimals", "x", many(60, (i) => String(i / 8)), { kind: "decimal", number: { decimals: 3 } }],
    ["few whole values", "stage", many(60, (i) => String(1 + (i % 4))), { kind: "category" }],
    ["0 and 1", "smoker", many(60, (i) => String(i % 2)), { kind: "boolean" }],
    ["yes and no", "smoker", many(60, (i) => (i % 2 ? "yes" : "no")), { kind: "boolean" }],
    ["texts", "ward", many(60, (i) => `Ward ${"ABC"[i % 3]}`), { kind: "category", role: "feature" }],
    ["sex", "sex", many(60, (i) => (i % 2 ? "m" : "w")), { kind: "category", role: "sensitive" }],
    [
      "a date",
      "visit",
      many(60, (i) => `2021-03-${String(1 + (i % 28)).padStart(2, "0")}`),
      { kind: "datetime" },
    ],
    [
      "a record number",
      "mrn",
      many(60, (i) => `M${9000 + i * 7}`),
      { kind: "identifier", role: "identifier" },
    ],
    [
      "a patient with several rows",
      "subject_id",
      many(60, (i) => String(70_000 + (i % 20))),
      { kind: "identifier", role: "identifier" },
    ],
    [
      "a number of the ward",
      "ward_id",
      many(60, (i) => String(i % 4)),
      { kind: "category", role: "feature" },
    ],
    ["a running number", "x", many(60, (i) => String(i + 1)), { kind: "identifier" }],
    [
      "row names of rows in another order",
      "rownames",
      many(60, (i) => String(1 + ((i * 37) % 61))),
      { kind: "identifier" },
    ],
    ["an unnamed first column", "Unnamed: 0", many(60, (i) => String(5 + 3 * i)), { kind: "identifier" }],
    ["codes without a name for them", "sample", many(60, (i) => `X${i * 31}Q`), { kind: "identifier" }],
    ["codes with leading zeros", "site", many(60, (i) => `00${i % 12}`), { kind: "category" }],
    [
      "a postcode",
      "zip",
      many(60, (i) => String(10_115 + (i % 30) * 11)),
      { kind: "category", role: "omit" },
    ],
    [
      "a date of birth",
      "birth_date",
      many(60, (i) => `19${50 + (i % 40)}-01-02`),
      { kind: "datetime", role: "omit" },
    ],
    ["remarks", "note", many(60, (i) => `Patient slept badly on day ${i}`), { kind: "text", role: "omit" }],
    [
      "full names",
      "surname",
      many(60, (i) => `Name${String.fromCharCode(97 + (i % 26))}${i}`),
      { kind: "text", role: "omit" },
    ],
    ["one value", "site", many(60, () => "Berlin"), { kind: "constant", role: "feature" }],
    ["nothing", "lab", many(60, () => ""), { kind: "constant", role: "omit" }],
    [
      "numbers with a stray text",
      "crp",
      many(60, (i) => (i === 5 ? "<0.5" : String(i * 1.5))),
      { kind: "decimal" },
    ],
    [
      "dates with a stray text",
      "seen",
      many(60, (i) => (i === 5 ? "ongoing" : `2021-03-${10 + (i % 18)}`)),
      { kind: "datetime" },
    ],
    [
      "dates of two forms",
      "seen",
      many(60, (i) => (i % 2 ? `2021-03-${10 + (i % 18)} 1${i % 9}:0${i % 7}` : `2${i}.03.2021`)),
      { kind: "category" },
    ],
    [
      "pressures as 120/80",
      "rr",
      many(60, (i) => `${100 + i}/${60 + (i % 30)}`),
      { kind: "category", role: "omit" },
    ],
    ["a dipstick", "protein", many(60, (i) => ["-", "+", "++"][i % 3] as string), { kind: "category" }],
  ];

  it.each(cases)("%s", async (_, name, cells, expected) => {
    const { table } = await readText(oneColumn(name, cells));
    const { schema } = columnOf(table, name);
    expect(schema).toMatchObject(expected);
    expect(schema.reason).toMatch(/^[A-Z0-9].*\.$/);
  });

  it("keeps “-” where it is an answer, and “none” among texts but not among numbers", async () => {
    const dipstick = await readText(
      oneColumn(
        "protein",
        many(60, (i) => ["-", "+", "++"][i % 3] as string),
      ),
    );
    expect(columnOf(dipstick.table, "protein").cells.slice(0, 3)).toEqual(["-", "+", "++"]);
    const drugs = await readText(
      oneColumn(
        "drug",
        many(60, (i) => ["none", "ARB"][i % 2] as string),
      ),
    );
    expect(columnOf(drugs.table, "drug").cells[0]).toBe("none");
    const dose = await readText(
      oneColumn(
        "dose",
        many(60, (i) => (i === 0 ? "none" : String(i))),
      ),
    );
    expect(columnOf(dose.table, "dose").cells.slice(0, 2)).toEqual([null, 1]);
  });

  it("takes spaces and tabs off, so that numbers and labels are what they mean", async () => {
    const { table, notes } = await readText("a,dm,x\n\t4,\tyes,1\n5 , yes,2\n6,no\t,3\n");
    expect(columnOf(table, "a").cells).toEqual([4, 5, 6]);
    expect(columnOf(table, "dm").cells).toEqual(["yes", "yes", "no"]);
    expect(notes.join()).toContain("5 cells have spaces or tabs");
  });

  it("chooses the outcome: by name, else the last column when it is categorical", async () => {
    const named = await readText("died,age,ward\n0,71,A\n1,65,B\n0,50,A\n0,44,B\n1,80,A\n");
    expect(columnOf(named.table, "died").schema.role).toBe("target");
    expect(columnOf(named.table, "ward").schema.role).toBe("feature");
    const last = await readText("marital_status,age,group\na,71,A\nb,65,B\na,50,A\n");
    expect(columnOf(last.table, "group").schema.role).toBe("target");
    expect(columnOf(last.table, "marital_status").schema.role).toBe("feature");
  });

  it("settles day and month over the whole file", async () => {
    const rows = many(
      40,
      (i) => `0${1 + (i % 9)}/0${1 + (i % 8)}/2020;${i === 39 ? "13" : "01"}/02/2021;${i}.5`,
    );
    const { table } = await readText(`a;b;c\n${rows.join("\n")}\n`);
    expect(columnOf(table, "a").schema.date?.pattern).toBe("DD/MM/YYYY");
    expect(columnOf(table, "a").schema.findings?.dayMonthUnsettled).toBe(true);
  });
});

describe("long columns", () => {
  const rows = 70_000;

  it("keep numbers without their texts, with strays, missing and formats as in short ones", async () => {
    const cells = many(rows, (i) => (i === 40_000 ? "lost" : i === 50_000 ? "NA" : (i + 0.25).toFixed(2)));
    const { table } = await readText(oneColumn("crp", cells), {}, 1 << 16);
    const { schema, cells: values } = columnOf(table, "crp");
    expect(schema).toMatchObject({
      kind: "decimal",
      missingToken: "NA",
      number: { decimals: 2 },
      findings: { stray: { cells: 1, firstRow: 40_001 } },
    });
    expect(values[39_999]).toBe(39_999.25);
    expect(values[40_000]).toBeNull();
    expect(table.reading?.unread[0]?.examples).toContainEqual({ text: "lost", cells: 1 });
  });

  it("go back to texts, exactly, when they turn out to be codes", async () => {
    const cells = many(rows, (i) => (i < 35_000 ? String(100_000 + i) : `0${i}`));
    const { table } = await readText(oneColumn("probe", cells), {}, 1 << 16);
    const column = columnOf(table, "probe");
    expect(column.schema.kind).toBe("identifier");
    expect(column.cells).toEqual(cells);
  });

  it("keep dates as moments", async () => {
    const at = (i: number): string =>
      new Date(Date.UTC(2019, 0, 1) + i * 60_000).toISOString().slice(0, 16).replace("T", " ");
    const { table } = await readText(oneColumn("taken", many(rows, at)), {}, 1 << 16);
    const column = columnOf(table, "taken");
    expect(column.schema).toMatchObject({
      kind: "datetime",
      date: { pattern: "YYYY-MM-DD HH:mm", exact: true },
    });
    expect(column.cells[69_999]).toBe(Date.UTC(2019, 0, 1) + 69_999 * 60_000);
  });
});

describe("a person's changes", () => {
  const text = "id,stage,crp,died\n1,2,0.5,0\n2,3,<1,1\n3,2,4.5,0\n4,9,1.5,0\n5,2,2.5,1\n";

  it("set kind and role", async () => {
    const { table } = await readText(text, {
      changes: [
        { type: "role", column: "stage", role: "target" },
        { type: "kind", column: "crp", kind: "category" },
      ],
    });
    expect(columnOf(table, "stage").schema.role).toBe("target");
    expect(columnOf(table, "died").schema.role).toBe("feature");
    expect(columnOf(table, "crp").cells).toEqual(["0.5", "<1", "4.5", "1.5", "2.5"]);
  });

  it("set the missing tokens, for every column", async () => {
    const { table } = await readText(text, { changes: [{ type: "missing-tokens", tokens: ["9"] }] });
    expect(columnOf(table, "stage").cells).toEqual([2, 3, 2, null, 2]);
    expect(table.schema.missingTokens).toEqual(["", "9"]);
  });
});

it("tells how far it is and can be cancelled", async () => {
  const text = oneColumn(
    "x",
    many(100_000, (i) => `a${i % 7}`),
  );
  const seen: number[] = [];
  await readText(text, { onProgress: ({ bytes, rows }) => seen.push(bytes, rows) }, 1 << 16);
  expect(seen.at(-2)).toBe(text.length);
  expect(seen.at(-1)).toBe(100_000);
  await expect(readText(text, { cancelled: () => true }, 1 << 16)).rejects.toMatchObject({
    fault: { code: "cancelled" },
  });
});
