import { FaultError } from "../../../fault.ts";
import { createRng } from "../../../math/rng.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import type { Cohort, CohortColumn } from "../cohort.ts";
import { columnsFor } from "../hospitals/hospital-columns.ts";
import { checkTrue, checkWritten, faultOf, someEdited } from "../numbers/edited-rows.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { checkPyramid } from "../population/pyramid.ts";
import type { Pyramid } from "../population/pyramid.ts";
import { Rows, Shelf } from "./rows.ts";
import type { Level, Setting } from "./stage.ts";
import { toTable } from "./to-table.ts";
import { spread } from "./visits-of.ts";

/** A simulation as it is asked for: same words, same rows. */
export interface Simulation {
  readonly cohort: string;
  readonly level: Level;
  readonly seed: number;
  /** either: whole patients, or rows, of which the last patient's end when they are reached */
  readonly patients?: number;
  readonly rows?: number;
  /** 1 unless said */
  readonly hospitals?: number;
  readonly units?: "one" | "own";
  /** in the place of the cohort's own ages and sexes */
  readonly pyramid?: Pyramid;
  /** values in the place of published ones, by id */
  readonly numbers?: Readonly<Record<string, number>>;
}

export const FEWEST = 100;
export const MOST_ROWS = 1_000_000;
export const MOST_HOSPITALS = 12;
const CHUNK = 4096;

/** How a simulation goes on: called between chunks. */
export interface Going {
  /** rows so far, and about how many there will be */
  readonly onRows?: (rows: number, total: number) => void;
  /** lets others run; rejects to end the simulation */
  readonly pulse?: () => Promise<void>;
}

/** The simulated table. Throws FaultError `simulation-refused` for what cannot be asked. */
export async function simulateTable(cohort: Cohort, asked: Simulation, going: Going = {}): Promise<Table> {
  const [collect, expected] = [collector(cohort, asked), expectedRows(cohort, asked)];
  for (const chunk of chunksOf(cohort, asked)) {
    collect.add(chunk);
    going.onRows?.(collect.rows, expected);
    await going.pulse?.();
  }
  return collect.table();
}

/** As `simulateTable`, in one go. */
export function simulateAtOnce(cohort: Cohort, asked: Simulation): Table {
  const collect = collector(cohort, asked);
  for (const chunk of chunksOf(cohort, asked)) collect.add(chunk);
  return collect.table();
}

/** The columns of a level, without the record number that each begins with. */
export const columnsOf = (
  { columns }: Cohort,
  level: Level,
  asked: Pick<Simulation, "hospitals" | "units"> = {},
): CohortColumn[] =>
  columnsFor(
    columns.filter((column) => column.level <= level),
    asked,
  );

/** Patients at most: those asked for, as many as rows need, or as many as one click opens. */
function patientsFor(cohort: Cohort, { level, patients, rows }: Simulation): number {
  if (patients !== undefined) return patients;
  if (rows === undefined) return cohort.usual.patients;
  return level < 4 ? rows : Infinity;
}

/** About how many rows a simulation will have; exact below level 4. */
export function expectedRows(cohort: Cohort, { level, patients, rows }: Simulation): number {
  const each = level < 4 ? 1 : cohort.rowsPerPatient;
  return rows ?? Math.round((patients ?? cohort.usual.patients) * each);
}

/** What the table of a cohort is called. */
export const tableName = ({ id }: Cohort): string => `${id.replaceAll("-", "_")}_simulated.csv`;

/**
 * Patients, or at level 4 their visits, chunk after chunk, until all that were asked for are there; the last chunk may have
 * rows beyond them. What a chunk holds is written over once the next is asked for.
 * Throws FaultError `simulation-refused`, also where numbers that were edited give what no patient has.
 */
export function* chunksOf(cohort: Cohort, asked: Simulation): Generator<Rows> {
  try {
    yield* chunksMade(cohort, asked);
  } catch (error) {
    throw faultOf(error, asked.numbers ?? {});
  }
}

function* chunksMade(cohort: Cohort, asked: Simulation): Generator<Rows> {
  const setting = settingOf(cohort, asked);
  const streams = createRng(asked.seed).fork(cohort.id);
  const stages = prepared(cohort.stages, setting, streams);
  const recording = prepared(cohort.recording, setting, streams);
  const later = prepared(cohort.recording, setting, streams.fork("later visits"));
  const follow = asked.level === 4 ? cohort.course.prepare(setting) : undefined;
  const time = streams.fork(cohort.course.name);
  const still = columnsOf(cohort, 3, asked);
  const steady = columnsOf(cohort, 4, asked)
    .filter((column) => column.steady)
    .map(({ name }) => name);
  const patients = patientsFor(cohort, asked);
  const { level, numbers = {} } = asked;
  const shelf = new Shelf();
  let [first, rows] = [0, 0];
  while (first < patients && rows < (asked.rows ?? Infinity)) {
    const enough = Math.ceil(((asked.rows ?? Infinity) - rows) / cohort.rowsPerPatient) + FEWEST;
    shelf.putBack();
    const chunk = new Rows(Math.min(CHUNK, patients - first, level < 4 ? Infinity : enough), first, shelf);
    for (const run of stages) run(chunk);
    if (someEdited(numbers)) checkTrue(chunk, "patients", numbers);
    let shown = chunk;
    if (follow === undefined) for (const run of recording) run(chunk);
    else {
      shown = follow(chunk, time);
      if (someEdited(numbers)) checkTrue(shown, "visits", numbers);
      for (const run of recording) run(chunk);
      for (const name of new Set([...steady, "hospital"]))
        if (chunk.has(name)) shown.set(name, spread(chunk.get(name), shown.get("patient")));
      shown.settled = new Set(steady);
      for (const run of later) run(shown);
      firstVisits(chunk, shown, still);
    }
    if (someEdited(numbers)) checkWritten(shown, columnsOf(cohort, level, asked), numbers);
    first += chunk.count;
    rows += shown.count;
    yield shown;
  }
}

/** The first visit is the patient as level 3 shows it. */
function firstVisits(patients: Rows, visits: Rows, columns: readonly CohortColumn[]): void {
  const [patient, visit] = [visits.get("patient"), visits.get("visit")];
  for (const { name } of columns) {
    const [from, to] = [patients.get(name), visits.get(name)];
    for (let row = 0; row < visits.count; row++)
      if (visit[row] === 0) to[row] = from[patient[row] as number] as number;
  }
}

function prepared(stages: Cohort["stages"], setting: Setting, streams: Rng): ((rows: Rows) => void)[] {
  return stages.map(({ name, prepare }) => {
    const [run, rng] = [prepare(setting), streams.fork(name)];
    return (rows) => run(rows, rng);
  });
}

function settingOf(cohort: Cohort, asked: Simulation): Setting {
  const { level, patients, rows, hospitals = 1, units = "one", pyramid, numbers = {} } = asked;
  const most = level < 4 ? MOST_ROWS : Math.floor(MOST_ROWS / cohort.rowsPerPatient);
  for (const [count, what, limit] of [
    [patients, "patients", most],
    [rows, "rows", MOST_ROWS],
  ] as const)
    if (count !== undefined && !(Number.isInteger(count) && count >= FEWEST && count <= limit))
      refuse(
        `${count.toLocaleString("en-US")} ${what} cannot be simulated at level ${level}.`,
        `Ask for ${FEWEST} to ${limit.toLocaleString("en-US")} ${what}.`,
      );
  if (!(Number.isInteger(hospitals) && hospitals >= 1 && hospitals <= MOST_HOSPITALS))
    refuse(`${hospitals} hospitals cannot be simulated.`, `Ask for 1 to ${MOST_HOSPITALS} of them.`);
  if (pyramid !== undefined) checkPyramid(pyramid);
  return { numbers: numbersWith(new Map(Object.entries(numbers))), pyramid, hospitals, units };
}

function refuse(reason: string, remedy: string): never {
  throw new FaultError({ code: "simulation-refused", reason, remedy });
}

/** Numbers of the patients of the first `count` rows. */
export function patientsOf(chunk: Rows, count: number): Int32Array {
  const of = chunk.has("patient") ? chunk.get("patient") : undefined;
  const numbers = new Int32Array(count);
  for (let row = 0; row < count; row++)
    numbers[row] = chunk.first + (of === undefined ? row : (of[row] as number));
  return numbers;
}

function inOne<T extends Float64Array | Int32Array>(parts: readonly T[], all: T): T {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Keeps the columns of all chunks, and makes one table of them. */
function collector(cohort: Cohort, asked: Simulation) {
  const columns = columnsOf(cohort, asked.level, asked);
  const kept = new Map(columns.map(({ name }): [string, Float64Array[]] => [name, []]));
  const whose: Int32Array[] = [];
  const limit = asked.rows ?? Infinity;
  let rows = 0;
  return {
    add: (chunk: Rows): void => {
      const count = Math.min(chunk.count, limit - rows);
      for (const { name } of columns) kept.get(name)?.push(chunk.get(name).slice(0, count));
      whose.push(patientsOf(chunk, count));
      rows += count;
    },
    get rows() {
      return rows;
    },
    table: (): Table => {
      const patient = inOne(whose, new Int32Array(rows));
      const field = (name: string): Float64Array => {
        const all = inOne(kept.get(name) ?? [], new Float64Array(rows));
        kept.delete(name);
        return all;
      };
      return toTable(tableName(cohort), cohort.prefix, columns, { rows, patient, field }, asked.seed);
    },
  };
}
