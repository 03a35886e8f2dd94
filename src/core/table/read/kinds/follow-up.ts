import type { Kind, Survival } from "../../table.ts";

/** What is looked at to tell a follow-up time, and the event that ends it, from other columns. */
export interface Candidate {
  readonly name: string;
  readonly kind: Kind;
  readonly learned: boolean;
  /** different values */
  readonly distinct: number;
  /** least number */
  readonly low: number;
}

/** Names of a follow-up time, the surest first. */
const TIMES = [
  /^(fu|fu_?time|follow_?up(_?(time|days|weeks|months|years))?|time_?to_?(event|death|failure)|days_?to_?death|t2e|tte)$/,
  /^(os|pfs|dfs|rfs|efs|ttp|surv|survival)(_?(time|days|weeks|months|years))?$/,
  /^(time|days|months|t_?(event|death))$/,
];
/** A stay ends with discharge as well, which is no censoring: never taken without the person. */
const STAYS = [/^(los|length_of_stay|los_days|hospital_days|days_in_hospital|liegedauer|verweildauer)$/];
const EVENTS: readonly RegExp[] = [
  /^(status|event|fustat|delta)$/,
  /^(os|pfs|dfs|rfs|efs|surv|survival|vital|death|censor|censoring|fu|follow_up|patient)_?(status|event)$/,
  /(^|_)(death|dead|died|deceased|mortality|verstorben|gestorben|tod)(_|$)/,
];
/** That a patient died within a given time says nothing of when, and a cause is no event. */
const NO_EVENTS =
  /\d+_?(d|day|days|tage|m|month|months|y|yr|year|years)(_|$)|^(cause|place|reason|mode|family)_/;

const LEAST_TIMES = 5;
const MOST_LEVELS = 4;

const plain = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");

const isTime = ({ kind, learned, distinct, low }: Candidate): boolean =>
  learned && (kind === "integer" || kind === "decimal") && low >= 0 && distinct >= LEAST_TIMES;

function isEvent({ name, kind, learned, distinct }: Candidate): boolean {
  const words = plain(name);
  return (
    learned &&
    (kind === "boolean" || kind === "category") &&
    distinct >= 2 &&
    distinct <= MOST_LEVELS &&
    EVENTS.some((event) => event.test(words)) &&
    !NO_EVENTS.test(words)
  );
}

/**
 * The follow-up time and the event of a table, by name and content: a number that is never negative and called futime,
 * os_months, time, ..., and a column of two to four levels called death, status, event, ... `sure`: both are named so that
 * a person need not be asked; else it can only be offered. Undefined where there is no such pair.
 */
export function followUpIn(
  columns: readonly Candidate[],
): { readonly time: string; readonly event: string; readonly sure: boolean } | undefined {
  const event = columns.find((column) => isEvent(column) && column.distinct === 2) ?? columns.find(isEvent);
  if (event === undefined) return undefined;
  const named = (patterns: readonly RegExp[]): Candidate | undefined =>
    patterns.flatMap((name) =>
      columns.filter((column) => isTime(column) && name.test(plain(column.name))),
    )[0];
  const time = named(TIMES);
  if (time !== undefined) return { time: time.name, event: event.name, sure: true };
  const stay = named(STAYS);
  return stay && { time: stay.name, event: event.name, sure: false };
}

/** The mark of column `name` in a sure pair. */
export function survivalOf(name: string, found: ReturnType<typeof followUpIn>): Survival | undefined {
  if (found?.sure !== true) return undefined;
  return name === found.time ? "time" : name === found.event ? "event" : undefined;
}
