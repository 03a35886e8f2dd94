import { knownColumns } from "../../../clinic/ranges/known-quantities.ts";
import type { Pulse } from "../../../metrics/metric.ts";
import type { SyntheticTimeline } from "../../../report/report.ts";
import type { Table } from "../../../table/table.ts";
import { isNo, isYes } from "../../../words/courses.ts";
import { round, withinDeviation } from "./compare-bands.ts";
import type { CourseClock } from "./course-clock.ts";
import { REAL, SYNTHETIC, visitsOf, type ColumnsByCourse, type CourseSide } from "./course-side.ts";
import type { Endings } from "./endings.ts";
import { storyOf } from "./story.ts";

const SHOWN = 8;
const MOST_NUMBERS = 3;
const MOST_STATES = 3;
const MOST_VISITS = 40;
/** Patients that are looked at. */
const MOST_CANDIDATES = 500;

export interface TimelineFacts {
  readonly real: Table;
  readonly sides: readonly [CourseSide, CourseSide];
  readonly clock: CourseClock;
  readonly columns: ColumnsByCourse;
  readonly endings: Endings | undefined;
  /** synthetic patients that may be drawn */
  readonly allowed: readonly number[];
}

type Timed = SyntheticTimeline["numbers"][number] & { readonly moved: number };

/** A handful of synthetic patients, each told whole: those of about the usual number of visits in whom most changes. */
export async function timelinesOf(facts: TimelineFacts, pulse: Pulse): Promise<SyntheticTimeline[]> {
  const { sides, columns, real } = facts;
  const made = sides[SYNTHETIC];
  const lengthOf = (patient: number): number => visitsOf(made.courses, patient).length;
  const sorted = facts.allowed.map(lengthOf).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const swings: number[] = [];
  for (const { values } of columns.numbers) {
    swings.push(withinDeviation(values[REAL] as Float64Array, sides[REAL]));
    await pulse();
  }
  const usuals = new Map(
    knownColumns([real]).columns.flatMap(({ name, unit }) =>
      unit.reference ? [[name, unit.reference] as const] : [],
    ),
  );
  await pulse();
  return facts.allowed
    .slice(0, MOST_CANDIDATES)
    .map((patient) => {
      const rows = visitsOf(made.courses, patient);
      const numbers = numbersOf(columns, rows, swings, usuals);
      const states = statesOf(columns, rows);
      const changes = numbers.filter(({ moved }) => Math.abs(moved) >= 1).length + states.length;
      const off = Math.abs(rows.length - usual) / Math.max(1, usual);
      return {
        patient,
        rows,
        numbers,
        states,
        rank: off + (changes === 0 ? 10 : 0) - 0.1 * Math.min(4, changes),
      };
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ patient, rows, numbers, states }) => {
      const told = {
        number: patient + 1,
        times: Array.from(rows, (row) => round(made.elapsed[row] as number)).slice(0, MOST_VISITS),
        numbers: numbers.slice(0, MOST_NUMBERS),
        states: states.slice(0, MOST_STATES),
        ...endOf(facts, patient),
      };
      const story = storyOf(told, facts.clock, columns.statics, rows[0] as number);
      return { ...told, numbers: told.numbers.map(({ moved: _moved, ...kept }) => kept), story };
    });
}

/** Numbers with at least two values, those that move most within the patient first. */
function numbersOf(
  { numbers }: ColumnsByCourse,
  rows: Int32Array,
  swings: readonly number[],
  usuals: ReadonlyMap<string, readonly [number, number]>,
): Timed[] {
  const told = numbers.flatMap(({ schema, values }, i) => {
    const own = Array.from(rows, (row) => round(values[SYNTHETIC]?.[row] as number)).slice(0, MOST_VISITS);
    const known = own.filter((value) => !Number.isNaN(value));
    if (known.length < 2) return [];
    const moved = ((known.at(-1) as number) - (known[0] as number)) / ((swings[i] as number) || Infinity);
    const usual = usuals.get(schema.name);
    return [
      {
        name: schema.name,
        ...(schema.unit !== undefined && { unit: schema.unit }),
        decimals: schema.kind === "integer" ? 0 : (schema.number?.decimals ?? 2),
        values: own,
        ...(usual && { usual: [finite(usual[0]), finite(usual[1])] as const }),
        moved,
      },
    ];
  });
  return told.sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** States that change within the patient. */
function statesOf({ states }: ColumnsByCourse, rows: Int32Array): SyntheticTimeline["states"][number][] {
  return states.flatMap(({ schema, levels, codes }) => {
    const own = Array.from(rows, (row) => levels[codes[SYNTHETIC]?.[row] as number] ?? "").slice(
      0,
      MOST_VISITS,
    );
    const different = new Set(own.filter((level) => level !== ""));
    if (different.size < 2) return [];
    const yes = [...different].every((level) => isYes(level) || isNo(level));
    return [{ name: schema.name, ...(yes && { yes: true as const }), levels: own }];
  });
}

function endOf({ endings }: TimelineFacts, patient: number): Pick<SyntheticTimeline, "end"> {
  if (endings === undefined || !endings.told || !endings.onClock) return {};
  const { times, events } = endings.sides[SYNTHETIC] as Endings["sides"][number];
  const at = times[patient] as number;
  if (Number.isNaN(at) || events[patient] === -1) return {};
  return { end: { label: events[patient] === 1 ? endings.event : "end of follow-up", at: round(at) } };
}
