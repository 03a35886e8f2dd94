/** What a person asks of the rows: as the form holds it, as the worker takes it, and in words. */
import type { Schema } from "../../core/table/table.ts";
import type { Condition, Shares } from "../../core/synthesizers/synthesizer.ts";
import type { Acceptance, Asked, ConditionField, CourseAsked } from "../../worker/protocol.ts";
import { count, percent, plural } from "../../core/words/numbers.ts";
import { countedIn } from "../../core/words/time-unit.ts";

/** no: the cell is given. also: it may be empty. only: it is empty. */
export type Empty = "no" | "also" | "only";

/** One line of the form. What is left open asks for nothing. */
export interface Draft {
  readonly id: number;
  readonly column: string;
  readonly levels: readonly string[];
  /** numbers; milliseconds for dates */
  readonly from?: number;
  readonly to?: number;
  readonly empty: Empty;
}

/** A column whose levels come in shares of the person's own, in percent. */
export interface Rebalance {
  readonly column: string;
  readonly percents: Readonly<Record<string, number>>;
}

export interface Wanted {
  readonly drafts: readonly Draft[];
  readonly rebalance?: Rebalance;
  /** visits of each patient over time; an end left out is open */
  readonly visits?: { readonly least?: number; readonly most?: number };
  /** no visit later than so long after the first */
  readonly until?: number;
}

/** Where only a least number of visits is given. */
const MOST_VISITS = 10_000;

const visitsOf = ({ visits }: Wanted): Asked["visits"] =>
  visits?.least === undefined && visits?.most === undefined
    ? undefined
    : { least: visits.least ?? 1, most: Math.max(visits.least ?? 1, visits.most ?? MOST_VISITS) };

export const nothingWanted: Wanted = { drafts: [] };

/** The condition of a line; undefined while it asks for nothing. */
export function conditionOf({ column, levels, from, to, empty }: Draft): Condition | undefined {
  if (empty === "only") return { column, missing: true };
  const missing = empty === "also" ? { missing: true } : {};
  if (levels.length > 0) return { column, in: levels, ...missing };
  if (from !== undefined || to !== undefined)
    return {
      column,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...missing,
    };
  return empty === "no" ? { column, missing: false } : undefined;
}

function sharesOf({ column, percents }: Rebalance): Shares | undefined {
  const shares = Object.fromEntries(Object.entries(percents).filter(([, share]) => share > 0));
  return Object.keys(shares).length === 0 ? undefined : { column, shares };
}

/** Undefined when all kinds of rows are welcome. */
export function askedOf(wanted: Wanted): Asked | undefined {
  const { drafts, rebalance, until } = wanted;
  const where = drafts.flatMap((draft) => conditionOf(draft) ?? []);
  const shares = rebalance && sharesOf(rebalance);
  const visits = visitsOf(wanted);
  if ([shares, visits, until].every((part) => part === undefined) && where.length === 0) return undefined;
  return {
    ...(where.length > 0 && { where }),
    ...(shares && { shares }),
    ...(visits && { visits }),
    ...(until !== undefined && { until }),
  };
}

/** A moment as date fields write it: 2021-03-04. */
export const dayOf = (ms: number): string =>
  Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : "";

const DAY_MS = 86_400_000;

/** The first or last millisecond of a day; undefined for what is no day. */
export function momentOf(day: string, end: "first" | "last"): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (!Number.isFinite(ms)) return undefined;
  return end === "first" ? ms : ms + DAY_MS - 1;
}

const MOST_NAMED = 4;

function oneOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} or ${more} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

function words(condition: Condition, isDate: boolean): string {
  const { column } = condition;
  const write = (value: number): string => (isDate ? dayOf(value) : String(value).replace("-", "−"));
  if ("in" in condition)
    return `${column} ${oneOf(condition.in)}${condition.missing === true ? " or empty" : ""}`;
  const { from, to, missing } = condition;
  if (from === undefined && to === undefined) return `${column} ${missing === true ? "empty" : "given"}`;
  const range = [
    from === undefined ? "" : `from ${write(from)}`,
    to === undefined ? "" : `to ${write(to)}`,
  ].filter(Boolean);
  return `${column} ${range.join(" ")}${missing === true ? " or empty" : ""}`;
}

/** "age from 65 and sex F; ward 50% A, 50% B", "" for all kinds of rows. */
export function askedWords(
  asked: Asked | undefined,
  fields: readonly ConditionField[] = [],
  timeUnit?: string,
): string {
  const isDate = (name: string): boolean =>
    fields.some((field) => field.name === name && field.type === "range" && field.datePattern !== undefined);
  const where = (asked?.where ?? []).map((condition) => words(condition, isDate(condition.column)));
  const { shares } = asked ?? {};
  const total = Object.values(shares?.shares ?? {}).reduce((sum, share) => sum + share, 0);
  const parts = Object.entries(shares?.shares ?? {}).map(
    ([level, share]) => `${percent(share / total, 0)} ${level}`,
  );
  const named = parts.length > MOST_NAMED ? [...parts.slice(0, MOST_NAMED), "others"] : parts;
  return [
    where.join(" and "),
    shares === undefined ? "" : `${shares.column} ${named.join(", ")}`,
    courseWords(asked, timeUnit),
  ]
    .filter(Boolean)
    .join("; ");
}

/** In what times of patients over time are counted: days where they are dates; undefined where it is not known. */
export function timeUnit({ columns }: Schema): string | undefined {
  const column = columns.find(({ course }) => course === "time");
  return column && countedIn(column);
}

/** "3 to 8 visits, until 24 days" */
export function courseWords({ visits, until }: CourseAsked = {}, timeUnit?: string): string {
  const unit = timeUnit === undefined ? "" : ` ${timeUnit}`;
  return [
    visits && visitsWords(visits),
    until === undefined ? "" : `until ${count(until)}${unit} after the first visit`,
  ]
    .filter(Boolean)
    .join(", ");
}

function visitsWords({ least, most }: { least: number; most: number }): string {
  if (most >= MOST_VISITS) return `${count(least)} visits or more`;
  return least === most ? plural(least, "visit") : `${count(least)} to ${plural(most, "visit")}`;
}

/** "1 of 38 candidates met it", "every candidate met it" */
export function acceptanceWords({ drawn, kept }: Acceptance): string {
  if (kept === 0) return `none of ${count(drawn)} candidates met it`;
  if (kept >= drawn) return "every candidate met it";
  const ratio = drawn / kept;
  if (ratio < 1.5) return `${percent(kept / drawn, 0)} of the candidates met it`;
  return `1 of ${ratio < 9.5 && ratio % 1 >= 0.25 && ratio % 1 <= 0.75 ? ratio.toFixed(1) : count(ratio)} candidates met it`;
}
