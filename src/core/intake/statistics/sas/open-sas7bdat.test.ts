import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { bytesFile } from "../../fixtures/bytes-file.ts";
import { sheetCells } from "../../fixtures/sheet-cells.ts";
import { expectedCells, made7bdat, type Made } from "./fixtures/made-7bdat.ts";
import { openSas7bdat } from "./open-sas7bdat.ts";

const cases: readonly (readonly [string, Made])[] = [
  ["of 32 bits", {}],
  ["of 32 bits, high bytes first", { littleEndian: false }],
  ["of 64 bits", { integer: 8 }],
  ["of 64 bits, high bytes first", { integer: 8, littleEndian: false }],
  ["packed by runs", { packing: "runs" }],
  ["packed by patterns", { packing: "patterns" }],
  ["of 64 bits packed by patterns", { integer: 8, packing: "patterns" }],
  ["with rows deleted", { deleted: [0, 7, 15, 16, 33] }],
  ["of 64 bits with rows deleted", { integer: 8, deleted: [3, 39] }],
  ["packed, with rows deleted", { packing: "runs", deleted: [0, 12] }],
  ["whose description goes on behind its rows", { amended: true }],
];

describe("a SAS data set", () => {
  it.each(cases)("%s has the cells that were put into it", async (_, made) => {
    const { cells, hints, notes } = await sheetCells(
      await openSas7bdat(bytesFile("made.sas7bdat", made7bdat(made))),
    );
    expect(cells).toEqual(expectedCells(made));
    expect(hints.get("born")).toMatchObject({ label: "Date of birth", kind: "datetime", storedAs: "DATE." });
    expect(hints.get("city")).toMatchObject({ label: "Städte" });
    expect(notes).toEqual(["“weight_at_admission”: cells with .B are missing, as the file says."]);
  });

  it("in an encoding that nothing here can read is refused in words", async () => {
    const reading = openSas7bdat(bytesFile("made.sas7bdat", made7bdat({ encoding: 45 })));
    await expect(reading).rejects.toThrow(FaultError);
    await expect(reading).rejects.toThrow(/encoding 45, which cannot be read here/);
  });
});
