import { normalQuantile } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";
import type { Network } from "../../nn/block.ts";
import { adam } from "../../nn/optimizer.ts";
import type { Inputs, Weights } from "../../nn/tensor.ts";
import type { Posteriors } from "../autoencoder/posterior.ts";
import { train } from "../training/loop.ts";
import type { Trained } from "../training/loop.ts";
import type { Shown } from "../training/shown.ts";
import { BestWatch } from "../training/watch.ts";
import type { FitOptions, Progress } from "../synthesizer.ts";
import type { LatentScale } from "./latents.ts";
import { drawScaled } from "./latents.ts";
import { denoisingLoss, drawSigma, noisyBatch, sigmaAt } from "./network.ts";

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
/** Held-out rows with noise, at each check. */
const JUDGED = 4000;
const JUDGED_AT_ONCE = 1000;
/** Steps that are taken even when it was enough before: a denoiser of nothing draws nothing. */
const LEAST_STEPS = 300;

/**
 * Trains the denoiser on posterior draws of the rows of `latents`, drawn anew for every batch, until the held-out loss of
 * the averaged weights has not fallen for `patience` checks; returns the best averages.
 */
export function trainDenoiser(
  denoiser: Network,
  latents: { readonly train: Posteriors; readonly validation: Posteriors },
  scale: LatentScale,
  plan: DenoiserPlan,
  rng: Rng,
  options: TrainingOptions,
): AsyncGenerator<Progress, Trained, void> {
  const loss = denoisingLoss(denoiser);
  const dice = rng.fork("noise");
  const { train: posteriors, validation } = latents;
  const { rows } = posteriors;
  const size = Math.min(plan.batch, 4 * rows);
  const batch = (): Inputs => {
    const some = Int32Array.from({ length: size }, () => dice.integer(rows));
    const sigmas = Float64Array.from(some, () => drawSigma(dice));
    return noisyBatch(drawScaled(posteriors, some, scale, dice), sigmas, dice);
  };
  const judged = { parts: heldOut(validation, scale, rng.fork("judge")), loss };
  const rate = (step: number): number => plan.learningRate * Math.min(1, (step + 1) / WARM_UP);
  const training = {
    networks: [denoiser],
    optimizer: adam(rate, { beta1: 0.9, beta2: 0.99, weightDecay: 1e-5 }),
    average: { decay: 0.998 },
  };
  return train(
    {
      networks: {
        rng: rng.fork("denoiser"),
        groups: { training },
        ...(options.start && { start: options.start }),
      },
      turns: [{ group: "training", batch, loss }],
      watch: new BestWatch({ ...plan, warmUp: LEAST_STEPS }, Math.floor(rows / size), judged),
      steps: plan.steps,
      leastSteps: LEAST_STEPS,
      batch: size,
      rows,
      show: async (trainer) => options.show(await trainer.weights()),
    },
    options,
  );
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
