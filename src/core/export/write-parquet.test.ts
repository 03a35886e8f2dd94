import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { madeTable, numbers } from "../table/fixtures/made-table.ts";
import { smallTable, written } from "./fixtures/small-table.ts";

const bufferOf = async (...given: Parameters<typeof written>): Promise<ArrayBuffer> =>
  (await written(...given)).slice().buffer;

describe("parquet", () => {
  it("stores each kind as its own type", async () => {
    const { schema, key_value_metadata: said } = parquetMetadata(await bufferOf("parquet", [smallTable()]));
    const types = schema
      .slice(1)
      .map((it) => [it.name, it.converted_type ?? it.logical_type?.type ?? it.type]);
    expect(Object.fromEntries(types)).toEqual({
      case: "UTF8",
      age: "INT64",
      weight: "DOUBLE",
      pulse: "INT64",
      crp: "UTF8",
      born: "DATE",
      admitted: "TIMESTAMP",
      onset: "UTF8",
      sex: "INT64",
      triage: "INT64",
      ward: "UTF8",
      alive: "BOOLEAN",
      note: "UTF8",
    });
    expect(said?.[0]?.value).toContain('{"code":"2","label":"female"}');
  });

  it("gives back every cell of all blocks", async () => {
    const file = await bufferOf("parquet", [smallTable(), smallTable()]);
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(10);
    expect(rows[6]).toEqual(rows[1]);
    expect(rows[0]).toMatchObject({
      case: "P-00007",
      age: 63n,
      weight: 71.3,
      crp: "<5",
      born: new Date("1899-05-03T00:00:00Z"),
      admitted: new Date("2025-01-01T00:14:00Z"),
      onset: "2024-11",
      sex: 2n,
      ward: "01",
      alive: true,
      note: "=1+1",
    });
    expect(rows[3]?.["note"]).toBe("_x0041_\u0001");
    expect(rows[4]).toMatchObject({ pulse: null, crp: null, triage: null, alive: null, note: null });
  });

  it("writes a row group before it holds too many rows", async () => {
    const block = madeTable([
      numbers(
        "n",
        Float64Array.from({ length: 60_000 }, (_, i) => i),
        { decimals: 0 },
      ),
    ]);
    const pieces = await bufferOf("parquet", [block, block, block]);
    const { row_groups: groups, num_rows: all } = parquetMetadata(pieces);
    expect(groups.map(({ num_rows: rows }) => Number(rows))).toEqual([120_000, 60_000]);
    expect(Number(all)).toBe(180_000);
  });

  it("a table without rows has its columns all the same", async () => {
    const file = await bufferOf("parquet", [{ ...smallTable(), rows: 0 }]);
    expect(parquetMetadata(file).schema).toHaveLength(14);
  });
});
