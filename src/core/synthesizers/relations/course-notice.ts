import { gridOf, stepOf } from "../../codec/columns/grid.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";

const NAMED = 3;

const UNITS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
] as const;

/** One sentence that says what is learned of the visits of `table`, and what every synthetic course keeps. */
export function courseNotice(plan: CoursePlan, { columns, schema }: Table): string {
  const { patients, time, statics, monotone, absorbing, schedule, end, next } = plan;
  const schemas = schema.columns;
  const nameOf = (j: number): string => `“${schemas[j]?.name ?? ""}”`;
  const directed = (direction: "rises" | "falls"): number[] =>
    monotone.flatMap((one) => (one.direction === direction ? [one.column] : []));
  const levelsOf = (how: "ends" | "stays"): string[] =>
    absorbing.flatMap((one) => (one.how === how ? [levelName(one, columns, schemas)] : []));
  const { grid } = schedule;
  const kept = [
    grid &&
      grid.step > stepOf(gridOf(schemas[time] as ColumnSchema)) &&
      `times stand ${stepWords(grid.step, schemas[time] as ColumnSchema)} or a multiple of it apart`,
    end !== undefined && `no visit is after ${nameOf(end)}`,
    next !== undefined && `${nameOf(next)} is the time of the visit that follows`,
    ...[directed("rises"), directed("falls")].map(
      (some, i) =>
        some.length > 0 &&
        `${listed(some.map(nameOf))} never ${["fall", "rise"][i]}${some.length === 1 ? "s" : ""}`,
    ),
    ...[levelsOf("ends"), levelsOf("stays")].map(
      (some, i) => some.length > 0 && `${["nothing follows", "nobody leaves"][i]} ${listed(some)}`,
    ),
    statics.length > 0 && `${listed(statics.map(nameOf))} never ${statics.length > 1 ? "change" : "changes"}`,
  ].filter((part) => typeof part === "string");
  const learned = `Rows are visits of ${patients.toLocaleString("en")} patients over time`;
  return kept.length > 0 ? `${learned}. Kept in every course: ${kept.join("; ")}.` : `${learned}.`;
}

function levelName(
  { column, level }: { column: number; level: number },
  columns: readonly Column[],
  schemas: readonly ColumnSchema[],
): string {
  const own = columns[column];
  const name = own?.type === "coded" ? own.levels[level] : level;
  return `“${schemas[column]?.name ?? ""} = ${name}”`;
}

function stepWords(step: number, { kind }: ColumnSchema): string {
  if (kind !== "datetime") return step.toLocaleString("en");
  const [length, unit] = UNITS.find(([long]) => step % long === 0) ?? [1, "millisecond"];
  const count = step / length;
  return `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
}

const listed = (parts: readonly string[]): string =>
  parts.length > NAMED
    ? `${parts.slice(0, NAMED).join(", ")} and ${parts.length - NAMED} more`
    : parts.join(", ");
