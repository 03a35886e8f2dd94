/** Follow-up of rows: any unit of time, and 1 where the event was seen then, 0 where the row was censored. */
export interface FollowUps {
  readonly times: Float64Array;
  readonly events: ArrayLike<number>;
}

/** A step function: `survival[i]` from `times[i]` on, 1 before the first; `atRisk[i]` rows were under observation until then. */
export interface SurvivalCurve {
  /** times with an event, ascending */
  readonly times: Float64Array;
  readonly survival: Float64Array;
  readonly atRisk: Float64Array;
}

/** Row numbers by rising time; give it to the functions below when the same rows are weighed many times. */
export const timeOrder = (times: Float64Array): Int32Array =>
  Int32Array.from(times.keys()).sort((a, b) => (times[a] as number) - (times[b] as number));

/**
 * The product-limit estimate of survival (Kaplan and Meier 1958; lifelines' KaplanMeierFitter): rows censored at the time
 * of an event still count as at risk then. `weights` counts rows (a bootstrap's draws); 1 each by default.
 */
export function kaplanMeier(
  { times, events }: FollowUps,
  weights?: ArrayLike<number>,
  order: Int32Array = timeOrder(times),
): SurvivalCurve {
  let left = 0;
  for (const row of order) left += weights ? (weights[row] as number) : 1;
  let alive = 1;
  const curve = { times: [] as number[], survival: [] as number[], atRisk: [] as number[] };
  for (let from = 0; from < order.length;) {
    const time = times[order[from] as number] as number;
    let [gone, deaths] = [0, 0];
    for (; from < order.length && times[order[from] as number] === time; from++) {
      const row = order[from] as number;
      const weight = weights ? (weights[row] as number) : 1;
      gone += weight;
      if (events[row] === 1) deaths += weight;
    }
    if (deaths > 0) {
      alive *= 1 - deaths / left;
      curve.times.push(time);
      curve.survival.push(alive);
      curve.atRisk.push(left);
    }
    left -= gone;
  }
  return {
    times: Float64Array.from(curve.times),
    survival: Float64Array.from(curve.survival),
    atRisk: Float64Array.from(curve.atRisk),
  };
}

/** Survival just after `time`. */
export function survivalAt({ times, survival }: SurvivalCurve, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 1 : (survival[low - 1] as number);
}

/** Restricted mean survival time: the area under the curve from 0 to `horizon` (Royston and Parmar 2013). */
export function restrictedMean(curve: SurvivalCurve, horizon: number): number {
  let [area, from, alive] = [0, 0, 1];
  for (let i = 0; i < curve.times.length && (curve.times[i] as number) < horizon; i++) {
    area += alive * ((curve.times[i] as number) - from);
    from = curve.times[i] as number;
    alive = curve.survival[i] as number;
  }
  return area + alive * Math.max(0, horizon - from);
}

/** Mean over 0 to `horizon` of the absolute difference of two curves, 0 to 1. */
export function meanDistance(a: SurvivalCurve, b: SurvivalCurve, horizon: number): number {
  let [area, from, i, j] = [0, 0, 0, 0];
  let [x, y] = [1, 1];
  while (from < horizon) {
    const next = Math.min(a.times[i] ?? Infinity, b.times[j] ?? Infinity, horizon);
    area += Math.abs(x - y) * (next - from);
    from = next;
    if (a.times[i] === next) x = a.survival[i++] as number;
    if (b.times[j] === next) y = b.survival[j++] as number;
  }
  return horizon > 0 ? area / horizon : 0;
}

/** Greatest absolute difference of two curves up to `horizon`, 0 to 1. */
export function greatestDistance(a: SurvivalCurve, b: SurvivalCurve, horizon: number): number {
  const times = [...a.times, ...b.times].filter((time) => time <= horizon);
  return times.reduce((most, time) => Math.max(most, Math.abs(survivalAt(a, time) - survivalAt(b, time))), 0);
}
