import type { Rng } from "../../math/rng.ts";
import { adam } from "../../nn/optimizer.ts";
import { normalBatch } from "../../nn/tensor.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import type { Group } from "../../nn/trainer.ts";
import { shuffledRows } from "../training/batches.ts";
import { train } from "../training/loop.ts";
import type { Trained } from "../training/loop.ts";
import type { Shown } from "../training/shown.ts";
import type { ValidationRows } from "../training/validation-rows.ts";
import { BestWatch } from "../training/watch.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import type { Heads, AutoencoderData } from "./data.ts";
import { negativeElbo } from "./network.ts";
import type { AutoencoderNetworks, AutoencoderSize } from "./network.ts";

/** What a fit is made with, by the table and the params. */
export interface AutoencoderPlan extends AutoencoderSize {
  readonly heads: Heads;
  readonly batch: number;
  readonly steps: number;
  readonly beta: number;
  readonly learningRate: number;
  /** checks of the held-out loss without gain before training ends; Infinity: no row is held out */
  readonly patience: number;
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

/**
 * AdamW on the negative ELBO with averaged weights, until the held-out loss of the averages has not fallen for
 * `patience` checks; the best averages are kept. The TVAE recipe trains to its last step and keeps what it has then.
 */
export function trainAutoencoder(
  data: AutoencoderData,
  nets: AutoencoderNetworks,
  plan: AutoencoderPlan,
  split: ValidationRows,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, Trained, void> {
  const loss = negativeElbo(nets);
  const rows = split.train.length;
  const warmUp = warmUps[plan.recipe].beta;
  const parts = validationInputs(data, nets, plan, split.validation, rng.fork("judge"));
  const judged = parts.length > 0 ? { parts, loss } : undefined;
  const batch = batchesOf(data, nets, plan, split.train, rng, options.start !== undefined);
  return train(
    {
      networks: {
        rng: rng.fork("networks"),
        groups: { training: groupOf(nets, plan) },
        ...(options.start && { start: options.start }),
      },
      turns: [{ group: "training", batch, loss }],
      watch: new BestWatch({ ...plan, warmUp }, Math.floor(rows / plan.batch), judged),
      steps: plan.steps,
      batch: plan.batch,
      rows,
      show: async (trainer) => options.show(await trainer.weights()),
    },
    options,
  );
}

function groupOf(nets: AutoencoderNetworks, plan: AutoencoderPlan): Group {
  const ours = plan.recipe === "ours";
  const { rate: warmUp } = warmUps[plan.recipe];
  const rate = (step: number): number => plan.learningRate * Math.min(1, (step + 1) / warmUp);
  return {
    networks: [nets.encoder, nets.decoder],
    parameters: [nets.logSigma],
    optimizer: adam(rate, { beta1: 0.9, beta2: ours ? 0.99 : 0.999, weightDecay: 1e-5 }),
    ...(ours && { average: { decay: 0.998 } }),
  };
}

/** Batches of shuffled rows, epoch after epoch, with noise and the step's beta. */
function batchesOf(
  data: AutoencoderData,
  nets: AutoencoderNetworks,
  plan: AutoencoderPlan,
  rows: Int32Array,
  rng: Rng,
  continues: boolean,
): (step: number) => Inputs {
  const dice = rng.fork("batches");
  const rowsOfStep = shuffledRows(rows, plan.batch, dice);
  const warmUp = continues ? 1 : warmUps[plan.recipe].beta;
  return (step) => {
    const some = rowsOfStep();
    const beta = plan.beta * Math.min(1, (step + 1) / warmUp);
    return {
      ...data.batch(some, dice),
      noise: normalBatch(some.length, nets.latent, dice),
      beta: { rows: 1, width: 1, data: Float32Array.of(beta) },
    };
  };
}

/** The held-out rows with two draws of noise each, the same at every check, in parts of some hundred rows. */
function validationInputs(
  data: AutoencoderData,
  nets: AutoencoderNetworks,
  plan: AutoencoderPlan,
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
