import type { Pulse } from "../../../math/breathe.ts";
import type { Term } from "../term.ts";
import { UNITS, call, cell, joined, num } from "../term.ts";
import type { Candidate } from "./candidates.ts";
import { completeRows } from "./candidates.ts";
import { addedConstants, plus, rounded } from "./constants.ts";
import type { Draft } from "./fitted.ts";

const MOST_DATES = 24;
const PROBED = 40;
const LEAST_ROWS = 12;
const WEEK = 7 * UNITS.days;

/** A time between two dates as a number: in `unit` milliseconds, or by the days of the calendar. */
interface Time {
  readonly between: (from: number, to: number) => number;
  readonly term: (from: Term, to: Term) => Term;
}

const since = (from: Term, to: Term): Term => joined(to, "-", from);
const inUnit = (name: keyof typeof UNITS): Time => ({
  between: (from, to) => (to - from) / UNITS[name],
  term: (from, to) => call(name, since(from, to)),
});

const TIMES: readonly Time[] = [
  inUnit("days"),
  inUnit("years"),
  inUnit("hours"),
  inUnit("minutes"),
  {
    between: (from, to) => (to - from) / WEEK,
    term: (from, to) => joined(call("days", since(from, to)), "/", num(7)),
  },
  {
    between: (from, to) => Math.floor(to / UNITS.days) - Math.floor(from / UNITS.days),
    term: (from, to) => since(call("floor", call("days", from)), call("floor", call("days", to))),
  },
];

/** Lengths of stay, ages and other numbers that are the time between two dates, rounded or rounded down. Rejects as `pulse` does. */
export async function times(candidates: readonly Candidate[], pulse: Pulse): Promise<Draft[]> {
  const dates = candidates.filter(({ date }) => date).slice(0, MOST_DATES);
  const numbers = candidates.filter(({ date }) => !date);
  const found: Draft[] = [];
  for (const [at, from] of dates.entries())
    for (const to of dates) {
      if (from === to) continue;
      for (const y of numbers) {
        found.push(...timesBetween(y, from, to));
        await pulse(at / dates.length);
      }
    }
  return found;
}

function timesBetween(y: Candidate, from: Candidate, to: Candidate): Draft[] {
  const rows = completeRows([y.values, from.values, to.values]);
  if (rows.length < LEAST_ROWS) return [];
  const probe = rows.filter((_, k) => k % Math.ceil(rows.length / PROBED) === 0);
  return TIMES.flatMap(({ between, term }) => {
    const beside = (some: readonly number[]) => ({
      y: Float64Array.from(some, (i) => y.values[i] as number),
      made: Float64Array.from(some, (i) => between(from.values[i] as number, to.values[i] as number)),
      step: y.step,
    });
    const few = beside(probe);
    const rest = few.y.map((value, i) => value - (few.made[i] as number)).sort();
    const spread =
      (rest[Math.floor(0.9 * rest.length)] as number) - (rest[Math.floor(0.1 * rest.length)] as number);
    if (spread > y.step * (1 + 1e-9) + 1e-9 * Math.abs(rest[0] as number)) return [];
    return addedConstants(beside(rows)).map(({ constant, down }) => ({
      column: y.column,
      equals: rounded(plus(term(cell(from.column), cell(to.column)), constant), down),
    }));
  });
}
