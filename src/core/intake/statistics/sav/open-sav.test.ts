import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bytesFile } from "../../fixtures/bytes-file.ts";
import { records, sheetCells } from "../../fixtures/sheet-cells.ts";
import { readCsv } from "../../../table/read/read-csv.ts";
import { createCsvWriter } from "../../../table/write-csv.ts";
import { openSav } from "./open-sav.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/statistics/${name}`, import.meta.url)));
const truth = records(new TextDecoder().decode(fixture("table-missing.csv")));

describe("an SPSS file", () => {
  it.each(["table.sav", "packed.sav", "table.zsav"])(
    "%s has the cells of the CSV beside it",
    async (name) => {
      const { cells } = await sheetCells(await openSav(bytesFile(name, fixture(name))));
      expect(cells).toEqual(truth);
    },
  );

  it("says what its columns are", async () => {
    const { hints, notes } = await sheetCells(await openSav(bytesFile("table.sav", fixture("table.sav"))));
    expect(hints.get("pain")).toEqual({
      label: "Pain on arrival",
      kind: "category",
      measure: "ordinal",
      valueLabels: [
        { code: "1", label: "none" },
        { code: "2", label: "mild" },
        { code: "3", label: "severe" },
      ],
      storedAs: "F8.2",
    });
    expect(hints.get("smoking")?.valueLabels?.map(({ label }) => label)).toEqual([
      "never",
      "former",
      "current",
    ]);
    expect(hints.get("age")).toMatchObject({ kind: "decimal" });
    expect(hints.get("born")).toMatchObject({ kind: "datetime" });
    expect(notes).toEqual([
      "“smoking”: cells with 8 (“refused”) and 9 (“does not know”) are missing, as the file says.",
    ]);
  });
});

describe("a table of an SPSS file", () => {
  const read = async (byCells: boolean): ReturnType<typeof readCsv> => {
    const { cells, hints, ...sheet } = await (
      await openSav(bytesFile("table.sav", fixture("table.sav")))
    ).text({});
    const pieces = { [Symbol.asyncIterator]: () => sheet.pieces()[Symbol.asyncIterator]() };
    return readCsv(pieces, { name: "table.sav", hints, written: "typed", ...(byCells && { cells }) });
  };

  it("is the same whether its cells are read from a text or as they are", async () => {
    expect((await read(true)).table).toEqual((await read(false)).table);
  });

  it("has labels as levels, and its codes in a file", async () => {
    const { table } = await read(true);
    const at = table.schema.columns.findIndex(({ name }) => name === "smoking");
    expect(table.columns[at]).toMatchObject({ levels: ["never", "former", "current"] });
    const text = new TextDecoder().decode(createCsvWriter(table.schema).rows(table));
    expect(
      records(text)
        .map((row) => row[at])
        .slice(0, 6),
    ).toEqual(["0", "1", "2", "", "", "0"]);
  });
});
