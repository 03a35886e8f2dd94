import { describe, expect, it } from "vitest";
import { blocksOf } from "../simulating/blocks.ts";
import { simulateAtOnce } from "../simulating/simulate.ts";
import type { Simulation } from "../simulating/simulate.ts";
import { formatCells } from "../../../table/formats/cells.ts";
import { wholeCohort } from "./fixtures/whole-cohort.ts";
import { longitudinalFiles } from "./longitudinal-tables.ts";

async function tables(asked: Simulation): Promise<Map<string, Record<string, string>[]>> {
  const files = new Map<string, Record<string, string>[]>();
  for (const { name, pieces } of longitudinalFiles(wholeCohort, asked)) {
    let text = "";
    for await (const { bytes } of pieces()) text += new TextDecoder().decode(bytes);
    const [head = [], ...rows] = text
      .trimEnd()
      .split("\n")
      .map((line) =>
        [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)]
          .slice(0, -1)
          .map(([, cell = ""]) => cell.replaceAll('"', "")),
      );
    files.set(
      name,
      rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i] ?? ""]))),
    );
  }
  return files;
}

describe("longitudinal tables", () => {
  const asked: Simulation = { cohort: "whole", level: 4, seed: 3, patients: 150, hospitals: 3, units: "own" };
  const table = simulateAtOnce(wholeCohort, asked);
  const names = table.schema.columns.map(({ name }) => name);
  const cells = formatCells(table, 0, table.rows, { mask: false });

  it("hold every cell of the simulation once, under the keys of their visit", async () => {
    const files = await tables(asked);
    const [patients = [], visits = [], measured = []] = ["patients", "visits", "measurements"].map((name) =>
      files.get(`${name}.csv`),
    );
    expect(patients).toHaveLength(150);
    expect(visits).toHaveLength(table.rows);
    expect(new Set(visits.map((row) => row["visit_id"])).size).toBe(table.rows);
    const patientOf = new Map(patients.map((row) => [row["patient_id"], row]));
    const values = new Map(measured.map((row) => [`${row["visit_id"]} ${row["name"]}`, row]));
    let found = 0;
    for (const [at, row] of visits.entries()) {
      const whole = Object.fromEntries(names.map((name, i) => [name, cells[at]?.[i] ?? ""]));
      expect(row["patient_id"]).toBe(whole["patient_id"]);
      expect(row["age"]).toBe(whole["age"]);
      const patient = patientOf.get(row["patient_id"]);
      expect([patient?.["sex"], patient?.["hospital"]]).toEqual([whole["sex"], whole["hospital"]]);
      for (const column of wholeCohort.columns.filter(
        ({ loinc, name }) => loinc !== undefined && name !== "age",
      )) {
        const value = values.get(`${row["visit_id"]} ${column.name}`);
        expect(value?.["value"] ?? "", column.name).toBe(whole[column.name]);
        if (value === undefined) continue;
        found++;
        expect(value["unit"]).toBe(whole[`${column.name}_unit`] ?? column.unit);
        expect(value["loinc"]).toMatch(/^\d+-\d$/);
      }
    }
    expect(found).toBe(measured.length);
    expect(found).toBeGreaterThan(table.rows * 10);
  });

  it("tell a condition once a patient, and a drug at every visit", async () => {
    const files = await tables({ ...asked, hospitals: 1, units: "one" });
    const [conditions = [], drugs = []] = ["conditions", "drugs"].map((name) => files.get(`${name}.csv`));
    const yes = (name: string): number => cells.filter((row) => row[names.indexOf(name)] === "Yes").length;
    const told = (rows: typeof drugs, name: string): number =>
      rows.filter((row) => row["name"] === name).length;
    expect(told(conditions, "diabetes")).toBe(yes("diabetes") / 2);
    expect(conditions.find(({ name }) => name === "diabetes")).toMatchObject({ code: "73211009" });
    expect(told(drugs, "metformin")).toBe(yes("metformin"));
    expect(drugs.find(({ name }) => name === "metformin")).toMatchObject({ code: "A10BA02" });
  });

  it("leave out tables of what a level does not have", async () => {
    const files = await tables({ ...asked, level: 1 });
    expect([...files.keys()]).toEqual(["patients.csv", "visits.csv", "measurements.csv"]);
  });
});

it("blocks one after another are the table at once", async () => {
  const asked: Simulation = { cohort: "whole", level: 3, seed: 3, rows: 4200 };
  const whole = simulateAtOnce(wholeCohort, asked);
  const rows: string[][] = [];
  for await (const { table } of blocksOf(wholeCohort, asked))
    rows.push(...formatCells(table, 0, table.rows, { mask: false }));
  expect(rows).toEqual(formatCells(whole, 0, whole.rows, { mask: false }));
});
