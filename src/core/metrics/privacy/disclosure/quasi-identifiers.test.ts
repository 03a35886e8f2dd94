import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import type { Outsider, Table } from "../../../table/table.ts";
import { tableOf, type Cells } from "../../fixtures/table-of.ts";
import { alignColumns } from "../../measuring/align.ts";
import { columnNames } from "../../measuring/bounds.ts";
import { attributeInference } from "../attribute-inference.ts";
import { kAnonymity } from "../k-anonymity.ts";
import { outsiderNote, quasiIdentifiers, secretColumns } from "./quasi-identifiers.ts";

const at = (text: string): number => Date.parse(`${text}Z`);
const cells: Record<string, Cells> = {
  crp: { kind: "decimal", cells: [1, 2, 3, 4, 5, 6] },
  age: { kind: "integer", cells: [40, 41, 42, 43, 44, 45] },
  sex: { kind: "category", role: "sensitive", cells: ["F", "M", "F", "M", "F", "M"] },
  admitted: {
    kind: "datetime",
    cells: ["2020-01-05", "2020-01-30", "2020-02-01", "2021-12-31", null, "2020-02-28"].map(
      (day) => day && at(`${day}T10:00`),
    ),
  },
  ward: { kind: "category", cells: ["A", "A", "B", "B", "C", "C"] },
  event: { kind: "boolean", cells: ["yes", "no", "no", "yes", "no", "no"] },
  died: { kind: "boolean", role: "target", cells: ["no", "no", "no", "yes", "no", "yes"] },
};

/** The table with columns named by a person. */
function named(outsiders: Readonly<Record<string, Outsider>> = {}): Table {
  const table = tableOf(cells);
  const columns = table.schema.columns.map((schema) => {
    const outsider = outsiders[schema.name];
    return { ...schema, ...(outsider && { outsider }) };
  });
  return { ...table, schema: { ...table.schema, columns } };
}

const aligned = (table: Table) => alignColumns([table], columnNames(table));
const names = (columns: readonly { name: string }[]): string[] => columns.map(({ name }) => name);

describe("what an outsider is taken to know and to seek", () => {
  it("by itself: groups, then dates and demography, then other levels; never an outcome", () => {
    const columns = aligned(named());
    const known = quasiIdentifiers(columns, 6);
    expect(names(known)).toEqual(["sex", "admitted", "age", "ward"]);
    expect(names(secretColumns(columns, known, 6))).toEqual(["died", "event", "crp"]);
    expect(outsiderNote("know", known, columns)).toBe(
      "An outsider is taken to know sex, admitted, age and ward: chosen by name and type, since nobody named them.",
    );
  });

  it("by a person: those and no other, dates and outcomes too", () => {
    const columns = aligned(named({ admitted: "knows", event: "knows", crp: "seeks" }));
    const known = quasiIdentifiers(columns, 1);
    expect(names(known)).toEqual(["admitted", "event"]);
    expect(names(secretColumns(columns, known, 6))).toEqual(["crp"]);
    expect(outsiderNote("know", known, columns)).toContain("as a person named");
    expect(outsiderNote("seek", [{ name: "crp" }], columns)).toContain("as a person named");
  });

  it("what is named a secret, or neither, is not taken to be known", () => {
    const columns = aligned(named({ sex: "seeks", age: "neither" }));
    expect(names(quasiIdentifiers(columns, 6))).toEqual(["admitted", "ward"]);
  });

  it("dates are known by month, and by year where they span ten years", () => {
    const columns = aligned(named());
    const [months] = quasiIdentifiers(columns, 6).filter(({ name }) => name === "admitted");
    expect(Array.from(months?.keys[0] ?? [])).toEqual([0, 0, 1, 23, -1, 1]);
    const born = {
      kind: "datetime",
      cells: ["1941-03-01", "1941-12-01", "1989-01-01"].map((d) => at(`${d}T00:00`)),
    };
    const [years] = quasiIdentifiers(aligned(tableOf({ born: born as Cells })), 6);
    expect(Array.from(years?.keys[0] ?? [])).toEqual([0, 0, 48]);
  });
});

describe("metrics with columns that a person named", () => {
  const people = (seed: number, outsiders: Readonly<Record<string, Outsider>>): Table => {
    const rng = createRng(seed);
    const many = (of: () => string | number) => Array.from({ length: 300 }, of);
    const table = tableOf({
      sex: { kind: "category", role: "sensitive", cells: many(() => (rng.uniform() < 0.5 ? "F" : "M")) },
      visit: { kind: "datetime", cells: many(() => at("2019-01-01T00:00") + 8.64e7 * rng.integer(900)) },
      stage: { kind: "category", cells: many(() => `S${rng.integer(4)}`) },
    });
    const columns = table.schema.columns.map((schema) => {
      const outsider = outsiders[schema.name];
      return { ...schema, ...(outsider && { outsider }) };
    });
    return { ...table, schema: { ...table.schema, columns } };
  };
  const tables = (outsiders: Readonly<Record<string, Outsider>>) => ({
    train: people(1, outsiders),
    holdout: people(2, outsiders),
    synthetic: people(3, outsiders),
  });

  it("small groups are those of the columns named, and the note says by whom", async () => {
    const sex = await kAnonymity.compute(tables({ sex: "knows" }), createRng(1));
    const both = await kAnonymity.compute(tables({ sex: "knows", visit: "knows" }), createRng(1));
    expect(sex).toMatchObject({ value: 0, note: "An outsider is taken to know sex: as a person named." });
    expect(both.status === "ok" && both.value).toBeGreaterThan(0.3);
    expect(both).toMatchObject({ sentence: expect.stringContaining("By sex and visit,") });
  });

  it("attribute inference attacks the secrets that are named", async () => {
    const result = await attributeInference.compute(tables({ stage: "seeks" }), createRng(1));
    expect(result.status === "ok" && result.detail).toMatchObject({ rows: [{ name: "stage" }] });
    expect(result).toMatchObject({ note: expect.stringContaining("taken to seek stage: as a person named") });
  });
});
