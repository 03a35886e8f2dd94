import { missingTokens } from "../../table/formats/missing-tokens.ts";
import type { ColumnHint } from "../../table/hints.ts";
import type { TextCells } from "../../table/read/column-cells.ts";
import type { SheetText } from "../file.ts";
import { joinTables } from "../join/join-tables.ts";
import { slugOf, type JoinSide } from "../join/side.ts";
import { writeRecords } from "../write-records.ts";
import { inOneUnit, type Measured } from "./measured.ts";
import type { FhirResources } from "./resources.ts";
import { shippedViews, type ViewName } from "./shipped-views.ts";
import { blocks, recordsOf } from "./view-table.ts";

/** Most conditions, and most medications, that become columns, and the fewest patients that one needs. */
const MOST_CODES = 30;
const LEAST_SHARE = 0.01;
const LEAST_PATIENTS = 5;
const YEAR = 365.2425 * 86_400_000;

type Row = ReadonlyMap<string, string>;

/** A table whose columns are added one after another. */
interface Growing {
  readonly names: string[];
  readonly records: string[][];
  readonly hints: Map<string, ColumnHint>;
  readonly notes: string[];
}

/**
 * One row per patient: who they are, their age at the first encounter, how many encounters they had, which frequent
 * conditions and medications, and the first, last and number of each vital sign and laboratory value that enough have.
 */
export async function patientsText(resources: FhirResources, file: string): Promise<SheetText> {
  const rows = await rowsByView(resources, file);
  const patients = rows.get("patient") ?? [];
  const of = (name: ViewName): Row[] => rows.get(name) ?? [];
  const table: Growing = { names: [], records: [], hints: new Map(), notes: [...resources.notes] };
  const encounters = byPatient(of("encounters"));
  addPatients(table, patients, encounters);
  addEncounters(table, patients, encounters);
  addPresent(table, patients, byPatient(of("conditions")), "condition");
  addPresent(table, patients, byPatient(of("medications")), "medication");
  table.notes.unshift(
    `One row per patient, of ${count(patients.length)} Patient resources. Names, addresses, telephone numbers and identifiers of the person are not taken.`,
  );
  return withMeasured(table, [...of("vitals"), ...of("labs")]);
}

const count = (n: number): string => n.toLocaleString("en");

/** The rows of all views, in one reading. */
async function rowsByView(resources: FhirResources, file: string): Promise<ReadonlyMap<ViewName, Row[]>> {
  const rows = new Map<ViewName, Row[]>();
  for await (const resource of resources.each()) {
    for (const [name, { view }] of shippedViews) {
      if (view.resource !== resource.get("resourceType") || name === "observations") continue;
      const own = rows.get(name) ?? [];
      rows.set(name, own);
      for (const record of recordsOf(view, resource, resources, file))
        own.push(new Map(view.columns.map((column, i) => [column, record[i] as string])));
    }
  }
  return rows;
}

function byPatient(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const by = new Map<string, Row[]>();
  for (const row of rows) {
    const patient = row.get("patient_id") ?? "";
    const own = by.get(patient);
    if (own === undefined) by.set(patient, [row]);
    else own.push(row);
  }
  return by;
}

const at = (row: Row | undefined, name: string): string => row?.get(name) ?? "";

function addColumn(table: Growing, name: string, cells: readonly string[], hint?: ColumnHint): void {
  if (cells.every((cell) => cell === "")) return;
  table.names.push(name);
  cells.forEach((cell, i) => (table.records[i] as string[]).push(cell));
  if (hint !== undefined) table.hints.set(name, hint);
}

/** The first by time; those without one come last. */
function inOrder(rows: readonly Row[], time: string): Row[] {
  const moment = (row: Row): number => {
    const ms = Date.parse(at(row, time));
    return Number.isNaN(ms) ? Infinity : ms;
  };
  return rows.toSorted((a, b) => {
    const [one, other] = [moment(a), moment(b)];
    return one === other ? 0 : one < other ? -1 : 1;
  });
}

function addPatients(
  table: Growing,
  patients: readonly Row[],
  encounters: ReadonlyMap<string, readonly Row[]>,
): void {
  patients.forEach(() => table.records.push([]));
  const column = (name: string, from = name): void =>
    addColumn(
      table,
      name,
      patients.map((row) => at(row, from)),
    );
  column("patient_id");
  const ages = patients.map((row) => {
    const [first] = inOrder(encounters.get(at(row, "patient_id")) ?? [], "start");
    const years = (Date.parse(at(first, "start")) - Date.parse(at(row, "birth_date"))) / YEAR;
    return Number.isFinite(years) && years > -1 ? String(Math.max(0, Math.floor(years))) : "";
  });
  const known = ages.filter((age) => age !== "").length;
  if (known >= patients.length / 2) {
    addColumn(table, "age", ages, { label: "Age at the first encounter", unit: "years" });
    table.notes.push(
      "“age” is the age in years at the first encounter; it stands in the place of the birth date.",
    );
  } else column("birth_date");
  for (const name of ["gender", "race", "ethnicity", "marital_status", "language", "state", "country"])
    column(name);
  const deceased = patients.map((row) => at(row, "deceased"));
  if (deceased.some((cell) => cell === "true"))
    addColumn(
      table,
      "deceased",
      deceased.map((cell) => (cell === "" ? "false" : cell)),
    );
}

function addEncounters(
  table: Growing,
  patients: readonly Row[],
  encounters: ReadonlyMap<string, readonly Row[]>,
): void {
  if (encounters.size === 0) return;
  const own = patients.map((row) => inOrder(encounters.get(at(row, "patient_id")) ?? [], "start"));
  addColumn(
    table,
    "encounters",
    own.map((rows) => String(rows.length)),
  );
  addColumn(
    table,
    "first_encounter",
    own.map((rows) => at(rows[0], "start").slice(0, 10)),
  );
  addColumn(
    table,
    "last_encounter_class",
    own.map((rows) => at(rows.at(-1), "class")),
  );
  const stay = own.map((rows) => {
    const last = rows.at(-1);
    const hours = (Date.parse(at(last, "end")) - Date.parse(at(last, "start"))) / 3_600_000;
    return Number.isFinite(hours) && hours >= 0 ? String(Number(hours.toFixed(1))) : "";
  });
  addColumn(table, "last_encounter_hours", stay, { label: "Length of the last encounter", unit: "h" });
}

/** “present” or “absent” for each code that enough patients have, and how many each patient has. */
function addPresent(
  table: Growing,
  patients: readonly Row[],
  rows: ReadonlyMap<string, readonly Row[]>,
  what: "condition" | "medication",
): void {
  if (rows.size === 0) return;
  const own = patients.map(
    (row) =>
      new Map(
        (rows.get(at(row, "patient_id")) ?? []).map((one) => [at(one, "name") || at(one, "code"), one]),
      ),
  );
  addColumn(
    table,
    `${what}s`,
    own.map(({ size }) => String(size)),
  );
  const having = new Map<string, { patients: number; row: Row }>();
  for (const of of own)
    for (const [name, row] of of) having.set(name, { patients: (having.get(name)?.patients ?? 0) + 1, row });
  having.delete("");
  const least = Math.max(LEAST_PATIENTS, Math.ceil(LEAST_SHARE * patients.length));
  const ranked = [...having].sort(([a, x], [b, y]) => y.patients - x.patients || (a < b ? -1 : 1));
  const taken = ranked.filter(([, it]) => it.patients >= least).slice(0, MOST_CODES);
  const names = new Set(table.names);
  for (const [name, { row }] of taken) {
    const stem = `${what}_${slugOf(
      name.slice(0, 300).replace(/\s*\((disorder|finding|situation|procedure)\)\s*$/i, ""),
    )
      .toLowerCase()
      .slice(0, 60)}`;
    let column = stem;
    for (let n = 2; names.has(column); n++) column = `${stem}_${n}`;
    names.add(column);
    const code = at(row, "code");
    addColumn(
      table,
      column,
      own.map((of) => (of.has(name) ? "present" : "absent")),
      { label: code === "" ? name : `${name} (${at(row, "system").replace(/^https?:\/\//, "")} ${code})` },
    );
  }
  const rest = ranked.length - taken.length;
  table.notes.push(
    `${count(taken.length)} of ${count(ranked.length)} ${what}s are columns, present or absent${rest === 0 ? "" : `; ${count(rest)} that fewer than ${count(least)} patients have, or that come after the ${MOST_CODES} most frequent, are only counted in “${what}s”`}.`,
  );
}

/** The table with the first, last and number of each vital sign and laboratory value. */
function withMeasured(table: Growing, rows: readonly Row[]): SheetText {
  const measured = inOrder(rows, "time").map((row): Measured => ({
    patient: at(row, "patient_id"),
    time: at(row, "time"),
    loinc: at(row, "loinc"),
    name: at(row, "name"),
    value: at(row, "value"),
    unit: at(row, "unit"),
  }));
  const units = inOneUnit(measured);
  const left = recordSide("patients", table.names, table.records, table.hints);
  const plain: SheetText = {
    pieces: () => writeRecords(blocks(table.names, () => table.records)),
    hints: table.hints,
    written: "typed",
    notes: table.notes,
  };
  const ids = new Set(table.records.map(([id]) => id));
  const known = measured.filter(({ patient }) => ids.has(patient));
  if (known.length === 0) return plain;
  const right = recordSide(
    "observations",
    ["patient_id", "analyte", "value", "unit"],
    known.map(({ patient, name, value, unit }) => [patient, name, value, unit]),
  );
  const joined = joinTables(left, right, {
    keys: [{ left: "patient_id", right: "patient_id" }],
    keep: ["first", "last", "count"],
    long: { analyte: "analyte", value: "value", unit: "unit" },
  });
  const [, ...told] = joined.notes;
  const others = measured.length - known.length;
  return {
    ...joined,
    written: "typed",
    notes: [
      ...table.notes,
      "Of each vital sign and laboratory value the first and the last by time are kept, and how many there are.",
      ...told.filter((note) => note.startsWith("Left out")),
      ...(others === 0
        ? []
        : [`${count(others)} observations belong to no patient of the file and are left out.`]),
      ...units,
    ],
  };
}

/** Records that were made here as one side of a join. */
function recordSide(
  name: string,
  names: readonly string[],
  records: readonly (readonly string[])[],
  hints?: JoinSide["hints"],
): JoinSide {
  const cells = names.map((_, column): TextCells => {
    const index = new Map<string, number>();
    const counts: number[] = [];
    const codes = Int32Array.from(records, (record) => {
      const text = record[column] as string;
      const code = index.get(text) ?? index.size;
      index.set(text, code);
      counts[code] = (counts[code] ?? 0) + 1;
      return code;
    });
    return { type: "texts", codes, levels: [...index.keys()], counts };
  });
  return {
    name,
    rows: records.length,
    names,
    cells,
    tokens: missingTokens([]),
    context: { decimalComma: false, dayFirst: false },
    dialect: { delimiter: ",", quote: '"', newline: "\n" },
    hints,
    typed: true,
  };
}
