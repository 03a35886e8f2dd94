import { namesEnd, timeName } from "./time-names.ts";
import type { FoundTime, TimedColumn } from "./time-column.ts";

/** Share of the patients with no visit after their end, and of those who must have one. */
const NEVER_BEFORE = 0.98;
const KNOWN = 0.5;
/** Fewest patients that tell. */
const PATIENTS = 5;
/** Visits after the end that shuffled ends would leave, and at most so many are there, where no name says so. */
const EXPECTED = 10;
/** Shifts of the ends among patients by which that is told. */
const SHIFTS = 20;

/**
 * The column that says when a patient's follow-up ended: a number or date as the time is, the same in all rows of a patient
 * and never before the last visit. Its name must say so, or its cells: with the ends of other patients at least ten visits
 * would lie after an end, so that a static number that is always large (a height among days) is none. The one with least
 * time left after the last visit is taken. `patients`: of each row, below 0 where not known.
 */
export function endColumnOf(
  columns: readonly TimedColumn[],
  time: TimedColumn,
  patients: ArrayLike<number>,
): FoundTime | undefined {
  const last = lastTimes(time.values, patients);
  if (last.size < PATIENTS) return undefined;
  // The number of a visit has no unit that a follow-up time could be in.
  const counted = timeName(time.name) === "order";
  const found = columns
    .filter((column) => column.at !== time.at && column.date === time.date && !column.barred)
    .flatMap((column) => candidateOf(column, { last, patients, counted }) ?? [])
    .sort((a, b) => b.known - a.known || a.left - b.left)[0];
  return (
    found && {
      at: found.at,
      why: "Says when follow-up ended: never changes within a patient and never lies before a visit.",
    }
  );
}

function lastTimes(times: Float64Array, patients: ArrayLike<number>): Map<number, number> {
  const last = new Map<number, number>();
  times.forEach((time, row) => {
    const patient = patients[row] as number;
    if (!(patient >= 0) || Number.isNaN(time)) return;
    if (time > (last.get(patient) ?? -Infinity)) last.set(patient, time);
  });
  return last;
}

interface Lasts {
  /** The last time of each patient. */
  readonly last: ReadonlyMap<number, number>;
  readonly patients: ArrayLike<number>;
  /** Times count visits. */
  readonly counted: boolean;
}

interface Candidate {
  readonly at: number;
  readonly known: number;
  /** Median time from the last visit to it. */
  readonly left: number;
}

function candidateOf(
  { at, name, values }: TimedColumn,
  { last, patients, counted }: Lasts,
): Candidate | undefined {
  const ends = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    const [patient, value] = [patients[row] as number, values[row] as number];
    if (!last.has(patient) || Number.isNaN(value)) continue;
    const before = ends.get(patient);
    if (before !== undefined && before !== value) return undefined;
    ends.set(patient, value);
  }
  if (ends.size < Math.max(PATIENTS, KNOWN * last.size)) return undefined;
  const pairs = [...ends].map(([patient, end]) => ({ end, last: last.get(patient) as number }));
  const beyond = pairs.filter((one) => one.last > one.end).length;
  if (beyond > (1 - NEVER_BEFORE) * pairs.length) return undefined;
  const different = new Set(ends.values()).size;
  if ((counted || !namesEnd(name)) && (different < PATIENTS || beyondOnceShifted(pairs) < EXPECTED))
    return undefined;
  const left = pairs.map((one) => one.end - one.last).sort((a, b) => a - b);
  return { at, known: Math.round((10 * ends.size) / last.size), left: left[left.length >> 1] as number };
}

/** Patients with a visit after the end, on average, were the ends those of other patients. */
function beyondOnceShifted(pairs: readonly { readonly end: number; readonly last: number }[]): number {
  let [beyond, shifts] = [0, 0];
  const stride = Math.max(1, Math.floor(pairs.length / (SHIFTS + 1)));
  for (let shift = stride; shift < pairs.length && shifts < SHIFTS; shift += stride, shifts++)
    pairs.forEach(({ last }, i) => {
      if (last > (pairs[(i + shift) % pairs.length] as { end: number }).end) beyond++;
    });
  return shifts === 0 ? 0 : beyond / shifts;
}
