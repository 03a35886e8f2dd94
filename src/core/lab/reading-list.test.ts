import { describe, expect, test } from "vitest";
import { readCsv } from "../table/read/read-csv.ts";
import { reviseTable } from "../table/read/revise.ts";
import type { Table } from "../table/table.ts";
import { exampleReport } from "./take-away/fixtures/example-report.ts";
import { datasheet } from "./take-away/documents/datasheet.ts";
import { sharedReadme } from "./take-away/documents/bundle-readme.ts";
import { evaluationJson } from "./take-away/documents/evaluation-json.ts";
import { exampleFacts } from "./take-away/fixtures/example-report.ts";
import { htmlReport } from "./take-away/html/html-report.ts";
import { modelCard } from "./take-away/documents/model-card.ts";
import { guardedReport } from "./take-away/guarded-report.ts";
import { reportShape } from "../report/report-shape.ts";
import { readingList, sharedReading } from "./reading-list.ts";

async function read(text: string, repair = {}): Promise<Table> {
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  return (await readCsv(chunks, { name: "t.csv", repair })).table;
}

/** 60 patients: three ages that are about right, written once each, nine CRPs that were lost, two rare wards. */
const line = (i: number): string =>
  [
    `p${i}`,
    i < 3 ? `um ${50 + i}` : String(20 + i),
    i % 7 === 0 ? "lyse" : `${i},5`,
    i === 5 ? "X1" : i === 9 || i === 10 ? "X2" : i % 2 ? "A" : "B",
    "ja",
    "",
  ].join(";");
const text = `Auszug;;;;;\nid;age;crp;ward;consent;note\n${Array.from({ length: 60 }, (_, i) => `${line(i)}\n`).join("")};;;;;\nkurz;1\nSumme;;;;;\n`;
const table = await read(text, { skipRaggedRows: true });

describe("the list of what was not understood", () => {
  test("has lines, totals, cells, withheld levels, empty and constant columns, each with its counts", () => {
    expect(readingList(table).map(({ words: _words, ...item }) => item)).toEqual([
      { what: "above", count: 1 },
      { what: "blank", count: 1 },
      { what: "ragged", count: 1, of: 62 },
      { what: "totals", count: 1, examples: [{ text: "Summe", cells: 1 }] },
      {
        what: "unread",
        column: "age",
        count: 3,
        examples: [50, 51, 52].map((age) => ({ text: `um ${age}`, cells: 1 })),
      },
      { what: "unread", column: "crp", count: 9, examples: [{ text: "lyse", cells: 9 }] },
      { what: "withheld", column: "ward", count: 3, levels: 2 },
      { what: "constant", column: "consent" },
      { what: "empty", column: "note" },
    ]);
  });

  test("what may be given away has no small count and no text of fewer than five patients", () => {
    const shared = sharedReading(table);
    expect(shared.find(({ column }) => column === "age")).toEqual({
      what: "unread",
      column: "age",
      words: "Fewer than 5 cells could not be read as whole numbers and count as missing.",
    });
    expect(shared.find(({ column }) => column === "crp")?.examples).toEqual([{ text: "lyse", cells: 9 }]);
    expect(shared.find(({ what }) => what === "withheld")).not.toHaveProperty("count");
    const told = JSON.stringify(shared);
    for (const cell of ["um 50", "um 51", "X1", "X2", "Summe", "kurz"]) expect(told).not.toContain(cell);
  });

  test("where patients have several rows no text of a cell is given away", async () => {
    const visits = Array.from({ length: 60 }, (_, i) => `p${i >> 1};${i < 6 ? "lyse" : `${i},5`}\n`);
    const several = reviseTable(await read(`patient_id;crp\n${visits.join("")}`), [
      { type: "role", column: "patient_id", role: "identifier" },
    ]);
    expect(several.status).toBe("revised");
    if (several.status !== "revised") return;
    const item = sharedReading(several.table).find(({ column }) => column === "crp");
    expect(item).toMatchObject({ what: "unread", count: 6 });
    expect(item?.examples).toBeUndefined();
  });

  test("stands in the report and in every file of it, and a second wall takes what an item should not have", () => {
    const report = { ...exampleReport(), reading: sharedReading(table) };
    expect(reportShape.parse(JSON.parse(JSON.stringify(report))).reading).toEqual(report.reading);
    const said = "9 cells could not be read as numbers and count as missing";
    for (const file of [
      htmlReport(report, exampleFacts),
      evaluationJson(report, exampleFacts),
      modelCard(report, exampleFacts),
      datasheet(report, exampleFacts),
      sharedReadme(report, exampleFacts, undefined).replace(/\s+/g, " "),
    ])
      expect(file.replace(/\s+/g, " ")).toContain(said);
    const loose = guardedReport({ ...report, reading: readingList(table) });
    expect(JSON.stringify(loose.reading)).not.toMatch(/50 J|Summe|"count":3/);
  });
});
