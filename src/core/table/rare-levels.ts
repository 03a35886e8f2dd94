import { firstEqual } from "../math/first-equal.ts";
import type { CodedColumn } from "./table.ts";

/** Patients that must share a value, a level's name or a count before it is kept as it is. */
export const LEAST_SHARED = 5;

/** The levels of a column by how many patients share them. A level nobody has counts neither as known nor as withheld. */
export interface SharedLevels {
  /** cells of each level */
  readonly cells: Float64Array;
  /** 1 for each level that at least five patients share */
  readonly known: Uint8Array;
  /** Levels that one to four patients share, the cells that have one, and the patients of those cells. */
  readonly withheld: { readonly levels: number; readonly cells: number; readonly patients: number };
  /** Cells without a level, and their patients. */
  readonly missing: { readonly cells: number; readonly patients: number };
  /** Patients of both together. */
  readonly absentPatients: number;
}

/** Counts levels by patients; `patients`: whose row it is (`Table.patients`), one patient a row where it is left out. */
export function shareLevels({ codes, levels }: CodedColumn, patients?: Int32Array): SharedLevels {
  const cells = new Float64Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0 || code >= levels.length) missing++;
    else cells[code] = (cells[code] as number) + 1;
  }
  const order = patients && byPatient(patients);
  const shared = order ? patientsOf({ type: "coded", codes, levels }, order) : cells;
  const known = new Uint8Array(levels.length);
  for (let level = 0; level < known.length; level++)
    known[level] = (shared[level] as number) >= LEAST_SHARED ? 1 : 0;
  const withheld = { levels: 0, cells: 0, patients: 0 };
  cells.forEach((count, i) => {
    if (count === 0 || known[i] === 1) return;
    withheld.levels++;
    withheld.cells += count;
  });
  const among = (holds: (code: number) => boolean, rows: number): number =>
    order ? patientsWith(order, (row) => holds(codes[row] as number)) : rows;
  const isMissing = (code: number): boolean => code < 0 || code >= levels.length;
  const isWithheld = (code: number): boolean => !isMissing(code) && known[code] === 0;
  return {
    cells,
    known,
    withheld: { ...withheld, patients: among(isWithheld, withheld.cells) },
    missing: { cells: missing, patients: among(isMissing, missing) },
    absentPatients: among((code) => isMissing(code) || isWithheld(code), missing + withheld.cells),
  };
}

/** All rows, those of one patient beside each other; `begins`: 1 where a patient's first one stands. */
interface ByPatient {
  readonly rows: Int32Array;
  readonly begins: Uint8Array;
}

function byPatient(patients: Int32Array): ByPatient {
  const own = dense(patients);
  const next = new Int32Array(patients.length + 1);
  for (const patient of own) next[patient + 1] = (next[patient + 1] as number) + 1;
  for (let i = 1; i < next.length; i++) next[i] = (next[i] as number) + (next[i - 1] as number);
  const begins = new Uint8Array(patients.length);
  for (const first of next) if (first < begins.length) begins[first] = 1;
  const rows = new Int32Array(patients.length);
  own.forEach((patient, row) => {
    rows[next[patient] as number] = row;
    next[patient] = (next[patient] as number) + 1;
  });
  return { rows, begins };
}

/** Patients numbered from 0, fewer than rows. */
const dense = (patients: Int32Array): Int32Array =>
  patients.every((patient) => patient >= 0 && patient < patients.length)
    ? patients
    : firstEqual(Float64Array.from(patients));

/** How many patients have each level. */
function patientsOf({ codes, levels }: CodedColumn, { rows, begins }: ByPatient): Float64Array {
  const counts = new Float64Array(levels.length);
  const last = new Int32Array(levels.length);
  let patient = 0;
  rows.forEach((row, at) => {
    patient += begins[at] as number;
    const code = codes[row] as number;
    if (code < 0 || code >= levels.length || last[code] === patient) return;
    last[code] = patient;
    counts[code] = (counts[code] as number) + 1;
  });
  return counts;
}

/** How many patients have a row that `holds`. */
function patientsWith({ rows, begins }: ByPatient, holds: (row: number) => boolean): number {
  let [patients, told] = [0, false];
  rows.forEach((row, at) => {
    if (begins[at] === 1) told = false;
    if (told || !holds(row)) return;
    told = true;
    patients++;
  });
  return patients;
}

/** Rows below which nothing is trained, so that nothing is left out of training either. */
const LEAST_ROWS = 10;
/** Share of the cells with a level above which a column says too little to be learned. */
const MOST_WITHHELD = 0.5;

/** Whether more than half of the cells that have a level have one that fewer than five patients share. */
export function mostlyWithheld(column: CodedColumn, { withheld, cells }: SharedLevels): boolean {
  const present = cells.reduce((sum, count) => sum + count, 0);
  return column.codes.length >= LEAST_ROWS && withheld.cells > MOST_WITHHELD * present;
}

const COMMON = "other (rare levels)";

/** The level that stands for all withheld ones; none of `levels` is called so. */
export function commonLevel(levels: readonly string[]): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? COMMON : `${COMMON} ${i}`;
    if (!levels.includes(name)) return name;
  }
}

/** Whether a level may be what `commonLevel` made. */
export const isCommonLevel = (level: string): boolean => /^other \(rare levels\)( \d+)?$/.test(level);
