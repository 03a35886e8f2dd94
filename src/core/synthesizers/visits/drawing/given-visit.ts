import { rounded } from "../columns/clock.ts";
import type { Slots } from "./course-run.ts";
import type { GivenCells } from "./given-courses.ts";
import type { Known } from "../network/course-state.ts";
import type { DrawnVisits } from "./visit-drawer.ts";
import type { Design } from "../network/visits-design.ts";

/** Ticks from the last visit of a slot to `time`; 0 at the first. */
export function gapTo({ parts }: Design, { state, known }: Slots, slot: number, time: number): number {
  if (state.visits[slot] === 0) return 0;
  const { first } = known[slot] as Known;
  return rounded((time - first) / parts.clock.tick - (state.elapsed[slot] as number));
}

/** Visit `k` of given cells as the next visit of `slot`, at place `i` of `into`; missing cells stay missing. */
export function asGivenVisit(
  design: Design,
  slots: Slots,
  slot: number,
  cells: GivenCells,
  k: number,
  into: DrawnVisits,
  i: number,
): void {
  const { numbers, categories, clock } = design.parts;
  const time = cells.times[k] as number;
  into.times[i] = time;
  into.gaps[i] = gapTo(design, slots, slot, time);
  numbers.forEach(({ dated, code }, j) => {
    const value = cells.values[k * numbers.length + j] as number;
    const own = dated ? rounded((value - time) / clock.tick) : value;
    into.values[i * numbers.length + j] = code.bins.length === 0 ? NaN : own;
  });
  categories.forEach(({ code }, j) => {
    const token = cells.tokens[k * categories.length + j] as number;
    into.tokens[i * categories.length + j] = token < 0 ? code.tokenOf(-1) : token;
    into.levels[i * categories.length + j] = cells.levels[k * categories.length + j] as number;
  });
}
