import { breathe } from "../math/breathe.ts";
import type { Rng } from "../math/rng.ts";
import { adam } from "../nn/optimizer.ts";
import { normalBatch } from "../nn/tensor.ts";
import type { Inputs, Weights } from "../nn/tensor.ts";
import { createTrainer } from "../nn/trainer.ts";
import type { LossFunction, Trainer } from "../nn/trainer.ts";
import type { Table } from "../table/table.ts";
import type { FitOptions, Progress } from "./synthesizer.ts";
import type { Heads, VaeData } from "./vae-data.ts";
import { vaeLoss } from "./vae-network.ts";
import type { VaeNetworks } from "./vae-network.ts";

/** What a fit is made with, by the table and the params. */
export interface VaePlan {
  readonly heads: Heads;
  readonly latent: number;
  readonly hidden: number;
  readonly batch: number;
  readonly steps: number;
  readonly beta: number;
  readonly learningRate: number;
  /** checks of the held-out loss without gain before training ends */
  readonly patience: number;
}

export interface TrainedVae {
  /** Averaged weights at the least held-out loss. */
  readonly weights: Weights;
  readonly last: Progress;
}

interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

interface TrainingOptions extends FitOptions {
  readonly preview: (weights: Weights) => Promise<Table>;
}

/** Steps until beta has reached its full weight, and until the learning rate has. */
const WARM_UP = { beta: 300, rate: 50 } as const;
const VALIDATED_ROWS = 2000;
const VALIDATED_AT_ONCE = 500;
const LEAST_GAIN = 1e-4;
const REPORT_EVERY = 35;

/**
 * AdamW on the negative ELBO with averaged weights, until the held-out loss of the averages has not fallen for
 * `patience` checks; the best averages are kept.
 */
export async function* trainVae(
  data: VaeData,
  nets: VaeNetworks,
  plan: VaePlan,
  split: Split,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, TrainedVae, void> {
  const notices: string[] = [];
  const trainer = trainerFor(nets, plan, rng, (notice) => notices.push(notice));
  const loss = vaeLoss(nets);
  const batches = batchesOf(data, nets, plan, split.train, rng);
  const watch = new Watch(plan, Math.floor(split.train.length / plan.batch));
  const judged = validationInputs(data, nets, plan, split.validation, rng.fork("judge"));
  let reported = performance.now();
  let previewed = reported;
  try {
    for (;;) {
      await trainer.step("training", batches(trainer.steps), loss);
      const { steps } = trainer;
      const ended = steps >= plan.steps || options.enough?.() === true;
      let validation: number | undefined;
      if (ended || steps % watch.every === 0) {
        validation = await judge(trainer, judged, loss);
        if (watch.look(steps, validation)) watch.best = await trainer.weights();
      }
      await breathe();
      const stops = ended || watch.stops;
      const now = performance.now();
      if (validation === undefined && now - reported < REPORT_EVERY && !stops) continue;
      reported = now;
      const shows = options.previewRows > 0 && (stops || now - previewed >= options.previewEvery);
      const preview = shows ? await options.preview(await trainer.weights()) : undefined;
      if (shows) previewed = performance.now();
      const progress: Progress = {
        step: steps,
        epoch: Math.floor((steps * plan.batch) / split.train.length),
        fraction: watch.fractionAt(steps),
        losses: await trainer.losses(),
        ...(validation === undefined ? {} : { validation }),
        ...(preview ? { preview } : {}),
        ...(notices.length > 0 ? { notice: notices.splice(0).join(" ") } : {}),
      };
      yield progress;
      if (stops) return { weights: watch.best ?? (await trainer.weights()), last: bare(progress) };
    }
  } finally {
    trainer.dispose();
  }
}

const bare = ({ step, epoch, fraction }: Progress): Progress => ({ step, epoch, fraction, losses: {} });

function trainerFor(nets: VaeNetworks, plan: VaePlan, rng: Rng, onNotice: (notice: string) => void): Trainer {
  const rate = (step: number): number => plan.learningRate * Math.min(1, (step + 1) / WARM_UP.rate);
  return createTrainer({
    rng: rng.fork("networks"),
    onNotice,
    groups: {
      training: {
        networks: [nets.encoder, nets.decoder],
        parameters: [nets.logSigma],
        optimizer: adam(rate, { beta1: 0.9, beta2: 0.99, weightDecay: 1e-5 }),
        average: { decay: 0.998 },
      },
    },
  });
}

/** Batches of shuffled rows, epoch after epoch, with noise and the step's beta. */
function batchesOf(
  data: VaeData,
  nets: VaeNetworks,
  plan: VaePlan,
  rows: Int32Array,
  rng: Rng,
): (step: number) => Inputs {
  const dice = rng.fork("batches");
  const size = Math.min(plan.batch, rows.length);
  let order = dice.permutation(rows.length);
  let at = 0;
  return (step) => {
    if (at + size > rows.length) {
      order = dice.permutation(rows.length);
      at = 0;
    }
    const some = Int32Array.from({ length: size }, (_, i) => rows[order[at + i] as number] as number);
    at += size;
    const beta = plan.beta * Math.min(1, (step + 1) / WARM_UP.beta);
    return {
      ...data.batch(some, dice),
      noise: normalBatch(size, nets.latent, dice),
      beta: { rows: 1, width: 1, data: Float32Array.of(beta) },
    };
  };
}

/** The held-out rows with two draws of noise each, the same at every check, in parts of some hundred rows. */
function validationInputs(
  data: VaeData,
  nets: VaeNetworks,
  plan: VaePlan,
  validation: Int32Array,
  dice: Rng,
): Inputs[] {
  const rows = validation.slice(0, VALIDATED_ROWS);
  const twice = Int32Array.from([...rows, ...rows]);
  const parts: Inputs[] = [];
  for (let from = 0; from < twice.length; from += VALIDATED_AT_ONCE) {
    const some = twice.subarray(from, from + VALIDATED_AT_ONCE);
    parts.push({
      ...data.batch(some, dice),
      noise: normalBatch(some.length, nets.latent, dice),
      beta: { rows: 1, width: 1, data: Float32Array.of(plan.beta) },
    });
  }
  return parts;
}

/** Mean loss of a row over all parts. */
async function judge(trainer: Trainer, parts: readonly Inputs[], loss: LossFunction): Promise<number> {
  let total = 0;
  let rows = 0;
  for (const part of parts) {
    const count = part["noise"]?.rows ?? 0;
    total += count * ((await trainer.evaluate(part, loss))["loss"] as number);
    rows += count;
    await breathe();
  }
  return total / rows;
}

/** Decides when held-out rows are looked at, when training stops, and how much of it is done. */
class Watch {
  readonly every: number;
  best: Weights | undefined;
  private least = Infinity;
  private bestStep = 0;
  private misses = 0;
  private fraction = 0;
  private readonly plan: VaePlan;

  constructor(plan: VaePlan, stepsPerEpoch: number) {
    this.plan = plan;
    this.every = Math.min(200, Math.max(20, stepsPerEpoch));
  }

  /** True when this is the least held-out loss so far. */
  look(step: number, loss: number): boolean {
    const better = loss < this.least - LEAST_GAIN;
    if (better) {
      this.least = loss;
      this.bestStep = step;
    }
    this.misses = better ? 0 : this.misses + 1;
    return better;
  }

  get stops(): boolean {
    return this.misses >= this.plan.patience;
  }

  /** As if the best step so far, or half as many more, were the last to gain; never falls. */
  fractionAt(step: number): number {
    const { patience, steps } = this.plan;
    const expected = Math.min(steps, Math.max(WARM_UP.beta, 1.5 * this.bestStep) + patience * this.every);
    this.fraction = Math.min(0.99, Math.max(this.fraction, step / expected));
    return this.fraction;
  }
}
