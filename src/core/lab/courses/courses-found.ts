import { breathing } from "../../math/breathe.ts";
import { courseFacts } from "./course-facts.ts";
import type { CourseTrouble } from "./course-trouble.ts";
import { courseTroubles } from "./course-troubles.ts";
import { plural } from "../../words/numbers.ts";
import { withPatients } from "../../table/split.ts";
import { isMissingCell, learnedColumns, type Column, type Table } from "../../table/table.ts";
import { coursePlanInSteps, type CoursePlan } from "../../visits/course-plan.ts";
import { endColumn, timeColumn } from "../../visits/courses.ts";
import { visitsOfNobody } from "./visits-of-nobody.ts";

export type { CourseTrouble } from "./course-trouble.ts";

/** Patients over time as a person sees and changes them. Its words name columns and counts, and levels of absorbing columns. */
export interface CoursesFound {
  readonly patients: number;
  readonly visits: number;
  /** The column that names the patient. */
  readonly patient: string;
  readonly time?: { readonly column: string; readonly why: string };
  readonly end?: { readonly column: string; readonly why: string };
  /** Columns that may say when a visit was: learned dates and numbers, the chosen one among them; and when follow-up ended. */
  readonly times: readonly string[];
  readonly ends: readonly string[];
  /** What is kept, one sentence each. */
  readonly facts: readonly string[];
  /** What a person should know or decide, with ways out. */
  readonly troubles: readonly CourseTrouble[];
}

/** What of `table` goes on over time; undefined where no patient has several rows. */
export async function coursesFound(table: Table): Promise<CoursesFound | undefined> {
  const whole = withPatients(table);
  const id = table.schema.columns.find(({ role }) => role === "identifier");
  if (whole.patients === undefined || id === undefined) return undefined;
  const plan = await breathing(coursePlanInSteps(whole));
  const [time, end] = [partOf(table, timeColumn(table.schema)), partOf(table, endColumn(table.schema))];
  return {
    patients: plan?.patients ?? new Set(whole.patients).size,
    visits: plan?.visits ?? table.rows,
    patient: id.name,
    ...(time && { time }),
    ...(end && { end }),
    times: numericOf(table).filter((name) => name !== end?.column && !stays(whole, name)),
    ends: endsOf(table, plan).filter((name) => name !== time?.column),
    facts: plan === undefined ? [] : courseFacts(table, plan),
    troubles: courseTroubles(whole, plan),
  };
}

/** No patient has two values in the column: it cannot say when each visit was. */
function stays({ schema, columns, patients }: Table, name: string): boolean {
  const column = columns[schema.columns.findIndex((one) => one.name === name)];
  if (column === undefined || patients === undefined) return false;
  const first = new Map<number, number>();
  return patients.every((patient, row) => {
    if (isMissingCell(column, row)) return true;
    const value = (column.type === "numeric" ? column.values[row] : column.codes[row]) as number;
    const known = first.get(patient) ?? value;
    first.set(patient, known);
    return known === value;
  });
}

const CHOSEN = "Chosen by you.";
const WHY = /Says when (?:a visit was|follow-up ended): (.*)$/;

function partOf(
  { schema }: Table,
  at: number | undefined,
): { readonly column: string; readonly why: string } | undefined {
  const column = at === undefined ? undefined : schema.columns[at];
  return column && { column: column.name, why: WHY.exec(column.reason)?.[1] ?? CHOSEN };
}

/** Learned columns of numbers and dates, and of levels that are whole numbers, as the numbers of few visits are. */
const numericOf = ({ schema, columns }: Table): string[] =>
  learnedColumns(schema).flatMap((i) =>
    isNumeric(columns[i] as Column) ? [schema.columns[i]?.name as string] : [],
  );

const isNumeric = (column: Column): boolean =>
  column.type === "numeric" ||
  (column.levels.length > 2 && column.levels.every((level) => /^\d+$/.test(level)));

/** Numbers and dates that never change within a patient, of the kind that the time is. */
function endsOf({ schema, columns }: Table, plan: CoursePlan | undefined): string[] {
  if (plan === undefined) return [];
  const date = (i: number): boolean => schema.columns[i]?.kind === "datetime";
  return plan.statics
    .filter((i) => (columns[i] as Column).type === "numeric" && date(i) === date(plan.time))
    .map((i) => schema.columns[i]?.name as string);
}

const because = ({ column, why }: { readonly column: string; readonly why: string }): string =>
  `${column}, ${why === CHOSEN ? "" : "which "}${lowered(why)}`;

/** What is said in the terminal: who, when, until when, what is kept and what is not clear. */
export async function courseLines(table: Table): Promise<string[]> {
  const found = await coursesFound(table);
  if (found === undefined) return [visitsOfNobody(table)].filter((line) => line !== undefined);
  const { patients, visits, patient, time, end, facts, troubles } = found;
  const said = `${plural(patients, "patient")} by ${patient} have ${plural(visits, "row")}`;
  if (time === undefined)
    return [
      `${said}, and no column says when a visit was: rows are learned one by one (--time).`,
      ...troubles.map(({ words }) => words),
    ];
  return [
    `Patients over time: ${said}. Visits are ordered by ${because(time)} (--time)`,
    ...(end === undefined ? [] : [`Follow-up ends at ${because(end)} (--end)`]),
    ...facts,
    ...troubles.map(({ words }) => words),
  ];
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
