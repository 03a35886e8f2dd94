import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bytesFile } from "../../fixtures/bytes-file.ts";
import { records, sheetCells } from "../../fixtures/sheet-cells.ts";
import { openDta } from "./open-dta.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/statistics/${name}`, import.meta.url)));

const truth = records(new TextDecoder().decode(fixture("table.csv"))).map((row) =>
  row.filter((_, i) => i !== 8),
);

describe("a Stata file", () => {
  it.each(["stata13.dta", "stata14.dta", "stata15.dta"])(
    "%s has the cells of the CSV beside it",
    async (name) => {
      const { cells, hints } = await sheetCells(await openDta(bytesFile(name, fixture(name))));
      expect(cells).toEqual(truth);
      expect(hints.get("pain")).toMatchObject({ label: "Pain on arrival", kind: "category" });
    },
  );
});
