import { describe, expect, test } from "vitest";
import { createPage, independent, keptFiles, text, useNewBrowser } from "./fixtures/session-page.ts";

const rows = (count: number, row: (i: number) => string): string =>
  `${Array.from({ length: count }, (_, i) => row(i)).join("\n")}\n`;

const visits = new Blob([
  `case_no;patient_no;sex;age\n${rows(60, (i) => `C-${1000 + i};P${String(i % 40).padStart(4, "0")};${i % 2 ? "f" : "m"};${20 + ((i * 37) % 60)}`)}`,
]);
const labs = new Blob([
  `case_no,time,analyte,value\n${rows(50, (i) =>
    ["sodium", "potassium"]
      .map(
        (name, k) =>
          `C-${1000 + i},2025-01-0${1 + (i % 9)},${name},${k === 0 ? 135 + (i % 9) : 3.5 + (i % 15) / 10}`,
      )
      .join("\n"),
  )}`,
]);
const offered = [
  { source: visits, name: "visits.csv" },
  { source: labs, name: "labs.csv" },
];
const [left, join] = offered as [(typeof offered)[0], (typeof offered)[0]];

describe("several files at once", () => {
  test("are looked into, and what two of them may be is told", async () => {
    const page = createPage();
    const broken = { source: new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])]), name: "a.zip" };
    await page.send({ type: "look-into", job: 1, files: offered });
    expect(page.of("files-seen")[0]).toMatchObject({
      files: [
        { name: "visits.csv", words: "Delimited text", sheets: [{ name: "visits.csv", table: true }] },
        { name: "labs.csv" },
      ],
      pair: { shared: ["case_no"], alike: false },
    });
    await page.send({ type: "look-into", job: 2, files: [...offered, broken] });
    const seen = page.of("files-seen")[1];
    expect(seen?.pair).toBeUndefined();
    expect(seen?.files[2]).toMatchObject({ name: "a.zip", sheets: [], fault: { code: "file-damaged" } });
  });

  test("a table's first rows are shown as they stand, with the row of the names", async () => {
    const page = createPage();
    const source = new Blob([`Visits of 2025\n\ncase;age;sex\n${rows(9, (i) => `${i};${20 + i};f`)}`]);
    await page.send({ type: "sheet-rows", job: 1, source, name: "v.csv", choice: {} });
    expect(page.of("sheet-rows")[0]).toMatchObject({ first: 1, header: 3 });
    expect(page.of("sheet-rows")[0]?.cells.slice(0, 4)).toEqual([
      ["Visits of 2025"],
      [""],
      ["case", "age", "sex"],
      ["0", "20", "f"],
    ]);
  });

  test("a join is looked at before it is made, with identifiers masked", async () => {
    const page = createPage();
    await page.send({ type: "look-at-join", job: 1, ...left, join });
    const seen = page.of("join-seen")[0];
    expect(seen?.look).toMatchObject({
      choice: { keys: [{ left: "case_no", right: "case_no" }], keep: ["first", "last"] },
      left: { rows: 60, matched: 50, unique: true },
      order: "time",
      added: ["sodium_first", "sodium_last", "potassium_first", "potassium_last"],
    });
    expect(seen?.cells[0]).toEqual([
      "case_no",
      "patient_no",
      "sex",
      "age",
      "sodium_first",
      "sodium_last",
      "potassium_first",
      "potassium_last",
    ]);
    expect(seen?.cells[1]?.[0]).toBe("•-••••");
    await page.send({
      type: "look-at-join",
      job: 2,
      ...left,
      join: { ...join, join: { keys: [{ left: "sex", right: "case_no" }], keep: [] } },
    });
    expect(page.of("join-seen")[1]?.look.problem).toMatch(/No value of “sex” = “case_no”/);
    expect(page.of("join-seen")[1]?.cells).toEqual([]);
    expect(page.of("fault")).toEqual([]);
  });

  test("a joined table opens, is revised, read again, kept and trained on", async () => {
    useNewBrowser();
    const page = createPage();
    await page.send({ type: "open", job: 1, ...left, join });
    const table = page.of("table")[0]?.table;
    expect(table).toMatchObject({ name: "visits.csv + labs.csv", rows: 60 });
    expect(table?.storedAs).toBe("Two tables, joined: visits.csv, labs.csv");
    expect(table?.notes.join(" ")).toContain("50 of 60 rows of visits.csv have rows in labs.csv");
    expect(table?.schema.dialect.delimiter).toBe(";");
    const tokens = { type: "missing-tokens", tokens: ["", "m"] } as const;
    await page.send({ type: "revise", job: 2, changes: [tokens] });
    expect(page.of("table")[1]?.table?.columns.find(({ schema }) => schema.name === "sex")).toMatchObject({
      missing: 30,
    });
    await page.send({ type: "remember-table", job: 3, on: true });
    const next = createPage();
    await next.send({ type: "restore", job: 1 });
    const restored = next.of("table")[0]?.table;
    expect(restored?.columns.map(({ schema }) => schema.name)).toEqual(
      table?.columns.map(({ schema }) => schema.name),
    );
    await next.send({ type: "revise", job: 2, changes: [] });
    expect(next.of("table")[1]?.table?.columns.find(({ schema }) => schema.name === "sex")).toMatchObject({
      missing: 0,
    });
    await next.send({ type: "train", job: 4, run: "r", request: independent });
    await next.settled("r");
    await next.send({ type: "export-csv", job: 5, run: "r", rows: 3, seed: 1, format: "ndjson" });
    const lines = text(next.of("chunk").filter(({ job }) => job === 5))
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(3);
    expect(Object.keys(JSON.parse(lines[0] as string) as object)).toEqual(
      table?.columns.map(({ schema }) => schema.name),
    );
    expect(next.of("fault")).toEqual([]);
    expect(keptFiles().files.size).toBeGreaterThan(0);
  });

  test("what cannot be joined is refused in words, and what was open stays", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, ...left });
    const choice = { keys: [{ left: "patient_no", right: "case_no" }], keep: [] };
    await page.send({ type: "open", job: 2, ...left, join: { ...join, join: choice } });
    expect(page.of("fault")[0]?.fault.code).toBe("join-impossible");
    expect(page.of("table")).toHaveLength(1);
  });
});
