import { describe, expect, it } from "vitest";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { smallTable, written } from "../fixtures/small-table.ts";

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

describe("a table as an SPSS file", () => {
  it("begins with a header that says how its rows are packed, not how many there are", async () => {
    const bytes = await written("sav", [smallTable()]);
    const view = new DataView(bytes.buffer);
    expect(ascii(bytes, 0, 4)).toBe("$FL2");
    expect([64, 72, 80].map((at) => view.getInt32(at, true))).toEqual([2, 1, -1]);
    expect(view.getFloat64(84, true)).toBe(100);
  });

  it("has the level that stands for rare ones as one more code", async () => {
    const valueLabels = [
      { code: "1", label: "cardiology" },
      { code: "4", label: "surgery" },
    ];
    const wards = ["cardiology", "other (rare levels)", "surgery"];
    const bytes = await written("sav", [madeTable([levels("ward", [0, 1, 2], wards, { valueLabels })])]);
    const at = bytes.length - 8;
    expect([...bytes.subarray(at)]).toEqual([101, 105, 104, 252, 0, 0, 0, 0]);
    expect(ascii(bytes, 0, bytes.length)).toContain("other (rare levels)");
  });

  it("refuses a text that is longer than the first block let it expect", async () => {
    const block = (text: string): Table => madeTable([texts("note", [text, "b"]), numbers("n", [1, 2])]);
    await expect(written("sav", [block("short"), block("much longer than that")])).rejects.toThrow(
      /“note” has 21 bytes/,
    );
  });
});

describe("a table as a SAS transport file", () => {
  const short = madeTable([
    numbers("age", [63, -118.625, NaN], { label: "Age" }),
    levels("sex", [0, 1, -1], ["m", "f"]),
  ]);

  it("is of version 5 where its names and labels are short, with numbers as IBM wrote them", async () => {
    const bytes = await written("xpt", [short]);
    expect(bytes.length % 80).toBe(0);
    expect(ascii(bytes, 20, 28)).toBe("LIBRARY ");
    const at = bytes.length - 80;
    expect([...bytes.subarray(at, at + 27)]).toEqual([
      0x42, 0x3f, 0, 0, 0, 0, 0, 0, 0x6d, 0xc2, 0x76, 0xa0, 0, 0, 0, 0, 0, 0x66, 0x2e, 0, 0, 0, 0, 0, 0, 0,
      0x20,
    ]);
  });

  it("is of version 8 where a name is long, and says how many rows it has", async () => {
    const long = madeTable([numbers("age_at_admission", [1, 2, 3])]);
    const bytes = await written("xpt", [long, long]);
    expect(ascii(bytes, 20, 28)).toBe("LIBV8   ");
    const text = ascii(bytes, 0, bytes.length);
    expect(text).toContain("OBSV8   HEADER RECORD!!!!!!!              6");
    expect(text).toContain("LABELV8 HEADER RECORD!!!!!!!1");
  });
});
