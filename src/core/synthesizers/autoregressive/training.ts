import type { Rng } from "../../math/rng.ts";
import { mean } from "../../math/statistics.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Batch, Inputs } from "../../nn/tensor.ts";
import { targetPlaces } from "../token-rows/places.ts";
import type { TokenRows } from "../token-rows/rows.ts";
import { shuffledRows } from "../training/batches.ts";
import { train } from "../training/loop.ts";
import { keptAfter } from "../training/kept-steps.ts";
import { reported, start } from "../training/reported.ts";
import type { Shown } from "../training/shown.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import type { BlockPlan, BlockWeights } from "./blocks.ts";
import { ColumnWatch, judgeOf } from "./column-watch.ts";
import { dropoutsFor } from "./dropouts.ts";
import { foldsFor } from "./folds.ts";
import type { Folds } from "./folds.ts";
import { blockLoss, blockNetwork, inputsOf, weightsOf } from "./network.ts";
import type { Dropouts } from "./network.ts";
import type { TrainingPlan } from "./plan.ts";

export interface TrainedBlocks {
  /** one a place */
  readonly blocks: readonly BlockWeights[];
  /** held-out negative log-likelihood of what was kept, all columns together, nats, of each judged row */
  readonly losses: Float64Array;
  readonly last: Progress;
}

interface TrainingOptions extends FitOptions {
  readonly show: (blocks: readonly BlockWeights[]) => Promise<Shown>;
  /** weights to go on from, one a place */
  readonly start: readonly BlockWeights[] | undefined;
}

/**
 * Trains with each of the plan's dropouts, and keeps the first unless the held-out rows are clearly likelier under another;
 * resumed weights use the first.
 */
export async function* trainBlocks(
  data: TokenRows,
  plans: readonly BlockPlan[],
  plan: TrainingPlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, TrainedBlocks, void> {
  const tried = options.start ? plan.dropouts.slice(0, 1) : plan.dropouts;
  let kept: TrainedBlocks | undefined;
  let done = start;
  for (const [turn, dropouts] of tried.entries()) {
    if (kept && options.enough?.() === true) break;
    const dice = turn === 0 ? rng : rng.fork(`dropouts ${turn}`);
    const { step, epoch } = done;
    const after = ({ kept: own, ...progress }: Progress): Progress => ({
      ...progress,
      ...(own && { kept: keptAfter(step, own) }),
      step: step + progress.step,
      epoch: epoch + progress.epoch,
      fraction: Math.min(0.99, (turn + progress.fraction) / tried.length),
    });
    const said = (progress: Progress): Progress =>
      turn > 0 ? { ...after(progress), note: AGAIN } : after(progress);
    if (turn > 0) yield { ...done, restart: RESTART, note: AGAIN };
    const trained = yield* reported(trainWith(dropouts, data, plans, plan, dice, options), said);
    const better = !kept || clearlyLess(trained.losses, kept.losses);
    const { kept: before } = done;
    const { kept: own, ...rest } = after(trained.last);
    const steps = better ? own : before;
    done = { ...rest, ...(steps && { kept: steps }) };
    if (kept) yield { ...done, notice: keptNotice(step, better) };
    if (better) kept = trained;
  }
  return { ...(kept as TrainedBlocks), last: done };
}

const AGAIN = "Training a second time, with lighter dropout";
const RESTART = "training restarts with lighter dropout";

const keptNotice = (step: number, better: boolean): string =>
  `Trained twice: at step ${step.toLocaleString("en")} ${RESTART}. ` +
  (better
    ? "The second training is kept, since the held-out rows are clearly likelier under it."
    : "The first training is kept, since the held-out rows are not clearly likelier under the second.");

/** Whether `losses` are less than `others` of the same rows in the mean, by two standard errors. */
function clearlyLess(losses: Float64Array, others: Float64Array): boolean {
  const gains = losses.map((loss, i) => (others[i] as number) - loss);
  const gained = mean(gains);
  const squares = gains.reduce((sum, gain) => sum + (gain - gained) ** 2, 0);
  return gained > (2 * Math.sqrt(squares)) / gains.length;
}

/**
 * AdamW on the summed cross-entropy of all columns with averaged weights. At every check each column's held-out
 * likelihood is measured; a column keeps the weights of its own best check (or of `later` checks after it), and one
 * that never beats its own shares keeps those.
 */
async function* trainWith(
  dropouts: Dropouts,
  data: TokenRows,
  plans: readonly BlockPlan[],
  plan: TrainingPlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, TrainedBlocks, void> {
  const net = blockNetwork(data.places, plans, dropoutsFor(data, plans, dropouts, plan));
  const folds = foldsFor(data.rows, plan.members, plan.folds, rng.fork("folds"), data.patients);
  const judge = judgeOf(data, net, folds);
  const targets = new Set(targetPlaces(data.codec, data.places));
  const watch = new ColumnWatch(plan, net, plans, judge, options.start !== undefined, targets);
  const training = {
    networks: net.groups.map(({ network }) => network),
    optimizer: adam((step) => plan.learningRate * Math.min(1, (step + 1) / plan.warmUp), {
      beta2: 0.99,
      weightDecay: plan.weightDecay,
    }),
    average: { decay: plan.average },
  };
  const rowsOfStep = shuffledRows(folds.learned, plan.batch, rng.fork("batches"));
  const inputs = inputsOf(net, data);
  const batch = (): Inputs => {
    const rows = rowsOfStep();
    return { ...inputs(rows), weights: weightsFor(rows, net.trained.length, folds) };
  };
  const { last } = yield* train(
    {
      networks: {
        rng,
        groups: { training },
        ...(options.start && { start: weightsOf(net, options.start) }),
      },
      turns: [{ group: "training", batch, loss: blockLoss(net) }],
      watch,
      steps: plan.steps,
      batch: plan.batch,
      rows: folds.learned.length,
      perRow: folds.members * folds.shareLearned,
      show: async (trainer) => options.show(watch.shown(await trainer.weights())),
    },
    options,
  );
  return { blocks: watch.blocks, losses: watch.losses, last };
}

/** 0 where a member holds a row out: its loss there does not count. */
function weightsFor(rows: Int32Array, trained: number, folds: Folds): Batch {
  const { members } = folds;
  const width = trained * members;
  const weights = new Float32Array(rows.length * width).fill(1);
  if (members > 1)
    for (let i = 0; i < rows.length; i++)
      for (let member = 0; member < members; member++)
        if (folds.holdsOut(member, rows[i] as number))
          for (let k = 0; k < trained; k++) weights[i * width + k * members + member] = 0;
  return { rows: rows.length, width, data: weights };
}
