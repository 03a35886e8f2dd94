import { describe, expect, it } from "vitest";
import { columnOf, readText } from "../fixtures/read-text.ts";

const table = (rows: readonly string[]): string => `stay,what,value\n${rows.join("\n")}\n`;
const repeat = (cells: readonly string[], times: number): string[] =>
  Array.from({ length: times }, (_, i) => cells.map((cell) => `${cell.replace("#", String(i))}`)).flat();

describe("NA", () => {
  it("is a level among short codes, where the file writes nothing missing so", async () => {
    const { table: read } = await readText(table(repeat(["#,NA,139", "#,MG,0.8", "#,CA,2.3", "#,K,"], 6)));
    expect(columnOf(read, "what").cells.slice(0, 4)).toEqual(["NA", "MG", "CA", "K"]);
    expect(columnOf(read, "what").schema.findings?.tokenLevel).toBe("NA");
    expect(columnOf(read, "value").cells[3]).toBeNull();
    expect(read.schema.missingTokens).toEqual([""]);
  });

  it("is sodium however it is written", async () => {
    const { table: read } = await readText(table(repeat(["#,Na,139", "#,K,4", "#,Cl,103"], 6)));
    expect(columnOf(read, "what").cells.slice(0, 3)).toEqual(["Na", "K", "Cl"]);
    const answers = await readText(table(repeat(["#,Na,1", "#,Yes,1", "#,No,0"], 6)));
    expect(columnOf(answers.table, "what").cells[0]).toBeNull();
  });

  it("is missing where another column has it too", async () => {
    const { table: read } = await readText(table(repeat(["#,NA,139", "#,MG,NA", "#,CA,2.3"], 6)));
    expect(columnOf(read, "what").cells[0]).toBeNull();
  });

  it("is missing among words, and beside other gaps", async () => {
    const words = await readText(table(repeat(["#,NA,139", "#,yes,1", "#,no,2.3"], 6)));
    expect(columnOf(words.table, "what").cells[0]).toBeNull();
    const gaps = await readText(table(repeat(["#,NA,139", "#,DE,1", "#,FR,4", "#,,2.3"], 6)));
    expect(columnOf(gaps.table, "what").cells[0]).toBeNull();
  });

  it("is missing once a person says so", async () => {
    const { table: read } = await readText(table(repeat(["#,NA,139", "#,MG,0.8", "#,CA,2.3"], 6)), {
      changes: [{ type: "missing-tokens", tokens: ["", "NA"] }],
    });
    expect(columnOf(read, "what").cells[0]).toBeNull();
  });
});
