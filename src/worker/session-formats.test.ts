import { createHash } from "node:crypto";
import { gzipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { row, workbook } from "../core/intake/fixtures/workbook.ts";
import { createPage, few, independent, text, useNewBrowser } from "./fixtures/session-page.ts";

afterEach(useNewBrowser);

const visits = Array.from({ length: 60 }, (_, i) =>
  row(i + 4, [
    `P-${i}`,
    i === 7 ? undefined : 20 + ((i * 37) % 60),
    i % 2 ? "f" : "m",
    i % 5 ? "no" : "none",
  ]),
).join("");
const book = workbook([
  { name: "Visits", rows: row(1, ["Ward 3"]) + row(3, ["id", "age", "sex", "outcome"]) + visits },
  { name: "Codes", rows: row(1, ["code", "meaning"]) + row(2, ["f", "female"]) + row(3, ["m", "male"]) },
]);
const blob = async (): Promise<Blob> => new Blob([new Uint8Array(await book.slice(0, book.size))]);
const choice = { sheet: "Visits" };

describe("a workbook", () => {
  test("of several sheets asks for one, and opens as the chosen one with what was noted", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: await blob(), name: "visits.xlsx" });
    expect(page.of("fault").at(-1)?.fault).toEqual({
      code: "several-sheets",
      file: "visits.xlsx",
      sheets: ["Visits", "Codes"],
    });
    await page.send({ type: "open", job: 2, source: await blob(), name: "visits.xlsx", choice });
    const table = page.of("table").at(-1)?.table;
    expect(table).toMatchObject({ rows: 60, storedAs: "Excel workbook, sheet Visits", bytes: book.size });
    expect(table?.notes).toContain("The names stand in row 3 of the sheet.");
    const { bytes, total } = page.of("reading").at(-1) as { bytes: number; total: number };
    expect(bytes).toBe(total);
  });

  test("is read again where a change needs it, and comes back as it was in another visit", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: await blob(), name: "visits.xlsx", choice });
    await page.send({ type: "remember-table", job: 2, on: true });
    const again = createPage();
    await again.send({ type: "restore", job: 1 });
    const restored = again.of("table").at(-1)?.table;
    expect(restored).toMatchObject({ rows: 60, remembered: true, storedAs: "Excel workbook, sheet Visits" });
    await again.send({ type: "revise", job: 2, changes: [{ type: "missing-tokens", tokens: ["", "none"] }] });
    expect(again.of("fault")).toEqual([]);
    const outcome = again
      .of("table")
      .at(-1)
      ?.table?.columns.find(({ schema }) => schema.name === "outcome");
    expect(outcome?.missing).toBe(12);
  });

  test("has its empty cells filled in as delimited text, and is told by its own digest", async () => {
    const page = createPage();
    await page.send({ type: "open", job: 1, source: await blob(), name: "visits.xlsx", choice });
    await page.send({ type: "train", job: 2, run: "r", request: independent });
    const run = await page.settled("r");
    const digest = createHash("sha256")
      .update(await book.slice(0, book.size))
      .digest("hex");
    expect(run?.source).toMatchObject({ of: "file", sha256: digest, bytes: book.size });
    await page.send({ type: "complete-csv", job: 3, run: "r", seed: 1, what: "table", fillAll: false });
    expect(page.of("fault")).toEqual([]);
    const lines = text(page.of("chunk").filter(({ job }) => job === 3))
      .trim()
      .split("\n");
    expect(lines).toHaveLength(61);
    expect(lines.slice(0, 3)).toEqual(["id,age,sex,outcome", "P-0,20,m,none", "P-1,57,f,no"]);
    expect(lines[8]).toMatch(/^P-7,\d+,f,no$/);
  });
});

describe("a table made elsewhere", () => {
  test("may be packed, or be the largest of several", async () => {
    const page = createPage();
    const packed = new Blob([new Uint8Array(gzipSync(new Uint8Array(await few.arrayBuffer())))]);
    await page.send({ type: "elsewhere-file", job: 1, slot: "real", source: packed, name: "few.csv.gz" });
    await page.send({ type: "elsewhere-file", job: 2, slot: "synthetic", source: few, name: "made.csv" });
    expect(page.of("elsewhere").at(-1)?.look).toMatchObject({ real: { rows: 60 }, synthetic: { rows: 60 } });
    await page.send({
      type: "elsewhere-file",
      job: 3,
      slot: "real",
      source: await blob(),
      name: "visits.xlsx",
    });
    expect(page.of("elsewhere").at(-1)?.look.real).toMatchObject({ rows: 60 });
    expect(page.of("elsewhere").at(-1)?.look.real?.notes).toContain(
      "The file holds 2 tables; “Visits”, the largest, was read.",
    );
  });
});
