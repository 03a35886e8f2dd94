import type { Rng } from "../../math/rng.ts";
import { dense, network, relu, residual } from "../../nn/block.ts";
import type { Network } from "../../nn/block.ts";
import { mean, square, subtract } from "../../nn/ops.ts";
import { predict } from "../../nn/predict.ts";
import type { Batch, Inputs, Tensor, Weights } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";

/** Karras et al. (2022), table 1, column EDM, for data of standard deviation .5. */
const SIGMA = { data: 0.5, logMean: -1.2, logDeviation: 1.2 } as const;
const FREQUENCIES = 8;

/** [c_in x, sines and cosines of the noise level] -> hidden, two residual layers -> latent. */
export const denoiserFor = (latent: number, hidden: number): Network =>
  network("denoiser", latent + 2 * FREQUENCIES, [
    dense(hidden),
    relu(),
    residual(dense(hidden), relu()),
    residual(dense(hidden), relu()),
    dense(latent),
  ]);

/** What a network F must be at noise level sigma so that D(x) = skip x + out F(inwards x) is the clean row. */
export function preconditioning(sigma: number): { skip: number; out: number; inwards: number } {
  const total = sigma * sigma + SIGMA.data * SIGMA.data;
  return {
    skip: (SIGMA.data * SIGMA.data) / total,
    out: (sigma * SIGMA.data) / Math.sqrt(total),
    inwards: 1 / Math.sqrt(total),
  };
}

/** A noise level for a training row: log-normal. */
export const drawSigma = (rng: Rng): number => Math.exp(SIGMA.logMean + SIGMA.logDeviation * rng.normal());

/** Noise levels at the middles of `count` equal shares of that distribution, for a held-out loss without their chance. */
export const sigmaAt = (normalScore: number): number =>
  Math.exp(SIGMA.logMean + SIGMA.logDeviation * normalScore);

/**
 * Clean rows (standard deviation .5) with noise of standard deviation `sigmas[i]` in row i as the network reads them, and
 * what it is to answer. With the loss weight of EDM the squared error of F is what is left.
 */
export function noisyBatch(
  clean: Batch,
  sigmas: ArrayLike<number>,
  rng: Rng,
): { readonly x: Batch; readonly target: Batch } {
  const { rows, width } = clean;
  const breadth = width + 2 * FREQUENCIES;
  const x = new Float32Array(rows * breadth);
  const target = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const sigma = sigmas[i] as number;
    const { skip, out, inwards } = preconditioning(sigma);
    for (let k = 0; k < width; k++) {
      const own = clean.data[i * width + k] as number;
      const noisy = own + sigma * rng.normal();
      x[i * breadth + k] = inwards * noisy;
      target[i * width + k] = (own - skip * noisy) / out;
    }
    writeLevel(x, i * breadth + width, sigma);
  }
  return { x: { rows, width: breadth, data: x }, target: { rows, width, data: target } };
}

/** log(sigma) / 4 as sines and cosines of rising frequency. */
function writeLevel(x: Float32Array, at: number, sigma: number): void {
  const level = Math.log(sigma) / 4;
  for (let f = 0; f < FREQUENCIES; f++) {
    const angle = 0.5 * Math.PI * (f + 1) * level;
    x[at + 2 * f] = Math.sin(angle);
    x[at + 2 * f + 1] = Math.cos(angle);
  }
}

/** Mean squared error of F. Inputs: x, target of `noisyBatch`. */
export const denoisingLoss =
  (denoiser: Network): LossFunction =>
  (inputs, pass) => {
    const { x, target } = inputs as Record<"x" | "target", Tensor>;
    return { loss: mean(square(subtract(pass.run(denoiser, x), target))) };
  };

/** D(x, sigma): the denoiser's guess at the clean rows behind `noisy` rows of one noise level. */
export function denoise(denoiser: Network, weights: Weights, noisy: Batch, sigma: number): Float32Array {
  const { rows, width, data } = noisy;
  const { skip, out, inwards } = preconditioning(sigma);
  const breadth = width + 2 * FREQUENCIES;
  const x = new Float32Array(rows * breadth);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < width; k++) x[i * breadth + k] = inwards * (data[i * width + k] as number);
    writeLevel(x, i * breadth + width, sigma);
  }
  const inputs: Inputs = { x: { rows, width: breadth, data: x } };
  const answer = predict(weights, inputs, (given, pass) => pass.run(denoiser, given["x"] as Tensor));
  return answer.map((f, i) => skip * (data[i] as number) + out * f);
}
