import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { createCsvWriter } from "../../table/write-csv.ts";
import { readCsv } from "../../table/read/read-csv.ts";
import type { SchemaChange } from "../../table/profile.ts";
import type { Table } from "../../table/table.ts";
import { fillFile, type FillRequest } from "./fill-file.ts";
import { cellsOf, emergencyExport } from "./fixtures/emergency-export.ts";
import { startFit } from "../fit/fit-run.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { readingList } from "../reading-list.ts";
import { sampleCsv } from "./sample.ts";

const wasmPaths = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (parts: readonly Uint8Array[]): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(parts));

/** In pieces of 1,000 bytes, so that cells and characters are cut between them. */
const piecesOf = (bytes: Uint8Array): AsyncIterable<Uint8Array> => ({
  async *[Symbol.asyncIterator]() {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  },
});

const read = async (bytes: Uint8Array, changes: readonly SchemaChange[] = []): Promise<Table> =>
  (await readCsv(piecesOf(bytes), { name: "real.csv", changes })).table;

async function fit(table: Table, synthesizer: string): Promise<TrainedModel> {
  const request = { synthesizer, params: {}, seed: 1, device: "wasm" } as const;
  return (await startFit(table, request, { wasmPaths, previewRows: 0 }).done).model;
}

async function fill(
  model: TrainedModel,
  table: Table,
  bytes: Uint8Array,
  asked: Partial<FillRequest> = {},
): Promise<{ filled: Buffer; list: string[][]; rows: number }> {
  const parts: Uint8Array[] = [];
  const lists: Uint8Array[] = [];
  let rows = 0;
  const request = { source: piecesOf(bytes), name: "real.csv", seed: 1, ...asked };
  for await (const part of fillFile(model, table, request)) {
    parts.push(part.bytes);
    lists.push(part.list);
    rows = part.rows;
  }
  return { filled: Buffer.concat(parts), list: cellsOf(textOf(lists).replace(/^\ufeff/, "")), rows };
}

const ROWS = Number(process.env["EXPORT_ROWS"] ?? 600);

describe("an emergency department's export, from reading to filled and synthetic file", () => {
  const source = emergencyExport(ROWS, 11);
  const bytes = bytesOf(source.text);
  const before = cellsOf(source.text.slice(1));
  const at = (name: string): number => source.names.indexOf(name);
  const patients = before.slice(source.above, -1);

  test("what was not understood is one list with counts", async () => {
    const table = await read(bytes);
    expect(table.rows).toBe(ROWS);
    const list = readingList(table);
    const unread = list.filter(({ what }) => what === "unread");
    expect(Object.fromEntries(unread.map(({ column, count }) => [column, count]))).toEqual(source.unread);
    expect(list.find(({ what }) => what === "above")?.count).toBe(2);
    expect(list.find(({ what }) => what === "totals")).toMatchObject({
      count: 1,
      examples: [{ text: "Summe" }],
    });
    const crp = unread.find(({ column }) => column === "CRP");
    expect(crp?.examples).toEqual([{ text: "lipämisch", cells: source.unread["CRP"] }]);
  });

  test("the filled file differs from the source in empty cells only, and the list names each of them", async () => {
    const table = await read(bytes);
    const model = await fit(table, "cart");
    const { filled, list, rows } = await fill(model, table, bytes);
    expect(rows).toBe(ROWS);
    const after = cellsOf(textOf([filled]).slice(1));
    expect(after).toHaveLength(before.length);
    const changed: string[][] = [];
    before.forEach((record, i) => {
      expect(after[i]).toHaveLength(record.length);
      record.forEach((cell, j) => {
        const now = after[i]?.[j] as string;
        if (now === cell) return;
        expect(["", "n.d."]).toContain(cell);
        changed.push([String(i + 1), source.names[j] as string, now]);
      });
    });
    expect(list).toEqual([["spreadsheet_row", "column", "value"], ...changed]);
    expect(after.at(-1)).toEqual(before.at(-1));

    const emptyIn = (records: readonly string[][], name: string): number =>
      records.filter((record) => record[at(name)] === "" || record[at(name)] === "n.d.").length;
    const now = after.slice(source.above, -1);
    for (const name of ["Geschlecht", "Puls", "Temperatur", "CRP"]) {
      expect(emptyIn(patients, name)).toBeGreaterThan(0);
      expect(emptyIn(now, name)).toBe(0);
    }
    for (const name of ["Station", "Verweildauer"]) expect(emptyIn(now, name)).toBe(source.sentHome);

    const everything = await fill(model, table, bytes, { fillAll: true });
    const all = cellsOf(textOf([everything.filled]).slice(1)).slice(source.above, -1);
    expect(emptyIn(all, "Verweildauer")).toBe(0);
    if (process.env["EXPORT_ROWS"] !== undefined)
      console.log({
        cells: before.flat().length,
        changed: changed.length,
        unread: source.unread,
        sentHome: source.sentHome,
        filledWhereAsked: everything.list.length - 1,
      });
  });

  test("what is put in for the empty cells taken out again, the file is the source to the byte", async () => {
    const table = await read(bytes);
    const model = await fit(table, "independent");
    const { filled } = await fill(model, table, bytes);
    const lines = textOf([filled]).split("\r\n");
    const given = source.text.split("\r\n");
    expect(lines).toHaveLength(given.length);
    lines.forEach((line, i) => {
      const was = given[i] as string;
      if (line === was) return;
      const raw = was.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      const now = line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      expect(now.map((cell, j) => (raw[j] === "" || raw[j] === "n.d." ? raw[j] : cell))).toEqual(raw);
    });
  });

  test("no row of sums, no length of a stay without an admission is in the synthetic file", async () => {
    const table = await read(bytes);
    const model = await fit(table, "cart");
    const parts: Uint8Array[] = [];
    for await (const { bytes: part } of sampleCsv(model, ROWS, 1, table)) parts.push(part);
    const [, ...rows] = cellsOf(textOf(parts).replace(/^\ufeff/, ""));
    expect(rows).toHaveLength(ROWS);
    expect(rows.filter((row) => row[at("Fallnummer")] === "Summe")).toEqual([]);
    const highest = Math.max(...patients.map((row) => Number(row[at("Verweildauer")]) || 0));
    expect(Math.max(...rows.map((row) => Number(row[at("Verweildauer")]) || 0))).toBeLessThanOrEqual(highest);
  });
});

describe("filling keeps the text of the file", () => {
  const sick = (n: number, line: (i: number) => string): string =>
    Array.from({ length: n }, (_, i) => line(i)).join("");

  test("numbers and dates as they were written, quotes, spaces, blank lines and a last line without an end", async () => {
    const text =
      `"age";"weight";"day"\n${sick(40, (i) => `${i + 20};${i % 2 === 0 ? "71.30" : "1.0"};0${1 + (i % 9)}/02/2020\n`)}` +
      `;"";03/02/2020\n;;\n\n "44" ; ;13/02/2020\n+45;1.50e1;14/02/2020`;
    const table = await read(bytesOf(text));
    const model = await fit(table, "independent");
    const { filled } = await fill(model, table, bytesOf(text));
    const was = text.split("\n");
    const now = textOf([filled]).split("\n");
    expect(now).toHaveLength(was.length);
    was.forEach((line, i) => {
      if (i === 41) expect(now[i]).toMatch(/^\d+;"\d+(\.\d+)?";03\/02\/2020$/);
      else if (i === 44) expect(now[i]).toMatch(/^ "44" ;\d+(\.\d+)?;13\/02\/2020$/);
      else expect(now[i]).toBe(line);
    });
  });

  test("in windows-1252 and UTF-16, to the byte where nothing is empty", async () => {
    const text = `größe;wer\r\n${sick(30, (i) => `${160 + i},50;${i % 2 ? "Müller" : "Weiß"}\r\n`)}`;
    const latin = Uint8Array.from(text, (char) => char.charCodeAt(0));
    const wide = Uint8Array.from(Buffer.from(`\ufeff${text}`, "utf16le"));
    for (const bytes of [latin, wide]) {
      const table = await read(bytes);
      const { filled } = await fill(await fit(table, "independent"), table, bytes);
      expect(Buffer.compare(filled, bytes)).toBe(0);
    }
  });

  test("a table that came from no file is filled as the file it would be", async () => {
    const table = simulateCohort("diabetes", 1);
    const writer = createCsvWriter(table.schema, { source: table });
    const bytes = Buffer.concat([writer.header(), writer.rows(table)]);
    const { filled, list, rows } = await fill(await fit(table, "independent"), table, bytes);
    expect(rows).toBe(table.rows);
    const lines = [bytes, filled].map((file) => file.toString("utf8").split("\n"));
    const changed = lines[0]?.filter((line, i) => line !== lines[1]?.[i]).length;
    expect(changed).toBe(new Set(list.slice(1).map((cells) => cells.join().split(",")[0])).size);
    expect(changed).toBeGreaterThan(0);
  });

  test("refuses a file whose characters would not come back, and one that is not the table's", async () => {
    const start = bytesOf(`a;b\n${sick(30, (i) => `${i};ü\n`)}`);
    const broken = Uint8Array.from([
      ...bytesOf(`a;b\nü;1\n${sick(60_000, (i) => `${i};2\n`)}`),
      0xff,
      59,
      49,
      10,
    ]);
    const table = await read(broken, [{ type: "encoding", encoding: "utf-8" }]);
    const model = await fit(await read(start), "independent");
    await expect(fill(model, { ...table, schema: table.schema }, start)).rejects.toMatchObject({
      fault: { code: expect.stringMatching(/^(file-changed|columns-differ)$/) },
    });
    const own = await fit(table, "independent");
    await expect(fill(own, table, broken)).rejects.toMatchObject({ fault: { code: "file-unkept" } });
    await expect(fill(own, table, bytesOf("a;b\n1;2\n3;4\n"))).rejects.toMatchObject({
      fault: { code: "file-changed" },
    });
  });
});
