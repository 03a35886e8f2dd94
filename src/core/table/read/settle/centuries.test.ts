import { expect, test } from "vitest";
import { readText } from "../../fixtures/read-text.ts";
import { settleCenturies } from "./centuries.ts";
import type { Column, ColumnSchema, NumericColumn } from "../../table.ts";

const years = (column: Column | undefined): number[] =>
  [...(column as NumericColumn).values].map((value) => new Date(value).getUTCFullYear());

test("nobody is born after the last visit, of the table or of the row", async () => {
  const rows = ["01.03.2021;02.02.43", "05.04.2019;04.12.31", "06.06.2020;03.08.20", "09.01.2022;05.05.22"];
  const { table } = await readText(`visit;geburt\n${rows.join("\n")}\n`);
  expect(table.schema.columns[1]?.date).toMatchObject({ pattern: "DD.MM.YY", latestYear: 2022 });
  expect(years(table.columns[1])).toEqual([1943, 1931, 1920, 1922]);
});

test("visits of two digits settle births too, and stay where they are", async () => {
  const rows = ["04.12.22;04.12.31", "18.12.21;05.11.51", "03.12.19;26.06.82", "27.09.16;01.08.15"];
  const { table } = await readText(`erstdiagnose;geburtsdatum\n${rows.join("\n")}\n`);
  expect(years(table.columns[0])).toEqual([2022, 2021, 2019, 2016]);
  expect(years(table.columns[1])).toEqual([1931, 1951, 1982, 2015]);
});

const schema = (name: string, pattern: string): ColumnSchema => ({
  name,
  kind: "datetime",
  role: "feature",
  reason: "",
  missingToken: "",
  date: { pattern },
});
const dates = (...texts: string[]): NumericColumn => ({
  type: "numeric",
  values: Float64Array.from(texts, (text) => Date.parse(text)),
});

test("a stretch of years is not cut: onsets since the sixties, appointments of the coming years", () => {
  const onset = dates("2060-01-01", "2068-05-05", "1975-05-05", "1999-05-05", "2021-05-05");
  const next = dates("2024-01-01", "2026-01-01", "2025-01-01", "2024-08-01", "2024-09-01");
  const seen = dates("2023-01-01", "2023-02-01", "2022-03-01", "2023-05-01", "2021-06-01");
  const { columns } = settleCenturies(
    {
      columns: [onset, next, seen],
      schemas: [schema("onset", "DD.MM.YY"), schema("next", "DD.MM.YY"), schema("seen", "DD.MM.YYYY")],
    },
    undefined,
  );
  expect(years(columns[0])).toEqual([1960, 1968, 1975, 1999, 2021]);
  expect(years(columns[1])).toEqual([2024, 2026, 2025, 2024, 2024]);
});

test("without any other date this year is the latest; a leap day stays one; rows of a patient agree", () => {
  const born = dates("2031-01-01", "2000-02-29", "2024-02-29");
  const alone = settleCenturies({ columns: [born], schemas: [schema("dob", "DD.MM.YY")] }, undefined, 2023);
  expect(years(alone.columns[0])).toEqual([1931, 2000, 1924]);
  const both = settleCenturies(
    {
      columns: [dates("2010-05-05", "2010-05-05"), dates("2005-01-01", "2015-01-01")],
      schemas: [schema("dob", "DD.MM.YY"), schema("visit", "YYYY-MM-DD")],
    },
    Int32Array.of(1, 1),
  );
  expect(years(both.columns[0])).toEqual([1910, 1910]);
});
