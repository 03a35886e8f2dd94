import { describe, expect, it } from "vitest";
import { levels, madeTable, numbers, texts } from "../../../table/fixtures/made-table.ts";
import { readText } from "../../../table/fixtures/read-text.ts";
import type { Table } from "../../../table/table.ts";
import { promptPack } from "./make-prompts.ts";
import { PROMPT_STRATEGIES, USUAL_CHOICES } from "./prompt-pack.ts";
import { tellsSomebody } from "./tells-somebody.ts";

const textsOf = (table: Table): string =>
  PROMPT_STRATEGIES.flatMap((strategy) => {
    const pack = promptPack(table, { ...USUAL_CHOICES, strategy });
    return [...pack.prompts.map(({ text }) => text), ...pack.files.map(({ text }) => text)];
  }).join("\n");

describe("a text that tells who somebody is", () => {
  it.each([
    "1961-03-12",
    "2021-03-01T10:00",
    "12.03.61",
    "am 12.03.1961 aufgenommen",
    "1961-03",
    "03/1961",
    "19610312",
    "12 March 1961",
    "12-Mar-1961",
    "Mar 12, 1961",
    "March 1961",
    "12. März 1961",
    "admitted on 3 Jan",
    "3rd of May",
    "1961年3月12日",
    "Dr. House",
    "Frau Weber",
    "Miller, Anna",
    "james.wilson@hospital.org",
    "https://example.org/p/12",
    "+49 170 1234567",
    "943 476 5919",
    "123-45-6789",
  ])("%s", (text) => {
    expect(tellsSomebody(text)).toBe(true);
  });

  it.each([
    "Female",
    "65 to 80",
    "5-10",
    "1/2",
    "I25.1",
    "73211009",
    "2345-7",
    "E11.9",
    "Never-married",
    "Married, spouse absent",
    "White, non-Hispanic",
    "Stage 3",
    "Marked 3",
    "Decompensated 2",
    "North Carolina",
    "10-20 mg",
    "120/80",
    "2020",
    "Transplant ward",
    "yes",
    "50K",
  ])("not %s", (text) => {
    expect(tellsSomebody(text)).toBe(false);
  });
});

it("stands in no prompt as a level, however many patients share it", () => {
  const wards = ["seen by Dr. House", "12 March 1961", "a.b@clinic.org", "north"];
  const all = (at: readonly string[]): Table =>
    madeTable([
      texts(
        "ward",
        Array.from({ length: 160 }, (_, row) => at[row % 4] ?? ""),
      ),
      levels(
        "died",
        Array.from({ length: 160 }, (_, row) => (row >> 3) % 2),
        ["no", "yes"],
        { role: "target" },
      ),
    ]);
  const text = textsOf(all(["Dr. House", ...wards.slice(1)]));
  expect(text).toContain("north");
  expect(text).not.toMatch(/House|1961|clinic\.org/);
});

it("stands in no prompt as a column's name: a number does, which is said and which replies are read by", () => {
  const table = madeTable([
    numbers(
      "1961-03-12",
      Array.from({ length: 60 }, (_, row) => row),
      { decimals: 0 },
    ),
    texts(
      "Frau Weber",
      Array.from({ length: 60 }, (_, row) => (row % 2 ? "F" : "M")),
    ),
    texts(
      "ward",
      Array.from({ length: 60 }, (_, row) => (row % 3 ? "a" : "b")),
      { role: "target" },
    ),
  ]);
  const pack = promptPack(table, USUAL_CHOICES);
  expect(pack.prompts[0]?.text).toContain("column_1,column_2,ward");
  expect(pack.told.join()).toContain("2 column names look like a date, a person or an id");
  expect(textsOf(table)).not.toMatch(/1961|Weber/);
});

it("stands in no prompt as a unit: one cell's is none, a known one is", async () => {
  const rows = (odd: string): string =>
    Array.from({ length: 60 }, (_, row) => `${row === 3 ? odd : `${50 + row}`},${row % 7}.5 mg`).join("\n");
  const { table } = await readText(`size,dose\n${rows("80 kg Mueller")}\n`);
  const text = textsOf(table);
  expect(text).not.toContain("Mueller");
  expect(text).toContain("dose: mg");
});
