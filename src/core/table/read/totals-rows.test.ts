import { describe, expect, test } from "vitest";
import { readCsv } from "./read-csv.ts";
import type { Table } from "../table.ts";

async function read(text: string, repair = {}): Promise<Table> {
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  return (await readCsv(chunks, { name: "t.csv", repair })).table;
}

const patients = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => `${line(i)}\n`).join("");
const ward = patients(12, (i) => `p${i};${i % 3 ? "A" : "B"};${i + 1};${10 + i},5`);

describe("rows of totals", () => {
  test.each(["Summe", "Gesamt:", "Total", "Insgesamt (n = 12)", "Σ Summe", "Grand total"])(
    "“%s” at the end is no patient",
    async (label) => {
      const table = await read(`id;ward;days;crp\n${ward}${label};;78;192,0\n`);
      expect(table.rows).toBe(12);
      expect(table.reading?.totals).toEqual([{ row: 12, label }]);
      const days = table.columns[2];
      expect(days?.type === "numeric" && Math.max(...days.values)).toBe(12);
      expect(table.schema.columns.map(({ kind }) => kind).slice(2)).toEqual(["integer", "decimal"]);
    },
  );

  test("sums, and means below them, are two rows of totals", async () => {
    const table = await read(`id;ward;days;crp\n${ward}Summe;;78;192,0\nMittelwert;;6,5;16,0\n`);
    expect(table.rows).toBe(12);
    expect(table.reading?.totals.map(({ label }) => label)).toEqual(["Summe", "Mittelwert"]);
    expect((await read(`id;ward;days;crp\n${ward}Σ;;78;192,0\n`)).rows).toBe(12);
    expect((await read(`id;ward;days;crp\n${ward}Total;;78;192,0\nn = 12;;;\n`)).rows).toBe(12);
  });

  test("nor is one above the patients, one that only its numbers give away, or one of another length", async () => {
    const above = await read(`id;ward;days;crp\nAll;;78;192,0\n${ward}`);
    expect(above.rows).toBe(12);
    expect(above.reading?.totals).toEqual([{ row: 0, label: "All" }]);
    const silent = await read(`id;ward;days;crp\n${ward};;78;192,0\n`);
    expect(silent.rows).toBe(12);
    expect(silent.reading?.totals).toEqual([{ row: 12, label: "" }]);
    const short = await read(`id;ward;days;crp\n${ward}Summe;78\n`);
    expect(short.rows).toBe(12);
    expect(short.reading?.totals).toEqual([{ label: "Summe" }]);
  });

  test("remarks below the patients are none, whether delimiters follow them or not", async () => {
    const whole = await read(`id;ward;days;crp\n${ward}Summe;;78;192,0\nQuelle: KIS;;;\n(12 Zeilen);;;\n`);
    expect(whole.rows).toBe(12);
    expect(whole.reading?.totals.map(({ label }) => label)).toEqual(["Summe", "Quelle: KIS", "(12 Zeilen)"]);
    const short = await read(`id;ward;days;crp\n${ward}\nValues below 5 were not measured\n`);
    expect(short.rows).toBe(12);
    const sparse = await read(`id;ward;days;crp\n${ward}p99;;;\n`);
    expect(sparse.rows).toBe(13);
  });

  test("a patient stays one: other numbers, a text beside the word, a level that others have too", async () => {
    const numbers = await read(`id;ward;days;crp\n${ward};;79;12,0\n`);
    expect(numbers.rows).toBe(13);
    const named = await read(`id;ward;days;crp\n${ward}Total;A;78;192,0\n`);
    expect(named.rows).toBe(13);
    const level = await read(`scope;days\n${patients(12, (i) => `${i % 2 ? "all" : "some"};${i}`)}`);
    expect(level.rows).toBe(12);
    expect(level.reading?.totals).toEqual([]);
  });

  test("is found below a long column whose texts are not kept", async () => {
    const rows = 40_000;
    const text = patients(rows, (i) => `${i},${i + 0.25}`);
    const table = await read(`id,crp\n${text}Total,${(rows * (rows - 1)) / 2 + rows / 4}\n`);
    expect(table.rows).toBe(rows);
    const crp = table.columns[1];
    expect(crp?.type === "numeric" && Math.max(...crp.values)).toBe(rows - 0.75);
  });
});
