import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { adam } from "../../nn/optimizer.ts";
import { normalBatch } from "../../nn/tensor.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import { createTrainer } from "../../nn/trainer.ts";
import type { LossFunction, Trainer } from "../../nn/trainer.ts";
import type { Shown } from "../training/shown.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import type { ValidationRows } from "../training/validation-rows.ts";
import type { Heads, VaeData } from "./data.ts";
import { vaeLoss } from "./network.ts";
import type { VaeNetworks, VaeSize } from "./network.ts";
import { Watch } from "../training/watch.ts";

/** What a fit is made with, by the table and the params. */
export interface VaePlan extends VaeSize {
  readonly heads: Heads;
  readonly batch: number;
  readonly steps: number;
  readonly beta: number;
  readonly learningRate: number;
  /** checks of the held-out loss without gain before training ends; Infinity: no row is held out */
  readonly patience: number;
}

export interface TrainedVae {
  /** Averaged weights at the least held-out loss. */
  readonly weights: Weights;
  readonly last: Progress;
}

interface TrainingOptions extends FitOptions {
  readonly show: (weights: Weights) => Promise<Shown>;
  /** Weights of a saved model to go on from. */
  readonly start?: Weights;
}

/** Steps until beta has reached its full weight, and until the learning rate has. */
const warmUps = { ours: { beta: 300, rate: 50 }, tvae: { beta: 1, rate: 1 } } as const;
const VALIDATED_ROWS = 2000;
const VALIDATED_AT_ONCE = 500;
const REPORT_EVERY = 35;

/**
 * AdamW on the negative ELBO with averaged weights, until the held-out loss of the averages has not fallen for
 * `patience` checks; the best averages are kept. The TVAE recipe trains to its last step and keeps what it has then.
 */
export async function* trainVae(
  data: VaeData,
  nets: VaeNetworks,
  plan: VaePlan,
  split: ValidationRows,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, TrainedVae, void> {
  const notices: string[] = [];
  const trainer = trainerFor(nets, plan, rng, (notice) => notices.push(notice), options.start);
  const loss = vaeLoss(nets);
  const batches = batchesOf(data, nets, plan, split.train, rng, options.start !== undefined);
  const warmUp = warmUps[plan.recipe].beta;
  const watch = new Watch({ ...plan, warmUp }, Math.floor(split.train.length / plan.batch));
  const judged = validationInputs(data, nets, plan, split.validation, rng.fork("judge"));
  let reported = performance.now();
  let previewed = reported;
  try {
    for (;;) {
      await trainer.step("training", batches(trainer.steps), loss);
      const { steps } = trainer;
      const ended = steps >= plan.steps || options.enough?.() === true;
      let validation: number | undefined;
      if (judged.length > 0 && (ended || steps % watch.every === 0)) {
        validation = await judge(trainer, judged, loss);
        if (watch.look(steps, validation)) watch.best = await trainer.weights();
      }
      await breathe();
      const stops = ended || watch.stops;
      const now = performance.now();
      if (validation === undefined && now - reported < REPORT_EVERY && !stops) continue;
      reported = now;
      const shows = options.previewRows > 0 && (stops || now - previewed >= options.previewEvery);
      const shown = shows ? await options.show(await trainer.weights()) : undefined;
      if (shows) previewed = performance.now();
      const progress: Progress = {
        step: steps,
        epoch: Math.floor((steps * plan.batch) / split.train.length),
        fraction: watch.fractionAt(steps),
        losses: await trainer.losses(),
        ...(validation === undefined ? {} : { validation }),
        ...watch.kept,
        ...shown,
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

function trainerFor(
  nets: VaeNetworks,
  plan: VaePlan,
  rng: Rng,
  onNotice: (notice: string) => void,
  start?: Weights,
): Trainer {
  const ours = plan.recipe === "ours";
  const { rate: warmUp } = warmUps[plan.recipe];
  const rate = (step: number): number => plan.learningRate * Math.min(1, (step + 1) / warmUp);
  return createTrainer({
    rng: rng.fork("networks"),
    onNotice,
    ...(start && { start }),
    groups: {
      training: {
        networks: [nets.encoder, nets.decoder],
        parameters: [nets.logSigma],
        optimizer: adam(rate, { beta1: 0.9, beta2: ours ? 0.99 : 0.999, weightDecay: 1e-5 }),
        ...(ours && { average: { decay: 0.998 } }),
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
  continues: boolean,
): (step: number) => Inputs {
  const dice = rng.fork("batches");
  const size = Math.min(plan.batch, rows.length);
  const warmUp = continues ? 1 : warmUps[plan.recipe].beta;
  let order = dice.permutation(rows.length);
  let at = 0;
  return (step) => {
    if (at + size > rows.length) {
      order = dice.permutation(rows.length);
      at = 0;
    }
    const some = Int32Array.from({ length: size }, (_, i) => rows[order[at + i] as number] as number);
    at += size;
    const beta = plan.beta * Math.min(1, (step + 1) / warmUp);
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
