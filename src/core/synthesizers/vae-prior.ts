import { breathe } from "../math/breathe.ts";
import { fitMixture } from "../math/mixture.ts";
import type { Rng } from "../math/rng.ts";
import { predict } from "../nn/predict.ts";
import { concatColumns } from "../nn/ops.ts";
import type { Weights } from "../nn/tensor.ts";
import type { VaeData } from "./vae-data.ts";
import { asSaved } from "./vae-model.ts";
import type { LatentPrior } from "./vae-model.ts";
import { posterior } from "./vae-network.ts";
import type { VaeNetworks } from "./vae-network.ts";

const MOST_ROWS = 6000;
const CHUNK = 500;
/** of the work of a fitted prior, drawing from the posterior */
const POSTERIOR_SHARE = 0.2;
/** A dimension counts where the posterior means vary by more than this over the rows. */
const LEAST_VARIANCE = 0.05;

/**
 * The aggregate posterior, fitted: one z is drawn for each of `rows` (at most 6,000 of them), and a Gaussian (under
 * 1,000 rows) or a mixture of them takes the place of N(0, I) in the dimensions in use. `N(0, I)` would leave the
 * decoder with latents that it was never trained on. Yields the share done.
 */
export async function* fitPrior(
  data: VaeData,
  nets: VaeNetworks,
  weights: Weights,
  rows: Int32Array,
  rng: Rng,
  components?: number,
): AsyncGenerator<number, LatentPrior, void> {
  const used = rows.length > MOST_ROWS ? rows.slice(0, MOST_ROWS) : rows;
  const { means, draws } = yield* drawPosterior(data, nets, weights, used, rng);
  const active = activeDimensions(means, used.length, nets.latent);
  if (active.length === 0) return { active, mixture: undefined };
  const points = new Float64Array(used.length * active.length);
  for (let i = 0; i < used.length; i++)
    active.forEach((dimension, j) => {
      points[i * active.length + j] = draws[i * nets.latent + dimension] as number;
    });
  const count = components ?? componentsFor(data.rows);
  const roomy = used.length / count > 3 * active.length || count === 1;
  const fitting = fitMixture(
    { rows: used.length, width: active.length, data: points },
    { components: count, covariance: roomy ? "full" : "diagonal", ridge: 1e-2, rounds: 40 },
    rng.fork("mixture"),
  );
  for (;;) {
    const next = fitting.next();
    if (next.done) return { active, mixture: asSaved(next.value) };
    await breathe();
    yield POSTERIOR_SHARE + (1 - POSTERIOR_SHARE) * next.value;
  }
}

const componentsFor = (rows: number): number =>
  rows < 1000 ? 1 : Math.min(24, Math.max(2, Math.round(rows / 150)));

/** Means of q(z | x) and one draw from it, row-major rows x latent. */
async function* drawPosterior(
  data: VaeData,
  nets: VaeNetworks,
  weights: Weights,
  rows: Int32Array,
  rng: Rng,
): AsyncGenerator<number, { means: Float32Array; draws: Float32Array }, void> {
  const { latent } = nets;
  const means = new Float32Array(rows.length * latent);
  const draws = new Float32Array(rows.length * latent);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const some = rows.subarray(from, from + CHUNK);
    const { x } = data.batch(some, rng);
    const both = predict(weights, { x }, (given, pass) => {
      if (!given["x"]) throw new RangeError("no rows");
      return concatColumns(posterior(nets, pass, given["x"]));
    });
    for (let i = 0; i < some.length; i++)
      for (let k = 0; k < latent; k++) {
        const mean = both[i * 2 * latent + k] as number;
        const spread = Math.exp(0.5 * (both[i * 2 * latent + latent + k] as number));
        means[(from + i) * latent + k] = mean;
        draws[(from + i) * latent + k] = mean + spread * rng.normal();
      }
    await breathe();
    yield (POSTERIOR_SHARE * (from + some.length)) / rows.length;
  }
  return { means, draws };
}

function activeDimensions(means: Float32Array, rows: number, latent: number): number[] {
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
