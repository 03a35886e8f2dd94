import { percentileInterval } from "../../math/intervals.ts";
import { besideReal } from "../measuring/verdict.ts";

/** A number and the same number on draws of the rows it was measured on. */
export interface Drawn {
  readonly value: number;
  readonly draws: readonly number[];
}

/**
 * `own` beside `reference`, both on the same draws: 100 less `points` for each unit that it is worse. The score's interval
 * is that of their paired difference; the reference's band is 5-95% of its own draws.
 */
export function besideReference(own: Drawn, reference: Drawn, points: number, better: "higher" | "lower") {
  const sign = better === "higher" ? 1 : -1;
  const gap = percentileInterval(
    own.draws.map((value, i) => value - (reference.draws[i] as number)),
    0.95,
  );
  const base = besideReal(
    better,
    own.value,
    { low: reference.value + gap.low, high: reference.value + gap.high },
    { value: reference.value, interval: percentileInterval(reference.draws, 0.9) },
    (value) => 100 - points * Math.max(0, sign * (reference.value - value)),
    better === "higher" ? { low: 0 - gap.high, high: 0 - gap.low } : gap,
  );
  return { ...base, interval: percentileInterval(own.draws, 0.95) };
}
