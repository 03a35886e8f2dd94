import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { mean } from "../../math/statistics.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Batch, Inputs, Weights } from "../../nn/tensor.ts";
import { createTrainer } from "../../nn/trainer.ts";
import type { Trainer } from "../../nn/trainer.ts";
import { silentBlock } from "./blocks.ts";
import type { BlockPlan, BlockWeights } from "./blocks.ts";
import type { AutoregressiveData } from "../token-rows/rows.ts";
import { dropoutsFor } from "./dropouts.ts";
import { silentLogs } from "./sampler.ts";
import { foldsFor } from "./folds.ts";
import type { Folds } from "./folds.ts";
import { blockLogLikelihoods, blockLoss, blockNetwork, blockOf, linesAt, weightsOf } from "./network.ts";
import type { BlockNetwork, Dropouts } from "./network.ts";
import type { TrainingPlan } from "./plan.ts";
import { reported } from "../training/reported.ts";
import type { Shown } from "../training/shown.ts";
import { keptAfter } from "../training/kept-steps.ts";
import type { FitOptions, KeptSteps, Progress } from "../synthesizer.ts";

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

const REPORT_EVERY = 35;
const JUDGED_AT_ONCE = 256;

/**
 * Trains with each of the plan's dropouts, and keeps the first unless the held-out rows are clearly likelier under another;
 * weights that are gone on from go on with the first.
 */
export async function* trainBlocks(
  data: AutoregressiveData,
  plans: readonly BlockPlan[],
  plan: TrainingPlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, TrainedBlocks, void> {
  const tried = options.start ? plan.dropouts.slice(0, 1) : plan.dropouts;
  let kept: TrainedBlocks | undefined;
  let done: Progress = { step: 0, epoch: 0, fraction: 0, losses: {} };
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
  const squares = sumOf(gains.map((gain) => (gain - gained) ** 2));
  return gained > (2 * Math.sqrt(squares)) / gains.length;
}

/**
 * AdamW on the summed cross-entropy of all columns with averaged weights. At every check each column's held-out
 * likelihood is measured; a column keeps the weights of its own best check (or of `later` checks after it), and one
 * that never beats its own shares keeps those.
 */
async function* trainWith(
  dropouts: Dropouts,
  data: AutoregressiveData,
  plans: readonly BlockPlan[],
  plan: TrainingPlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, TrainedBlocks, void> {
  const net = blockNetwork(data.places, plans, dropoutsFor(data, plans, dropouts, plan));
  const folds = foldsFor(data.rows, plan.members, plan.folds, rng.fork("folds"), data.patients);
  const batches = batchesOf(data, net, plan, folds, rng.fork("batches"));
  const judge = judgeOf(data, net, folds);
  const watch = new Watch(plan, net, plans, judge.silent());
  const notices: string[] = [];
  const trainer = createTrainer({
    rng,
    groups: {
      training: {
        networks: net.groups.map(({ network }) => network),
        optimizer: adam((step) => plan.learningRate * Math.min(1, (step + 1) / plan.warmUp), {
          beta2: 0.99,
          weightDecay: plan.weightDecay,
        }),
        average: { decay: plan.average },
      },
    },
    ...(options.start ? { start: weightsOf(net, options.start) } : {}),
    onNotice: (notice) => notices.push(notice),
  });
  const loss = blockLoss(net);
  let reported = performance.now();
  let previewed = reported;
  try {
    if (options.start) watch.look(0, await judge.measure(trainer), await trainer.weights());
    for (;;) {
      await trainer.step("training", batches(), loss);
      const { steps } = trainer;
      const ended = steps >= plan.steps || options.enough?.() === true;
      let validation: number | undefined;
      if (ended || watch.isDue(steps)) {
        validation = watch.look(steps, await judge.measure(trainer), await trainer.weights());
      }
      await breathe();
      const stops = ended || watch.stops(steps);
      const now = performance.now();
      if (validation === undefined && now - reported < REPORT_EVERY && !stops) continue;
      reported = now;
      const shows = options.previewRows > 0 && (stops || now - previewed >= options.previewEvery);
      const shown = shows ? await options.show(watch.shown(await trainer.weights())) : undefined;
      if (shows) previewed = performance.now();
      const progress: Progress = {
        step: steps,
        epoch: Math.floor((steps * plan.batch) / folds.learnt.length),
        fraction: watch.fractionAt(steps),
        losses: await meanLosses(trainer, folds),
        ...(validation === undefined ? {} : { validation }),
        ...watch.kept,
        ...shown,
        ...(notices.length > 0 ? { notice: notices.splice(0).join(" ") } : {}),
      };
      yield progress;
      if (stops) return { blocks: watch.blocks, losses: watch.losses, last: bare(progress) };
    }
  } finally {
    trainer.dispose();
  }
}

const bare = ({ step, epoch, fraction, kept }: Progress): Progress => ({
  step,
  epoch,
  fraction,
  losses: {},
  ...(kept && { kept }),
});

/** Cross-entropy of a row under one network, nats. */
async function meanLosses(
  trainer: Trainer,
  { members, shareLearnt }: Folds,
): Promise<Record<string, number>> {
  const losses = await trainer.losses();
  return Object.fromEntries(
    Object.entries(losses).map(([name, sum]) => [name, sum / (members * shareLearnt)]),
  );
}

/** Rows in random order, epoch after epoch; a member's loss has weight 0 on the rows that it holds out. */
function batchesOf(
  data: AutoregressiveData,
  net: BlockNetwork,
  plan: TrainingPlan,
  folds: Folds,
  rng: Rng,
): () => Inputs {
  const rows = folds.learnt;
  const size = Math.min(plan.batch, rows.length);
  let order = rng.permutation(rows.length);
  let at = 0;
  return () => {
    if (at + size > rows.length) {
      order = rng.permutation(rows.length);
      at = 0;
    }
    const some = Int32Array.from({ length: size }, (_, i) => rows[order[at + i] as number] as number);
    at += size;
    return { ...inputsOf(data, net, some), weights: weightsFor(some, net.trained.length, folds) };
  };
}

function inputsOf(data: AutoregressiveData, net: BlockNetwork, rows: Int32Array): Inputs {
  const batch = data.batch(rows);
  const lines = linesAt(net, batch.tokens);
  return lines ? { ...batch, lines } : batch;
}

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

interface Judge {
  /** Held-out negative log-likelihood of each trained place, nats of each row: -log of the mean over its judges. */
  measure(trainer: Trainer): Promise<Float64Array[]>;
  /** The same without networks: of the columns' own shares and lines. */
  silent(): Float64Array[];
}

function judgeOf(data: AutoregressiveData, net: BlockNetwork, folds: Folds): Judge {
  const { judged, members } = folds;
  const trained = net.trained.length;
  const run = blockLogLikelihoods(net);
  const parts: { rows: Int32Array; inputs: Inputs }[] = [];
  for (let from = 0; from < judged.length; from += JUDGED_AT_ONCE) {
    const rows = judged.slice(from, from + JUDGED_AT_ONCE);
    parts.push({ rows, inputs: inputsOf(data, net, rows) });
  }
  const measure = async (trainer: Trainer): Promise<Float64Array[]> => {
    const losses = Array.from({ length: trained }, () => new Float64Array(judged.length));
    let from = 0;
    for (const { rows, inputs } of parts) {
      const logs = await trainer.forward(inputs, run);
      for (let i = 0; i < rows.length; i++)
        for (let k = 0; k < trained; k++) {
          let likelihood = 0;
          let judges = 0;
          for (let member = 0; member < members; member++) {
            if (!folds.holdsOut(member, rows[i] as number)) continue;
            likelihood += Math.exp(logs[(i * trained + k) * members + member] as number);
            judges++;
          }
          (losses[k] as Float64Array)[from + i] = -Math.log(Math.max(1e-9, likelihood / judges));
        }
      from += rows.length;
      await breathe();
    }
    return losses;
  };
  const silent = (): Float64Array[] => {
    const places = data.places.columns.length;
    return Array.from(net.trained, (place, k) => {
      const say = silentLogs(net.plans[k] as BlockPlan);
      return Float64Array.from(judged, (row) => -say(data.tokens, row * places, place));
    });
  };
  return { measure, silent };
}

/** Keeps each column's chosen weights, decides when held-out rows are looked at and when training stops. */
class Watch {
  readonly blocks: BlockWeights[];
  private readonly plan: TrainingPlan;
  private readonly net: BlockNetwork;
  private readonly least: Float64Array;
  /** of each place the rows' losses at its best check */
  private readonly best: Float64Array[];
  private readonly bestCheck: Int32Array;
  /** of each place the step whose weights are kept; -1 for a column that keeps its own shares */
  private readonly keptStep: Int32Array;
  private readonly due: Set<number>;
  private check = 0;
  private bestStep = 0;
  private counted: number;
  private misses = 0;
  private fraction = 0;

  constructor(plan: TrainingPlan, net: BlockNetwork, plans: readonly BlockPlan[], silent: Float64Array[]) {
    this.plan = plan;
    this.net = net;
    this.blocks = plans.map(silentBlock);
    this.best = [...silent];
    this.least = Float64Array.from(silent, mean);
    this.bestCheck = new Int32Array(silent.length);
    this.keptStep = new Int32Array(silent.length).fill(-1);
    this.due = new Set(plan.checks);
    this.counted = sumOf(this.least);
  }

  /** Of each judged row, all columns together. */
  get losses(): Float64Array {
    const rows = this.best[0]?.length ?? 0;
    return Float64Array.from({ length: rows }, (_, i) =>
      this.best.reduce((sum, losses) => sum + (losses[i] as number), 0),
    );
  }

  /** The steps that the columns keep weights of, as a part of a report. */
  get kept(): { readonly kept?: KeptSteps } {
    const steps = this.keptStep.filter((step) => step >= 0);
    return steps.length === 0 ? {} : { kept: { from: Math.min(...steps), to: Math.max(...steps) } };
  }

  isDue(step: number): boolean {
    return this.due.has(step);
  }

  /** Takes what this check is best for; returns the held-out loss of all columns together. */
  look(step: number, byRow: readonly Float64Array[], weights: Weights): number {
    this.check++;
    const losses = Float64Array.from(byRow, mean);
    losses.forEach((loss, k) => {
      if (loss < (this.least[k] as number) - 1e-5) {
        this.least[k] = loss;
        this.best[k] = byRow[k] as Float64Array;
        this.bestCheck[k] = this.check;
      }
      const best = this.bestCheck[k] as number;
      if (best > 0 && this.check - best <= this.plan.later) {
        this.blocks[this.net.trained[k] as number] = blockOf(this.net, weights, k);
        this.keptStep[k] = step;
      }
    });
    const now = sumOf(this.least);
    if (now < this.counted - this.plan.leastGain) {
      this.counted = now;
      this.bestStep = step;
      this.misses = 0;
    } else this.misses++;
    return sumOf(losses);
  }

  stops(step: number): boolean {
    return this.misses >= this.plan.patience && step >= this.plan.leastSteps;
  }

  /** What a preview shows: every column as it is now. */
  shown(weights: Weights): BlockWeights[] {
    const now = [...this.blocks];
    this.net.trained.forEach((place, k) => (now[place] = blockOf(this.net, weights, k)));
    return now;
  }

  /** As if the last step that gained, or half as many more, were the last to gain; never falls. */
  fractionAt(step: number): number {
    const { patience, steps, checks, leastSteps } = this.plan;
    const apart = (checks[1] ?? steps) - (checks[0] ?? 0);
    const expected = Math.min(steps, Math.max(leastSteps, 100, 2 * this.bestStep) + patience * apart);
    this.fraction = Math.min(0.99, Math.max(this.fraction, step / expected));
    return this.fraction;
  }
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
