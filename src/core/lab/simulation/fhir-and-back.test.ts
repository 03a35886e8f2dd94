import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { fhirBundle, fhirFiles } from "../../clinic/cohorts/exports/fhir-files.ts";
import { wholeCohort } from "../../clinic/cohorts/exports/fixtures/whole-cohort.ts";
import type { SimulatedFile } from "../../clinic/cohorts/exports/longitudinal-tables.ts";
import { simulateAtOnce } from "../../clinic/cohorts/simulating/simulate.ts";
import type { Simulation } from "../../clinic/cohorts/simulating/simulate.ts";
import { bytesFile } from "../../intake/fixtures/bytes-file.ts";
import { openFile } from "../../intake/open-file.ts";
import { formatCells } from "../../table/formats/cells.ts";

type Row = Readonly<Record<string, string>>;

async function textOf({ pieces }: SimulatedFile): Promise<string> {
  let text = "";
  for await (const { bytes } of pieces()) text += new TextDecoder().decode(bytes);
  return text;
}

async function rowsOf(file: ReturnType<typeof bytesFile>, sheet?: string): Promise<Row[]> {
  const read = await (await openFile(file)).text(sheet === undefined ? {} : { sheet });
  let text = "";
  for await (const piece of read.pieces()) text += new TextDecoder().decode(piece);
  const [names = "", ...lines] = text.trimEnd().split("\n");
  return lines.map((line) =>
    Object.fromEntries(names.split(",").map((name, i) => [name, line.split(",")[i] ?? ""])),
  );
}

/** The cells of the simulated table, row by row, by column. */
function simulated(asked: Simulation): Row[] {
  const table = simulateAtOnce(wholeCohort, asked);
  const names = table.schema.columns.map(({ name }) => name);
  return formatCells(table, 0, table.rows, { mask: false }).map((cells) =>
    Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""])),
  );
}

const measured = wholeCohort.columns.filter(({ name, loinc }) => loinc !== undefined && name !== "age");

/** What the reader calls quantities that it knows by their LOINC. */
const READ: Readonly<Record<string, string>> = {
  sbp: "systolic_bp",
  dbp: "diastolic_bp",
  spo2: "oxygen_saturation",
  height_cm: "height",
  weight_kg: "weight",
  hdl: "hdl_cholesterol",
  ldl: "ldl_cholesterol",
  haemoglobin: "hemoglobin",
};

const number = (cell: string | undefined): number => (cell === undefined || cell === "" ? NaN : Number(cell));

describe("a cohort of one row a patient, as a Bundle", () => {
  const asked: Simulation = { cohort: "whole", level: 3, seed: 5, patients: 100 };
  let [written, read]: Row[][] = [];
  beforeAll(async () => {
    const bundle = await textOf(fhirBundle(wholeCohort, asked, "whole.json"));
    [written, read] = [simulated(asked), await rowsOf(bytesFile("whole.json", strToU8(bundle)))];
  }, 60_000);

  it("is read back as the same table: patients, ages, sexes, values, conditions and drugs", () => {
    expect(read).toHaveLength(100);
    const byId = new Map(read?.map((row) => [row["patient_id"], row]));
    for (const row of written ?? []) {
      const back = byId.get(row["patient_id"] ?? "") ?? {};
      expect(back["age"]).toBe(row["age"]);
      expect(back["gender"]).toBe(row["sex"]?.toLowerCase());
      for (const { name } of measured)
        expect(number(back[`${READ[name] ?? name}_last`] ?? back[READ[name] ?? name]), name).toBe(
          number(row[name]),
        );
      for (const name of ["diabetes", "heart_failure"])
        expect(back[`condition_${name}`], name).toBe(row[name] === "Yes" ? "present" : "absent");
      for (const name of ["metformin", "statin"])
        expect(back[`medication_${name}`], name).toBe(row[name] === "Yes" ? "present" : "absent");
    }
  });
});

describe("a cohort over time, as lines of resources of several hospitals in their own units", () => {
  const asked: Simulation = { cohort: "whole", level: 4, seed: 5, patients: 100, hospitals: 3, units: "own" };
  let written: Row[] = [];
  let views: Map<string, Row[]>;
  beforeAll(async () => {
    written = simulated(asked);
    const texts = await Promise.all(
      fhirFiles(wholeCohort, asked).map(async (file) => [file.name, strToU8(await textOf(file))] as const),
    );
    const zip = bytesFile("bulk.zip", zipSync(Object.fromEntries(texts)));
    const sheets = ["encounters", "vitals", "labs", "conditions", "medications"];
    views = new Map(await Promise.all(sheets.map(async (name) => [name, await rowsOf(zip, name)] as const)));
  }, 60_000);

  it("has an encounter for each visit", () => {
    expect(views.get("encounters")).toHaveLength(written.length);
  });

  it("is read back cell by cell, each value with its unit and the LOINC of that unit", () => {
    const rows = [...(views.get("vitals") ?? []), ...(views.get("labs") ?? [])];
    const found = new Map(rows.map((row) => [`${row["encounter_id"]} ${row["name"]}`, row]));
    let [cells, visit, before] = [0, 0, ""];
    for (const row of written) {
      visit = row["patient_id"] === before ? visit + 1 : 1;
      before = row["patient_id"] ?? "";
      for (const { name, unit } of measured) {
        const back = found.get(`${before}-${visit} ${name}`);
        expect(number(back?.["value"]), name).toBe(number(row[name]));
        if (back === undefined) continue;
        cells++;
        expect(back["patient_id"]).toBe(before);
        expect(back["unit"]).toBe(row[`${name}_unit`] ?? unit);
        if (name === "glucose") expect(back["loinc"]).toBe(back["unit"] === "mg/dL" ? "2345-7" : "15074-8");
      }
    }
    expect(cells).toBe(rows.length);
    expect(new Set(rows.filter((row) => row["name"] === "glucose").map((row) => row["unit"]))).toEqual(
      new Set(["mmol/L", "mg/dL"]),
    );
  });

  it("has a condition once a patient, and a drug at each visit", () => {
    const yes = (name: string): number => written.filter((row) => row[name] === "Yes").length;
    const of = (view: string, name: string): number =>
      (views.get(view) ?? []).filter((row) => row["name"] === name).length;
    expect(of("conditions", "diabetes")).toBe(yes("diabetes") / 2);
    expect(of("medications", "metformin")).toBe(yes("metformin"));
  });
});
