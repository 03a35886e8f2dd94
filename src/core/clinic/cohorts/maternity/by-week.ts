import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";

/** A normal in pregnancy: its middle at a week of gestation. */
export type ByWeek = (week: number) => number;

/** Falls to its lowest at `ID.week` and rises until the end; weeks outside are as the nearest inside. */
export function dipping(numbers: Numbers, id: string): ByWeek {
  const of = numbersOf(numbers, id);
  const [begin, least, end] = [of("begin"), of("least"), of("end")];
  const [from, turn, to] = [numbers.of("pregnant.begin"), of("week"), numbers.of("pregnant.end")];
  return (week) =>
    week < turn ? between(from, begin, turn, least, week) : between(turn, least, to, end, week);
}

/** Goes evenly from its beginning to its end, the latter at `ID.week` or at the last week. */
export function moving(numbers: Numbers, id: string, until = "pregnant.end"): ByWeek {
  const [begin, end] = [numbers.of(`${id}.begin`), numbers.of(`${id}.end`)];
  const [from, to] = [numbers.of("pregnant.begin"), numbers.of(until)];
  return (week) => between(from, begin, to, end, week);
}

function between(x0: number, y0: number, x1: number, y1: number, x: number): number {
  const share = Math.min(1, Math.max(0, (x - x0) / (x1 - x0)));
  return y0 + share * (y1 - y0);
}
