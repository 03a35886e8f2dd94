import { breathe } from "../../math/breathe.ts";
import { normalQuantile } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";
import type { Network } from "../../nn/block.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import { createTrainer } from "../../nn/trainer.ts";
import type { LossFunction, Trainer } from "../../nn/trainer.ts";
import type { LatentScale } from "./latents.ts";
import { drawScaled } from "./latents.ts";
import { denoisingLoss, drawSigma, noisyBatch, sigmaAt } from "./network.ts";
import type { Shown } from "../training/shown.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import type { Posteriors } from "../autoencoder/posterior.ts";
import { Watch } from "../training/watch.ts";

/** How the denoiser is trained. */
export interface DenoiserPlan {
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  /** checks of the held-out loss without gain before training ends */
  readonly patience: number;
}

interface TrainingOptions extends FitOptions {
  readonly show: (weights: Weights) => Promise<Shown>;
  readonly start?: Weights;
}

const WARM_UP = 50;
const REPORT_EVERY = 35;
/** Held-out rows with noise, at each check. */
const JUDGED = 4000;
const JUDGED_AT_ONCE = 1000;
/** Steps that are taken even when it was enough before: a denoiser of nothing draws nothing. */
const LEAST_STEPS = 300;

/**
 * Trains the denoiser on posterior draws of the rows of `latents`, drawn anew for every batch, until the held-out loss of
 * the averaged weights has not fallen for `patience` checks; returns the best averages.
 */
export async function* trainDenoiser(
  denoiser: Network,
  latents: { readonly train: Posteriors; readonly validation: Posteriors },
  scale: LatentScale,
  plan: DenoiserPlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, { readonly weights: Weights; readonly last: Progress }, void> {
  const notices: string[] = [];
  const trainer = trainerFor(denoiser, plan, rng, (notice) => notices.push(notice), options.start);
  const loss = denoisingLoss(denoiser);
  const dice = rng.fork("noise");
  const { train } = latents;
  const batch = Math.min(plan.batch, 4 * train.rows);
  const watch = new Watch({ ...plan, warmUp: LEAST_STEPS }, Math.floor(train.rows / batch));
  const judged = heldOut(latents.validation, scale, rng.fork("judge"));
  let reported = performance.now();
  let previewed = reported;
  try {
    for (;;) {
      const rows = Int32Array.from({ length: batch }, () => dice.integer(train.rows));
      const sigmas = Float64Array.from(rows, () => drawSigma(dice));
      await trainer.step("training", noisyBatch(drawScaled(train, rows, scale, dice), sigmas, dice), loss);
      const { steps } = trainer;
      const enough = steps >= LEAST_STEPS && options.enough?.() === true;
      const ended = steps >= plan.steps || enough;
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
      const shown = shows ? await options.show(await trainer.weights()) : undefined;
      if (shows) previewed = performance.now();
      const progress: Progress = {
        step: steps,
        epoch: Math.floor((steps * batch) / train.rows),
        fraction: watch.fractionAt(steps),
        losses: await trainer.losses(),
        ...(validation === undefined ? {} : { validation }),
        ...watch.kept,
        ...shown,
        ...(notices.length > 0 ? { notice: notices.splice(0).join(" ") } : {}),
      };
      yield progress;
      if (stops) {
        const { step, epoch, fraction } = progress;
        const last = { step, epoch, fraction, losses: {} };
        return { weights: watch.best ?? (await trainer.weights()), last };
      }
    }
  } finally {
    trainer.dispose();
  }
}

function trainerFor(
  denoiser: Network,
  { learningRate }: DenoiserPlan,
  rng: Rng,
  onNotice: (notice: string) => void,
  start?: Weights,
): Trainer {
  const rate = (step: number): number => learningRate * Math.min(1, (step + 1) / WARM_UP);
  return createTrainer({
    rng: rng.fork("denoiser"),
    onNotice,
    ...(start && { start }),
    groups: {
      training: {
        networks: [denoiser],
        optimizer: adam(rate, { beta1: 0.9, beta2: 0.99, weightDecay: 1e-5 }),
        average: { decay: 0.998 },
      },
    },
  });
}

/** Held-out rows, each several times at noise levels spread evenly over the training's, the same at every check. */
function heldOut(posteriors: Posteriors, scale: LatentScale, dice: Rng): Inputs[] {
  const used = Math.min(posteriors.rows, JUDGED / 4);
  const times = Math.max(1, Math.round(JUDGED / used));
  const rows = Int32Array.from({ length: used * times }, (_, i) => i % used);
  const order = dice.permutation(rows.length);
  const sigmas = Float64Array.from(order, (place) => sigmaAt(normalQuantile((place + 0.5) / order.length)));
  const parts: Inputs[] = [];
  for (let from = 0; from < rows.length; from += JUDGED_AT_ONCE) {
    const clean = drawScaled(posteriors, rows.subarray(from, from + JUDGED_AT_ONCE), scale, dice);
    parts.push(noisyBatch(clean, sigmas.subarray(from, from + JUDGED_AT_ONCE), dice));
  }
  return parts;
}

async function judge(trainer: Trainer, parts: readonly Inputs[], loss: LossFunction): Promise<number> {
  let total = 0;
  let rows = 0;
  for (const part of parts) {
    const count = part["x"]?.rows ?? 0;
    total += count * ((await trainer.evaluate(part, loss))["loss"] as number);
    rows += count;
    await breathe();
  }
  return total / rows;
}
