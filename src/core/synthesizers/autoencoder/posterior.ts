import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { concatColumns } from "../../nn/ops.ts";
import { predict } from "../../nn/predict.ts";
import type { Weights } from "../../nn/tensor.ts";
import type { AutoencoderData } from "./data.ts";
import { posterior } from "./network.ts";
import type { AutoencoderNetworks } from "./network.ts";

const CHUNK = 500;
/** A dimension counts where the posterior means vary by more than this over the rows. */
const LEAST_VARIANCE = 0.05;

/** q(z | x) of some rows: means and standard deviations, row-major rows x latent. */
export interface Posteriors {
  readonly rows: number;
  readonly latent: number;
  readonly means: Float32Array;
  readonly deviations: Float32Array;
}

/** Encodes `rows` of `data`; yields the share done. */
export async function* encodeRows(
  data: AutoencoderData,
  nets: AutoencoderNetworks,
  weights: Weights,
  rows: Int32Array,
  rng: Rng,
): AsyncGenerator<number, Posteriors, void> {
  const { latent } = nets;
  const means = new Float32Array(rows.length * latent);
  const deviations = new Float32Array(rows.length * latent);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const some = rows.subarray(from, from + CHUNK);
    const { x } = data.batch(some, rng);
    const both = predict(weights, { x }, (given, pass) => {
      if (!given["x"]) throw new RangeError("no rows");
      return concatColumns(posterior(nets, pass, given["x"]));
    });
    for (let i = 0; i < some.length; i++)
      for (let k = 0; k < latent; k++) {
        const at = (from + i) * latent + k;
        means[at] = both[i * 2 * latent + k] as number;
        deviations[at] = Math.exp(0.5 * (both[i * 2 * latent + latent + k] as number));
      }
    await breathe();
    yield (from + some.length) / rows.length;
  }
  return { rows: rows.length, latent, means, deviations };
}

/** One z for row `i` of `posteriors` in dimension `k`. */
export const drawAt = ({ latent, means, deviations }: Posteriors, i: number, k: number, rng: Rng): number =>
  (means[i * latent + k] as number) + (deviations[i * latent + k] as number) * rng.normal();

/** Dimensions whose posterior means differ from row to row; in the others q(z | x) is N(0, 1) whatever x is. */
export function activeDimensions({ rows, latent, means }: Posteriors): number[] {
  const active: number[] = [];
  for (let k = 0; k < latent; k++) {
    let total = 0;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const value = means[i * latent + k] as number;
      total += value;
      squares += value * value;
    }
    if (squares / rows - (total / rows) ** 2 > LEAST_VARIANCE) active.push(k);
  }
  return active;
}
