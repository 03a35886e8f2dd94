import { namesAge } from "../column-names.ts";
import { endColumnOf } from "../courses/end-column.ts";
import { timeColumnOf, type FoundTime, type TimedColumn } from "../courses/time-column.ts";
import { timeName } from "../courses/time-names.ts";
import { visitsSeen } from "../courses/visits-seen.ts";
import type { SchemaChange } from "../profile.ts";
import type { Column, ColumnSchema, CoursePart, Kind } from "../table.ts";
import type { Wanted } from "./apply-changes.ts";
import type { Facts } from "./kinds/column-facts.ts";

/** A column before courses are looked for. */
export interface CourseLook {
  readonly name: string;
  /** As what its levels are read where they are to be numbers; undefined: they are none. */
  readonly numbers: "integer" | "decimal" | undefined;
}

/** The columns of a table that is being made, and how one of them reads as a kind. */
export interface BeforeCourse {
  readonly looks: readonly CourseLook[];
  readonly changes: readonly SchemaChange[];
  readonly read: (i: number, kind: Kind) => Column;
}

/** What is known of a column by its cells. */
export const lookOf = ({ name, leadingZeros, numberShare, writing }: Facts): CourseLook => ({
  name,
  numbers: leadingZeros || numberShare < NUMBERS ? undefined : writing.decimals > 0 ? "decimal" : "integer",
});

/** What is known of a column of a table. */
export function lookAtColumn({ name }: ColumnSchema, column: Column): CourseLook {
  if (column.type === "numeric") return { name, numbers: "decimal" };
  const whole =
    column.levels.length > 0 && column.levels.every((level) => /^(0|[1-9]\d*)$/.test(level.trim()));
  return { name, numbers: whole ? "integer" : undefined };
}

const LEARNED: ReadonlySet<string> = new Set(["feature", "target", "sensitive"]);
const NUMERIC: ReadonlySet<Kind> = new Set<Kind>(["integer", "decimal", "datetime"]);
/** Least share of numbers in a category of visits, "1", "2", "3", that is read as numbers. */
const NUMBERS = 0.95;

/**
 * `wanted` with the columns that say when a visit was and when follow-up ended, where an identifier says that patients have
 * several rows. What a person said of a part stands, and a column that they took it from does not have it again. The time
 * is a number: a category of whole numbers that counts visits becomes one, and a follow-up time of survival analysis that
 * changes within patients is none.
 * Yields between columns, for the caller to take a breath.
 */
export function* withCourse(
  wanted: readonly Wanted[],
  before: BeforeCourse,
): Generator<undefined, readonly Wanted[]> {
  const id = wanted.findIndex(({ role }) => role === "identifier");
  const patients = id < 0 ? undefined : codesOf(before.read(id, (wanted[id] as Wanted).kind));
  if (patients === undefined || new Set(patients.filter((one) => one >= 0)).size >= patients.length)
    return asked(wanted, before);
  const seen = visitsSeen(patients);
  if (seen.groups.length === 0) return asked(wanted, before);
  const columns: TimedColumn[] = [];
  for (const [i, one] of wanted.entries()) {
    const column = timed(i, one, before);
    if (column !== undefined) columns.push(column);
    yield;
  }
  const made = [...asked(wanted, before)];
  const own = (part: CoursePart): FoundTime | undefined => {
    const at = made.findIndex(({ course }) => course === part);
    return at < 0 ? undefined : { at, why: "" };
  };
  const time = own("time") ?? allowed("time", timeColumnOf(columns, seen), before);
  if (time === undefined) return made;
  if (time.why !== "")
    made[time.at] = asPart(made[time.at] as Wanted, "time", time.why, before.looks[time.at]);
  withoutSurvival(made, time.at, before.changes);
  const visit = columns.find(({ at }) => at === time.at);
  const learned = columns.filter(({ name }) => !namesAge(name));
  const end = own("end") ?? (visit && allowed("end", endColumnOf(learned, visit, patients), before));
  if (end !== undefined && end.why !== "")
    made[end.at] = asPart(made[end.at] as Wanted, "end", end.why, before.looks[end.at]);
  return made;
}

/** The patient of each row, -1 where not known. */
function codesOf(column: Column): Int32Array {
  if (column.type === "coded") return column.codes;
  const places = new Map<number, number>();
  return Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
}

/** Columns to which a person gave a part are numbers where their levels are. */
const asked = (wanted: readonly Wanted[], { looks }: BeforeCourse): readonly Wanted[] =>
  wanted.map((one, i) => (one.course === undefined ? one : asNumber(one, looks[i])));

/** Nothing where a person took the part from the column that was found, or gave it to another and took it away again. */
function allowed(
  part: CoursePart,
  found: FoundTime | undefined,
  { looks, changes }: BeforeCourse,
): FoundTime | undefined {
  if (found === undefined) return undefined;
  let holder = (looks[found.at] as CourseLook).name;
  let taken = false;
  for (const change of changes) {
    if (change.type !== "course") continue;
    if (change.course === part) [holder, taken] = [change.column, false];
    else if (change.column === holder) taken = true;
  }
  return taken ? undefined : found;
}

function timed(i: number, one: Wanted, { looks, read }: BeforeCourse): TimedColumn | undefined {
  const { name } = looks[i] as CourseLook;
  const kind = asNumber(one, looks[i], timeName(name) !== "none" || namesAge(name)).kind;
  if (!LEARNED.has(one.role) || !NUMERIC.has(kind)) return undefined;
  const column = read(i, kind);
  if (column.type !== "numeric") return undefined;
  const barred = one.identifies?.what === "birth-date" || one.measure === "clock";
  return { at: i, name, values: column.values, date: kind === "datetime", barred };
}

/** A category of whole numbers as numbers. */
function asNumber(one: Wanted, look: CourseLook | undefined, wished = true): Wanted {
  const levels = one.kind === "category" || one.kind === "boolean" || one.kind === "constant";
  if (!levels || !wished || look?.numbers === undefined) return one;
  const { order: _order, measure: _measure, ...rest } = one;
  return {
    ...rest,
    kind: look.numbers,
    role: one.role === "target" ? "feature" : one.role,
    reason: "Numbers.",
  };
}

function asPart(one: Wanted, course: CoursePart, why: string, look: CourseLook | undefined): Wanted {
  const number = asNumber(one, look);
  return { ...number, course, reason: `${number.reason} ${why}` };
}

/** A follow-up time that was found by its name alone is none, nor is its event. */
function withoutSurvival(made: Wanted[], time: number, changes: readonly SchemaChange[]): void {
  if (made[time]?.survival !== "time" || changes.some(({ type }) => type === "survival")) return;
  made.forEach((one, i) => {
    if (one.survival === undefined) return;
    const { survival: _, ...rest } = one;
    made[i] = rest;
  });
}

/** A column as it was before it was found to be a part of courses. */
export function withoutCourse<
  Described extends { readonly reason: string; readonly course?: CoursePart | undefined },
>(one: Described): Omit<Described, "course"> {
  const { course: _, ...rest } = one;
  return { ...rest, reason: one.reason.replace(/ ?Says when (a visit was|follow-up ended): .*$/, "") };
}
