import { namesBirth, wordsOf } from "../../table/column-names.ts";
import { isMissingCell, type Column, type Table } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import type { Courses } from "../../visits/courses.ts";
import { writeName } from "../../rules/language/cursor.ts";
import { count, plural } from "../../words/numbers.ts";
import type { CourseTrouble } from "./course-trouble.ts";

const DEATH =
  /^(death|dead|died|deceased|dod|mortality|deathtime|deathdate|verstorben|gestorben|tod|todesdatum|sterbedatum|deces|decede|mort|muerte|fallecido|fallecimiento|morte|deceduto|decesso|overleden|overlijden)$/;
const YES =
  /^(1|yes|y|true|ja|j|oui|o|si|sí|s|dead|died|deceased|death|verstorben|tot|gestorben|expired|mort|muerto|morto|overleden)$/i;

/** Visits of patients who are dead by then: after a date of death, or after a visit at which they are marked as dead. */
export function visitsAfterDeath(table: Table, plan: CoursePlan, courses: Courses): CourseTrouble[] {
  return table.schema.columns.flatMap(({ name, kind }, i): CourseTrouble[] => {
    if (i === plan.time || namesBirth(name) || !wordsOf(plain(name)).some((word) => DEATH.test(word)))
      return [];
    const column = table.columns[i] as Column;
    const dates = kind === "datetime" && table.schema.columns[plan.time]?.kind === "datetime";
    const after = dates
      ? afterDate(column, courses)
      : plan.changing.includes(i)
        ? afterMark(column, courses)
        : undefined;
    if (after === undefined || after.visits === 0) return [];
    return [troubleOf(table, { name, plan, after, dates })];
  });
}

const plain = (name: string): string => name.normalize("NFD").replace(/\p{M}/gu, "");

interface After {
  readonly visits: number;
  readonly patients: number;
}

function afterDate(column: Column, { rows, starts, times }: Courses): After | undefined {
  if (column.type !== "numeric") return undefined;
  return countedBy(starts, (k) => {
    const row = rows[k] as number;
    return dayOf(times[row] as number) > dayOf(column.values[row] as number);
  });
}

const DAY = 86_400_000;
/** A death that is known by its day leaves room for visits on that day. */
const dayOf = (ms: number): number => Math.floor(ms / DAY);

function afterMark(column: Column, { rows, starts, times }: Courses): After | undefined {
  if (column.type !== "coded") return undefined;
  const dead = new Set(column.levels.flatMap((level, code) => (YES.test(level.trim()) ? [code] : [])));
  if (dead.size === 0 || dead.size === column.levels.length) return undefined;
  let died = Infinity;
  return countedBy(starts, (k, first) => {
    const row = rows[k] as number;
    if (first) died = Infinity;
    const late = (times[row] as number) > died;
    if (!isMissingCell(column, row) && dead.has(column.codes[row] as number))
      died = Math.min(died, times[row] as number);
    return late;
  });
}

function countedBy(starts: Int32Array, late: (k: number, first: boolean) => boolean): After {
  let [visits, patients] = [0, 0];
  for (let p = 0; p + 1 < starts.length; p++) {
    const start = starts[p] as number;
    let own = 0;
    for (let k = start; k < (starts[p + 1] as number); k++) if (late(k, k === start)) own++;
    visits += own;
    if (own > 0) patients++;
  }
  return { visits, patients };
}

function troubleOf(
  table: Table,
  { name, plan, after, dates }: { name: string; plan: CoursePlan; after: After; dates: boolean },
): CourseTrouble {
  const time = table.schema.columns[plan.time]?.name ?? "";
  const where = `${writeName(name)} is missing or ${writeName(time)} <= ${writeName(name)}`;
  return {
    level: "check",
    words: `${plural(after.visits, "visit")} of ${plural(after.patients, "patient")} ${after.visits === 1 ? "lies" : "lie"} after ${dates ? name : `a visit at which ${name} says so`}. They are learned as they stand${dates ? "" : `: of ${count(plan.patients)} patients, synthetic ones may go on after ${name} as well`}.`,
    ways: dates
      ? [{ label: "Leave such visits out", changes: [{ type: "clean", step: { step: "keep-rows", where } }] }]
      : [],
  };
}
