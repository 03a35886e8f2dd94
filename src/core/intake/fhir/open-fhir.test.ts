import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { FaultError } from "../../fault.ts";
import type { FileBytes, SheetChoice } from "../file.ts";
import { bytesFile } from "../fixtures/bytes-file.ts";
import { openFile } from "../open-file.ts";

const fileOf = (text: string, name = "export.json"): FileBytes =>
  bytesFile(name, new TextEncoder().encode(text));

type Resource = Record<string, unknown>;
const patient = (n: number): Resource => ({
  resourceType: "Patient",
  id: `p${n}`,
  name: [{ family: "Secret" }],
  birthDate: `${1950 + n}-06-15`,
  gender: n % 2 === 0 ? "female" : "male",
  deceasedBoolean: n === 3,
});
const subject = (n: number): Resource => ({ subject: { reference: `Patient/p${n}` } });
const visit = (n: number, day: number): Resource => ({
  resourceType: "Encounter",
  id: `e${n}-${day}`,
  status: "finished",
  class: { code: day === 1 ? "EMER" : "IMP" },
  period: { start: `2024-03-0${day}T08:00:00+01:00`, end: `2024-03-0${day}T20:30:00+01:00` },
  ...subject(n),
});
const condition = (n: number, display: string, status = "confirmed"): Resource => ({
  resourceType: "Condition",
  id: `c${n}${display}`,
  verificationStatus: { coding: [{ code: status }] },
  code: { coding: [{ system: "http://snomed.info/sct", code: "44054006", display }] },
  ...subject(n),
});
const lab = (n: number, hour: string, loinc: string, value: Resource): Resource => ({
  resourceType: "Observation",
  status: "final",
  category: [{ coding: [{ code: "laboratory" }] }],
  code: { coding: [{ system: "http://loinc.org", code: loinc, display: `test ${loinc}` }] },
  effectiveDateTime: `2024-03-01T${hour}:00:00Z`,
  valueQuantity: value,
  ...subject(n),
});
const pressure = (n: number): Resource => ({
  resourceType: "Observation",
  status: "final",
  category: [{ coding: [{ code: "vital-signs" }] }],
  code: { text: "Blood pressure" },
  effectiveDateTime: "2024-03-01T09:00:00Z",
  component: [
    {
      code: { coding: [{ system: "http://loinc.org", code: "8480-6" }] },
      valueQuantity: { value: 120 + n, unit: "mm[Hg]" },
    },
    {
      code: { coding: [{ system: "http://loinc.org", code: "8462-4" }] },
      valueQuantity: { value: 70 + n, unit: "mm[Hg]" },
    },
  ],
  ...subject(n),
});

const resources: Resource[] = Array.from({ length: 12 }, (_, n) => [
  patient(n),
  visit(n, 2),
  visit(n, 1),
  ...(n < 6 ? [condition(n, "Diabetes mellitus type 2 (disorder)")] : [condition(n, "Gout", "refuted")]),
  lab(n, "12", "2345-7", n < 9 ? { value: 90 + n, unit: "mg/dL" } : { value: 5.5, unit: "mmol/L" }),
  lab(
    n,
    "06",
    "2345-7",
    n === 0 ? { value: 20, comparator: "<", unit: "mg/dL" } : { value: 100 + n, unit: "mg/dL" },
  ),
  pressure(n),
]).flat();

const bundle = (list: readonly Resource[], type = "searchset"): string =>
  JSON.stringify({
    resourceType: "Bundle",
    type,
    entry: list.map((resource) => ({ fullUrl: `urn:uuid:u-${String(resource["id"])}`, resource })),
  });

async function tableOf(
  text: string,
  choice: SheetChoice = {},
): Promise<{ rows: Record<string, string>[]; notes: string }> {
  const sheet = await (await openFile(fileOf(text))).text(choice);
  const decoder = new TextDecoder();
  let made = "";
  for await (const piece of sheet.pieces()) made += decoder.decode(piece, { stream: true });
  const [names = "", ...lines] = made.trimEnd().split("\n");
  const rows = lines.map((line) =>
    Object.fromEntries(names.split(",").map((name, i) => [name, line.split(",")[i] ?? ""])),
  );
  return { rows, notes: sheet.notes.join("\n") };
}

const faultOf = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => "none",
    (error: unknown) =>
      error instanceof FaultError ? `${error.fault.code}: ${error.message}` : String(error),
  );

describe("FHIR resources", () => {
  it("are one row per patient, with the first, last and number of what was measured", async () => {
    const { rows, notes } = await tableOf(bundle(resources));
    expect(rows).toHaveLength(12);
    expect(rows[0]).toEqual({
      patient_id: "p0",
      age: "73",
      gender: "female",
      deceased: "false",
      encounters: "2",
      first_encounter: "2024-03-01",
      last_encounter_class: "IMP",
      last_encounter_hours: "12.5",
      conditions: "1",
      condition_diabetes_mellitus_type_2: "present",
      glucose_first: "<20",
      glucose_last: "90",
      glucose_count: "2",
      systolic_bp_first: "120",
      systolic_bp_last: "120",
      systolic_bp_count: "1",
      diastolic_bp_first: "70",
      diastolic_bp_last: "70",
      diastolic_bp_count: "1",
    });
    expect(rows[11]).toMatchObject({ conditions: "0", condition_diabetes_mellitus_type_2: "absent" });
    expect(rows[11]?.["glucose_last"]).toBe("99");
    expect(notes).toContain("glucose: 3 values in mmol/L were converted to mg/dL (× 18.02).");
    expect(JSON.stringify(rows)).not.toContain("Secret");
  });

  it("are the same as lines, and in a Bundle within a Bundle", async () => {
    const one = await tableOf(bundle(resources, "collection"));
    expect((await tableOf(resources.map((it) => JSON.stringify(it)).join("\n"))).rows).toEqual(one.rows);
    const nested = JSON.stringify({
      resourceType: "Bundle",
      type: "batch-response",
      entry: [{ resource: JSON.parse(bundle(resources)) as Resource }],
    });
    expect((await tableOf(nested)).rows).toEqual(one.rows);
  });

  it("are one export where a zip archive has a file for each type", async () => {
    const types = ["Patient", "Encounter", "Condition", "Observation"];
    const lines = (type: string): string =>
      resources.flatMap((it) => (it["resourceType"] === type ? [JSON.stringify(it)] : [])).join("\n");
    const zip = zipSync(Object.fromEntries(types.map((type) => [`${type}.ndjson`, strToU8(lines(type))])));
    const opened = await openFile(bytesFile("bulk.zip", zip));
    expect(opened).toMatchObject({ format: "fhir", usual: "patients" });
    const sheet = await opened.text({});
    let text = "";
    for await (const piece of sheet.pieces()) text += new TextDecoder().decode(piece);
    expect(text.split("\n")[0]).toContain("glucose_last");
    expect(text.trimEnd().split("\n")).toHaveLength(13);
  });

  it("offer a table for each view that finds something, and say what has none", async () => {
    const opened = await openFile(fileOf(bundle([...resources, { resourceType: "Procedure", id: "x" }])));
    expect(opened.format).toBe("fhir");
    expect(opened.sheets.map(({ name, rows, table }) => [name, rows, table])).toEqual([
      ["patients", 12, true],
      ["patient", 12, true],
      ["encounters", 24, true],
      ["conditions", 12, true],
      ["vitals", undefined, true],
      ["labs", undefined, true],
      ["observations", undefined, true],
      ["Procedure", 1, false],
    ]);
    const labs = await tableOf(bundle(resources), { sheet: "labs" });
    expect(labs.rows[0]).toMatchObject({ patient_id: "p0", loinc: "2345-7", value: "90", unit: "mg/dL" });
    expect(labs.rows).toHaveLength(24);
    expect(await faultOf(tableOf(bundle(resources), { sheet: "Procedure" }))).toMatch(/unknown-sheet/);
  });

  it("are taken by a person's own view", async () => {
    const view = JSON.stringify({
      resource: "Patient",
      name: "mine",
      select: [
        {
          column: [
            { name: "key", path: "id" },
            { name: "born", path: "birthDate" },
          ],
        },
      ],
    });
    const { rows, notes } = await tableOf(bundle(resources), { view });
    expect(rows[1]).toEqual({ key: "p1", born: "1951-06-15" });
    expect(notes).toContain("12 rows of Patient were taken by the view “mine”: key, born.");
    const wrong = view.replace(`"id"`, `"id.nope()"`);
    expect(await faultOf(tableOf(bundle(resources), { view: wrong }))).toMatch(
      /no function “nope”.*in Patient “p0”/,
    );
  });

  it("find their patient by a full address or within the resource", async () => {
    const addressed = {
      ...lab(1, "10", "718-7", { value: 13.5, unit: "g/dL" }),
      subject: { reference: "urn:uuid:u-p1" },
    };
    const contained = {
      ...lab(1, "11", "718-7", { value: 12, unit: "g/dL" }),
      id: "o9",
      contained: [{ resourceType: "Patient", id: "in", gender: "male" }],
      subject: { reference: "#in" },
    };
    const { rows } = await tableOf(bundle([patient(1), addressed, contained]), { sheet: "labs" });
    expect(rows.map((row) => row["patient_id"])).toEqual(["p1", "o9#in"]);
    const patients = await tableOf(bundle([patient(1), contained]), { sheet: "patient" });
    expect(patients.rows.map((row) => row["patient_id"])).toEqual(["p1", "o9#in"]);
  });

  it("that stand twice are taken once, and a file without any is refused", async () => {
    const { rows, notes } = await tableOf(
      bundle([patient(1), patient(2), { ...patient(1), gender: "other" }]),
    );
    expect(rows.map((row) => row["gender"])).toEqual(["other", "female"]);
    expect(notes).toContain("1 resource stands in the Bundle twice");
    expect(await faultOf(tableOf(`{"resourceType": "Bundle", "type": "searchset", "entry": []}`))).toMatch(
      /no-sheet/,
    );
    const line = JSON.stringify(patient(1));
    expect(await faultOf(tableOf(`${line}\n${line.slice(0, 40)}\n`))).toMatch(/Line 2 is no JSON/);
  });
});
