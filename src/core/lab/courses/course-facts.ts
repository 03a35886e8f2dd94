import { plainName } from "../../table/identifiers/column-words.ts";
import { count, percent, plural } from "../../words/numbers.ts";
import type { CoursePlan } from "../../visits/course-plan.ts";
import { isMissingCell, type Column, type Table } from "../../table/table.ts";

const MOST_NAMED = 6;
/** Share of one-step gaps from which a grid is regular, and not only the precision of the times. */
const REGULAR = 0.5;
/** Share of the visits below which a column is rarely measured. */
const RARE = 0.1;

/** Names for a person: "sex, trt and age" or the first six and how many more. */
export function named(names: readonly string[]): string {
  if (names.length > MOST_NAMED)
    return `${names.slice(0, MOST_NAMED).join(", ")} and ${count(names.length - MOST_NAMED)} more`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const SECOND = 1_000;
const UNITS: readonly (readonly [number, string])[] = [
  [7 * 86_400 * SECOND, "week"],
  [86_400 * SECOND, "day"],
  [3_600 * SECOND, "hour"],
  [60 * SECOND, "minute"],
  [SECOND, "second"],
  [1, "millisecond"],
];

/** Units that a time column is called by: "day", "study_hours". */
const NAMED = /(^| )(day|hour|week|month|year|minute)s?$/;

/** A length of time in the unit of `table`'s time column: "1 day", "30 minutes", "182" where it has none. */
export function lengthInWords(table: Table, time: number, length: number): string {
  const schema = table.schema.columns[time];
  if (schema?.kind !== "datetime") {
    const named = NAMED.exec(plainName(schema?.name ?? ""))?.[2];
    if (schema?.unit === undefined && named !== undefined)
      return length === 1 ? `1 ${named}` : `${length} ${named}s`;
    return schema?.unit === undefined ? String(length) : `${length} ${schema.unit}`;
  }
  const [size, unit] = UNITS.find(([one]) => length >= one && length % one === 0) ?? [1, "millisecond"];
  return plural(length / size, unit);
}

/** What is kept of patients over time, one sentence each. */
export function courseFacts(table: Table, plan: CoursePlan): string[] {
  const name = (i: number): string => table.schema.columns[i]?.name ?? "";
  const statics = plan.statics.filter((i) => i !== plan.end);
  const falls = plan.monotone.filter(({ direction }) => direction === "rises");
  const rises = plan.monotone.filter(({ direction }) => direction === "falls");
  const rare = plan.changing.filter((i) => knownShare(table.columns[i] as Column, table.rows) < RARE);
  return [
    ...(statics.length === 0
      ? []
      : [
          `${plural(statics.length, "column")} never ${statics.length === 1 ? "changes" : "change"} within a patient: ${named(statics.map(name))}.`,
        ]),
    ...gridFact(table, plan),
    ...(plan.next === undefined ? [] : [`${name(plan.next)} is the time of the visit that follows.`]),
    ...(falls.length === 0
      ? []
      : [`Never falling within a patient: ${named(falls.map(({ column }) => name(column)))}.`]),
    ...(rises.length === 0
      ? []
      : [`Never rising within a patient: ${named(rises.map(({ column }) => name(column)))}.`]),
    ...plan.absorbing.map(({ column, level, how }) => {
      const said = `${name(column)} “${levelOf(table.columns[column] as Column, level)}”`;
      return how === "ends" ? `No visit follows ${said}.` : `${said} is never left again.`;
    }),
    ...plan.panels.map((panel) => `Measured together: ${named(panel.map(name))}.`),
    ...(rare.length === 0
      ? []
      : [
          `Known in under 10% of the visits: ${named(rare.map(name))}. When they are measured is learned as well.`,
        ]),
  ];
}

const levelOf = (column: Column, level: number): string =>
  column.type === "coded" ? (column.levels[level] ?? "") : String(level);

function knownShare(column: Column, rows: number): number {
  let known = 0;
  for (let row = 0; row < rows; row++) if (!isMissingCell(column, row)) known++;
  return rows === 0 ? 0 : known / rows;
}

function gridFact(table: Table, { time, schedule }: CoursePlan): string[] {
  const { grid } = schedule;
  if (grid === undefined || grid.oneStep < REGULAR) return [];
  const step = lengthInWords(table, time, grid.step);
  const one =
    grid.oneStep > 0.995 ? "every visit follows" : `${percent(grid.oneStep, 0)} of the visits follow`;
  return [`A regular grid of ${step} is kept: ${one} the one before by ${step}.`];
}
