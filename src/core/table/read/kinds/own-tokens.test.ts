import { describe, expect, it } from "vitest";
import { columnOf, readText } from "../../fixtures/read-text.ts";

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

  it("is sodium beside potassium, whatever other columns and other gaps say", async () => {
    const { table: read } = await readText(
      table(repeat(["#,NA,139", "#,CREAT,NA", "#,K,4.4", "#,Hb,12.1", "#,,"], 6)),
    );
    expect(columnOf(read, "what").cells.slice(0, 5)).toEqual(["NA", "CREAT", "K", "Hb", null]);
    expect(columnOf(read, "value").cells[1]).toBeNull();
    const small = await readText(table(repeat(["#,Na,139", "#,Cl,101", "#,K,4.4"], 6)));
    expect(columnOf(small.table, "what").cells.slice(0, 3)).toEqual(["Na", "Cl", "K"]);
    const answers = await readText(table(repeat(["#,Na,139", "#,Yes,1", "#,No,4.4"], 6)));
    expect(columnOf(answers.table, "what").cells[0]).toBeNull();
  });

  it("is a level among the longer codes of analytes", async () => {
    const { table: read } = await readText(table(repeat(["#,NA,139", "#,CREA,88", "#,HBA1C,6"], 6)));
    expect(columnOf(read, "what").cells.slice(0, 3)).toEqual(["NA", "CREA", "HBA1C"]);
  });

  it("is a level in two columns of the same codes, and missing in two of different ones", async () => {
    const rows = ["NA,BW,1", "ZA,NA,2", "BW,ZA,3", "ZA,ZA,4"];
    const { table: read } = await readText(`country,born,x\n${repeat(rows, 5).join("\n")}\n`);
    expect(columnOf(read, "country").cells[0]).toBe("NA");
    expect(columnOf(read, "born").cells[1]).toBe("NA");
    const others = ["NA,G1,1", "A,NA,2", "B,G2,3", "C,G3,4"];
    const { table: apart } = await readText(`arm,grade,x\n${repeat(others, 5).join("\n")}\n`);
    expect(columnOf(apart, "arm").cells[0]).toBeNull();
    expect(columnOf(apart, "grade").cells[1]).toBeNull();
  });

  it("is missing once a person says so", async () => {
    const { table: read } = await readText(table(repeat(["#,NA,139", "#,MG,0.8", "#,CA,2.3"], 6)), {
      changes: [{ type: "missing-tokens", tokens: ["", "NA"] }],
    });
    expect(columnOf(read, "what").cells[0]).toBeNull();
  });
});
