import { expect, it } from "vitest";
import { readFile } from "./read-file.ts";
import { bytesFile } from "./fixtures/bytes-file.ts";

const LISTING = [
  "Obs  arm        weight   seen",
  "---  ---------  ------   ----------",
  "  1  active       71.5   2020-01-05",
  "  2  Placebo B       .   2020-02-11",
  "  3  active      104.0   2020-03-09",
  "  4              64.25   2020-04-01",
].join("\r\n");

it("a listing whose columns stand under each other is a table, in pieces of any size", async () => {
  for (const size of [5, 1 << 16]) {
    const { table, notes, storedAs } = await readFile(
      bytesFile("listing.txt", new TextEncoder().encode(LISTING), size),
    );
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["Obs", "arm", "weight", "seen"]);
    expect(table.rows).toBe(4);
    const weight = table.columns[2];
    expect(weight?.type === "numeric" && [...weight.values]).toEqual([71.5, NaN, 104, 64.25]);
    const arm = table.columns[1];
    expect(arm?.type === "coded" && [...arm.codes].map((code) => arm.levels[code] ?? null)).toEqual([
      "active",
      "Placebo B",
      "active",
      null,
    ]);
    expect(storedAs).toBe("Aligned text");
    expect(notes[0]).toContain("stand under each other");
  }
});
