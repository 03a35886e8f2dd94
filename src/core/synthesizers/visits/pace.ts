import type { Params, Synthesizer, TableShape } from "../synthesizer.ts";

/** Multiplications and additions a second on WASM, and seconds that a step costs whatever its size. */
const RATE = 8e9;
const EACH_STEP = 0.0012;
const VISITS_A_PATIENT = 8;
/** Inputs and coefficients of a column of many levels. */
const MOST_LEVELS = 48;

/** Of the table of patients (half of the columns, for want of better) and of the visits. */
export function expectedSeconds(
  patients: Synthesizer,
  shape: TableShape,
  params: Params,
  pace: number,
): number {
  const people = shape.patients ?? Math.max(1, Math.round(shape.rows / VISITS_A_PATIENT));
  const halved = (count: number): number => Math.max(1, Math.ceil(count / 2));
  const own = Object.fromEntries(Object.entries(patients.params).map(([name, spec]) => [name, spec.default]));
  const first =
    patients.expectedSeconds?.(
      {
        rows: people,
        columns: halved(shape.columns),
        numeric: Math.ceil(shape.numeric / 2),
        levels: Math.ceil(shape.levels / 2),
      },
      own,
      pace,
    ) ?? 0;
  const { batch, hidden, steps } = planVisits(shape.rows, params);
  const numbers = Math.max(1, Math.ceil(shape.numeric * 0.7));
  const categories = Math.max(0, shape.columns - shape.numeric);
  const levels = Math.min(shape.levels, MOST_LEVELS * categories);
  const inputs = 30 + 30 * numbers + 2 * levels;
  const coefficients = 28 * numbers + levels;
  const work =
    3 * batch * (inputs * hidden + (hidden * hidden) / 2 + (coefficients * hidden) / 2 + 40 * coefficients);
  const usual = Math.min(steps, 900 + shape.rows / 6);
  return first + pace * (0.3 + shape.rows / 50_000 + usual * (work / RATE + EACH_STEP));
}

export interface VisitPlan {
  readonly bins: number;
  readonly hidden: number;
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  /** to a tenth, by half a cosine over all steps */
  readonly slowsDown: boolean;
  readonly warmUp: number;
  readonly dropout: number;
  readonly weightDecay: number;
  readonly average: number;
  readonly patience: number;
  readonly leastGain: number;
}

const powerOfTwo = (value: number): number => 2 ** Math.round(Math.log2(Math.max(1, value)));
const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const MOST_STEPS = 6000;
/** Visits from which learning begins faster, slows down, and drops out less. */
const MANY = 10_000;

/** How a table of so many visits is learned. */
export function planVisits(visits: number, params: Params): VisitPlan {
  const steps = params["steps"] as number;
  const units = params["units"] as number;
  return {
    bins: Math.round(clip(visits / 40, 24, 64)),
    hidden: units > 0 ? units : clip(powerOfTwo(visits / 10), 96, 192),
    batch: clip(powerOfTwo(visits / 20), 32, 256),
    steps: steps > 0 ? steps : MOST_STEPS,
    learningRate: visits > MANY ? 1e-3 : 5e-4,
    slowsDown: visits > MANY,
    warmUp: 30,
    dropout: visits > MANY ? 0.1 : 0.2,
    weightDecay: 0.01,
    average: 0.995,
    patience: 20,
    leastGain: 1e-3,
  };
}
