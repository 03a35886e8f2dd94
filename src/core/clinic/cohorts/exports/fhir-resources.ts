import { YEAR } from "../simulating/calendar.ts";
import { categoryOf, loincOf, NONE, ucumOf } from "./codes.ts";
import type { Coding } from "./codes.ts";
import { encountersIn } from "./encounters.ts";
import type { Encounter } from "./encounters.ts";
import { firstConditions, takenCoding, takenName } from "./longitudinal-tables.ts";
import type { Visit, VisitBlock, VisitColumn } from "./visit-block.ts";

export const fhirTypes = ["Patient", "Encounter", "Condition", "MedicationRequest", "Observation"] as const;
export type FhirType = (typeof fhirTypes)[number];

/** A FHIR R4 resource, as it is written. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: FhirType };

/** The resources of `type` of the visits of a block. `cohort`: its id, which says what its visits are. */
export function* resourcesOf(
  type: FhirType,
  block: VisitBlock,
  columns: readonly VisitColumn[],
  cohort: string,
): Generator<Resource> {
  switch (type) {
    case "Patient":
      for (const visit of block.visits) if (visit.first) yield patientOf(visit, block);
      return;
    case "Encounter":
      for (const encounter of encountersIn(block, cohort)) yield encounterOf(encounter, block);
      return;
    case "Condition":
      yield* conditionsOf(block, columns);
      return;
    case "MedicationRequest":
      for (const visit of block.visits)
        for (const { name, kind } of columns)
          if (kind === "drug" && !NONE.has(block.cell(name, visit.row)))
            yield requestOf(visit, name, block.cell(name, visit.row));
      return;
    case "Observation":
      for (const visit of block.visits) yield* observationsOf(visit, block, columns);
  }
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const moment = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** The birth date is the middle of the year that the age at the first visit leaves: only the age was simulated. */
function patientOf({ patient, row, time }: Visit, { cell }: VisitBlock): Resource {
  const age = cell("age", row);
  const sex = cell("sex", row).toLowerCase();
  const hospital = cell("hospital", row);
  return {
    resourceType: "Patient",
    id: patient,
    ...((sex === "female" || sex === "male") && { gender: sex }),
    ...(age !== "" && { birthDate: day(time - (Math.floor(Number(age)) + 0.5) * YEAR) }),
    ...(hospital !== "" && { managingOrganization: { display: hospital } }),
  };
}

const subjectOf = (patient: string): object => ({ subject: { reference: `Patient/${patient}` } });
const within = ({ patient, encounter }: Visit): object => ({
  ...subjectOf(patient),
  encounter: { reference: `Encounter/${encounter}` },
});

function encounterOf({ visit, act, end }: Encounter, { cell }: VisitBlock): Resource {
  const { patient, encounter: id, row, time } = visit;
  const hospital = cell("hospital", row);
  return {
    resourceType: "Encounter",
    id,
    status: "finished",
    class: act,
    ...subjectOf(patient),
    period: { start: moment(time), ...(end !== undefined && { end: moment(end) }) },
    ...(hospital !== "" && { serviceProvider: { display: hospital } }),
  };
}

const slug = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, "-");
const concept = (name: string, coding: Coding | undefined): object => ({
  ...(coding && { coding: [coding] }),
  text: name.replaceAll("_", " "),
});

function* conditionsOf(block: VisitBlock, columns: readonly VisitColumn[]): Generator<Resource> {
  const own = columns.filter(({ kind }) => kind === "condition");
  for (const { visit, name, coding } of firstConditions(block, own))
    yield {
      resourceType: "Condition",
      id: `${visit.patient}-${slug(name)}`.slice(0, 64),
      clinicalStatus: {
        coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-clinical", code: "active" }],
      },
      verificationStatus: {
        coding: [{ system: "http://terminology.hl7.org/CodeSystem/condition-ver-status", code: "confirmed" }],
      },
      code: concept(name, coding),
      ...within(visit),
      recordedDate: moment(visit.time),
    };
}

const requestOf = (visit: Visit, name: string, text: string): Resource => ({
  resourceType: "MedicationRequest",
  id: `${visit.id}-${slug(name)}`.slice(0, 64),
  status: "active",
  intent: "order",
  medicationCodeableConcept: concept(takenName(name, text), takenCoding(name, text)),
  ...within(visit),
  authoredOn: moment(visit.time),
});

const LOINC = "http://loinc.org";
const UNITS = "http://unitsofmeasure.org";
const CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
/** Blood pressure of both values, and these. */
const PANEL: Coding = {
  system: LOINC,
  code: "85354-9",
  display: "Blood pressure panel with all children optional",
};
const PRESSURES: readonly string[] = ["8480-6", "8462-4"];

function* observationsOf(
  visit: Visit,
  block: VisitBlock,
  columns: readonly VisitColumn[],
): Generator<Resource> {
  const measured = columns.filter(
    ({ kind, name }) => kind === "measurement" && block.cell(name, visit.row) !== "",
  );
  const pressures = measured.filter(({ loinc = "" }) => PRESSURES.includes(loinc));
  if (pressures.length > 0)
    yield {
      ...observation(visit, "pressure", categoryOf(PRESSURES[0] ?? "")),
      code: { coding: [PANEL], text: "blood pressure" },
      component: pressures.map((column) => measurement(column, visit, block)),
    };
  for (const column of measured)
    if (!pressures.includes(column))
      yield {
        ...observation(visit, column.name, categoryOf(column.loinc ?? "")),
        ...measurement(column, visit, block),
      };
  for (const column of columns) yield* otherwise(column, visit, block);
}

const observation = (visit: Visit, name: string, category: string | undefined): Resource => ({
  resourceType: "Observation",
  id: `${visit.id}-${slug(name)}`.slice(0, 64),
  status: "final",
  ...(category !== undefined && { category: [{ coding: [{ system: CATEGORY, code: category }] }] }),
  ...within(visit),
  effectiveDateTime: moment(visit.time),
});

function measurement(column: VisitColumn, { row }: Visit, block: VisitBlock): object {
  const { unit, other } = block.unit(column, row);
  const loinc = loincOf(column.name, column.loinc ?? "", other);
  return {
    code: { coding: [{ system: LOINC, code: loinc }], text: column.name },
    valueQuantity: { value: Number(block.cell(column.name, row)), unit, system: UNITS, code: ucumOf(unit) },
  };
}

/** Said by resources of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(["age", "sex", "hospital"]);

function categoryFor({ kind, loinc, shown }: VisitColumn): string | undefined {
  if (loinc !== undefined && shown.as === "number") return categoryOf(loinc);
  return kind === "patient" ? "social-history" : "survey";
}

/** A column that is no measurement, condition or drug, as an observation named by its column: nothing is lost. */
function* otherwise(column: VisitColumn, visit: Visit, { cell }: VisitBlock): Generator<Resource> {
  const { name, kind, shown, unit, loinc } = column;
  if ((kind !== "visit" && kind !== "patient") || ELSEWHERE.has(name)) return;
  const text = cell(name, visit.row);
  if (text === "" || (kind === "patient" && !visit.first)) return;
  const coding = loinc === undefined ? {} : { coding: [{ system: LOINC, code: loinc }] };
  yield {
    ...observation(visit, name, categoryFor(column)),
    code: { ...coding, text: name },
    ...(shown.as === "number" && {
      valueQuantity: {
        value: Number(text),
        ...(unit !== undefined && { unit, system: UNITS, code: ucumOf(unit) }),
      },
    }),
    ...(shown.as === "yes-no" && { valueBoolean: text === "Yes" }),
    ...(shown.as === "levels" && { valueCodeableConcept: { text } }),
    ...(shown.as === "date" && { valueString: text }),
  };
}
