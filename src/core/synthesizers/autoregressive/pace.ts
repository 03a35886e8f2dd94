import type { TrainingPlan } from "./plan.ts";
import type { TableShape } from "../synthesizer.ts";

/** Multiplications and additions a second, and seconds that a step costs whatever its size: WASM, one thread. */
const RATE = 4.2e9;
const EACH_STEP = 0.0007;
/**
 * Seconds for one cell of a row drawn to bring the columns to their shares: four looks and a draw. With several networks a
 * column the usual steps, which are few, stand for it.
 */
const EACH_DRAWN = 1.6e-5;
const FEATURES_OF_NUMBER = 14;
/** Coefficients and tokens of a typical head. */
const HEAD = { number: { coefficients: 12, classes: 60 }, choice: { coefficients: 5, classes: 0 } } as const;
/**
 * Steps of several networks a column under one dropout: this many, and as many for each column; few rows are learned in
 * fewer, and few columns go on for longer, by `few` over their number squared, since what ends a training is the gain of all.
 */
const SMALL_STEPS = { least: 270, column: 4, row: 2.5, few: 12_500 } as const;
/** Epochs of one network a column. */
const EPOCHS = 30;
const MOST_ROWS = 50_000;

/** Seconds of a fit by the arithmetic of a step and the usual number of steps; within a factor of two where measured. */
export function expectedSeconds({ rows, columns, numeric, levels }: TableShape, plan: TrainingPlan): number {
  const learned = Math.min(rows, MOST_ROWS);
  const features = (numeric * FEATURES_OF_NUMBER + Math.min(levels, 100 * columns)) / Math.max(1, columns);
  const parents = meanParents(columns, plan.parents);
  const head = (count: { coefficients: number; classes: number }): number =>
    count.coefficients * (plan.units + count.classes);
  const heads = numeric * head(HEAD.number) + (columns - numeric) * head(HEAD.choice);
  const blocks = columns * (parents * features * plan.units + plan.units * plan.units);
  const work = 3 * plan.members * plan.batch * (blocks + heads);
  const usual =
    plan.members > 1
      ? SMALL_STEPS.few / Math.max(1, columns) ** 2 +
        Math.min(
          SMALL_STEPS.least + SMALL_STEPS.column * columns,
          Math.max(plan.leastSteps, SMALL_STEPS.row * learned),
        )
      : (EPOCHS * 0.9 * learned) / plan.batch;
  const steps = plan.dropouts.length * Math.min(plan.steps, usual);
  const drawn = plan.members > 1 ? 0 : plan.compared * columns * EACH_DRAWN;
  return 0.3 + (rows * columns) / 2e6 + steps * (work / RATE + EACH_STEP) + drawn;
}

/** Mean over the columns of the parents that each can have. */
function meanParents(columns: number, most: number): number {
  const rising = Math.min(columns, most);
  return ((rising * (rising - 1)) / 2 + Math.max(0, columns - most) * most) / Math.max(1, columns);
}
