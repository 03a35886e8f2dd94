import { strFromU8, unzipSync } from "fflate";
import readSheets from "read-excel-file/universal";
import { describe, expect, it } from "vitest";
import { smallTable, written } from "../fixtures/small-table.ts";
import { dateFormat } from "./cell-formats.ts";
import { columnLetters, escapeXml, sheetName } from "./workbook-parts.ts";

const cellsOf = async (bytes: Uint8Array): Promise<unknown[][]> => {
  const sheets = await readSheets(bytes.slice().buffer);
  return sheets[0]?.data ?? [];
};

describe("an Excel workbook", () => {
  it("has dates as dates, numbers as numbers, all else as text", async () => {
    const [names, first, second, , , last] = await cellsOf(await written("xlsx", [smallTable()]));
    expect(names).toEqual(smallTable().schema.columns.map(({ name }) => name));
    expect(first?.slice(0, 5)).toEqual(["P-00007", 63, 71.3, 92, "<5"]);
    expect(second?.slice(4, 7)).toEqual([
      143,
      new Date("1962-02-28T00:00:00Z"),
      new Date("2025-01-01T00:00:00Z"),
    ]);
    expect(first?.slice(7)).toEqual(["2024-11", 2, 1, "01", true, "=1+1"]);
    expect(last?.slice(8)).toEqual([1, null, null, null, null]);
  });

  it("keeps a date that Excel does not have as the source wrote it", async () => {
    const [, first] = await cellsOf(await written("xlsx", [smallTable()]));
    expect(first?.[5]).toBe("03.05.1899");
  });

  it("goes on from block to block, and is the same at each writing", async () => {
    const once = await written("xlsx", [smallTable(), smallTable()]);
    expect(await cellsOf(once)).toHaveLength(11);
    expect(await written("xlsx", [smallTable(), smallTable()])).toEqual(once);
  });

  it("has no formula, and shows numbers as the source did", async () => {
    const parts = unzipSync(await written("xlsx", [smallTable()]));
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] as Uint8Array);
    const styles = strFromU8(parts["xl/styles.xml"] as Uint8Array);
    expect(sheet).not.toContain("<f>");
    expect(sheet).toContain("_x005F_x0041__x0001_");
    expect(styles).toContain('formatCode="#,##0.0#"');
    expect(styles).toContain('formatCode="0&quot; bpm&quot;"');
    expect(styles).toContain('formatCode="dd&quot;.&quot;mm&quot;.&quot;yyyy"');
  });

  it("names, addresses and texts are as the format wants them", () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    expect(sheetName("a/b: [2025]*? " + "x".repeat(40))).toBe("a b 2025 xxxxxxxxxxxxxxxxxxxxxx");
    expect(sheetName("''")).toBe("Synthetic");
    expect(escapeXml('<a & "b">\r')).toBe("&lt;a &amp; &quot;b&quot;&gt;_x000D_");
    expect(dateFormat("YYYY-MM-DDTHH:mm:ss.SSS")).toBe('yyyy-mm-dd"T"hh:mm:ss.000');
    expect(dateFormat("M/D/YY h:mm A")).toBe("m/d/yy h:mm AM/PM");
  });
});
