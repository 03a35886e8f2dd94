import { cellFormatter } from "../../../table/formats/format-cell.ts";
import type { Column, ColumnSchema } from "../../../table/table.ts";
import type { Cohort, CohortColumn } from "../cohort.ts";
import { reportedFields } from "../hospitals/instruments.ts";
import { unitField } from "../hospitals/reported-units.ts";
import type { Block } from "../simulating/blocks.ts";
import { DAY, HOUR } from "../simulating/calendar.ts";
import type { Rows } from "../simulating/rows.ts";
import { columnsOf } from "../simulating/simulate.ts";
import type { Simulation } from "../simulating/simulate.ts";
import { conditionCodes, drugCodes, NAMED_CONDITIONS } from "./codes.ts";

/** Which of the longitudinal tables a column goes to. `unit`: it only says the unit of another. */
export type ColumnKind = "patient" | "visit" | "measurement" | "condition" | "drug" | "unit";

export interface VisitColumn extends CohortColumn {
  readonly kind: ColumnKind;
}

/** The columns that are asked for, each with its kind. */
export function visitColumns(cohort: Cohort, asked: Simulation): VisitColumn[] {
  const columns = columnsOf(cohort, asked.level, asked);
  const units = new Set([...reportedFields.keys()].map(unitField));
  return columns.map((column) => ({ ...column, kind: units.has(column.name) ? "unit" : kindOf(column) }));
}

function kindOf({ name, shown, loinc, steady }: CohortColumn): ColumnKind {
  if (NAMED_CONDITIONS.has(name)) return "condition";
  if (shown.as === "yes-no" && conditionCodes.has(name)) return "condition";
  if ((shown.as === "yes-no" || shown.as === "levels") && drugCodes.has(name)) return "drug";
  if (steady === true) return "patient";
  return shown.as === "number" && loinc !== undefined && name !== "age" ? "measurement" : "visit";
}

/** One visit of a block, or the only row of a patient. */
export interface Visit {
  readonly row: number;
  /** "DC-4141595" */
  readonly patient: string;
  /** "DC-4141595-2" */
  readonly id: string;
  /** the id of its stay or visit: hourly rows of a patient are one stay */
  readonly encounter: string;
  readonly hourly: boolean;
  /** from 1 */
  readonly number: number;
  /** the first of its patient */
  readonly first: boolean;
  /** milliseconds since 1970 without a zone; of a column of dates, else one day a visit */
  readonly time: number;
}

/** The visits of a block, and the text of their cells. */
export interface VisitBlock {
  readonly visits: readonly Visit[];
  /** "" where it is missing */
  readonly cell: (name: string, row: number) => string;
  /** of a measurement: as its column has it, or as its hospital reports it */
  readonly unit: (column: VisitColumn, row: number) => { readonly unit: string; readonly other: boolean };
}

/** When patients of a cohort without dates are seen first. */
const BEGIN = Date.UTC(2024, 0, 1);

/** When a visit is: at its own date, else so many hours, or days, after the patient's date. */
function timesIn(chunk: Rows, columns: readonly VisitColumn[]): (row: number, number: number) => number {
  const dates = columns.filter(({ shown }) => shown.as === "date");
  const valuesOf = (column: VisitColumn | undefined): Float64Array | undefined =>
    column && chunk.get(column.name);
  const own = valuesOf(dates.find(({ steady }) => steady !== true));
  const begin = valuesOf(dates.find(({ steady }) => steady === true));
  const hour = valuesOf(columns.find(({ name }) => name === "hour"));
  return (row, number) => {
    const time = own?.[row] ?? NaN;
    if (!Number.isNaN(time)) return time;
    const first = begin?.[row] ?? NaN;
    const later = hour === undefined ? DAY * (number - 1) : HOUR * (hour[row] as number);
    return (Number.isNaN(first) ? BEGIN : first) + later;
  };
}

export function visitBlock({ table, chunk }: Block, columns: readonly VisitColumn[]): VisitBlock {
  const cells = new Map(
    table.columns.map((column: Column, i) => {
      const schema = table.schema.columns[i] as ColumnSchema;
      return [schema.name, cellFormatter(column, schema)];
    }),
  );
  const cell = (name: string, row: number): string => cells.get(name)?.(row) ?? "";
  const visit = chunk.has("visit") ? chunk.get("visit") : undefined;
  const timeOf = timesIn(chunk, columns);
  const hourly = columns.some(({ name }) => name === "hour");
  let before = "";
  const visits = Array.from({ length: table.rows }, (_, row): Visit => {
    const patient = cell("patient_id", row);
    const number = (visit?.[row] ?? 0) + 1;
    const first = patient !== before;
    before = patient;
    const id = `${patient}-${number}`;
    const encounter = hourly ? `${patient}-1` : id;
    return { row, patient, id, encounter, hourly, number, first, time: timeOf(row, number) };
  });
  return { visits, cell, unit: unitsIn(cell) };
}

function unitsIn(cell: VisitBlock["cell"]): VisitBlock["unit"] {
  return ({ name, unit = "" }, row) => {
    const reported = reportedFields.get(name);
    const said = reported === undefined ? "" : cell(unitField(name), row);
    return said === "" || reported === undefined
      ? { unit, other: false }
      : { unit: said, other: said === reported.own.unit };
  };
}
