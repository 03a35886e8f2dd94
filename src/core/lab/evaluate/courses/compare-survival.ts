import { Z95 } from "../../../math/intervals.ts";
import { quantileSorted } from "../../../math/statistics.ts";
import { greenwood, restrictedMeanError, survivalInterval } from "../../../math/survival/curve-errors.ts";
import {
  kaplanMeier,
  restrictedMean,
  survivalAt,
  type FollowUps,
  type SurvivalCurve,
} from "../../../math/survival/kaplan-meier.ts";
import type { SurvivalComparison } from "../../../report/report.ts";
import { isSmall, LEAST_PATIENTS } from "../../small-cells.ts";
import { round } from "./compare-bands.ts";
import { REAL, SYNTHETIC } from "./course-side.ts";
import type { Endings } from "./endings.ts";

const LEAST_EVENTS = 10;
const MOST_POINTS = 40;
const RISK_TIMES = 6;

/**
 * Kaplan-Meier curves of real and synthetic patients up to the time by which nine of ten real patients have left
 * observation. Undefined with fewer than 10 real events, or no synthetic patient whose ending is known.
 */
export function compareSurvival({ event, axis, sides }: Endings): SurvivalComparison | undefined {
  const [real, synthetic] = sides.map(known) as [FollowUps, FollowUps];
  const events = eventTimes(real);
  if (events.length < LEAST_EVENTS || synthetic.times.length === 0) return undefined;
  const horizon = quantileSorted(real.times.slice().sort(), 0.9);
  const times = [0, ...gridOf(events, horizon)].filter((time) => atRisk(real, time) >= LEAST_PATIENTS);
  if (times.length < 3) return undefined;
  const curves = [kaplanMeier(real), kaplanMeier(synthetic)] as const;
  const drawn = [
    drawnCurve(curves[REAL], real, times),
    drawnCurve(curves[SYNTHETIC], synthetic, times),
  ] as const;
  const value = restrictedMean(curves[SYNTHETIC], horizon) - restrictedMean(curves[REAL], horizon);
  const error = Math.hypot(...curves.map((curve) => restrictedMeanError(curve, horizon)));
  return {
    event,
    axis,
    times: times.map(round),
    real: drawn[REAL],
    synthetic: drawn[SYNTHETIC],
    risk: riskOf(real, synthetic, horizon),
    horizon: round(horizon),
    difference: {
      value: round(value),
      interval: { low: round(value - Z95 * error), high: round(value + Z95 * error) },
    },
    agree: round(agreement(drawn[REAL], drawn[SYNTHETIC])),
  };
}

function known({ times, events }: Endings["sides"][number]): FollowUps {
  const rows = Array.from(times.keys()).filter(
    (row) => !Number.isNaN(times[row]) && (events[row] as number) >= 0,
  );
  return {
    times: Float64Array.from(rows, (row) => times[row] as number),
    events: Int32Array.from(rows, (row) => events[row] as number),
  };
}

const eventTimes = ({ times, events }: FollowUps): Float64Array =>
  times.filter((_, row) => events[row] === 1).sort();

const atRisk = ({ times }: FollowUps, time: number): number =>
  times.reduce((n, own) => n + (own >= time ? 1 : 0), 0);

/** Times between which at least five real patients have the event, so that no step is of a few. */
function gridOf(events: Float64Array, horizon: number): number[] {
  const within = events.filter((time) => time <= horizon);
  const step = Math.max(LEAST_PATIENTS, Math.ceil(within.length / MOST_POINTS));
  const grid: number[] = [];
  let since = 0;
  within.forEach((time, i) => {
    since++;
    if (since < step || within[i + 1] === time) return;
    grid.push(time);
    since = 0;
  });
  return grid;
}

function drawnCurve(
  curve: SurvivalCurve,
  of: FollowUps,
  times: readonly number[],
): SurvivalComparison["real"] {
  const sums = greenwood(curve);
  const bounds = times.map((time) => survivalInterval(curve, sums, time));
  return {
    survival: times.map((time) => round(survivalAt(curve, time))),
    low: bounds.map(({ low }) => round(low)),
    high: bounds.map(({ high }) => round(high)),
    atRisk: times.map((time) => atRisk(of, time)),
  };
}

function agreement(a: SurvivalComparison["real"], b: SurvivalComparison["real"]): number {
  const inside = (value: number, side: SurvivalComparison["real"], i: number): boolean =>
    value >= (side.low[i] as number) - 1e-9 && value <= (side.high[i] as number) + 1e-9;
  const told = a.survival.map((value, i) => inside(value, b, i) || inside(b.survival[i] as number, a, i));
  return told.filter(Boolean).length / told.length;
}

/** Numbers at risk at even times; a real one of under five, or that tells of 1 to 4 who left since the last, is not given. */
function riskOf(real: FollowUps, synthetic: FollowUps, horizon: number): SurvivalComparison["risk"] {
  const step = roundDown(horizon / RISK_TIMES);
  const times = Array.from({ length: Math.floor(horizon / step + 1e-9) + 1 }, (_, i) => round(i * step));
  let last = Infinity;
  const left = times.map((time) => {
    const patients = atRisk(real, time);
    if (patients < LEAST_PATIENTS || isSmall(last - patients)) return NaN;
    last = patients;
    return patients;
  });
  return { times, real: left, synthetic: times.map((time) => atRisk(synthetic, time)) };
}

/** The greatest of 1, 2 or 5 times a power of ten that is not above `step`. */
function roundDown(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return [5, 2, 1].map((m) => m * power).find((round) => round <= step * (1 + 1e-9)) ?? power;
}
