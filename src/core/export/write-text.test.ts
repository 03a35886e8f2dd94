import { gunzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { smallTable, written } from "./fixtures/small-table.ts";
import { formatOfName } from "./formats.ts";
import { gzipped } from "./gzipped.ts";
import { checkExport } from "./write-table.ts";

const text = async (...given: Parameters<typeof written>): Promise<string> =>
  new TextDecoder().decode(await written(...given));

describe("tables as text files", () => {
  it("CSV has codes in the place of labels", async () => {
    const lines = (await text("csv", [smallTable()])).split("\n");
    expect(lines[0]).toBe("case,age,weight,pulse,crp,born,admitted,onset,sex,triage,ward,alive,note");
    expect(lines[1]?.startsWith('P-00007,63,"71,3",')).toBe(true);
    expect(lines[1]).toContain(",03.05.1899,2025-01-01T00:14,2024-11,2,1,01,TRUE,'=1+1");
  });

  it("TSV has tabs, and the rest as in the source", async () => {
    const lines = (await text("tsv", [smallTable()])).split("\n");
    expect(lines[1]?.split("\t").slice(0, 3)).toEqual(["P-00007", "63", "71,3"]);
  });

  it("JSON has numbers, true and false, codes, limits as texts, and null", async () => {
    const read = JSON.parse(await text("json", [smallTable(), smallTable()])) as Record<string, unknown>[];
    expect(read).toHaveLength(10);
    expect(read[0]).toEqual(read[5]);
    expect(read[0]).toEqual({
      case: "P-00007",
      age: 63,
      weight: 71.3,
      pulse: 92,
      crp: "<5",
      born: "03.05.1899",
      admitted: "2025-01-01T00:14",
      onset: "2024-11",
      sex: 2,
      triage: 1,
      ward: "01",
      alive: true,
      note: "=1+1",
    });
    expect(read[3]).toMatchObject({ weight: null, admitted: null, sex: null });
    expect(read[4]).toMatchObject({ triage: null, ward: null, alive: null, note: null });
  });

  it("NDJSON has one object on each line", async () => {
    const lines = (await text("ndjson", [smallTable(), smallTable()])).trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(JSON.parse(lines[9] as string)).toMatchObject({ case: "P-99999", age: 18, pulse: null });
  });

  it("a table without rows is an empty array, and no line", async () => {
    const none = { ...smallTable(), rows: 0 };
    expect(JSON.parse(await text("json", [none]))).toEqual([]);
    expect(await text("ndjson", [none])).toBe("");
  });
});

describe("what a file's name says", () => {
  it("its ending is the format, with .gz behind it packed; CSV where it says nothing", () => {
    expect(formatOfName("out/Visits.XLSX")).toEqual({ format: "xlsx", gzip: false });
    expect(formatOfName("a.b.parquet")).toEqual({ format: "parquet", gzip: false });
    expect(formatOfName("visits.csv.gz")).toEqual({ format: "csv", gzip: true });
    expect(formatOfName("visits.tab")).toEqual({ format: "tsv", gzip: false });
    expect(formatOfName("visits.txt")).toEqual({ format: "csv", gzip: false });
    expect(formatOfName("/dev/stdout")).toEqual({ format: "csv", gzip: false });
    expect(formatOfName("folder.json/visits")).toEqual({ format: "csv", gzip: false });
  });

  it("what is packed unpacks to the same bytes", async () => {
    const bytes = await written("csv", [smallTable()]);
    async function* pieces(): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
      await Promise.resolve();
      for (let at = 0; at < bytes.length; at += 100) yield { bytes: bytes.slice(at, at + 100), rows: at };
    }
    const packed: number[] = [];
    for await (const piece of gzipped(pieces())) packed.push(...piece.bytes);
    expect(gunzipSync(Uint8Array.from(packed))).toEqual(bytes);
  });

  it("a sheet has no more rows and columns than Excel has, and says so in numbers", () => {
    expect(() => checkExport("xlsx", 1_048_576, 3)).toThrow(/1,048,576 rows.*1,048,575/);
    expect(() => checkExport("xlsx", 10, 20_000)).toThrow(/20,000 columns/);
    expect(() => checkExport("xlsx", 1_048_575, 16_384)).not.toThrow();
    expect(() => checkExport("parquet", 5_000_000, 20_000)).not.toThrow();
  });
});
