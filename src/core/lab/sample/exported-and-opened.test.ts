import { describe, expect, it } from "vitest";
import { writeTable } from "../../export/write-table.ts";
import type { FileBytes } from "../../intake/file.ts";
import { openSav } from "../../intake/statistics/sav/open-sav.ts";
import { openXpt } from "../../intake/statistics/sas/open-xpt.ts";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import { columnOf } from "../../table/fixtures/read-text.ts";
import { readCsv } from "../../table/read/read-csv.ts";
import type { Table } from "../../table/table.ts";

const ROWS = 60;
const each = <T>(cell: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => cell(i));
const DAY = 86_400_000;

/** Labelled levels, dates, times, texts of every length, and what is missing. */
const table = (): Table =>
  madeTable([
    numbers(
      "Gewicht bei Aufnahme",
      each((i) => (i === 4 ? NaN : 48.3 + i * 1.1)),
      { decimals: 1, label: "Gewicht in Kilogramm, gemessen bei der Aufnahme" },
    ),
    numbers(
      "visits",
      each((i) => ((i * 7) % 40) - 20),
      { decimals: 0 },
    ),
    numbers(
      "born",
      each((i) => DAY * 1000 * (7 - i)),
      { pattern: "YYYY-MM-DD" },
    ),
    numbers(
      "seen",
      each((i) => 1.6e12 + i * 1_234_567_000),
      { pattern: "YYYY-MM-DDTHH:mm:ss" },
    ),
    numbers(
      "round",
      each((i) => (i * 1_234_000) % DAY),
      { pattern: "HH:mm:ss" },
    ),
    levels(
      "pain",
      each((i) => (i % 5 === 4 ? -1 : i % 3)),
      ["none", "mild", "severe"],
      {
        measure: "ordinal",
        valueLabels: [
          { code: "0", label: "none" },
          { code: "1", label: "mild" },
          { code: "2", label: "severe" },
          { code: "3", label: "worst" },
        ],
      },
    ),
    levels(
      "ward",
      each((i) => i % 2),
      ["Innere Medizin", "Chirurgie"],
      {
        valueLabels: [
          { code: "department-of-medicine", label: "Innere Medizin" },
          { code: "surgery", label: "Chirurgie" },
        ],
      },
    ),
    levels(
      "zip",
      each((i) => i % 2),
      ["01067", "04109"],
    ),
    texts(
      "letter",
      each((i) => `${"ä".repeat(i * 12)}.`),
      { kind: "category" },
    ),
  ]);

async function exported(format: "sav" | "xpt", whole: Table): Promise<FileBytes> {
  async function* blocks(): AsyncGenerator<Table> {
    await Promise.resolve();
    yield whole;
  }
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of writeTable(
    format,
    { name: "made", schema: whole.schema, rows: whole.rows },
    blocks(),
  )) {
    pieces.push(bytes);
  }
  const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  return {
    name: `made.${format}`,
    size: bytes.length,
    async *pieces() {
      await Promise.resolve();
      yield bytes;
    },
    slice: (from, to) => Promise.resolve(bytes.slice(from, to)),
  };
}

async function opened(format: "sav" | "xpt", whole: Table): Promise<Table> {
  const file = await (format === "sav" ? openSav : openXpt)(await exported(format, whole));
  const { hints, cells, pieces } = await file.text({});
  const text = { [Symbol.asyncIterator]: () => pieces()[Symbol.asyncIterator]() };
  return (await readCsv(text, { name: "made", hints, cells, written: "typed" })).table;
}

describe("a table that is written and opened again", () => {
  it("has the same cells, labels, codes and measures as an SPSS file", async () => {
    const back = await opened("sav", table());
    const given = table();
    expect(back.schema.columns.map(({ name }) => name)).toEqual([
      "Gewicht_bei_Aufnahme",
      ...given.schema.columns.slice(1).map(({ name }) => name),
    ]);
    back.schema.columns.forEach(({ name }, i) => {
      const source = given.schema.columns[i]?.name as string;
      expect(columnOf(back, name).cells, name).toEqual(
        columnOf(given, source).cells.map((cell) =>
          typeof cell === "number" && i === 0 ? Number(cell.toFixed(1)) : cell,
        ),
      );
    });
    expect(columnOf(back, "pain").schema).toMatchObject({
      measure: "ordinal",
      valueLabels: columnOf(given, "pain").schema.valueLabels,
    });
    expect(columnOf(back, "ward").schema).toMatchObject({
      valueLabels: columnOf(given, "ward").schema.valueLabels,
    });
    expect(back.schema.columns[0]).toMatchObject({
      label: "Gewicht in Kilogramm, gemessen bei der Aufnahme",
    });
  });

  it("has the same cells as a SAS transport file of either version, labels as codes", async () => {
    const whole = table();
    const short = {
      ...whole,
      columns: whole.columns.slice(1, 8),
      schema: { ...whole.schema, columns: whole.schema.columns.slice(1, 8) },
    };
    for (const given of [whole, short]) {
      const back = await opened("xpt", given);
      for (const name of ["visits", "born", "seen", "round"]) {
        expect(columnOf(back, name).cells, name).toEqual(columnOf(given, name).cells);
      }
      expect(columnOf(back, "pain").cells.slice(0, 5)).toEqual(["0", "1", "2", "0", null]);
    }
  });
});
