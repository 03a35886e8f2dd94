import { describe, expect, test } from "vitest";
import { cleaningBy } from "../../cleaning/clean-rows.ts";
import { readText } from "../../table/fixtures/read-text.ts";
import type { SchemaChange } from "../../table/profile.ts";
import { readAlikeCleaned, type ReadCleanedFile } from "./read-cleaned.ts";

const raw = (rows: number, from: number): string =>
  `sex,bp,age\n${Array.from({ length: rows }, (_, i) => `${["m", "F", "f", "M"][(i + from) % 4]},${110 + ((i * 7 + from) % 60)}/${60 + ((i * 5) % 30)},${20 + ((i * 3 + from) % 60)}`).join("\n")}\n`;
const reading =
  (text: string): ReadCleanedFile =>
  async (changes, repair, automatic) => {
    const cleaning = cleaningBy(changes, { automatic });
    return readText(text, { changes: cleaning.changes, clean: cleaning.clean, repair });
  };
const made: SchemaChange[] = [
  { type: "clean", automatic: true, step: { step: "split", column: "bp", at: "/", into: ["sbp", "dbp"] } },
  {
    type: "clean",
    step: { step: "merge", column: "sex", from: ["F"], to: "f", more: [{ from: ["M"], to: "m" }] },
  },
];

describe("a file beside a cleaned table", () => {
  test("held-out rows have the same steps done; synthetic ones are as they are", async () => {
    const { table: real } = await reading(raw(60, 0))(made, {}, false);
    const held = await readAlikeCleaned(reading(raw(24, 1)), real, "held-out", made);
    expect(held.table.schema.columns.map(({ name }) => name)).toEqual(["sex", "sbp", "dbp", "age"]);
    const [sex] = held.table.columns;
    expect(sex?.type === "coded" && sex.levels).toEqual(["f", "m"]);
    const synthetic = `sex,sbp,dbp,age\n${Array.from({ length: 20 }, (_, i) => `${i % 2 ? "f" : "m"},${120 + i},${70 + i},${30 + i}`).join("\n")}\n`;
    const read = await readAlikeCleaned(reading(synthetic), real, "synthetic", made);
    expect(read.missing).toEqual([]);
  });

  test("held-out rows that are cleaned already are read as they are, and that is said", async () => {
    const { table: real } = await reading(raw(60, 0))(made, {}, false);
    const clean = `sex,sbp,dbp,age\n${Array.from({ length: 20 }, (_, i) => `${i % 2 ? "f" : "m"},${120 + i},${70 + i},${30 + i}`).join("\n")}\n`;
    const held = await readAlikeCleaned(reading(clean), real, "held-out", made);
    expect(held.missing).toEqual([]);
    expect(held.notes[0]).toMatch(/steps of the real table are not done here.*There is no column “bp”/);
  });
});
