import { expect, it } from "vitest";
import { readText } from "../fixtures/read-text.ts";
import { identifierFindings } from "./findings.ts";

/** Forty patients, three stays each. */
const stays = (born: (patient: number) => string): string =>
  [
    "mrn,sex,born,score",
    ...Array.from({ length: 120 }, (_, i) => {
      const patient = Math.floor(i / 3);
      return `${50_000 + 7 * patient},${patient % 2 ? "f" : "m"},${born(patient)},${(i * 7) % 9}`;
    }),
  ].join("\n");

it("a date of birth of which only the year is learned is listed still, and says so", async () => {
  const whole = await readText(stays((n) => `${1930 + n}-0${1 + (n % 9)}-11`));
  const before = identifierFindings(whole.table, []).find(({ column }) => column === "born");
  expect(before).toMatchObject({ what: "birth-date", done: "left-out" });
  const way = before?.ways.find(({ label }) => label === "Keep the year");
  expect(way).toBeDefined();

  const years = await readText(stays((n) => String(1930 + n)));
  expect(identifierFindings(years.table, way?.changes ?? [])).toContainEqual(
    expect.objectContaining({ column: "born", done: "coarsened", to: { by: "year" } }),
  );
});

it("a second number of the patient, which groups the rows as the first does, is not shown or learned", async () => {
  const text = stays((n) => `${1930 + (n % 7)}-01-11`)
    .split("\n")
    .map((line, i) => (i === 0 ? `${line},k` : `${line},Z${900 + Math.floor((i - 1) / 3)}`))
    .join("\n");
  const { table } = await readText(text);
  const k = table.schema.columns.find(({ name }) => name === "k");
  expect(k).toMatchObject({ kind: "identifier", role: "omit" });
  expect(identifierFindings(table, []).map(({ column }) => column)).toContain("k");
});
