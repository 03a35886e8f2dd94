import { describe, expect, it } from "vitest";
import { faultOf } from "../../table/fixtures/read-text.ts";
import { bytesFile } from "../fixtures/bytes-file.ts";
import { sheetCells } from "../fixtures/sheet-cells.ts";
import { openFile } from "../open-file.ts";
import { readFile } from "../read-file.ts";
import { ExactNumber, NoJson, parseJson } from "./parse-json.ts";

const file = (text: string, name = "a.json"): ReturnType<typeof bytesFile> =>
  bytesFile(name, new TextEncoder().encode(text), 17);
const cellsOf = async (text: string, sheet?: string): Promise<string[][]> =>
  (await sheetCells(await openFile(file(text)), sheet === undefined ? {} : { sheet })).cells;

describe("JSON", () => {
  it("becomes columns of all names that its records have, nested ones with points between", async () => {
    const text = `[{"id": 9007199254740993, "age": {"years": 40, "at": {"visit": 1}}, "weight": 71.50},
      {"id": "B", "age": {"years": null}, "sex": "F", "ok": true}]`;
    expect(await cellsOf(text)).toEqual([
      ["id", "age.years", "age.at.visit", "weight", "sex", "ok"],
      ["9007199254740993", "40", "1", "71.50", "", ""],
      ["B", "", "", "", "F", "true"],
    ]);
  });

  it("lists of values are counted, and a single value stands for its list", async () => {
    const text =
      '[{"id":1,"codes":["I10","E11"],"given":["Ann"]},{"id":2,"codes":[],"given":["Bo"]},{"id":3,"codes":["I10"]}]';
    const { cells, notes } = await sheetCells(await openFile(file(text)));
    expect(cells).toEqual([
      ["id", "codes.count", "given"],
      ["1", "2", "Ann"],
      ["2", "0", "Bo"],
      ["3", "1", ""],
    ]);
    expect(notes).toEqual(["“codes” holds lists; “codes.count” says how many values each has."]);
  });

  it("lists of objects are tables of their own, with the key of what they stand in", async () => {
    const text = `{"patients": [
      {"patient_id": "P1", "sex": "F", "visits": [{"day": 1, "labs": [{"k": 4.1}, {"k": 4.4}]}, {"day": 9, "labs": []}]},
      {"patient_id": "P2", "sex": "M", "visits": [{"day": 3, "labs": [{"k": 5}]}]}]}`;
    const opened = await openFile(file(text));
    expect(opened.sheets.map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
      ["patients", 2, 3],
      ["visits", 3, 3],
      ["visits.labs", 3, 3],
    ]);
    expect(await faultOf(opened.text({}))).toMatchObject({ code: "several-sheets" });
    expect(await cellsOf(text, "patients")).toEqual([
      ["patient_id", "sex", "visits.count"],
      ["P1", "F", "2"],
      ["P2", "M", "1"],
    ]);
    expect(await cellsOf(text, "visits")).toEqual([
      ["patient_id", "day", "labs.count"],
      ["P1", "1", "2"],
      ["P1", "9", "0"],
      ["P2", "3", "1"],
    ]);
    expect(await cellsOf(text, "visits.labs")).toEqual([
      ["patient_id", "visits_row", "k"],
      ["P1", "1", "4.1"],
      ["P1", "1", "4.4"],
      ["P2", "1", "5"],
    ]);
  });

  it("of lists below a list of names, or beside each other, is read too", async () => {
    expect(await cellsOf('[["a","b"],[1,2],[3,null]]')).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", ""],
    ]);
    const two = '{"made": "2024", "visits": [{"a": 1}, {"a": 2}], "labs": [{"b": 1}]}';
    const opened = await openFile(file(two));
    expect(await faultOf(opened.text({}))).toMatchObject({ sheets: ["visits", "labs"] });
    expect(await cellsOf(two, "labs")).toEqual([["b"], ["1"]]);
  });

  it("keeps names apart that read alike, and takes none for more than a name", async () => {
    expect(await cellsOf('[{"a.b": 1, "a": {"b": 2}, "__proto__": 3, "constructor": 4}]')).toEqual([
      ["a.b", "a.b_2", "__proto__", "constructor"],
      ["1", "2", "3", "4"],
    ]);
  });

  it("that is no table or no JSON says so, and where", async () => {
    expect(await faultOf(openFile(file('{"a": {"b": 1}, "c": "x"}')))).toMatchObject({
      code: "no-sheet",
      holds: "an object with “a”, “c”, and no list of records",
    });
    expect(await faultOf(openFile(file("[]")))).toMatchObject({ code: "no-sheet", holds: "an empty list" });
    expect(await faultOf(openFile(file('[{"a": 1},\n{"a" 2}]')))).toMatchObject({
      code: "file-damaged",
      reason: "On line 2 a colon is missing behind a name.",
    });
    const deep = `${"[".repeat(100_000)}1`;
    expect(await faultOf(openFile(file(deep)))).toMatchObject({ code: "file-damaged" });
  });
});

describe("lines of JSON", () => {
  const lines = (n: number, line: (i: number) => string): string =>
    `${Array.from({ length: n }, (_, i) => line(i)).join("\r\n")}\r\n`;

  it("are rows, blank ones left out, whatever names the first of them have", async () => {
    const text = lines(40, (i) =>
      i === 5 ? "" : `{"n": ${i}, "sex": "${i % 2 ? "F" : "M"}"${i > 30 ? ', "late": 1' : ""}}`,
    );
    const { table } = await readFile(file(text, "a.ndjson"));
    expect(table.rows).toBe(39);
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["n", "sex", "late"]);
  });

  it("are put together again however the file is cut", async () => {
    const text = `{"a":1,"b":"${"x".repeat(50)}"}\r\n\n{"a":2}\n{"a":3,"b":"é"}`;
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 7, 1000]) {
      const { cells } = await sheetCells(await openFile(bytesFile("a.ndjson", bytes, size)));
      expect(cells).toEqual([
        ["a", "b"],
        ["1", "x".repeat(50)],
        ["2", ""],
        ["3", "é"],
      ]);
    }
  });

  it("whose names are all different are too many columns", async () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      Array.from({ length: 50 }, (__, j) => [`k${i}_${j}`, 1]),
    );
    const text = many.map((pairs) => JSON.stringify(Object.fromEntries(pairs))).join("\n");
    expect(await faultOf(readFile(file(text, "a.ndjson")))).toMatchObject({
      code: "too-many-columns",
      columns: 2500,
    });
  });

  it("with a bad one say which", async () => {
    const bad = (line: string): Promise<unknown> =>
      openFile(file(lines(9, (i) => (i === 6 ? line : `{"n": ${i}}`))));
    expect(await faultOf(bad('{"n": 6'))).toMatchObject({
      code: "file-damaged",
      reason: "Line 7 is no JSON: a comma or } is missing.",
    });
    expect(await faultOf(bad("[1]"))).toMatchObject({ reason: "Line 7 is no object with named values." });
  });

  it("that are not UTF-8 are refused", async () => {
    const bytes = new TextEncoder().encode('{"a": "x"}\n{"a": "y"}\n');
    bytes[7] = 0xff;
    expect(await faultOf(openFile(bytesFile("a.ndjson", bytes)))).toMatchObject({ code: "file-damaged" });
  });
});

describe("parseJson", () => {
  it("reads what JSON.parse reads, and keeps numbers as they are written", () => {
    const text = String.raw`{"a": [1, -0.5, 1e3, true, false, null, "x\n\u00e9\\\"/"], "b": {}, "c": []}`;
    const value = parseJson(text);
    expect(value).toEqual(
      new Map<string, unknown>([
        ["a", [1, -0.5, new ExactNumber("1e3"), true, false, null, 'x\né\\"/']],
        ["b", new Map()],
        ["c", []],
      ]),
    );
  });

  it.each([
    "",
    "{",
    "[1,]",
    "{'a':1}",
    "01",
    "1 2",
    '"a',
    '"\u0001"',
    '"\\x"',
    "nul",
    "[1 2]",
    '{"a":1,}',
    "+1",
    ".5",
    '"\\u12g4"',
  ])("refuses %s", (text) => {
    expect(() => parseJson(text)).toThrow(NoJson);
  });
});
