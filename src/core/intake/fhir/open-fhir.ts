import { FaultError } from "../../fault.ts";
import type { FileBytes, OpenedFile, Sheet, SheetChoice, SheetText } from "../file.ts";
import { memberText } from "./path/items.ts";
import { patientsText } from "./patients-table.ts";
import { openResources, resourcesOfFiles, type FhirResources } from "./resources.ts";
import { shippedViews, type ViewName } from "./shipped-views.ts";
import { readView } from "./view/view-definition.ts";
import { viewText } from "./view-table.ts";

/** One row per patient, of all their resources. */
export const PATIENTS = "patients";

/**
 * FHIR R4: a Bundle, one resource, or Bulk Data. Its tables are “patients” (one row each, of all resources), one for each
 * view that is shipped and finds something, and what a person's own view makes. Rejects with FaultError `file-damaged`,
 * `file-refused`, `no-sheet`, `unknown-sheet`.
 */
export async function openFhir(file: FileBytes): Promise<OpenedFile> {
  return opened(file.name, await openResources(file));
}

/** As `openFhir`, of several files as one: a Bulk Data export has one for each type, others one for each patient. */
export const openFhirFiles = (name: string, files: readonly FileBytes[]): Promise<OpenedFile> =>
  opened(name, resourcesOfFiles(files));

async function opened(file: string, resources: FhirResources): Promise<OpenedFile> {
  const counts = new Map<string, number>();
  for await (const resource of resources.each()) {
    const type = memberText(resource, "resourceType");
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const sheets = sheetsOf(counts);
  return {
    format: "fhir",
    words: resources.words,
    sheets,
    ...usualOf(sheets),
    text: (choice) => textOf(file, resources, sheets, choice),
  };
}

/** All of a patient on one row, where there are patients. */
const usualOf = (sheets: readonly Sheet[]): { usual?: string } => {
  const first = sheets.find(({ table }) => table);
  return first === undefined ? {} : { usual: first.name };
};

function sheetsOf(counts: ReadonlyMap<string, number>): Sheet[] {
  const taken = new Set([...shippedViews.values()].map(({ view }) => view.resource));
  const patients = counts.get("Patient");
  const views = [...shippedViews].flatMap(([name, { view, title, text }]): Sheet[] => {
    const found = counts.get(view.resource);
    if (found === undefined) return [];
    const rows = view.resource === "Observation" ? {} : { rows: found };
    return [{ name, ...rows, columns: view.columns.length, note: `${title}.`, view: text, table: true }];
  });
  const others = [...counts].flatMap(([type, found]): Sheet[] =>
    taken.has(type)
      ? []
      : [{ name: type, rows: found, note: "No view of these is at hand: bring your own.", table: false }],
  );
  const all: Sheet[] =
    patients === undefined
      ? []
      : [
          {
            name: PATIENTS,
            rows: patients,
            note: "One row per patient, of all their resources.",
            table: true,
          },
        ];
  return [...all, ...views, ...others];
}

async function textOf(
  file: string,
  resources: FhirResources,
  sheets: readonly Sheet[],
  { sheet, view }: SheetChoice,
): Promise<SheetText> {
  if (view !== undefined) return viewText(readView(view, "The view"), resources, file);
  const tables = sheets.filter(({ table }) => table);
  const name = sheet ?? tables[0]?.name;
  if (name === undefined)
    throw new FaultError({
      code: "no-sheet",
      file,
      holds: sheets.map((other) => `${String(other.rows)} ${other.name} resources`).join(", "),
    });
  if (!tables.some((other) => other.name === name))
    throw new FaultError({
      code: "unknown-sheet",
      file,
      sheet: name,
      known: tables.map((other) => other.name),
    });
  if (name === PATIENTS) return patientsText(resources, file);
  const shipped = shippedViews.get(name as ViewName);
  if (shipped === undefined) throw new FaultError({ code: "bad-use", message: `There is no view ${name}.` });
  return viewText(shipped.view, resources, file);
}
