import { describe, expect, it } from "vitest";
import { columnOf, readText } from "../../fixtures/read-text.ts";
import type { ColumnHints } from "../../hints.ts";
import { reviseTable } from "../revise.ts";

const lines = (head: string, row: (i: number) => string, rows = 40): string =>
  `${head}\n${Array.from({ length: rows }, (_, i) => row(i)).join("\n")}\n`;

const sexes = ["Male", "Female"] as const;
const text = lines(
  "sex,score,visit_no,weight",
  (i) => `${sexes[i % 2]},${i % 4},${5 + i * 7},${60 + (i % 9) / 2}`,
);
const valueLabels = [
  { code: "1", label: "Male" },
  { code: "2", label: "Female" },
];
const hints: ColumnHints = new Map([
  ["sex", { label: "Sex of the patient", kind: "category" as const, valueLabels, storedAs: "F8.0" }],
  ["score", { kind: "decimal" as const, unit: "points", measure: "count" as const }],
  ["visit_no", { kind: "integer" as const }],
  ["weight", { kind: "integer" as const }],
]);

describe("what a file says of its columns", () => {
  it("goes into the schema, and its kind where the cells allow it", async () => {
    const { table } = await readText(text, { hints });
    expect(columnOf(table, "sex").schema).toMatchObject({
      kind: "category",
      label: "Sex of the patient",
      valueLabels,
      storedAs: "F8.0",
    });
    expect(columnOf(table, "score").schema).toMatchObject({
      kind: "decimal",
      unit: "points",
      measure: "count",
      reason: "Stored as numbers in its file.",
    });
    expect(columnOf((await readText(text)).table, "score").schema.kind).toBe("category");
  });

  it("gives way to the cells, and to an identifier that was found", async () => {
    const { table } = await readText(text, { hints });
    expect(columnOf(table, "weight").schema.kind).toBe("decimal");
    expect(columnOf(table, "visit_no").schema.kind).toBe(
      columnOf((await readText(text)).table, "visit_no").schema.kind,
    );
  });

  it("stays when a person changes the kind, but numbers have no labels", async () => {
    const { table } = await readText(text, { hints });
    const revise = (kind: "text" | "integer"): object | undefined => {
      const revision = reviseTable(table, [{ type: "kind", column: "sex", kind, strayAsMissing: true }]);
      return revision.status === "revised" ? revision.table.schema.columns[0] : undefined;
    };
    expect(revise("text")).toMatchObject({ kind: "text", label: "Sex of the patient", valueLabels });
    expect(revise("integer")).toMatchObject({ kind: "integer", storedAs: "F8.0" });
    expect(revise("integer")).not.toHaveProperty("valueLabels");
  });
});

describe("a text that a reader of another format made", () => {
  it("has every record as a row, and only empty cells as missing, where it was typed", async () => {
    const made = lines("answer,n", (i) =>
      i === 3 ? "," : i === 39 ? "Total,40" : `${i % 3 === 0 ? "NA" : "-"},1`,
    );
    const { table } = await readText(made, { written: "typed" });
    expect(table.rows).toBe(40);
    expect(columnOf(table, "answer").cells.slice(0, 5)).toEqual(["NA", "-", "-", null, "-"]);
    expect(table.reading?.totals).toEqual([]);
  });

  it("is cut at commas, whatever its cells look like", async () => {
    const made = lines("a,b", (i) => `x;${i};y;z,${i}`);
    const { table } = await readText(made, { written: "by hand" });
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(table.schema.dialect.delimiter).toBe(",");
  });

  it("has its names where a person says", async () => {
    const made = `report,of,2024\n\n${lines("age,sex,ward", (i) => `${40 + i},${sexes[i % 2]},W${i % 2}`)}`;
    const { table } = await readText(made, { headerRow: 3 });
    expect(table.schema.columns.map(({ name }) => name)).toEqual(["age", "sex", "ward"]);
    expect(table.rows).toBe(40);
    expect(table.reading?.skipped.above).toBe(1);
    const none = await readText(
      lines("age,sex", (i) => `${40 + i},${sexes[i % 2]}`),
      { headerRow: 0 },
    );
    expect(none.table.rows).toBe(41);
    expect(none.table.schema.columns.map(({ name }) => name)).toEqual(["column_1", "column_2"]);
  });
});
