import type { Column, Table } from "../../../table/table.ts";
import { coursePlanOf, type CoursePlan } from "../../../visits/course-plan.ts";
import type { Absorbing } from "../../../visits/absorbing.ts";
import { orderedValues, type Monotone } from "../../../visits/monotone.ts";
import type { AlignedCourses, CourseColumn, CourseSide } from "../../measuring/courses/aligned-courses.ts";

/** What a rule says of a patient: it asks nothing, it is kept, it is broken. */
export const [UNASKED, KEPT, BROKEN] = [0, 1, 2] as const;

/** What holds of every course, and what it says of each patient of a side. */
export interface CourseRule {
  readonly words: string;
  statesOf(side: number): Uint8Array;
}

/** Rows of one patient, from and to (behind the last); undefined: nothing to ask. */
type Breaks = (from: number, to: number) => boolean | undefined;

/**
 * What the courses of train keep: a time for each visit and none twice, columns that stay the same, columns that only rise
 * or fall, levels that are never left, nothing after the end of follow-up, times on a grid.
 */
export function courseRules(courses: AlignedCourses, train: Table): CourseRule[] {
  const plan = coursePlanOf(train);
  if (plan === undefined) return [];
  const named = (at: number): CourseColumn | undefined =>
    courses.columns.find(({ name }) => name === train.schema.columns[at]?.name);
  const each = <Found>(
    found: readonly Found[],
    at: (one: Found) => number,
    rule: (column: CourseColumn, one: Found) => CourseRule,
  ) =>
    found.flatMap((one) => {
      const column = named(at(one));
      return column ? [rule(column, one)] : [];
    });
  const end = plan.end === undefined ? undefined : named(plan.end);
  return [
    ...timeRules(courses, plan),
    ...(end ? [endRule(courses, end)] : []),
    ...each(
      plan.absorbing,
      ({ column }) => column,
      (column, one) => absorbingRule(courses, column, one),
    ),
    ...each(
      plan.monotone,
      ({ column }) => column,
      (column, one) => monotoneRule(courses, column, one),
    ),
    ...each(
      plan.statics,
      (column) => column,
      (column) => staticRule(courses, column),
    ),
  ];
}

const ruleOf = (
  { sides }: AlignedCourses,
  words: string,
  breaksOf: (side: number) => Breaks,
): CourseRule => ({
  words,
  statesOf: (side) => {
    const { patients, starts } = sides[side] as CourseSide;
    const breaks = breaksOf(side);
    return Uint8Array.from({ length: patients }, (_, patient) => {
      const answer = breaks(starts[patient] as number, starts[patient + 1] as number);
      return answer === undefined ? UNASKED : answer ? BROKEN : KEPT;
    });
  },
});

/** Whether any visit but the first breaks what it must be after the one before; nothing is asked of one visit. */
const anyLater =
  (breaks: (row: number) => boolean): Breaks =>
  (from, to) => {
    if (to - from < 2) return undefined;
    for (let row = from + 1; row < to; row++) if (breaks(row)) return true;
    return false;
  };

function timeRules(courses: AlignedCourses, { schedule }: CoursePlan): CourseRule[] {
  const { name } = courses.time;
  const times = (side: number): Float64Array => (courses.sides[side] as CourseSide).times;
  const rules: CourseRule[] = [];
  if (schedule.unknown === 0)
    rules.push(
      ruleOf(courses, `every visit has a ${name}`, (side) => {
        const own = times(side);
        return (from, to) => own.subarray(from, to).some((time) => Number.isNaN(time));
      }),
    );
  if (schedule.equal === 0)
    rules.push(
      ruleOf(courses, `every visit is after the one before`, (side) => {
        const own = times(side);
        return anyLater((row) => (own[row] as number) <= (own[row - 1] as number));
      }),
    );
  const { grid } = schedule;
  if (grid)
    rules.push(
      ruleOf(courses, `visits are whole multiples of ${stepWords(grid.step, courses)} apart`, (side) => {
        const own = times(side);
        return anyLater((row) => {
          const steps = ((own[row] as number) - (own[row - 1] as number)) / grid.step;
          return Math.abs(steps - Math.round(steps)) > 1e-6 * Math.max(1, Math.abs(steps));
        });
      }),
    );
  return rules;
}

const SPANS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
] as const;

/** "2 hours" where visits have dates, else the number with the column's name. */
function stepWords(step: number, { time }: AlignedCourses): string {
  if (time.kind !== "datetime") return `${step} in ${time.name}`;
  const [size, unit] = SPANS.find(([own]) => step % own === 0) ?? [1, "millisecond"];
  return step === size ? `one ${unit}` : `${step / size} ${unit}s`;
}

function endRule(courses: AlignedCourses, { name, cells }: CourseColumn): CourseRule {
  return ruleOf(courses, `no visit is after ${name}`, (side) => {
    const { times } = courses.sides[side] as CourseSide;
    const ends = cells.type === "numeric" ? (cells.values[side] as Float64Array) : new Float64Array(0);
    return (from, to) => {
      if (Number.isNaN(ends[from] ?? NaN)) return undefined;
      for (let row = from; row < to; row++) if ((times[row] as number) > (ends[from] as number)) return true;
      return false;
    };
  });
}

function absorbingRule(
  courses: AlignedCourses,
  { name, cells }: CourseColumn,
  { level, how }: Absorbing,
): CourseRule {
  const numeric = cells.type === "numeric";
  const said = `${name} ${numeric ? level : (cells.levels[level] ?? "")}`;
  const words = how === "ends" ? `no visit follows ${said}` : `${said} is never left`;
  return ruleOf(courses, words, (side) => {
    const own = (numeric ? cells.values[side] : cells.codes[side]) as ArrayLike<number>;
    const { times } = courses.sides[side] as CourseSide;
    const missing = (row: number): boolean => (numeric ? Number.isNaN(own[row]) : (own[row] as number) < 0);
    return (from, to) => {
      let at = from;
      while (at < to && own[at] !== level) at++;
      if (at === to) return undefined;
      for (let row = at + 1; row < to; row++) {
        if (
          how === "ends"
            ? (times[row] as number) > (times[at] as number)
            : !missing(row) && own[row] !== level
        )
          return true;
      }
      return false;
    };
  });
}

function monotoneRule(
  courses: AlignedCourses,
  { name, cells }: CourseColumn,
  { direction, strictly }: Monotone,
): CourseRule {
  const words = strictly
    ? `${name} ${direction} from visit to visit`
    : `${name} never ${direction === "rises" ? "falls" : "rises"}`;
  const way = direction === "rises" ? 1 : -1;
  return ruleOf(courses, words, (side) => {
    const column: Column =
      cells.type === "numeric"
        ? { type: "numeric", values: cells.values[side] as Float64Array }
        : { type: "coded", codes: cells.codes[side] as Int32Array, levels: cells.levels };
    const values = orderedValues(column, cells.schema);
    return (from, to) => {
      if (values === undefined || to - from < 2) return undefined;
      let before = NaN;
      for (let row = from; row < to; row++) {
        const value = values[row] as number;
        if (Number.isNaN(value)) continue;
        const more = way * (value - before);
        if (strictly ? more <= 0 : more < 0) return true;
        before = value;
      }
      return false;
    };
  });
}

function staticRule(courses: AlignedCourses, { name, cells }: CourseColumn): CourseRule {
  return ruleOf(courses, `${name} stays the same`, (side) => {
    const own = (cells.type === "numeric" ? cells.values[side] : cells.codes[side]) as ArrayLike<number>;
    return anyLater((row) => !Object.is(own[row], own[row - 1]) && own[row] !== own[row - 1]);
  });
}
