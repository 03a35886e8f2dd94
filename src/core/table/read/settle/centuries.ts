import { namesBirth } from "../../column-names.ts";
import { LATEST_YEAR } from "../../formats/dates/read-date.ts";
import { isDated, piecesOf } from "../../formats/dates/tokens.ts";
import type { Column, ColumnSchema, DateFormat } from "../../table.ts";

/** Which century years of two digits belong to, told by what the rest of the table says. */

/** Years beyond the latest known one that an appointment may lie ahead. */
const AHEAD = 10;
/** Fewest years in a row that a column does not have, for its others to count as one stretch. */
const GAP = 10;
/** Years that stand for "never". */
const NEVER = 2900;
/** Years from now within which the latest date is looked for first. */
const NEAR = 20;

interface Columns {
  readonly columns: readonly Column[];
  readonly schemas: readonly ColumnSchema[];
}

const patternsOf = ({ pattern, others = [], coarser = [] }: DateFormat): string[] => [
  pattern,
  ...others,
  ...coarser.map((it) => it.pattern),
];

const hasTwoDigits = (pattern: string): boolean =>
  piecesOf(pattern).pieces.some(({ token }) => token === "YY");

const yearOf = (ms: number): number => new Date(ms).getUTCFullYear();

/**
 * Columns of two-digit years with the century that goes with the table: the years of all of them are one stretch, none lies far beyond the
 * latest date with a whole year, and nobody is born after that, nor after the last date of any of the patient's rows. Without such dates
 * this year is the latest one.
 */
export function settleCenturies(
  { columns, schemas }: Columns,
  patients: Int32Array | undefined,
  thisYear = new Date().getUTCFullYear(),
): Columns {
  const dated = schemas.flatMap(({ kind, date }, i) =>
    kind === "datetime" && date !== undefined && isDated(date.pattern) ? [i] : [],
  );
  const short = dated.filter((i) => patternsOf(schemas[i]?.date as DateFormat).every(hasTwoDigits));
  if (short.length === 0) return { columns, schemas };
  const made = { columns: [...columns], schemas: [...schemas] };
  const born = (i: number): boolean => namesBirth(schemas[i]?.name ?? "");
  const visits = dated.filter((i) => !born(i));
  const whole = latestYear(
    visits.filter((i) => !short.includes(i)).map((i) => valuesOf(columns[i])),
    thisYear,
  );
  const together = latestOf(
    short.filter((i) => !born(i)).map((i) => valuesOf(columns[i])),
    whole ?? thisYear,
  );
  for (const i of short) if (!born(i)) place(made, i, together);
  const latest =
    latestYear(
      visits.map((i) => valuesOf(made.columns[i])),
      thisYear,
    ) ?? thisYear;
  for (const i of short) {
    if (!born(i)) continue;
    place(made, i, latest);
    const last = lastVisits(
      visits.map((j) => valuesOf(made.columns[j])),
      patients,
    );
    const values = valuesOf(made.columns[i]).map((value, row) =>
      value > (last(row) ?? Infinity) ? inYear(value, yearOf(value) - 100) : value,
    );
    made.columns[i] = { type: "numeric", values };
  }
  return made;
}

const valuesOf = (column: Column | undefined): Float64Array =>
  column?.type === "numeric" ? column.values : new Float64Array(0);

/** Of dates that are no slip of the pen, where there are others. */
function latestYear(columns: readonly Float64Array[], thisYear: number): number | undefined {
  const until = (end: number): number =>
    columns.reduce(
      (latest, values) => values.reduce((a, b) => (b > a && b < end ? b : a), latest),
      -Infinity,
    );
  const near = until(Date.UTC(thisYear + NEAR, 0, 1));
  const latest = near > -Infinity ? near : until(Date.UTC(NEVER, 0, 1));
  return latest === -Infinity ? undefined : yearOf(latest);
}

/** The year that ends the hundred years in which `values` lie, so that no stretch of them is cut. */
function latestOf(columns: readonly Float64Array[], known: number): number {
  const there = new Uint8Array(100);
  for (const values of columns)
    for (const value of values) if (!Number.isNaN(value)) there[yearOf(value) % 100] = 1;
  const [from, length] = longestGap(there);
  if (length < GAP) return known;
  for (let year = known + AHEAD; year > known + AHEAD - 100; year--)
    if ((((year - from) % 100) + 100) % 100 < length + 1) return year;
  return known;
}

/** The year before the longest run of years that are not there, and its length. */
function longestGap(there: Uint8Array): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  for (let start = 0; start < 100; start++) {
    if (there[start] !== 1) continue;
    let length = 0;
    while (length < 99 && there[(start + length + 1) % 100] !== 1) length++;
    if (length > best[1]) best = [start, length];
  }
  return best;
}

/** Puts column `i` into the hundred years that end in `latest`. */
function place(
  { columns, schemas }: { columns: Column[]; schemas: ColumnSchema[] },
  i: number,
  latest: number,
): void {
  const schema = schemas[i] as ColumnSchema;
  if (latest === (schema.date?.latestYear ?? LATEST_YEAR)) return;
  const values = valuesOf(columns[i]).map((value) => {
    const year = yearOf(value);
    return inYear(value, latest - ((((latest - year) % 100) + 100) % 100));
  });
  columns[i] = { type: "numeric", values };
  schemas[i] = { ...schema, date: { ...(schema.date as DateFormat), latestYear: latest } };
}

/** `ms` in another year; itself where that year has no such day. */
function inYear(ms: number, year: number): number {
  if (!Number.isFinite(ms)) return ms;
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCFullYear(year);
  return date.getUTCDate() === day ? date.getTime() : ms;
}

/** The last of each row's visits; where patients have several rows, the earliest of these. */
function lastVisits(
  visits: readonly Float64Array[],
  patients: Int32Array | undefined,
): (row: number) => number | undefined {
  const inRow = (row: number): number | undefined => {
    const values = visits.map((column) => column[row] as number).filter(Number.isFinite);
    return values.length === 0 ? undefined : Math.max(...values);
  };
  if (patients === undefined) return inRow;
  const first = new Map<number, number>();
  patients.forEach((patient, row) => {
    const last = inRow(row);
    if (last !== undefined && last < (first.get(patient) ?? Infinity)) first.set(patient, last);
  });
  return (row) => first.get(patients[row] as number);
}

/** Whose row each is, where a column tells it. */
export function patientsOf({ columns, schemas }: Columns): Int32Array | undefined {
  const i = schemas.findIndex(({ role }) => role === "identifier");
  const column = columns[i];
  if (column === undefined) return undefined;
  if (column.type === "coded") return column.codes.map((code, row) => (code < 0 ? -1 - row : code));
  return undefined;
}
