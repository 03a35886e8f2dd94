import Papa from "papaparse";
import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { everyCohort } from "../../clinic/cohorts/cohorts.ts";
import { fhirFiles } from "../../clinic/cohorts/exports/fhir-files.ts";
import type { SimulatedFile } from "../../clinic/cohorts/exports/longitudinal-tables.ts";
import { visitColumns } from "../../clinic/cohorts/exports/visit-block.ts";
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

/** Sheets of the reader, and the files that they come of. */
const SHEETS: Readonly<Record<string, string>> = {
  encounters: "Encounter.ndjson",
  vitals: "Observation.ndjson",
  labs: "Observation.ndjson",
  observations: "Observation.ndjson",
  conditions: "Condition.ndjson",
  medications: "MedicationRequest.ndjson",
};
/** Patients that are read back: reading is slow. */
const READ = 8;

async function sheetsOf(texts: Readonly<Record<string, string>>): Promise<Map<string, Row[]>> {
  const bytes = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)]));
  const opened = await openFile(bytesFile("bulk.zip", zipSync(bytes)));
  const sheets = new Map<string, Row[]>();
  for (const [sheet, file] of Object.entries(SHEETS)) {
    if ((texts[file] ?? "") === "") continue;
    let text = "";
    for await (const piece of (await opened.text({ sheet })).pieces())
      text += new TextDecoder().decode(piece);
    sheets.set(sheet, Papa.parse<Row>(text.trimEnd(), { header: true }).data);
  }
  return sheets;
}

interface Written {
  readonly resourceType: string;
  readonly id: string;
  readonly [name: string]: unknown;
}

/** Ids begin with the patient's: "DC-4141595-2". */
const patientOf = (resource: Written | undefined): string =>
  /^[A-Z]+-\d+/.exec(resource?.id ?? "")?.[0] ?? "";

/** What of FHIR R4 can be told of a resource by itself: required elements, forms of ids, dates and codes. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Patient: [],
  Encounter: ["status", "class"],
  Condition: ["subject", "code", "clinicalStatus"],
  MedicationRequest: ["status", "intent", "subject", "medicationCodeableConcept"],
  Observation: ["status", "code", "subject"],
};

const UNITS = new Set(
  "mm[Hg] /min umol/L 10*9/L Cel [degF] % cm kg kg/m2 mmol/L mmol/mol mg/mmol mg/g mL/min/{1.73_m2} g/L g/dL mg/dL mg/L ng/L [pH] {score} 1 ug/kg/min mg/d a wk d h g".split(
    " ",
  ),
);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const [DATED, CODED] = [/Date(Time)?$|edOn$|^start$|^end$/, /^\S+$/];

/** Every element below `value`, with its name. */
function* elements(value: unknown, name = ""): Generator<readonly [string, unknown]> {
  yield [name, value];
  if (Array.isArray(value)) for (const one of value) yield* elements(one, name);
  else if (typeof value === "object" && value !== null)
    for (const [key, one] of Object.entries(value)) yield* elements(one, key);
}

function wrongIn(resource: Written, there: ReadonlySet<string>): string[] {
  const wrong: string[] = [];
  const { resourceType, id } = resource;
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) wrong.push(`id ${id}`);
  for (const name of REQUIRED[resourceType] ?? ["of no known type"])
    if (resource[name] === undefined) wrong.push(`no ${name}`);
  for (const [name, value] of elements(resource)) {
    if (value === "" || value === null || (Array.isArray(value) && value.length === 0))
      wrong.push(`${name} is empty`);
    if (typeof value === "number" && !Number.isFinite(value)) wrong.push(`${name} is ${value}`);
    if (typeof value !== "string") continue;
    if (name === "reference" && !there.has(value)) wrong.push(`no ${value}`);
    if (name === "birthDate") {
      if (!/^\d{4}-\d\d-\d\d$/.test(value)) wrong.push(`birthDate ${value}`);
    } else if (DATED.test(name) && !INSTANT.test(value)) wrong.push(`${name} ${value}`);
    if (name === "code" && !CODED.test(value)) wrong.push(`code ${value}`);
  }
  for (const [, value] of elements(resource))
    if (isQuantity(value) && !UNITS.has(value.code)) wrong.push(`unit ${value.code}`);
  return wrong.map((words) => `${resourceType}: ${words}`);
}

const isQuantity = (value: unknown): value is { system: string; code: string } =>
  typeof value === "object" &&
  value !== null &&
  "system" in value &&
  value.system === "http://unitsofmeasure.org" &&
  "code" in value;

const CLASSES: Readonly<Record<string, readonly string[]>> = {
  icu: ["IMP"],
  diabetes: ["AMB"],
  "heart-failure": ["IMP", "AMB", "EMER"],
  emergency: ["EMER"],
  maternity: ["AMB"],
};

describe.each(
  everyCohort.flatMap((cohort) => ([3, 4] as const).map((level) => ({ cohort, level, id: cohort.id }))),
)("$id at level $level as FHIR R4", ({ cohort, level }) => {
  const asked: Simulation =
    level === 3
      ? { cohort: cohort.id, level, seed: 4, patients: 100 }
      : { cohort: cohort.id, level, seed: 4, rows: 100, hospitals: 3, units: "own" };
  const columns = visitColumns(cohort, asked);
  const hourly = columns.some(({ name }) => name === "hour");
  let rows: Row[] = [];
  const resources: Written[] = [];
  let sheets = new Map<string, Row[]>();
  beforeAll(async () => {
    const table = simulateAtOnce(cohort, asked);
    const names = table.schema.columns.map(({ name }) => name);
    rows = formatCells(table, 0, table.rows, { mask: false }).map((cells) =>
      Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""])),
    );
    const read = new Set([...new Set(rows.map((row) => row["patient_id"] ?? ""))].slice(0, READ));
    rows = rows.filter((row) => read.has(row["patient_id"] ?? ""));
    const texts: Record<string, string> = {};
    for (const file of fhirFiles(cohort, asked)) {
      const lines = (await textOf(file)).split("\n").filter((line) => line !== "");
      const own = lines.map((line) => JSON.parse(line) as Written);
      resources.push(...own);
      texts[file.name] = lines.filter((_, i) => read.has(patientOf(own[i]))).join("\n");
    }
    sheets = await sheetsOf(texts);
  }, 60_000);

  it("has what R4 requires, in its forms; references lead somewhere, ids are apart", () => {
    const keys = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
    const there = new Set(keys);
    expect(there.size).toBe(keys.length);
    expect([...new Set(resources.flatMap((one) => wrongIn(one, there)))]).toEqual([]);
  });

  it("has its stays and visits in their classes, one stay for hours, ends after beginnings", () => {
    const encounters = sheets.get("encounters") ?? [];
    const patients = new Set(rows.map((row) => row["patient_id"]));
    expect(encounters).toHaveLength(hourly ? patients.size : rows.length);
    const classes = CLASSES[cohort.id] ?? [];
    const may = level === 3 ? classes.slice(0, 1) : classes;
    for (const row of encounters) expect(may).toContain(row["class"]);
    for (const { start = "", end = "" } of encounters) expect(end === "" || end > start).toBe(true);
  });

  it("is read back by the intake to the same table, cell by cell", () => {
    const read = new Map<string, Row>();
    for (const sheet of ["vitals", "labs", "observations"])
      for (const row of sheets.get(sheet) ?? [])
        read.set(`${row["encounter_id"]} ${hourly ? row["time"] : ""} ${row["name"]}`, row);
    const encounters = new Map((sheets.get("encounters") ?? []).map((row) => [row["encounter_id"], row]));
    const drugs = new Map(
      (sheets.get("medications") ?? []).map((row) => [
        `${row["encounter_id"]} ${row["authored"]} ${row["name"]}`,
        row,
      ]),
    );
    const known = new Set(
      (sheets.get("conditions") ?? []).map((row) => `${row["patient_id"]} ${row["name"]}`),
    );
    const wrong: string[] = [];
    let [visit, before, found] = [0, "", 0];
    for (const row of rows) {
      const { patient_id: patient = "" } = row;
      visit = patient === before ? visit + 1 : 1;
      before = patient;
      const encounter = `${patient}-${hourly ? 1 : visit}`;
      const start = encounters.get(encounter)?.["start"] ?? "";
      const time = hourly
        ? new Date(Date.parse(start) + Number(row["hour"]) * 3_600_000).toISOString().slice(0, 19) + "Z"
        : start;
      for (const { name, kind, unit } of columns) {
        const cell = row[name] ?? "";
        const said = cell.replace(/^Yes$/, "true").replace(/^No$/, "false");
        const none = ["", "No", "None", "Not given"].includes(cell);
        const words = (cell === "Yes" ? name : cell).replaceAll("_", " ");
        if (["age", "sex", "hospital"].includes(name) || kind === "unit") continue;
        if (kind === "condition") {
          if (!none && !known.has(`${patient} ${words}`)) wrong.push(`${patient} ${words}`);
        } else if (kind === "drug") {
          if (drugs.has(`${encounter} ${time} ${words}`) === none)
            wrong.push(`${encounter} ${words}: ${cell}`);
        } else if (kind !== "patient" || visit === 1) {
          const back = read.get(`${encounter} ${hourly ? time : ""} ${name}`);
          const value = back?.["value"] ?? "";
          if (back !== undefined) found++;
          if (value !== said && (value === "" || Number(value) !== Number(said)))
            wrong.push(`${encounter} ${name}: ${cell} is ${value}`);
          const inUnit = row[`${name}_unit`] ?? unit ?? "";
          if (back !== undefined && (back["unit"] ?? "") !== inUnit)
            wrong.push(`${name} in ${back["unit"]}, not ${inUnit}`);
        }
      }
    }
    expect([...new Set(wrong)].slice(0, 8)).toEqual([]);
    expect(found).toBe(read.size);
  });
});
