import type { Dropouts } from "./network.ts";

/** How a table is learned, by its rows and columns. */
export interface TrainingPlan {
  /** networks for each column; 1 = one network and a tenth of the rows held out */
  readonly members: number;
  /** parts that the rows are cut into, where there are several members: each holds one part out */
  readonly folds: number;
  readonly units: number;
  /** bins of a numeric column */
  readonly bins: number;
  /** most earlier columns that a column reads */
  readonly parents: number;
  /** whether the target reads all earlier columns, however many */
  readonly wholeTarget: boolean;
  /** one or several; of several the first, unless held-out rows are clearly likelier under another */
  readonly dropouts: readonly Dropouts[];
  /** whether columns that nearly follow from earlier ones get less dropout */
  readonly dropoutByColumn: boolean;
  /** whether numbers that earlier ones nearly tell have a line */
  readonly lines: boolean;
  /** whether lines are learned apart by the levels of one column */
  readonly groups: boolean;
  /** whether missing cells that earlier ones tell have a gap */
  readonly gaps: boolean;
  /** rows that are drawn to bring what comes out to the columns' shares */
  readonly compared: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly warmUp: number;
  /** rows of a step */
  readonly batch: number;
  readonly steps: number;
  /** decay of the weights' moving average */
  readonly average: number;
  /** steps at which held-out rows are looked at, rising */
  readonly checks: readonly number[];
  /** checks after the best one whose weights are taken, by the target and by any other column */
  readonly targetLater: number;
  readonly later: number;
  /** checks without gain before training ends, and the gain that counts, nats a row */
  readonly patience: number;
  readonly leastGain: number;
  readonly leastSteps: number;
}

export interface PlanOptions {
  /** 0 = by the table */
  readonly members: number;
  readonly units: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

/** Below this many rows a column gets several cross-fitted networks. */
export const SMALL_TABLE = 1000;
/** From more columns than this a column gets half the units. */
const WIDE = 150;
/** From more columns than this a small table is trained once, in fewer steps: each takes long. */
const MANY_COLUMNS = 100;

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const powerOfTwo = (value: number, low: number, high: number): number =>
  clip(2 ** Math.round(Math.log2(value)), low, high);

/** More where the shares are known better and where errors add up over more columns, but not where many make them dear. */
const comparedRows = (rows: number, columns: number): number =>
  rows < SMALL_TABLE
    ? columns > MANY_COLUMNS
      ? 400
      : 1000
    : Math.round(clip(600_000 / columns, 1000, Math.max(3000, 100 * columns)));

export function planTraining(rows: number, columns: number, options: PlanOptions): TrainingPlan {
  const members = options.members || (rows < SMALL_TABLE ? 4 : 1);
  return members > 1 ? smallPlan(rows, columns, members, options) : largePlan(rows, columns, options);
}

/** Steps at which a small table's held-out rows are looked at: about a third further each time. */
const SMALL_CHECKS = [
  20, 40, 60, 80, 110, 150, 200, 270, 360, 480, 640, 850, 1100, 1450, 1900, 2500, 3200, 4000, 5000, 6000,
  7500, 9000,
];

/** Dropouts of a small table; its held-out rows decide which, unless its columns are many. */
const HEAVY: Dropouts = { inputs: 0.3, hidden: 0.3 };
const LIGHT: Dropouts = { inputs: 0.1, hidden: 0.2 };

function smallPlan(rows: number, columns: number, members: number, options: PlanOptions): TrainingPlan {
  const many = columns > MANY_COLUMNS;
  const steps = options.steps || (many ? 480 : 1100);
  return {
    members,
    folds: 4,
    units: options.units || (columns > WIDE ? 8 : 16),
    bins: Math.round(clip(rows / 6, 24, 64)),
    parents: 12,
    wholeTarget: rows < SMALL_TABLE,
    dropouts: rows < SMALL_TABLE ? (many ? [LIGHT] : [HEAVY, LIGHT]) : [HEAVY],
    dropoutByColumn: true,
    lines: rows < SMALL_TABLE,
    groups: rows < SMALL_TABLE,
    gaps: rows < SMALL_TABLE,
    compared: comparedRows(rows, columns),
    learningRate: options.learningRate || 4e-3,
    weightDecay: 1e-4,
    warmUp: 30,
    batch: Math.min(options.batch || 64, rows),
    steps,
    average: 0.99,
    checks: SMALL_CHECKS.filter((step) => step < steps),
    targetLater: rows < SMALL_TABLE ? 4 : 1,
    later: 1,
    patience: 3,
    leastGain: 1e-3 * columns,
    leastSteps: 270,
  };
}

function largePlan(rows: number, columns: number, options: PlanOptions): TrainingPlan {
  const batch = Math.min(options.batch || powerOfTwo(rows / 40, 32, 128), rows);
  const epoch = Math.max(1, Math.floor((0.9 * rows) / batch));
  const every = clip(epoch, 10, 100);
  const steps = options.steps || Math.min(60 * epoch, 20_000);
  return {
    members: 1,
    folds: 1,
    units: options.units || (columns > WIDE ? 8 : 16),
    bins: Math.round(clip(rows / 12, 12, 64)),
    parents: Math.round(clip(rows / 80, 24, 48)),
    wholeTarget: false,
    dropouts: [{ inputs: 0, hidden: 0.1 }],
    dropoutByColumn: false,
    lines: false,
    groups: false,
    gaps: false,
    compared: comparedRows(rows, columns),
    learningRate: options.learningRate || 3e-3,
    weightDecay: 1e-4,
    warmUp: 50,
    batch,
    steps,
    average: 0.99,
    checks: Array.from({ length: Math.floor(steps / every) }, (_, i) => (i + 1) * every),
    targetLater: 0,
    later: 0,
    patience: 8,
    leastGain: 0.002 * Math.max(1, columns / 20),
    leastSteps: 0,
  };
}
