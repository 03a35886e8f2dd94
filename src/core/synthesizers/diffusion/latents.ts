import type { Rng } from "../../math/rng.ts";
import type { NamedArray, Batch } from "../../nn/tensor.ts";
import type { Posteriors } from "../autoencoder/posterior.ts";
import { activeDimensions, drawAt } from "../autoencoder/posterior.ts";

const SCALE = 0.5;

/** Which latent dimensions are diffused, and how they are brought to mean 0 and standard deviation .5. */
export interface LatentScale {
  /** The other dimensions stay N(0, 1). */
  readonly active: readonly number[];
  readonly means: Float32Array;
  readonly deviations: Float32Array;
}

/** Means and deviations of the aggregate posterior in its active dimensions, or in those of a saved model. */
export function learnScale(
  posteriors: Posteriors,
  active: readonly number[] = activeDimensions(posteriors),
): LatentScale {
  const { rows, latent, means, deviations } = posteriors;
  const centres = new Float32Array(active.length);
  const spreads = new Float32Array(active.length);
  active.forEach((k, j) => {
    let total = 0;
    for (let i = 0; i < rows; i++) total += means[i * latent + k] as number;
    const centre = total / rows;
    let squares = 0;
    for (let i = 0; i < rows; i++)
      squares +=
        ((means[i * latent + k] as number) - centre) ** 2 + (deviations[i * latent + k] as number) ** 2;
    centres[j] = centre;
    spreads[j] = Math.sqrt(squares / rows);
  });
  return { active, means: centres, deviations: spreads };
}

/** One scaled draw of q(z | x) for each of `rows` of the posteriors: [rows, active]. */
export function drawScaled(
  posteriors: Posteriors,
  rows: ArrayLike<number>,
  { active, means, deviations }: LatentScale,
  rng: Rng,
): Batch {
  const width = active.length;
  const data = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < width; j++) {
      const z = drawAt(posteriors, rows[i] as number, active[j] as number, rng);
      data[i * width + j] = (SCALE * (z - (means[j] as number))) / (deviations[j] as number);
    }
  return { rows: rows.length, width, data };
}

/** Latents of the decoder from scaled rows. */
export function unscaled(
  rows: number,
  scaled: Float32Array,
  { active, means, deviations }: LatentScale,
  latent: number,
  rng: Rng,
): Batch {
  const data = Float32Array.from({ length: rows * latent }, () => rng.normal());
  for (let i = 0; i < rows; i++)
    active.forEach((k, j) => {
      const z = (scaled[i * active.length + j] as number) / SCALE;
      data[i * latent + k] = (means[j] as number) + (deviations[j] as number) * z;
    });
  return { rows, width: latent, data };
}

export const saveScale = ({ means, deviations }: LatentScale): NamedArray[] => [
  { name: "scale.means", shape: [means.length], data: means.slice() },
  { name: "scale.deviations", shape: [deviations.length], data: deviations.slice() },
];
